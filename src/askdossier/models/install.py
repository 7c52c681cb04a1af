"""Install a model: fetch its file, convert it, publish the folder whole or not at all.

What is made is described in a manifest of sizes and SHA-256 sums, so that damage is noticed and
named. How a file is converted is somebody else's business: a function that is passed in.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from askdossier import files
from askdossier.core import ModelMissing, Progress, Report
from askdossier.models import fetch
from askdossier.models.catalogue import Artifact
from askdossier.models.installed import BUILDING, MANIFEST, flaw


def install(
    artifact: Artifact,
    cache: Path,
    build: Callable[[Path, Path, Report], None],
    report: Report | None = None,
) -> Path:
    """Fetch the file, convert it with ``build(file, empty folder, report)``, publish the folder.

    Returns the folder at once when it is there and every byte of it is right. What an earlier,
    interrupted call has fetched is kept. Raises ModelMissing when the file cannot be had, when it
    is not the published one, or when the disk is too full.
    """

    def make(folder: Path, tell: Report) -> None:
        build(fetch.fetch(artifact, cache, tell), folder, tell)

    left = artifact.size - fetch.fetched_bytes(artifact, cache)
    needed = left + artifact.converted_size + artifact.scratch_size
    folder = publish(
        artifact.name, artifact.origin, cache, make, needed=needed, thorough=True, report=report
    )
    fetch.forget(artifact, cache)
    return folder


def publish(
    name: str,
    origin: str,
    cache: Path,
    make: Callable[[Path, Report], None],
    *,
    needed: int,
    thorough: bool = False,
    report: Report | None = None,
) -> Path:
    """Make the folder ``cache/name`` once, whichever process comes first, and describe it.

    ``origin`` says what it is made from; a folder made from something else, or damaged, is made
    again (``thorough``: each byte is read to see that). ``needed`` is the disk space in bytes that
    ``make(empty folder, report)`` takes.
    """
    tell: Report = report or (lambda _progress: None)
    folder = cache / name

    def made() -> bool:
        return folder.exists() and not flaw(folder, origin, "whole" if thorough else "once")

    if made():  # the cache may be one that cannot be written to
        return folder
    with _locked(cache, name, tell):
        if made():
            return folder
        free = shutil.disk_usage(cache).free
        if free < needed:
            raise ModelMissing(
                f"{name} needs {needed / 1e9:.1f} GB on the disk of {cache}, which has "
                f"{free / 1e9:.1f} GB left. Make room, or set ASKDOSSIER_MODELS to a folder on "
                "another disk, and run the command again: what is already there is kept."
            )
        building = cache / f"{name}{BUILDING}"
        files.remove_folder(building)
        building.mkdir(parents=True)
        make(building, tell)
        _describe(building, origin)
        files.remove_folder(folder)
        files.settle(building, folder)
    return folder


def _describe(folder: Path, origin: str) -> None:
    """Write the manifest, after everything else."""
    written = {}
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            files.flush_folder(path)
        else:
            path.chmod(0o644)  # some libraries save with 0600; a shared cache must be readable
            files.flush(path)
            written[path.relative_to(folder).as_posix()] = {
                "size": path.stat().st_size,
                "sha256": files.sha256(path),
            }
    text = json.dumps({"origin": origin, "files": written}, indent=1)
    files.write(folder / MANIFEST, text.encode())


@contextmanager
def _locked(cache: Path, name: str, report: Report) -> Iterator[None]:
    files.make_folder(cache)
    lock = FileLock(cache / f"{name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        report(Progress("wait", 0, 0, detail=f"another process is installing {name}"))
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
