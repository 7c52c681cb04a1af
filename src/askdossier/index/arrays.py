"""NumPy arrays on disk: opened memory-mapped, written piece by piece."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

parsing_headers = threading.Lock()
"""To be held while NumPy opens ``.npy`` or ``.npz`` files: it parses their headers with ``ast``,
which fails now and then when two threads do so at once (CPython issue 106905)."""


def open_array(path: Path) -> NDArray[Any]:
    """Open a ``.npy`` file memory-mapped and read-only."""
    with parsing_headers:
        mapped: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    # A plain view of the mapping: items of numpy.memmap itself are slow to take.
    return np.asarray(mapped)


class ArrayWriter:
    """Writes a ``.npy`` file of a known shape ``(rows, columns)`` piece by piece.

    Plain sequential writes: filling a memory-mapped file page by page is several times slower.
    ``files`` closes the file when writing is given up.
    """

    def __init__(
        self, path: Path, shape: tuple[int, int], dtype: DTypeLike, files: ExitStack
    ) -> None:
        self._dtype = np.dtype(dtype)
        self._missing = shape[0]
        self._file = files.enter_context(path.open("wb"))
        header = {"descr": self._dtype.str, "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(self._file, header)

    def append(self, rows: NDArray[Any]) -> None:
        """Add rows, converted to the file's type."""
        self._missing -= len(rows)
        self._file.write(np.ascontiguousarray(rows, dtype=self._dtype).data)

    def close(self) -> None:
        """Finish the file. Raises ValueError when rows are missing or too many."""
        self._file.close()
        if self._missing:
            raise ValueError(f"{self._missing} rows are missing in {self._file.name}")
