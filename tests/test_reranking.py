"""A cross-encoder that ranks, loaded from disk: a tiny one with random weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from askdossier import models
from askdossier.core import ModelMissing
from askdossier.dossier import Dossier
from askdossier.settings import Settings
from fakes import FakeEmbedder, FakeWriter

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] le phare canal domine la baie gèle que ? .".split()


def save(folder: Path, labels: int) -> None:
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        id2label={number: str(number) for number in range(labels)},
    )
    model = BertForSequenceClassification(config)
    model.classifier.weight.data *= 300  # else all random scores are nearly 0.5
    model.save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rerankers") / "ranks"
    save(folder, 1)
    return folder


def test_each_passage_is_scored_with_the_question(folder: Path) -> None:
    reranker = models.load_reranker(str(folder))
    passages = ["le phare domine la baie .", "le canal gèle .", "le phare " * 100]
    scores = reranker.relevance("que domine le phare ?", passages)
    assert len(set(scores)) == 3
    swapped = reranker.relevance("que domine le phare ?", passages[1::-1])
    assert swapped == pytest.approx(scores[1::-1], abs=1e-5)
    assert reranker.relevance("la baie gèle .", passages) != pytest.approx(scores, abs=1e-4)
    assert reranker.relevance("que ?", []) == []
    assert reranker.name.startswith("ranks@")


def test_a_classifier_is_refused(tmp_path: Path) -> None:
    save(tmp_path / "classes", 3)
    with pytest.raises(ModelMissing, match="3 classes"):
        models.load_reranker(str(tmp_path / "classes"))
    with pytest.raises(ModelMissing, match="reranker nowhere"):
        models.load_reranker("nowhere")


def test_the_settings_turn_it_on(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    for name, body in (("a", "Le phare domine la baie."), ("b", "Le canal gèle rarement.")):
        (tmp_path / "corpus" / f"{name}.txt").write_text(body, encoding="utf-8")
    for choice, relevant in (("off", False), (str(folder), True)):
        settings = Settings(tmp_path / "corpus", tmp_path / "index", reranker=choice)
        dossier = Dossier(settings, embedder=FakeEmbedder(), writer=FakeWriter())
        dossier.sync()
        hits = dossier.search("Que domine le phare ?")
        assert [hit.relevance is not None for hit in hits] == [relevant, relevant]
