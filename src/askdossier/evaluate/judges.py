"""Judges of entailment: whether what is cited says what the sentence says.

The support check is the one that decided what the reader saw, so that it flatters its own answers;
the writer as a judge, or an NLI model handed in by the caller, is independent of it. How good each
is can be measured: ``judging``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from askdossier import text, verify
from askdossier.core import (
    Document,
    Embedder,
    Entailment,
    Language,
    Passage,
    Source,
    Span,
    Support,
)
from askdossier.evaluate.correctness import unified


@dataclass(frozen=True, slots=True)
class Premise:
    """Cited words, and what they may leave unsaid: their titles and the date of their document."""

    text: str
    title: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether premises entail a sentence."""

    support: Support
    """``supported``, ``partly`` or ``unsupported``; only the first counts as entailed."""
    score: float
    """The higher, the surer; comparable within one judge only."""

    @property
    def entailed(self) -> bool:
        """Whether the premises say all of the sentence."""
        return self.support == "supported"


class Judge(Protocol):
    """Says whether premises, taken together, entail a sentence."""

    name: str

    def judge(
        self,
        sentence: str,
        language: Language,
        premises: Sequence[Premise],
        question: str | None = None,
    ) -> Judgement:
        """Judge one sentence against at least one premise.

        And whether it answers the ``question``, where it is to answer one and the judge looks at
        that.
        """
        ...


def _repeats(sentence: str, premise: str) -> bool:
    """Whether a sentence quotes a premise between marks, or is one of its sentences."""
    quoted = unified(sentence).strip(_MARKS)
    if not quoted:
        return False
    if sentence.lstrip()[:1] in _MARKS:
        return quoted in unified(premise)
    return any(quoted == unified(s.of(premise)).strip(_MARKS) for s in text.sentences(premise))


_MARKS = f"{text.QUOTATION_MARKS} "


def _extracts(name: str, premise: Premise, language: Language) -> Sequence[verify.Extract]:
    """The sentences of a premise, read as those of a document; ``language`` is that of the claim.

    It decides for words that tell no language, such as a row of a table.
    """
    spans = text.sentences(premise.text)
    if not spans:
        return ()
    source = Source(name, "", date=premise.date or None)
    known = text.question_language(premise.text, language)
    document = Document(name, premise.title, premise.text, known, source)
    whole = Span(spans[0].start, spans[-1].end)
    return verify.extracts(document, Passage(name, name, whole, "", spans))


class SupportCheck:
    """The check that every sentence of an answer goes through before it is shown."""

    name = "support check"

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._claims: dict[str, NDArray[np.float32]] = {}

    def read(self, cases: Sequence[tuple[str, Premise]]) -> None:
        """Embed sentences and premises that will be judged: many at once are much faster."""
        if not cases:
            return
        self._embedded([s.of(p.text) for _, p in cases for s in text.sentences(p.text)])
        claims = list(dict.fromkeys(claim for claim, _ in cases))
        self._claims |= zip(claims, self._embedder.embed_questions(claims), strict=True)

    def judge(
        self,
        sentence: str,
        language: Language,
        premises: Sequence[Premise],
        question: str | None = None,
    ) -> Judgement:
        """Judge as ``verify.check`` does; the sentences of the premises are its sources.

        A quote, which may be longer than a sentence, is supported by the words that it repeats. A
        clause cut out of a sentence is none: it may leave out who says so.
        """
        if any(_repeats(sentence, premise.text) for premise in premises):
            return Judgement("supported", 1.0)
        extracts = [
            extract
            for i, premise in enumerate(premises)
            for extract in _extracts(str(i), premise, language)
        ]
        if not extracts:
            return Judgement("unsupported", 0.0)
        vectors = self._embedded([extract.quote for extract in extracts])
        sources = verify.Sources(extracts, list(map(float, vectors @ self._asked(sentence))))
        asked = None
        if question:
            wanted = self._asked(question)
            sources = replace(sources, relevances=list(map(float, vectors @ wanted)))
            asked = verify.Asked(question, float(self._embedded([sentence])[0] @ wanted))
        verdict = verify.check(verify.Statement(sentence, language), asked, sources)
        return Judgement(verdict.support, verdict.score)

    def _asked(self, words: str) -> NDArray[np.float32]:
        """The vector of words that something is looked for with."""
        if words not in self._claims:
            self._claims[words] = self._embedder.embed_questions([words])[0]
        return self._claims[words]

    def _embedded(self, quotes: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of sentences, shape ``(n, d)``; those seen before are not embedded again."""
        new = [quote for quote in dict.fromkeys(quotes) if quote not in self._vectors]
        if new:
            parts = [[Span(0, len(quote))] for quote in new]
            self._vectors |= zip(new, self._embedder.embed_passages(new, parts)[1], strict=True)
        return np.array([self._vectors[quote] for quote in quotes])


_SURE = 0.5


def joined(premises: Sequence[Premise]) -> str:
    """The premises as one text, each under its title, as ALCE hands them to its judge."""
    return "\n".join(
        f"{premise.title}: {premise.text}" if premise.title else premise.text
        for premise in premises
    )


class EntailmentJudge:
    """A model that says whether a text entails a sentence: the writer, or one made for it."""

    def __init__(self, model: Entailment) -> None:
        self._model = model
        self.name = model.name

    def judge(
        self,
        sentence: str,
        language: Language,
        premises: Sequence[Premise],
        question: str | None = None,
    ) -> Judgement:
        """Judge by the probability of entailment."""
        del language, question
        sure = self._model.entailment([(joined(premises), sentence)])[0]
        return Judgement("supported" if sure >= _SURE else "unsupported", sure)


class Remembering:
    """A judge whose judgements are kept in a file, so that an interrupted run goes on from there.

    A damaged line, such as the last one of a process that was killed, is judged again.
    """

    def __init__(self, judge: Judge, file: Path) -> None:
        self.name = judge.name
        self._judge = judge
        self._file = file
        self._known: dict[str, Judgement] = {}
        if file.exists():
            for line in file.read_text(encoding="utf-8").splitlines():
                try:
                    key, support, score = json.loads(line)
                except ValueError:
                    continue
                self._known[key] = Judgement(support, score)

    def judge(
        self,
        sentence: str,
        language: Language,
        premises: Sequence[Premise],
        question: str | None = None,
    ) -> Judgement:
        """Judge, unless this was judged before."""
        read = [[premise.text, premise.title, premise.date] for premise in premises]
        asked = json.dumps([self.name, sentence, read, *([question] if question else [])])
        key = hashlib.sha256(asked.encode()).hexdigest()[:32]
        if key not in self._known:
            found = self._judge.judge(sentence, language, premises, question)
            self._known[key] = found
            with self._file.open("a", encoding="utf-8") as target:
                target.write(json.dumps([key, found.support, round(found.score, 6)]) + "\n")
        return self._known[key]
