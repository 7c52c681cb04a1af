"""An opened index: searching, looking up, and what is said when it cannot be opened."""

from __future__ import annotations

import math
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdossier.core import IndexMismatch, IndexMissing, Removal, Span
from askdossier.index import Index, arrays, search, store, tables
from askdossier.index.embedding import embedding_key
from index_fakes import DIMENSION, FakeEmbedder, sync, vector_of, write

FILES = {
    "a.txt": "# Félins\n\nLe chat dort.\nIl est noir.\n\n# Canidés\n\nLe chien aboie.",
    "b.txt": "The cats are sleeping on the sofa.\n\n700 signataires ont écrit.\n-- un bandeau",
    "c/d.txt": "Rien à voir.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("index")
    write(home / "corpus", FILES)
    sync(home / "corpus", home / "index")
    return home / "index"


@pytest.fixture(scope="module")
def index(folder: Path) -> Index:
    return Index.open(folder, "fake-1")


# --- looking up -----------------------------------------------------------------------------------


def test_documents_and_passages_come_back_as_they_were(index: Index) -> None:
    assert list(index.documents) == ["a.txt", "b.txt", "c/d.txt"]
    assert {name: document.text for name, document in index.documents.items()} == FILES
    assert "a.txt" in index.documents
    assert "z.txt" not in index.documents
    texts = [p.span.of(index.documents[p.document].text) for p in index.passages]
    assert texts[:2] == ["Le chat dort.\nIl est noir.", "Le chien aboie."]
    first = index.passages[0]
    assert (first.id, first.heading, len(first.sentences)) == ("a.txt#0", "Félins", 2)
    assert first.sentences[1].of(FILES["a.txt"]) == "Il est noir."
    assert index.passages_of("b.txt") == tuple(index.passages[2:4])
    assert index.passages[-1].document == "c/d.txt"
    with pytest.raises(IndexError):
        index.passages[5]
    with pytest.raises(KeyError):
        index.passages_of("z.txt")
    with pytest.raises(KeyError):
        index.documents["z.txt"]


def test_a_header_is_the_document_without_its_text(index: Index) -> None:
    header, document = index.header("c/d.txt"), index.documents["c/d.txt"]
    assert header.text == ""
    assert (header.id, header.title, header.source) == (document.id, "d", document.source)


def test_removals_are_kept_by_document(index: Index) -> None:
    assert index.removals("b.txt") == (Removal("-- un bandeau", "mark"),)
    assert index.removals("a.txt") == ()


def test_sentence_vectors_follow_the_sentences(index: Index) -> None:
    for row, passage in enumerate(index.passages):
        text = index.documents[passage.document].text
        expected = np.stack([vector_of(span.of(text)) for span in passage.sentences])
        assert index.sentence_vectors(row) == pytest.approx(expected, abs=1e-3)
        assert index.sentence_vectors(row).dtype == np.float32


def test_copies_of_a_sentence_are_found(tmp_path: Path) -> None:
    said = "La commune de Saint-Alban a voté 340 000 euros pour la réfection de son vieux moulin."
    files = {
        "a.txt": f"Un titre\n\n{said}\nUne autre phrase, sur un tout autre sujet.",
        "b.txt": f"Selon le journal :\n{said.replace('a voté', 'avait voté')}",
        "c.txt": said.replace("340", "430"),
        "d.txt": f"{said}\n\nEncore une fois, plus bas :\n{said}",
        "e.txt": "Tout autre chose, sans rapport avec la dépense ni avec le moulin.",
    }
    write(tmp_path / "corpus", files)
    sync(tmp_path / "corpus", tmp_path / "index")
    index = Index.open(tmp_path / "index", "fake-1")
    start = files["a.txt"].index(said)
    found = index.copies("a.txt", Span(start + 3, start + len(said) - 1))  # part of the sentence
    assert [place.document for place in found] == ["b.txt", "d.txt", "d.txt"]
    assert all("340 000 euros" in place.span.of(files[place.document]) for place in found)
    assert len({place.span.start for place in found[1:]}) == 2
    assert index.copies("c.txt", Span(0, 10)) == ()
    assert index.copies("e.txt", Span(0, 4)) == ()
    assert index.copies("a.txt", Span(0, len(files["a.txt"]))) == ()  # no sentence holds it


def test_passages_are_embedded_under_their_context(index: Index) -> None:
    ((row, cosine),) = index.dense(vector_of("a › Canidés\nLe chien aboie."), 1)
    assert row == 1
    assert cosine == pytest.approx(1.0, abs=1e-3)  # half precision on disk


# --- searching ------------------------------------------------------------------------------------


def test_dense_search_among_some_documents(index: Index) -> None:
    question = vector_of("le chien aboie")
    assert index.dense(question, 99)[0][0] == 1
    allowed = index.rows_among(["c/d.txt", "b.txt"])
    assert sorted(row for row, _ in index.dense(question, 99, allowed)) == [2, 3, 4]
    assert index.dense(question, 99, index.rows_among([])) == []
    assert index.dense(question, 0) == []


def test_lexical_search_finds_stems_titles_and_headings(index: Index) -> None:
    assert [row for row, _ in index.lexical(["chien"], 9)] == [1]
    assert [row for row, _ in index.lexical(["cat"], 9)] == [2]  # cats, an English paragraph
    assert [row for row, _ in index.lexical(["felin"], 9)] == [0]
    assert {row for row, _ in index.lexical(["700", "chien"], 9)} == {1, 3}
    assert index.lexical(["700", "chien"], 9, index.rows_among(["b.txt"]))[0][0] == 3
    assert index.lexical(["licorne"], 9) == index.lexical([], 9) == []
    assert index.lexical([""], 9) == []


def test_rare_tokens_have_the_highest_idf(index: Index) -> None:
    assert index.idf("licorne") > index.idf("chien") > 0


@settings(max_examples=100, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    passages=st.integers(1, 40),
    k=st.integers(0, 60),
    allowed=st.none() | st.sets(st.integers(0, 39)),
    flat=st.booleans(),
)
def test_dense_search_equals_brute_force(
    seed: int, passages: int, k: int, allowed: set[int] | None, flat: bool
) -> None:
    random = np.random.default_rng(seed)
    vectors = random.standard_normal((passages, 4)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    question = vectors[random.integers(passages)]
    rows = sorted(set(range(passages)) & (set(range(40)) if allowed is None else allowed))
    among = None if allowed is None else np.asarray(rows, dtype=np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "FLAT_UP_TO", 40 if flat else 0)
        result = search.Dense(vectors).search(question, k, among)
    cosines = vectors @ question
    expected = sorted((cosines[row] for row in rows), reverse=True)[:k]
    assert [score for _, score in result] == pytest.approx(expected, abs=1e-5)
    assert all(score == pytest.approx(cosines[row], abs=1e-5) for row, score in result)
    assert len({row for row, _ in result} & set(rows)) == len(result)


def test_rounded_vectors_find_the_same_passages(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0)
    vectors = random.standard_normal((5000, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    exact = search.Dense(vectors)
    monkeypatch.setattr(search, "FLAT_UP_TO", 0)
    rounded = search.Dense(vectors)
    for question in vectors[:20]:
        expected, found = exact.search(question, 10), rounded.search(question, 10)
        assert [row for row, _ in found] == [row for row, _ in expected]
        assert [s for _, s in found] == pytest.approx([s for _, s in expected], abs=1e-5)


WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=8)


@settings(max_examples=100, deadline=None)
@given(
    passages=st.lists(WORDS, max_size=12),
    query=WORDS,
    k=st.integers(0, 15),
    allowed=st.none() | st.sets(st.integers(0, 11)),
)
def test_lexical_search_is_bm25(
    passages: list[list[str]], query: list[str], k: int, allowed: set[int] | None
) -> None:
    vocabulary = sorted({word for words in passages for word in words})
    first = np.cumsum([0, *map(len, passages)])
    tokens = np.asarray([vocabulary.index(w) for ws in passages for w in ws], dtype=np.int32)
    rows = sorted(set(range(len(passages))) & (set(range(12)) if allowed is None else allowed))
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "bm25"
        search.save_bm25(first, tokens, vocabulary, folder)
        lexical = search.Lexical(folder, len(passages))
        among = None if allowed is None else np.asarray(rows, dtype=np.int64)
        result = lexical.search(query, k, among)
        assert all(lexical.idf(word) > 0 for word in "abcdefgh")
    average = sum(map(len, passages)) / max(1, len(passages))

    def score(words: list[str]) -> float:
        total = 0.0
        for word in query:
            frequency = Counter(words)[word]
            holding = sum(word in other for other in passages)
            idf = math.log(1 + (len(passages) - holding + 0.5) / (holding + 0.5))
            if frequency:
                norm = 1.5 * (1 - 0.75 + 0.75 * len(words) / average)
                total += idf * frequency / (frequency + norm)
        return total

    scores = {row: score(passages[row]) for row in rows}
    hits = [row for row in rows if scores[row] > 0]
    assert len(result) == min(k, len(hits))
    assert [s for _, s in result] == pytest.approx(
        sorted((scores[r] for r in hits), reverse=True)[:k]
    )
    assert all(s == pytest.approx(scores[row]) for row, s in result)
    assert result == sorted(result, key=lambda pair: (-pair[1], pair[0]))


# --- opening --------------------------------------------------------------------------------------


def test_no_index_names_the_command(tmp_path: Path) -> None:
    missing = tmp_path / "my index"
    with pytest.raises(IndexMissing) as error:
        Index.open(missing, "fake-1")
    assert f"askdossier index CORPUS --index '{missing}'" in str(error.value)
    assert not missing.exists()
    assert not Index.exists(missing)


def test_an_index_exists_even_when_it_cannot_be_opened(folder: Path, tmp_path: Path) -> None:
    assert Index.exists(folder)
    (tmp_path / "current.json").write_text("{", encoding="utf-8")
    assert Index.exists(tmp_path)


def test_another_embedder_names_both_and_the_command(folder: Path) -> None:
    with pytest.raises(IndexMismatch) as error:
        Index.open(folder, "other-7")
    message = str(error.value)
    assert "fake-1" in message
    assert "other-7" in message
    assert f"askdossier index {(folder.parent / 'corpus').resolve()} --index {folder}" in message
    assert len(Index.open(folder, None).passages) == 5


def test_the_manifest_says_what_the_index_holds(index: Index) -> None:
    manifest = index.manifest
    assert (manifest.embedder, manifest.dimension) == (FakeEmbedder().name, DIMENSION)
    assert (manifest.documents, manifest.passages, manifest.sentences) == (3, 5, 7)
    assert store.Manifest.from_json(manifest.to_json()) == manifest
    assert list(manifest.files) == sorted(FILES)


# --- files ----------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.lists(st.binary(max_size=20)), st.data())
def test_records_come_back_and_can_be_copied(records: list[bytes], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        files = ExitStack()
        writer = tables.RecordsWriter(folder, "first", files)
        for record in records:
            writer.append(record)
        writer.close()
        read = tables.Records(folder, "first")
        assert list(read) == records
        assert read[:] == records
        start = data.draw(st.integers(0, len(records)))
        end = data.draw(st.integers(start, len(records)))
        copy = tables.RecordsWriter(folder, "second", files)
        copy.append(b"zero")
        copy.copy(read, start, end)
        copy.append(b"last")
        copy.close()
        assert list(tables.Records(folder, "second")) == [b"zero", *records[start:end], b"last"]


def test_an_array_with_missing_rows_is_not_finished(tmp_path: Path) -> None:
    writer = arrays.ArrayWriter(tmp_path / "x.npy", (3, 2), np.float16, ExitStack())
    writer.append(np.ones((2, 2), dtype=np.float32))
    with pytest.raises(ValueError, match="1 rows are missing"):
        writer.close()


def test_keys_tell_texts_and_parts_apart() -> None:
    keys = {
        embedding_key("abc", []),
        embedding_key("abc", [Span(0, 1)]),
        embedding_key("abc", [Span(0, 1), Span(1, 2)]),
        embedding_key("abcd", []),
        embedding_key("", []),
    }
    assert len(keys) == 5
    assert embedding_key("abc", [Span(0, 1)]) in keys
