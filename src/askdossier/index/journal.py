"""Vectors that have been computed but are not yet part of an index.

Embedding is what takes long. The vectors are therefore written down while a sync goes on, under
the hash of what was embedded, and an interrupted sync goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import io
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from askdossier import files
from askdossier.index.arrays import parsing_headers
from askdossier.index.tables import KEY_BYTES

_FLUSH_PASSAGES = 1024
_FLUSH_SECONDS = 5.0


class Journal:
    """Passage and sentence vectors by key, appended in batches, one file for a few seconds' work.

    Files are only believed when they are complete: they are renamed into place once flushed, and
    the checksums of the zip format are verified when they are read again.
    """

    def __init__(self, folder: Path, embedder: str, dimension: int) -> None:
        name = hashlib.sha256(f"{embedder}\0{dimension}".encode()).hexdigest()[:16]
        self._parent = folder
        self._folder = folder / name
        self._files: list[Path] = []
        self._place: dict[bytes, tuple[int, int]] = {}
        self._pending: list[tuple[bytes, NDArray[np.float16], NDArray[np.float16]]] = []
        self._flushed = time.monotonic()
        self._open: tuple[int, _Batch] | None = None
        for other in folder.glob("*") if folder.is_dir() else ():
            if other != self._folder:
                files.remove_folder(other)
        self._folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(self._folder.glob("*.npz")):
            try:
                batch = _Batch(path, dimension)
            except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
                files.remove(path)
                continue
            self._register(path, batch.keys)
        self._next = 1 + max((int(path.stem) for path in self._files), default=0)
        self._dimension = dimension

    def __contains__(self, key: bytes) -> bool:
        return key in self._place

    def _register(self, path: Path, keys: Sequence[bytes]) -> None:
        for position, key in enumerate(keys):
            self._place[key] = (len(self._files), position)
        self._files.append(path)

    def add(self, key: bytes, vector: NDArray[np.float16], sentences: NDArray[np.float16]) -> None:
        """Keep the vector ``(d,)`` of a passage and those ``(n, d)`` of its sentences."""
        self._pending.append((key, vector, sentences))
        late = time.monotonic() - self._flushed > _FLUSH_SECONDS
        if late or len(self._pending) >= _FLUSH_PASSAGES:
            self.flush()

    def flush(self) -> None:
        """Put on disk what has been added."""
        self._flushed = time.monotonic()
        if not self._pending:
            return
        path = self._folder / f"{self._next:06d}.npz"
        keys = [key for key, _, _ in self._pending]
        counts = [len(sentences) for _, _, sentences in self._pending]
        content = io.BytesIO()
        np.savez(
            content,
            keys=np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(-1, KEY_BYTES),
            first=np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]),
            vectors=np.stack([vector for _, vector, _ in self._pending]),
            sentences=np.concatenate([sentences for _, _, sentences in self._pending]),
        )
        files.write(path, content.getvalue())
        self._next += 1
        self._pending = []
        self._register(path, keys)

    def read(self, key: bytes) -> tuple[NDArray[np.float16], NDArray[np.float16]]:
        """Return the vectors kept under a flushed key. Quickest in the order of adding."""
        number, position = self._place[key]
        if self._open is None or self._open[0] != number:
            self._open = (number, _Batch(self._files[number], self._dimension))
        return self._open[1].read(position)

    def delete(self) -> None:
        """Remove the files: the vectors are in an index now."""
        files.remove_folder(self._parent)


class _Batch:
    """One file of a journal, in memory. Raises an error of ``zipfile`` or NumPy when damaged."""

    def __init__(self, path: Path, dimension: int) -> None:
        with (
            path.open("rb") as file,
            parsing_headers,
            np.load(file, allow_pickle=False) as arrays,
        ):
            flat: NDArray[np.uint8] = arrays["keys"]
            self._first: NDArray[np.int64] = arrays["first"]
            self._vectors: NDArray[np.float16] = arrays["vectors"]
            self._sentences: NDArray[np.float16] = arrays["sentences"]
        self.keys = [key.tobytes() for key in flat]
        shapes = (flat.shape, self._vectors.shape, self._sentences.shape, self._first.shape)
        count = len(self.keys)
        wanted = (
            (count, KEY_BYTES),
            (count, dimension),
            (int(self._first[-1]), dimension),
            (count + 1,),
        )
        if shapes != wanted:
            raise ValueError(f"{path.name} does not hold what a journal file holds")

    def read(self, position: int) -> tuple[NDArray[np.float16], NDArray[np.float16]]:
        start, end = self._first[position], self._first[position + 1]
        return self._vectors[position], self._sentences[start:end]
