"""Propose questions on a dossier, for a person to accept or correct.

Facts (a figure or a name in a sentence) become questions that the writer words. Of five, one is
about all that a passage says, with its sentences as points, and one is meant to have no answer in
the dossier. Reports of readers that the chat has kept become questions
too. Nothing is evaluated before a person has looked at it.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from askdossier import text
from askdossier.core import DossierError, EvidenceFound, Language, Prompt, Stop, Writer
from askdossier.dossier import Dossier
from askdossier.evaluate.correctness import holds_answer
from askdossier.evaluate.questions import Gold, Point, Question
from askdossier.verify import facts

_UNANSWERABLE = 5
"""Every so many-th question is to have no answer."""
_SEVERAL = 3
"""Which of them asks for several things."""
_SENTENCE = range(40, 251)
_SENTENCES = range(3, 9)
"""Sentences of a passage that become points."""
_NAME = 60
"""Characters of the name of a point."""
_QUESTION = range(15, 201)
_MOST_TOKENS = 60

_SYSTEM = {
    "fr": "Tu écris des questions d’évaluation à partir d’un extrait. Tu réponds par une seule "
    "question, sur une ligne.",
    "en": "You write exam questions from an extract. You answer with a single question, on one "
    "line.",
}
_FACT = {
    "fr": "Extrait de « {title} » :\n{quote}\n\nÉcris une question en français dont la réponse est "
    "« {answer} ». Elle doit se comprendre sans l’extrait, nommer ce dont elle parle, et ne pas "
    "contenir la réponse.",
    "en": "Extract from “{title}”:\n{quote}\n\nWrite a question in English whose answer is "
    "“{answer}”. It must be clear without the extract, name what it is about, and not contain the "
    "answer.",
}
_EVERYTHING = {
    "fr": "Extrait de « {title} » :\n{quote}\n\nÉcris une question en français qui demande tout ce "
    "que dit cet extrait, et non une seule de ses phrases. Elle doit se comprendre sans l’extrait "
    "et nommer ce dont elle parle.",
    "en": "Extract from “{title}”:\n{quote}\n\nWrite a question in English that asks for all that "
    "this extract says, not for one of its sentences. It must be clear without the extract and "
    "name what it is about.",
}
_NOTHING = {
    "fr": "Extrait de « {title} » :\n{quote}\n\nÉcris une question en français sur le même sujet, "
    "à laquelle l’extrait ne répond pas. Elle doit se comprendre sans l’extrait et nommer ce dont "
    "elle parle.",
    "en": "Extract from “{title}”:\n{quote}\n\nWrite a question in English on the same subject "
    "that the extract does not answer. It must be clear without the extract and name what it is "
    "about.",
}


@dataclass(frozen=True, slots=True)
class _Seed:
    document: str
    title: str
    language: Language
    quotes: tuple[str, ...]
    answer: str = ""
    """Empty where several sentences are asked for."""


def from_documents(dossier: Dossier, wanted: int, seed: int = 0) -> Iterator[Question]:
    """Propose ``wanted`` questions, or as many as the writer can word, spread over the documents.

    Raises IndexMissing, ModelMissing.
    """
    writer = dossier.writer
    found: list[Question] = []
    sentences = _by_turns(dossier, _sentences, random.Random(seed))
    passages = _by_turns(dossier, _passages, random.Random(seed))
    while len(found) < wanted:
        turn = (len(found) + 1) % _UNANSWERABLE
        drawn = (next(passages, None) if turn == _SEVERAL else None) or next(sentences, None)
        if drawn is None:
            return
        asked = _worded(writer, drawn, answerable=turn != 0)
        if not asked or any(asked == question.text for question in found):
            continue
        question = Question(f"new-{len(found) + 1:03}", asked, turn != 0, drawn.language)
        found.append(_expecting(question, drawn))
        yield found[-1]


def _expecting(question: Question, drawn: _Seed) -> Question:
    """A question as a proposal, with what it was drawn from."""
    quotes = tuple(Gold(drawn.document, quote) for quote in drawn.quotes)
    if not question.answerable:
        note = "check that no document says it"
        return replace(question, kind="no-answer", proposed=True, note=note)
    if drawn.answer:
        return replace(question, kind="fact", answers=(drawn.answer,), gold=quotes, proposed=True)
    points = {
        point.name: point
        for point in (
            Point(textwrap.shorten(one.quote, _NAME, placeholder="…"), (one,)) for one in quotes
        )
    }
    return replace(
        question,
        kind="several",
        points=tuple(points.values()),
        proposed=True,
        note="take out the points that it does not ask for; other documents may hold more",
    )


def _by_turns(
    dossier: Dossier, drawn: Callable[[Dossier, str], list[_Seed]], lot: random.Random
) -> Iterator[_Seed]:
    """What is drawn from the documents, in random order but one document after the other."""
    by_document = [drawn(dossier, name) for name in dossier.listing()]
    for seeds in by_document:
        lot.shuffle(seeds)
    lot.shuffle(by_document)
    for row in range(max(map(len, by_document), default=0)):
        yield from (seeds[row] for seeds in by_document if row < len(seeds))


def _sentences(dossier: Dossier, name: str) -> list[_Seed]:
    """The sentences of a document that hold a fact."""
    title = dossier.documents[name].title
    return [
        _Seed(name, title, text.question_language(quote), (quote,), answer)
        for quotes in _quotes(dossier, name)
        for quote in quotes
        if (answer := _fact(quote))
    ]


def _passages(dossier: Dossier, name: str) -> list[_Seed]:
    """The passages of a document that say several things."""
    title = dossier.documents[name].title
    return [
        _Seed(name, title, text.question_language(" ".join(quotes)), quotes)
        for quotes in _quotes(dossier, name)
        if len(quotes) in _SENTENCES
    ]


def _quotes(dossier: Dossier, name: str) -> Iterator[tuple[str, ...]]:
    """The sentences of each passage that are neither too short nor too long to ask about."""
    body = dossier.documents[name].text
    for passage in dossier.passages_of(name):
        quotes = (span.of(body) for span in passage.sentences)
        yield tuple(quote for quote in quotes if len(quote) in _SENTENCE)


def _fact(sentence: str) -> str:
    """A figure of the sentence, or a name that does not open it."""
    figures = [figure.text for figure in facts.figures(sentence)]
    names = [name.text for name in facts.names(sentence) if not name.opens and len(name.words) > 1]
    return next(iter([*figures, *names]), "")


def _worded(writer: Writer, drawn: _Seed, *, answerable: bool) -> str:
    """The question as the writer words it; empty when it is no question or gives itself away."""
    words = _NOTHING if not answerable else _FACT if drawn.answer else _EVERYTHING
    quote = "\n".join(drawn.quotes)
    prompt = Prompt(
        _SYSTEM[drawn.language],
        words[drawn.language].format(title=drawn.title, quote=quote, answer=drawn.answer),
    )
    reply = "".join(writer.stream(prompt, Stop(), max_tokens=_MOST_TOKENS)).strip()
    asked = next(iter(reply.splitlines()), "").strip().strip('«»“”"* ').strip()
    good = (
        asked.endswith("?")
        and len(asked) in _QUESTION
        and text.question_language(asked) == drawn.language
        and not (answerable and drawn.answer and holds_answer(asked, [drawn.answer]))
    )
    return asked if good else ""


# --- feedback -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cited:
    """The citation that a reader means."""

    document: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """A line of ``index/feedback.jsonl``: what a reader of the chat found wrong."""

    time: str
    question: Annotated[str, Field(min_length=1)]
    answer: str
    kind: Literal["wrong-source", "incomplete", "off-topic"]
    citation: Cited | None = None
    comment: str = ""


_FEEDBACK = TypeAdapter(Feedback)


def read_feedback(file: Path) -> tuple[Feedback, ...]:
    """Read what the chat has kept; nothing when there is no such file.

    Raises:
        DossierError: a line is malformed; the message names it.
    """
    if not file.exists():
        return ()
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            try:
                found.append(_FEEDBACK.validate_json(line))
            except ValidationError as error:
                first = error.errors()[0]
                place = ".".join(map(str, first["loc"]))
                raise DossierError(
                    f"{file}, line {number}: {place} {first['msg']}. Mend or delete the line."
                ) from error
    return tuple(found)


def from_feedback(dossier: Dossier, feedback: Sequence[Feedback]) -> Iterator[Question]:
    """Propose each question that a reader complained about, once, with the best evidence found.

    What the dossier would say is for the person to decide: the evidence is a suggestion, and never
    the quote that the reader found wrong.
    """
    grouped: dict[str, list[Feedback]] = {}
    for item in feedback:
        grouped.setdefault(" ".join(item.question.split()), []).append(item)
    for number, (asked, items) in enumerate(grouped.items(), 1):
        wrong = {item.citation.quote for item in items if item.citation}
        gold = _best(dossier, asked, wrong)
        said = "; ".join(f"{item.kind}: {item.comment}".strip(": ") for item in items)
        yield Question(
            f"feedback-{number:03}",
            asked,
            True,
            text.question_language(asked),
            items[-1].kind,
            (),
            (gold,) if gold else (),
            proposed=True,
            note=f"{said} — answered: {items[-1].answer}",
        )


def _best(dossier: Dossier, asked: str, wrong: set[str]) -> Gold | None:
    """The sentence of the evidence nearest to a question, but for those known to be wrong."""
    stream = dossier.stream(asked)
    evidence = next((e.evidence for e in stream if isinstance(e, EvidenceFound)), ())
    ranked = sorted(evidence, key=lambda item: -item.score)
    return next((Gold(e.document, e.quote) for e in ranked if e.quote not in wrong), None)


def numbered(questions: Sequence[Question], taken: set[str]) -> list[Question]:
    """The same questions with ids that are not ``taken``."""
    found = []
    for question in questions:
        stem, _, number = question.id.rpartition("-")
        while f"{stem}-{number}" in taken:
            number = f"{int(number) + 1:03}"
        taken.add(f"{stem}-{number}")
        found.append(replace(question, id=f"{stem}-{number}"))
    return found
