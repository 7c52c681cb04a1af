"""Retrieval with the default embedder over the real dossier: the gold quote must be there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from askdossier.core import Embedder, Span
from askdossier.dossier import Dossier
from askdossier.settings import Settings
from fakes import FakeWriter


@pytest.fixture(scope="module")
def dossier(
    embedder: Embedder, shared_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Dossier:
    settings = Settings(shared_folder / "dossier", tmp_path_factory.mktemp("real") / "index")
    dossier = Dossier(settings, embedder=embedder, writer=FakeWriter())
    assert dossier.sync().failed == ()
    return dossier


@pytest.mark.models
def test_gold_quotes_stand_in_the_best_passages_and_sentences(
    dossier: Dossier, shared_folder: Path
) -> None:
    lines = (shared_folder / "eval" / "dossier_dev.jsonl").read_text("utf-8").splitlines()
    questions = [row for row in map(json.loads, lines) if row["answerable"]]
    assert len(questions) == 21
    no_passage: list[str] = []
    no_sentence: list[str] = []
    for row in questions:
        gold = [place(dossier, item["document"], item["quote"]) for item in row["evidence"]]
        hits, evidence = dossier.find(row["question"])
        best = sorted(evidence, key=lambda item: -item.score)[:5]
        if not held(gold, [(hit.passage.document, hit.passage.span) for hit in hits[:5]]):
            no_passage.append(row["question"])
        if not held(gold, [(item.document, item.span) for item in best]):
            no_sentence.append(row["question"])
    assert no_passage == []
    assert len(no_sentence) <= 0.15 * len(questions), no_sentence


Place = tuple[str, Span]


def place(dossier: Dossier, document: str, quote: str) -> Place:
    start = dossier.documents[document].text.index(quote)
    return document, Span(start, start + len(quote))


def held(gold: Sequence[Place], found: Sequence[Place]) -> bool:
    """Whether something found shares characters with a gold quote."""
    return any(
        one == other and span.overlaps(words) for one, span in found for other, words in gold
    )
