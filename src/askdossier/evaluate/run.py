"""Ask the questions of a file, keep each answer at once, score them all."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import psutil

from askdossier.core import Progress
from askdossier.core import Report as Tell
from askdossier.dossier import Dossier
from askdossier.evaluate import gold as gold_module
from askdossier.evaluate.journal import Journal, Reply, code, identity, opened
from askdossier.evaluate.judges import Judge, Remembering, SupportCheck
from askdossier.evaluate.questions import Question
from askdossier.evaluate.recording import RecordingWriter
from askdossier.evaluate.report import Report
from askdossier.evaluate.scoring import score


def evaluate(
    dossier: Dossier,
    questions: Sequence[Question],
    *,
    out: Path | None = None,
    judge: Judge | None = None,
    seed: int = 0,
    report: Tell | None = None,
) -> Report:
    """Ask every question and score the answers.

    ``out`` is a folder in which the answers are kept as they come, so that a run that is killed
    goes on where it was; the reports are not written there by this function. ``judge`` decides
    what a citation supports in the ALCE figures; without one it is the support check.

    Raises:
        IndexMissing, IndexMismatch: there is no index, or not one for this embedder.
        InvalidQuestions: the evidence of a question is not in the dossier.
        RunMismatch: the answers in ``out`` were given by something else.
        And what ``Dossier.ask`` raises; what was answered before is kept.
    """
    dossier.listing()  # an index that is missing is told as such, not as missing documents
    documents = dossier.documents
    located = gold_module.locate(questions, documents)
    with opened(out, identity(dossier)) as journal:
        _ask(dossier, questions, journal, report)
        started = time.perf_counter()
        if judge is None:
            judge = SupportCheck(dossier.embedder)
        elif out is not None and judge.name != SupportCheck.name:
            judge = Remembering(judge, out / "judgements.jsonl")
        results = []
        for number, question in enumerate(questions):
            if report:
                report(Progress("score", number, len(questions)))
            expected = located[question.id]
            relevant = {
                passage.id
                for place in expected.gold
                for span in place.spans
                for passage in dossier.passages_touching(place.document, span)
            }
            reply = journal.replies[question.id]
            results.append(score(question, reply, expected, relevant, documents, judge))
    if report:
        report(Progress("score", len(questions), len(questions)))
    return Report(
        made_with=identity(dossier),
        judge=judge.name,
        judge_is_checker=judge.name == SupportCheck.name,
        seed=seed,
        time=datetime.now(UTC).isoformat(timespec="seconds"),
        scoring_seconds=time.perf_counter() - started,
        results=tuple(results),
    )


def _ask(
    dossier: Dossier, questions: Sequence[Question], journal: Journal, report: Tell | None
) -> None:
    """Ask what has not been answered yet; a question that was reworded is asked again."""
    recording = RecordingWriter(dossier.writer)
    asked, process = dossier.with_writer(recording), psutil.Process()
    known = {(name, reply.question) for name, reply in journal.replies.items()}
    if not known.issuperset((question.id, question.text) for question in questions):
        asked.warm_up()
    for number, question in enumerate(questions):
        if report:
            report(Progress("answer", number, len(questions), detail=question.id))
        if (question.id, question.text) in known:
            continue
        recording.begin()
        answer = asked.ask(question.text)
        journal.append(
            Reply(
                question.id,
                question.text,
                answer,
                tuple(hit.passage.id for hit in dossier.search(answer.question)),
                recording.prompt_tokens(),
                recording.written_tokens(),
                process.memory_info().rss,
                code(),
            )
        )
    if report:
        report(Progress("answer", len(questions), len(questions)))
