"""Fit when to answer with any writer: ``askdossier calibrate``.

It is asked whether evidence answers, about questions of which that is known; ``collecting`` asks
and keeps what it says, ``fitting`` makes a card of it, which ``ask.policy.calibrated`` reads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from askdossier.ask import prompts
from askdossier.ask.policy import calibrated, probed
from askdossier.ask.policy.calibrated import Card
from askdossier.calibration import collecting, fitting
from askdossier.calibration.collecting import Stopped
from askdossier.core import DossierError, Progress, Report, Stop
from askdossier.dossier import Dossier
from askdossier.evaluate.questions import Question
from askdossier.settings import Settings

__all__ = ["QUESTIONS", "NotCalibrated", "Stopped", "calibrate", "own_dossier"]

_HERE = Path(__file__).parent
QUESTIONS = _HERE / "questions.jsonl"
"""Questions on the documents of the program's own, which are invented."""
_CORPUS = _HERE / "corpus"
"""Those documents, where the program is installed; in a checkout they lie at its top."""
_CHECKOUT = _HERE.parents[2] / "corpus"

LEAST = 20
"""Readings that answer, and that do not, without which nothing is fitted."""


class NotCalibrated(DossierError):
    """A writer cannot be calibrated, or not with these questions."""


def own_dossier(settings: Settings) -> Settings:
    """The settings with the documents that ``QUESTIONS`` are about, and an index in the cache.

    Raises NotCalibrated where the documents are not there.
    """
    corpus = _CORPUS if _CORPUS.is_dir() else _CHECKOUT
    if not corpus.is_dir():
        raise NotCalibrated(
            "The documents that the questions of askdossier calibrate are about are not installed. "
            "Install askdossier again, or name questions on your own documents with --questions."
        )
    return replace(settings, corpus=corpus, index=calibrated.folder() / "index")


def calibrate(
    dossier: Dossier,
    questions: Sequence[Question],
    report: Report | None = None,
    stop: Stop | None = None,
) -> Card:
    """Ask the writer of an indexed dossier, fit its card, and keep that.

    What was asked is kept in the cache until then, so that it goes on where it was interrupted.

    Raises:
        NotCalibrated: there is nothing to learn of this writer, or too little from these questions.
        Stopped: ``stop`` was set.
        And what finding evidence and asking the writer raise.
    """
    writer = dossier.writer
    if probed.trained().reads(writer.name):
        raise NotCalibrated(
            f"{writer.name} comes calibrated, on more than could be asked here. Name another "
            "writer with --writer."
        )
    digest = _digest(questions)
    kept = calibrated.folder() / f"{calibrated.stem(writer.name)}.asked.jsonl"
    rows = collecting.asked(dossier, questions, digest, kept, report, stop or Stop())
    answering = sum(row.answers for row in rows)
    if min(answering, len(rows) - answering) < LEAST:
        raise NotCalibrated(
            f"The questions give {answering} readings whose evidence answers and "
            f"{len(rows) - answering} whose evidence does not; calibrating takes {LEAST} of each. "
            "Add questions to the file, with their answers."
        )
    if report:
        report(Progress("fit", 0, 0))
    fitted = fitting.fit(rows)
    card = Card(
        writer=calibrated.known_as(writer.name),
        prompts=prompts.fingerprint(checked=True),
        date=datetime.now(UTC).date().isoformat(),
        embedder=dossier.embedder.name,
        questions=digest,
        readings=len(rows),
        answered=answering,
        auc=fitted.auc,
        rates=fitted.rates,
        intercept=fitted.intercept,
        judgement=fitted.judgement,
        best=fitted.best,
        languages=fitted.languages,
        head=fitted.head,
        second=fitted.second,
    )
    calibrated.write(card)
    kept.unlink(missing_ok=True)
    return card


def _digest(questions: Sequence[Question]) -> str:
    return hashlib.sha256(repr(tuple(questions)).encode()).hexdigest()[:12]
