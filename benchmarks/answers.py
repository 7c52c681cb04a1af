"""Ask every question of a file and score the answers: ``python benchmarks/answers.py``.

Prints Markdown for the docs; ``--out`` writes everything that was said, as JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from askdossier import models
from askdossier import settings as settings_module
from askdossier.cli import answer_json
from askdossier.dossier import Dossier
from askdossier.records import Answer
from recording import RecordingWriter
from scoring import Score, Totals, lost_gold, read_questions, score, totals

SHARED = Path(__file__).parents[1].parent / "shared"


def main(arguments: Sequence[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    questions = read_questions(options.questions)[: options.limit]
    with tempfile.TemporaryDirectory() as scratch:
        settings = settings_module.load(
            corpus=options.corpus,
            index=options.index or Path(scratch),
            writer=options.writer,
            embedder=options.embedder,
            strictness=options.strictness,
        )
        embedder = models.load_embedder(settings.embedder, settings.models)
        writer = RecordingWriter(models.load_writer(settings.writer, settings.models))
        dossier = Dossier(settings, embedder=embedder, writer=writer)
        dossier.sync()
        documents = dossier.documents
        if lost := lost_gold(questions, documents):
            print(f"gold quotes that no document holds: {', '.join(lost)}", file=sys.stderr)
        scores: list[Score] = []
        answers: list[Answer] = []
        for question in questions:
            writer.begin()
            answer = dossier.ask(question.text)
            scores.append(score(question, answer, documents, writer.prompt_tokens()))
            answers.append(answer)
            print(_progress(scores[-1]), file=sys.stderr, flush=True)
    table = markdown(scores)
    print(table)
    if options.out:
        everything = {
            "embedder": embedder.name,
            "writer": writer.name,
            "totals": asdict(totals(scores)),
            "questions": [
                asdict(item) | {"said": answer_json(answer)}
                for item, answer in zip(scores, answers, strict=True)
            ],
        }
        options.out.write_text(json.dumps(everything, ensure_ascii=False, indent=1), "utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--questions", type=Path, default=SHARED / "eval" / "dossier_dev.jsonl", metavar="FILE"
    )
    parser.add_argument("--corpus", type=Path, default=SHARED / "dossier")
    parser.add_argument("--index", type=Path, help="default: a folder that is thrown away")
    parser.add_argument("--limit", type=int, help="only the first questions")
    parser.add_argument("--writer")
    parser.add_argument("--embedder")
    parser.add_argument("--strictness", type=float)
    parser.add_argument("--out", type=Path, metavar="FILE.json")
    return parser


def markdown(scores: Sequence[Score]) -> str:
    """A row per question, then the totals."""
    rows = [
        "| question | kind | outcome | citations | gold cited | gold in evidence "
        "| first sentence (s) | total (s) | prompt tokens |",
        "|---|---|---|--:|:-:|:-:|--:|--:|--:|",
    ]
    for item in scores:
        answerable = item.question.answerable
        cells = (
            item.question.id,
            item.question.kind,
            _outcome(item),
            f"{item.citations}{'' if item.valid else ' (invalid!)'}",
            _mark(item.cites_gold) if answerable else "–",
            _mark(item.evidence_gold) if answerable else "–",
            f"{item.first_sentence:.1f}",
            f"{item.total:.1f}",
            "–" if item.prompt_tokens is None else str(item.prompt_tokens),
        )
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join([*rows, "", _summary(totals(scores))])


def _outcome(item: Score) -> str:
    if item.abstained:
        return "abstained, wrongly" if item.question.answerable else "abstained, rightly"
    return "right" if item.right else "wrong"


def _summary(found: Totals) -> str:
    tokens = "–" if found.prompt_tokens is None else f"{found.prompt_tokens:.0f}"
    rows = (
        ("right", f"{found.right} of {found.answerable}"),
        ("citing a gold span", f"{found.cites_gold} of {found.answerable}"),
        ("gold span in the evidence", f"{found.evidence_gold} of {found.answerable}"),
        ("abstained although answerable", f"{found.wrongly_abstained} of {found.answerable}"),
        ("abstained, unanswerable", f"{found.rightly_abstained} of {found.unanswerable}"),
        ("citations / answers with an invalid one", f"{found.citations} / {found.invalid}"),
        ("answers without citation", str(found.uncited)),
        ("median seconds to the evidence", f"{found.evidence:.2f}"),
        ("median seconds to the first sentence", f"{found.first_sentence:.2f}"),
        ("median seconds in all", f"{found.total:.2f}"),
        ("median prompt tokens", tokens),
    )
    return "\n".join(
        ["| all questions | |", "|---|--:|", *(f"| {name} | {value} |" for name, value in rows)]
    )


def _mark(held: bool) -> str:
    return "yes" if held else "no"


def _progress(item: Score) -> str:
    said = " ".join(item.answer.split())
    return f"{item.question.id} {_outcome(item)} ({item.total:.1f} s): {said}"


if __name__ == "__main__":
    main()
