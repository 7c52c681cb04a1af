"""The words in which the writer is asked, in French and in English.

Instructions come first, so that they are read once for all questions. One prompt serves twice: the
probability that the reply begins with Yes rather than No judges whether the evidence answers, and
the reply is then continued after that Yes, so that the evidence is read once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from askdossier.records import Evidence, Language, Prompt, Span, Turn

_LONGEST_EVIDENCE = 420
"""Characters of one evidence sentence that the writer reads."""
_GAP = 3
"""Characters, all white space, between neighbouring sentences at most."""
_LONGEST_BEFORE = 300
"""Characters of the last answer that are read to understand a follow-up."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said to a writer in one language."""

    system: str
    request: str
    yes: str
    no: str
    answer: str
    rewriting: str
    example: str
    rewritten: str


_WORDS = {
    "fr": Words(
        system=(
            "Tu réponds à une question à partir d'extraits de documents, sans rien ajouter. "
            "Écris d'abord Oui si les extraits donnent la réponse à la question, sinon Non. "
            "Puis, à la ligne, réponds en français, en une phrase courte et complète, avec les "
            "mots des extraits."
        ),
        request="Extraits :\n{evidence}\n\nQuestion : {question}",
        yes="Oui",
        no="Non",
        answer="Réponse complète en français :",
        rewriting=(
            "Réécris la dernière question d'une conversation pour qu'on la comprenne sans le "
            "reste : remplace les pronoms par les noms, reprends ce qui manque, n'ajoute rien."
        ),
        example=(
            "Question : Qui dirige la bibliothèque de Sens ?\nRéponse : Anne Roy la dirige.\n"
            "Suite : Et depuis quand ?\n"
            "Question complète : Depuis quand Anne Roy dirige-t-elle la bibliothèque de Sens ?\n\n"
            "Question : {question}\nRéponse : {answer}\nSuite : {further}"
        ),
        rewritten="Question complète : ",
    ),
    "en": Words(
        system=(
            "You answer a question from excerpts of documents, adding nothing. "
            "First write Yes if the excerpts give the answer to the question, otherwise No. "
            "Then, on a new line, answer in English in one short complete sentence, with the words "
            "of the excerpts."
        ),
        request="Excerpts:\n{evidence}\n\nQuestion: {question}",
        yes="Yes",
        no="No",
        answer="Full answer in English:",
        rewriting=(
            "Rewrite the last question of a conversation so that it is understood without the "
            "rest: replace pronouns by names, repeat what is missing, add nothing."
        ),
        example=(
            "Question: Who runs the library of Sens?\nAnswer: Anne Roy runs it.\n"
            "Follow-up: And since when?\n"
            "Full question: Since when has Anne Roy run the library of Sens?\n\n"
            "Question: {question}\nAnswer: {answer}\nFollow-up: {further}"
        ),
        rewritten="Full question: ",
    ),
}


def answering(question: str, evidence: Sequence[Evidence], language: Language) -> Prompt:
    """Give the prompt that both the judgement and the draft use.

    Its parts are the evidence, in the order given.
    """
    words = words_of(language)
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
    return Prompt(words.system, user + closing.format(question=question), parts)


def fingerprint() -> str:
    """Digest of the words in which questions are put: a head over the state belongs to them."""
    parts = ((words.system, words.request, prefix(words)) for words in _WORDS.values())
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
    words = words_of(language)
    answer = before.answer[:_LONGEST_BEFORE]
    request = words.example.format(question=before.question, answer=answer, further=question)
    return Prompt(words.rewriting, request)


def prefix(words: Words) -> str:
    """Led past its own "Yes", the writer answers instead of talking about the excerpts."""
    return f"{words.yes}.\n{words.answer} "


def words_of(language: Language) -> Words:
    """Give the words of a language, or else those of English."""
    return _WORDS.get(language, _WORDS["en"])


def _shortened(sentence: str) -> str:
    if len(sentence) <= _LONGEST_EVIDENCE:
        return sentence
    space = sentence.rfind(" ", _LONGEST_EVIDENCE // 2, _LONGEST_EVIDENCE)
    return sentence[: space if space > 0 else _LONGEST_EVIDENCE] + " …"
