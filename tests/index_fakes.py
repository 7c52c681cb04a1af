"""A tiny deterministic embedder and a reader of toy files, shared by the tests of the index."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from askdossier import index as index_module
from askdossier.core import (
    Document,
    Failure,
    Passage,
    Removal,
    Report,
    Source,
    Span,
    Stop,
    SyncReport,
    UnreadableDocument,
    Vectors,
)
from askdossier.index import Index, Prepared
from askdossier.names import inside
from askdossier.text import question_language

DIMENSION = 16


@cache
def _word_vector(word: str) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "little")
    return np.random.default_rng(seed).standard_normal(DIMENSION).astype(np.float32)


def vector_of(text: str) -> Vectors:
    """The sum of fixed vectors of the words, of unit length."""
    words = re.findall(r"\w+", text.lower()) or [""]
    total = np.sum([_word_vector(word) for word in words], axis=0)
    return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


class FakeEmbedder:
    """Bags of hashed words; remembers how many passages it was given."""

    def __init__(self, name: str = "fake-1") -> None:
        self.name = name
        self.dimension = DIMENSION
        self.max_tokens = 100
        self.embedded: list[str] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return np.stack([vector_of(text) for text in texts])

    def embed_passages(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        report: Report | None = None,
    ) -> tuple[Vectors, Vectors]:
        self.embedded.extend(texts)
        sentences = [
            vector_of(span.of(text))
            for text, spans in zip(texts, parts, strict=True)
            for span in spans
        ]
        return (
            np.stack([vector_of(text) for text in texts]),
            np.asarray(sentences, dtype=np.float32).reshape(-1, DIMENSION),
        )


def prepare(path: Path, name: str) -> Iterator[Prepared | Failure]:
    """Read as `prepared`; an archive (``.box``) holds a document a line, ``name: text``."""
    if path.suffix != ".box":
        yield prepared(path, name)
        return
    for line in path.read_text("utf-8").splitlines():
        called, _, text = line.partition(": ")
        inner = path.with_name(".inner.txt")
        inner.write_text(text, "utf-8")
        try:
            yield prepared(inner, inside(name, called))
        except UnreadableDocument as error:
            yield Failure(inside(name, called), str(error))
        finally:
            inner.unlink()


def prepared(path: Path, name: str) -> Prepared:
    """Paragraphs are passages, lines are sentences, ``# `` begins a heading, ``-- `` a removal."""
    content = path.read_bytes()
    text = content.decode("utf-8")
    if "BROKEN" in text:
        raise UnreadableDocument("this file is broken; repair it")
    if "CRASH" in text:
        raise ZeroDivisionError("a reader crashed")
    sidecar = path.with_name(path.name + ".yaml")
    author = sidecar.read_text(encoding="utf-8") if sidecar.exists() else None
    removals = tuple(Removal(line, "mark") for line in re.findall(r"(?m)^-- .*", text))
    passages: list[Passage] = []
    heading = ""
    for block in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text):
        if block[0].startswith("# "):
            heading = block[0][2:]
            continue
        sentences = tuple(
            Span(block.start() + line.start(), block.start() + line.end())
            for line in re.finditer(r"[^\n]+", block[0])
        )
        number = len(passages)
        language = question_language(block[0])
        span = Span(*block.span())
        passages.append(Passage(f"{name}#{number}", name, span, heading, sentences, language))
    title = re.sub(r"\W+", " ", Path(name).stem)
    source = Source(name, hashlib.sha256(content).hexdigest(), author=author)
    return Prepared(
        document=Document(name, title, text, "fr", source),
        passages=tuple(passages),
        contexts=tuple(" › ".join(filter(None, (title, p.heading))) for p in passages),
        removals=removals,
    )


def supported(path: Path) -> bool:
    return path.suffix in {".txt", ".box"}


def sync(
    corpus: Path,
    folder: Path,
    embedder: FakeEmbedder | None = None,
    *,
    settings_key: str = "settings-1",
    report: Report | None = None,
    stop: Stop | None = None,
    sources: Mapping[str, Source] | None = None,
    confirmed: bool | Collection[str] = False,
    retry: bool = False,
) -> SyncReport:
    """``sources`` says where the files of these names come from."""

    def sourced(path: Path, name: str) -> Iterator[Prepared | Failure]:
        for one in prepare(path, name):
            if isinstance(one, Prepared) and sources and name in sources:
                source = replace(sources[name], sha256=one.document.source.sha256)
                yield replace(one, document=replace(one.document, source=source))
            else:
                yield one

    return index_module.sync(
        corpus,
        folder,
        embedder or FakeEmbedder(),
        sourced,
        settings_key,
        supported=supported,
        report=report,
        stop=stop,
        confirmed=confirmed,
        retry=retry,
    )


def write(corpus: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def contents(index: Index) -> dict[str, object]:
    """Everything that an index says, to be compared with what another says."""
    rows = range(len(index.passages))
    tokens = index._lexical._vocabulary
    return {
        "manifest": index.manifest.to_json(),
        "documents": dict(index.documents),
        "removals": {name: index.removals(name) for name in index.documents},
        "passages": list(index.passages),
        "rows": {name: index.rows_of(name) for name in index.documents},
        "vectors": index.vectors.tolist(),
        "sentences": [index.sentence_vectors(row).tolist() for row in rows],
        "idf": {token: index.idf(token) for token in tokens},
        "bm25": {token: index.lexical([token], len(rows)) for token in tokens},
    }
