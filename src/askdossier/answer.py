"""Ask the writer whether the evidence answers the question, and let it draft the answer.

All prompts stand here, in French and in English. Their instructions come first, so that they are
read once for all questions. One prompt serves twice: the probability that the reply begins with Yes
rather than No judges whether the evidence answers, and the reply is then continued after that Yes,
so that the evidence is read once. Knows nothing about citations: the
draft is plain text, checked elsewhere.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice

from askdossier import text
from askdossier.records import Choice, Evidence, Language, Prompt, Span, Stop, Turn, Writer

MOST_SENTENCES = 3
_MOST_PIECES = 130
"""Pieces of a draft, hardly ever more than a token each: an evidence sentence has about 110."""
_MOST_TOKENS = 160
"""More than that many pieces, so that a draft ends by itself or is known to be cut."""
_LONGEST_EVIDENCE = 420
"""Characters of one evidence sentence that the writer reads."""
_GAP = 3
"""Characters, all white space, between neighbouring sentences at most."""


@dataclass(frozen=True, slots=True)
class _Words:
    system: str
    request: str
    yes: str
    no: str
    answer: str
    abstention: str
    unknown: str
    rewriting: str
    example: str


_WORDS = {
    "fr": _Words(
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
        abstention="Le dossier ne répond pas à cette question.",
        unknown="Aucun document n’emploie {}.",
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
    ),
    "en": _Words(
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
        abstention="The dossier does not answer this question.",
        unknown="No document uses {}.",
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
    ),
}


def prompt(question: str, evidence: Sequence[Evidence], language: Language) -> Prompt:
    """Give the prompt that both :func:`answerable` and :func:`draft` use.

    Its parts are the evidence, in the order given.
    """
    words = _words(language)
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
    parts = ((words.system, words.request, _prefix(words)) for words in _WORDS.values())
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


def answerable(writer: Writer, request: Prompt, language: Language, stop: Stop) -> Choice:
    """Let the writer judge whether the evidence answers: Yes or No, in this order."""
    words = _words(language)
    return writer.choose(request, (words.yes, words.no), stop, prefix=_prefix(words))


def draft(writer: Writer, request: Prompt, language: Language, stop: Stop) -> Generator[str]:
    """Sentences of the answer, each as soon as it is complete; at most ``MOST_SENTENCES``.

    Passed over is what says nothing: the question said again, and a mere yes or no.
    """
    with closing(_complete(writer, request, language, stop)) as sentences:
        yield from islice(filter(_says_something, sentences), MOST_SENTENCES)


def _says_something(sentence: str) -> bool:
    return not text.asks(sentence) and _YES_OR_NO.fullmatch(sentence) is None


def _complete(writer: Writer, request: Prompt, language: Language, stop: Stop) -> Generator[str]:
    """All sentences of the reply, but for one that is cut off because the reply is too long."""
    written, given = "", 0
    prefix = _prefix(_words(language))
    pieces = writer.stream(request, stop, prefix=prefix, max_tokens=_MOST_TOKENS)
    with closing(pieces):
        for piece in islice(pieces, _MOST_PIECES):
            written += piece
            spans = text.sentences(written)
            for span in spans[given:-1]:
                if not _SETTLED.match(written, span.end):
                    break
                yield span.of(written)
                given += 1
        cut_off = next(pieces, None) is not None
    if not stop.is_set():
        spans = text.sentences(written)
        for span in spans[given : -1 if cut_off else None]:
            yield span.of(written)


def _prefix(words: _Words) -> str:
    """Led past its own "Yes", the writer answers instead of talking about the excerpts."""
    return f"{words.yes}.\n{words.answer} "


_SETTLED = re.compile(r"\W*\w+\W+\w")
"""Two words behind a full stop: with them it is certain that no more text moves the border, as it
does from ``J. L`` to ``J. Lefebvre``."""


def without_preamble(sentence: str) -> str:
    """Drop "Les extraits indiquent que…": the reader sees the answer, not the writer's excerpts.

    Drop "Oui," or "Non," before it too: whether its words affirm is for the reader to see. And
    quotation marks round all of it: what is quoted is for the program to say.
    """
    said = _IN_QUOTES.sub(r"\g<words>\g<end>", sentence)
    said = _LEAD.sub(lambda lead: lead["first"].upper(), said)
    rest = _PREAMBLE.sub("", said, count=1)
    return rest[:1].upper() + rest[1:] if rest and rest != sentence else sentence


def refuses(sentence: str) -> bool:
    """Whether the writer says after all that its excerpts hold no answer."""
    return _REFUSAL.search(text.fold(sentence)) is not None


def abstention(language: Language, unknown: Sequence[str] = ()) -> str:
    """What is said instead of an answer; ``unknown`` are words that the dossier never uses."""
    words = _words(language)
    if not unknown:
        return words.abstention
    left, right = ("« ", " »") if words is _WORDS["fr"] else ("“", "”")
    named = [f"{left}{word}{right}" for word in unknown]
    both = " ni " if words is _WORDS["fr"] else " or "
    missing = ", ".join(named[:-1]) + both + named[-1] if len(named) > 1 else named[0]
    return f"{words.abstention} {words.unknown.format(missing)}"


# --- follow-ups -----------------------------------------------------------------------------------

_LONGEST_BEFORE = 300
"""Characters of the last answer that are read to understand a follow-up."""
_MOST_QUESTION_TOKENS = 60


def stand_alone(writer: Writer, question: str, before: Turn, language: Language, stop: Stop) -> str:
    """Let the writer put a follow-up so that it is understood without the turn before it.

    Whether it kept to what was said is for the caller to check. Empty when stopped.
    """
    words = _words(language)
    answer = before.answer[:_LONGEST_BEFORE]
    request = words.example.format(question=before.question, answer=answer, further=question)
    prefix = "Question complète : " if words is _WORDS["fr"] else "Full question: "
    written = ""
    pieces = writer.stream(
        Prompt(words.rewriting, request), stop, prefix=prefix, max_tokens=_MOST_QUESTION_TOKENS
    )
    with closing(pieces):
        for piece in pieces:
            written += piece
            if "?" in written or "\n" in written.strip():
                break
    end = written.find("?") + 1
    return " ".join((written[:end] if end else written).split())


_YES_OR_NO = re.compile(r"\W*(?:oui|non|yes|no)\W*", re.IGNORECASE)
_LEAD = re.compile(
    r"\A[-–—•* ]*(?:Oui|Non|Yes|No), (?!(?:mais|et|dit|dis|répond|but|and)\w*\b)(?P<first>\w)"
)
_IN_QUOTES = re.compile(r"""\A["“”](?=[^"“”«»]*\w)(?P<words>[^"“”«»]++)["“”](?P<end>[.!]?)\Z""")
_PREAMBLE = re.compile(
    r"(?:(?:Les|Ces) extraits (?:\w+ )?(?:montrent|indiquent|disent|précisent|mentionnent|"
    r"affirment|expliquent|révèlent|soulignent|déclarent|démontrent|confirment) qu(?:e |['’])"
    r"|(?:D['’]après|Selon) (?:les|ces) extraits(?: fournis)?, ?"
    r"|(?:The|These) excerpts (?:show|state|say|indicate|mention|suggest) that "
    r"|According to (?:the|these) excerpts, ?)"
)
_REFUSAL = re.compile(
    r"(?:extraits?|textes?|documents?) (?:fournis )?(?:ne|n')[^.]{0,40}? pas\b"
    r"|aucun(?:e)? (?:extrait|information|reponse)"
    r"|(?:excerpts?|texts?|documents?) (?:provided )?(?:do(?:es)? not|don't|doesn't)\b"
    r"|no (?:excerpt|information|answer)\b"
    r"|(?:n'est|ne sont|n'est donc) pas (?:mentionne|precise|indique|donne|specifie)"
    r"|(?:is|are) not (?:mentioned|stated|given|specified|provided)"
)


def _words(language: Language) -> _Words:
    return _WORDS.get(language, _WORDS["fr"])


def _shortened(sentence: str) -> str:
    if len(sentence) <= _LONGEST_EVIDENCE:
        return sentence
    space = sentence.rfind(" ", _LONGEST_EVIDENCE // 2, _LONGEST_EVIDENCE)
    return sentence[: space if space > 0 else _LONGEST_EVIDENCE] + " …"
