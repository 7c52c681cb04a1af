"""Ask a writer whether evidence answers, about questions of which that is known.

A question that can be answered is asked twice: with what it finds, and with what it finds where no
passage holds the answer. That teaches what evidence looks like, not what questions do. It is then
let answer, and asked once more with nothing but the words that its first sentence cites.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from askdossier import ask, retrieve, text
from askdossier.ask import draft, prompts, writing
from askdossier.ask.case import Case, Clock, Task, Tools, cited
from askdossier.ask.citable import Citable
from askdossier.ask.policy.calibrated import known_as
from askdossier.ask.policy.signals import Signals, Vector, unit
from askdossier.core import (
    Claim,
    DossierError,
    Embedder,
    EmptyReply,
    Evidence,
    Filter,
    Language,
    Progress,
    Report,
    Stop,
    Writer,
)
from askdossier.dossier import Dossier
from askdossier.evaluate.correctness import holds_answer
from askdossier.evaluate.questions import Question
from askdossier.index import Index

_LOOKS = 2
"""How often evidence is looked at; what was kept of another number is asked again."""


class Stopped(DossierError):
    """A calibration was stopped before its end; what was asked is kept."""


@dataclass(frozen=True, slots=True)
class Row:
    """One reading of evidence."""

    question: str
    """Its id; the readings of one belong together."""
    withheld: bool
    """Whether passages that hold the answer were left out."""
    answers: bool
    """Whether the evidence answers."""
    signals: Signals
    again: float | None = None
    """P(yes) of its second look, see ``draft.right``; None where it would not answer."""
    told: bool = False
    """Whether these words answer."""


def asked(
    dossier: Dossier,
    questions: Sequence[Question],
    digest: str,
    kept: Path,
    report: Report | None,
    stop: Stop,
) -> list[Row]:
    """Ask each question, but for those in ``kept``, where each reading is written at once.

    What was kept of other questions (another ``digest``), documents or prompts is asked again.
    Raises Stopped when ``stop`` is set, and what the writer raises.
    """
    index = Index.open(dossier.settings.index, dossier.embedder.name)
    asking = _Asking(index, dossier.embedder, dossier.writer, stop)
    known = _kept(kept, asking.identity(digest))
    rows: list[Row] = []
    with kept.open("a", encoding="utf-8") as file:
        for number, question in enumerate(questions):
            if report:
                report(Progress("ask", number, len(questions), "questions"))
            for withheld in (False, True) if question.answerable else (False,):
                before = known.get((question.id, withheld))
                row = before or asking.row(question, withheld=withheld)
                if row is None:
                    continue
                rows.append(row)
                if before is None:
                    file.write(json.dumps(_plain(row)) + "\n")
                    file.flush()
                    os.fsync(file.fileno())
    if report:
        report(Progress("ask", len(questions), len(questions), "questions"))
    return rows


@dataclass(frozen=True, slots=True)
class _Asking:
    index: Index
    embedder: Embedder
    writer: Writer
    stop: Stop

    @property
    def tools(self) -> Tools:
        """Those of questions, without what a user may have added."""
        return Tools(
            lambda: self.index,
            lambda: self.embedder,
            lambda: None,
            lambda: self.writer,
            lambda _: None,
        )

    def identity(self, digest: str) -> dict[str, Any]:
        """What readings that belong together have in common."""
        documents = hashlib.sha256()
        for name in sorted(self.index.documents):
            documents.update(f"{name}\n{self.index.header(name).source.sha256}\n".encode())
        return {
            "writer": known_as(self.writer.name),
            "prompts": prompts.fingerprint(checked=True),
            "questions": digest,
            "embedder": self.embedder.name,
            "documents": documents.hexdigest(),
            "looks": _LOOKS,
        }

    def row(self, question: Question, *, withheld: bool) -> Row | None:
        """One reading; None where there is nothing to read. Raises Stopped."""
        answers = (*question.answers, *(gold.quote for gold in question.gold))
        if withheld and not answers:
            return None
        query = self.tools.query(question.text)
        found = self._found(query, answers if withheld else ())
        if not found:
            return None
        language = text.answer_language(question.text)
        request = prompts.answering(question.text, found, language)
        if not self.stop.is_set():
            judged = draft.answerable(self.writer, request, language, self.stop)
        if not self.stop.is_set():
            claim = self._said(query, language, found)
        again = None
        said: tuple[Evidence, ...] = ()
        if not self.stop.is_set() and claim is not None:
            said = cited(claim)
            shown = question.text, claim.text, said, language
            again = draft.right(self.writer, *shown, self.stop).probabilities[0]
        if self.stop.is_set():
            raise Stopped("Stopped. What was asked is kept: run it again to go on.")
        can = question.answerable and not withheld
        signals = Signals.of(judged, found, language)
        return Row(
            question.id,
            withheld,
            can and (not answers or _holds(found, answers)),
            replace(signals, state=_short(signals.state)),
            again,
            can and again is not None and (not answers or _holds(said, answers)),
        )

    def _said(
        self, query: retrieve.Query, language: Language, found: tuple[Evidence, ...]
    ) -> Claim | None:
        """The first sentence of an answer from this evidence, or the best of it, quoted."""
        case = Case(
            self.tools,
            Task(query.text, Filter(), (), 0.0, self.stop),
            language,
            self.index,
            query,
            Clock(),
        )
        citable, first = Citable.of(self.index, found, sure=True), None
        drafted = writing.drafted(case, found, citable, whole=True, complete=True)
        with closing(drafted), suppress(EmptyReply):  # it would be as empty the next time
            first = next(drafted, None)
        return first or next(iter(writing.quoted(case, citable, *found)), None)

    def _found(self, query: retrieve.Query, withheld: Sequence[str]) -> tuple[Evidence, ...]:
        """What a question finds where none of what is ``withheld`` stands."""
        found = ask.find(self.tools, self.index, query, None)
        left = [one for one in found if not holds_answer(self._text(one), withheld)]
        evidence = retrieve.evidence_in(self.index, query, left)
        # Neighbours may come from passages that were left out.
        return tuple(item for item in evidence if not holds_answer(item.quote, withheld))

    def _text(self, candidate: retrieve.Candidate) -> str:
        passage = candidate.hit.passage
        return passage.span.of(self.index.documents[passage.document].text)


def _holds(evidence: Sequence[Evidence], answers: Sequence[str]) -> bool:
    return holds_answer(" ".join(item.quote for item in evidence), answers)


def _short(state: Vector | None) -> Vector | None:
    """States of unit length, which is all that a head reads, in half the digits: as they are kept.

    Some networks have numbers in them that are too large for that as they are.
    """
    return None if state is None else unit(state).astype(np.float16).astype(np.float32)


# --- readings on disk -----------------------------------------------------------------------------


def _kept(file: Path, identity: dict[str, Any]) -> dict[tuple[str, bool], Row]:
    """What was read before, if it belongs here; else the file is begun anew.

    A line that was being written is cut off.
    """
    try:
        content = file.read_bytes()
        first, *lines = content[: content.rfind(b"\n") + 1].splitlines(keepends=True)
        if json.loads(first) == identity:
            rows = list(_rows(lines))
            file.write_bytes(first + b"".join(lines))
            return {(row.question, row.withheld): row for row in rows}
    except (OSError, ValueError, KeyError, TypeError):
        pass
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(identity) + "\n", encoding="utf-8")
    return {}


def _rows(lines: Sequence[bytes]) -> Iterator[Row]:
    for read in map(json.loads, lines):
        state = read["signals"].pop("state")
        shown = None if state is None else np.array(state, np.float32)
        yield Row(**{**read, "signals": Signals(**read["signals"], state=shown)})


def _plain(row: Row) -> dict[str, Any]:
    state = row.signals.state
    return {
        "question": row.question,
        "withheld": row.withheld,
        "answers": row.answers,
        "again": row.again,
        "told": row.told,
        "signals": {
            "judgement": row.signals.judgement,
            "best": row.signals.best,
            "language": row.signals.language,
            "state": None if state is None else state.tolist(),
        },
    }
