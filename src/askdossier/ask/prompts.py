"""The prompts in which the writer is asked, with the words of the question's language.

Instructions come first, so that they are read once for all questions. One prompt serves twice: the
probability that the reply begins with Yes rather than No judges whether the evidence answers, and
the reply is then continued after that Yes, so that the evidence is read once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from askdossier import lang
from askdossier.core import Evidence, Language, Prompt, Span, Turn
from askdossier.lang import Prompts

_LONGEST_EVIDENCE = 420
"""Characters of one evidence sentence that the writer reads."""
_GAP = 3
"""Characters, all white space, between neighbouring sentences at most."""
_TRAINED_IN = ("fr", "en")
"""Languages of the questions behind which the heads were trained."""
_LONGEST_BEFORE = 300
"""Characters of the last answer that are read to understand a follow-up."""


def answering(
    question: str, evidence: Sequence[Evidence], language: Language, *, fully: bool = False
) -> Prompt:
    """Give the prompt that both the judgement and the draft use.

    Its parts are the evidence, in the order given. ``fully``, it is for a draft alone, of several
    sentences.
    """
    words = lang.of(language).prompts
    opening, closing = words.request.split("{evidence}")
    user = opening
    places: dict[tuple[str, Span], Span] = {}
    # The best first: a small model believes what it reads first.
    for run in sorted(_runs(evidence), key=lambda run: -max(item.score for item in run)):
        mark = "- " if not places else "\n- "
        # "Oui, s'il est tenu en laisse" says nothing without what was asked.
        if run[0].asked:
            mark += f"{run[0].asked} "
        for item in run:
            user += mark
            quote = _shortened(" ".join(item.quote.split()))
            places[item.document, item.span] = Span(len(user), len(user) + len(quote))
            user += quote
            mark = " "
    parts = tuple(places[item.document, item.span] for item in evidence)
    system = words.fully if fully else words.system
    return Prompt(system, user + closing.format(question=question), parts)


def checking(
    question: str, evidence: Sequence[Evidence], answer: str, language: Language
) -> Prompt:
    """Give the prompt that asks whether an answer is one, and the evidence proves it.

    Asked so, the default model says No where it should, which to evidence it hardly ever does:
    docs/benchmarks.md. The form is P(True) of Kadavath et al. 2022, "Language Models (Mostly) Know
    What They Know", arXiv:2207.05221. Its parts are the evidence.
    """
    words = lang.of(language).prompts
    user, closing = words.proposed.split("{evidence}")
    parts: list[Span] = []
    for item in evidence:
        user += " " if parts else ""
        quote = _shortened(" ".join(f"{item.asked} {item.quote}".split()))
        parts.append(Span(len(user), len(user) + len(quote)))
        user += quote
    said = _shortened(" ".join(answer.split()))
    user += closing.format(question=question, answer=said)
    return Prompt(words.checking, user, tuple(parts))


def insisting(request: Prompt, language: Language) -> Prompt:
    """Give the same prompt, with the language of the reply insisted on."""
    words = lang.of(language).prompts
    return replace(request, user=f"{request.user}\n\n{words.insisting}")


def numbering(
    question: str, evidence: Sequence[Evidence], language: Language, *, again: bool = False
) -> Prompt:
    """Give the prompt that asks for the numbers of the sentences which the answer needs.

    Its parts are the evidence, numbered from 1 in the order given. ``again`` it says that nothing
    but numbers is asked for.
    """
    words = lang.of(language).prompts
    user, closing = words.numbered.split("{evidence}")
    parts = []
    for number, item in enumerate(evidence, 1):
        user += f"{number}. " if number == 1 else f"\n{number}. "
        # "Oui, s'il est tenu en laisse" says nothing without what was asked.
        quote = _shortened(" ".join(f"{item.asked} {item.quote}".split()))
        parts.append(Span(len(user), len(user) + len(quote)))
        user += quote
    user += closing.format(question=question)
    if again:
        user += f"\n{words.only_numbers}"
    return Prompt(words.choosing, user, tuple(parts))


def fingerprint(*, checked: bool = False) -> str:
    """Digest of the words in which questions are put: a head over the state belongs to them.

    With those that check an answer, if it is ``checked``.
    """
    trained = [lang.LEXICONS[code].prompts for code in _TRAINED_IN]
    parts = [(words.system, words.request, prefix(words)) for words in trained]
    if checked:
        parts += [(words.checking, words.proposed, words.no) for words in trained]
    said = "\n".join(chain.from_iterable(parts))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _runs(evidence: Sequence[Evidence]) -> Iterator[list[Evidence]]:
    """Neighbouring sentences together, as they stand in their document."""
    run: list[Evidence] = []
    for item in evidence:
        if run and (
            item.document != run[-1].document or not 0 <= item.span.start - run[-1].span.end <= _GAP
        ):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def rewriting(question: str, before: Turn, language: Language) -> Prompt:
    """Give the prompt that asks to put a follow-up so that it is understood by itself."""
    words = lang.of(language).prompts
    answer = before.answer[:_LONGEST_BEFORE]
    request = words.example.format(question=before.question, answer=answer, further=question)
    return Prompt(words.rewriting, request)


def prefix(words: Prompts) -> str:
    """Led past its own "Yes", the writer answers instead of talking about the excerpts."""
    return f"{words.yes}.\n{words.answer} "


def _shortened(sentence: str) -> str:
    if len(sentence) <= _LONGEST_EVIDENCE:
        return sentence
    space = sentence.rfind(" ", _LONGEST_EVIDENCE // 2, _LONGEST_EVIDENCE)
    return sentence[: space if space > 0 else _LONGEST_EVIDENCE] + " …"
