"""The files of a corpus folder: which there are, which belong to another, and their hashes."""

from __future__ import annotations

import os
import stat as stat_module
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from askdossier.core import Failure
from askdossier.files import REMOVED, sha256
from askdossier.names import composed, is_clutter

_SIDECAR = ".yaml"
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the order in which what stands behind them is shown: ``factureexe.pdf``."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the corpus."""

    path: Path
    """Absolute."""
    id: str
    """Relative to the corpus, with forward slashes, its characters composed (NFC)."""
    stat: os.stat_result
    sidecar: Found | None = None
    """The metadata file beside it: ``report.pdf.yaml`` for ``report.pdf``."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a corpus folder holds, sorted by path."""

    files: tuple[Found, ...]
    failed: tuple[Failure, ...]
    """What cannot be looked at, such as links that leave the corpus."""


def scan(corpus: Path, index: Path) -> Scan:
    """List all files below ``corpus`` (resolved), the index folder left out.

    Hidden files, lock files of word processors and clutter of file managers are passed over;
    sidecar files are attached to their document. Raises OSError when ``corpus`` cannot be opened;
    folders below it that cannot are listed as failed.
    """
    files: list[Found] = []
    failed: list[Failure] = []
    for item in _walk(corpus, corpus, index.resolve()):
        if isinstance(item, Found):
            files.append(item)
        else:
            failed.append(item)
    return Scan(
        files=tuple(sorted(_with_sidecars(_composed(files)), key=lambda found: found.id)),
        failed=tuple(sorted(failed, key=lambda failure: failure.path)),
    )


def unreadable(scanned: Scan, name: str) -> str:
    """Why a document cannot be looked at that lies in a folder that cannot; empty when it can."""
    above = (failure for failure in scanned.failed if name.startswith(failure.path + "/"))
    return next((failure.reason for failure in above), "")


def _walk(folder: Path, corpus: Path, index: Path) -> Iterator[Found | Failure]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        if folder == corpus:
            raise
        yield Failure(_id(folder, corpus), f"the folder cannot be opened: {error.strerror}")
        return
    for entry in entries:
        if is_clutter(entry.name):
            continue
        path = Path(entry.path)
        name = _id(path, corpus)
        try:
            if any(unicodedata.category(c) in {"Cc", "Cs"} or c in _TURNING for c in entry.name):
                shown = "".join(c if c.isprintable() else "?" for c in name)
                yield Failure(shown, "its name holds characters that cannot be shown; rename it")
            elif entry.is_symlink():
                yield _link(path, name, corpus)
            elif entry.is_dir():
                if path != index:
                    yield from _walk(path, corpus, index)
            elif entry.is_file():
                yield Found(path, name, entry.stat())
            else:
                yield Failure(name, "not a regular file")
        except FileNotFoundError:
            continue  # deleted while we looked
        except OSError as error:
            yield Failure(name, f"it cannot be looked at: {error.strerror}")


def _id(path: Path, corpus: Path) -> str:
    return path.relative_to(corpus).as_posix()


def _link(path: Path, name: str, corpus: Path) -> Found | Failure:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return Failure(name, "a link that leads nowhere")
    if not target.is_relative_to(corpus):
        return Failure(name, "a link that leaves the corpus folder; copy the file there instead")
    stat = target.stat()
    if stat_module.S_ISREG(stat.st_mode):
        return Found(path, name, stat)
    return Failure(name, "a link to a folder; its files are indexed where they are")


def _composed(files: list[Found]) -> list[Found]:
    """The files with their ids as one types them, unless another file is called so."""
    ids = {found.id for found in files}
    return [
        found if (name := composed(found.id)) in ids else replace(found, id=name) for found in files
    ]


def _with_sidecars(files: list[Found]) -> list[Found]:
    by_id = {found.id: found for found in files}
    return [
        Found(found.path, found.id, found.stat, by_id.get(found.id + _SIDECAR))
        for found in files
        if not (found.id.endswith(_SIDECAR) and found.id.removesuffix(_SIDECAR) in by_id)
    ]


def emptied(corpus: Path, name: str) -> str | None:
    """The folder that should hold a document that is gone, when it is there and holds nothing.

    So looks a drive that is not mounted. Relative to the corpus, which is ``.``; ``name`` is the
    document's id.
    """
    for folder in (corpus / name).parents:
        try:
            with os.scandir(folder) as entries:
                return None if next(entries, None) else _id(folder, corpus)
        except FileNotFoundError:
            if folder == corpus:
                return None
        except OSError:
            return None
    return None


def taken_out(corpus: Path, hashes: frozenset[str]) -> frozenset[str]:
    """Those of the SHA-256 sums that a file has which was taken out on purpose (`REMOVED`)."""
    found = set()
    try:
        entries = list(os.scandir(corpus / REMOVED))
    except OSError:
        return frozenset()
    for entry in entries:
        with suppress(OSError):
            if entry.is_file(follow_symlinks=False):
                found.add(sha256(Path(entry.path)))
    return hashes & found
