"""Models that the user names by a path or a hub id: found, and loaded without a network.

What a library raises about a bad model becomes an error that says what to do.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from askdossier.core import ModelMissing
from askdossier.models import catalogue, suggested

ModelRole = catalogue.Role | Literal["judge", "reranker"]

_HUB_FILES = ["*.json", "*.safetensors", "*.txt", "*.model", "*.jinja", "model.bin"]


def folder(spec: str, role: ModelRole, *, fetch: bool = True) -> tuple[Path, str]:
    """Find the folder of a model named by its path or its hub id, and name it with its revision."""
    path = Path(spec).expanduser()
    if path.is_dir():
        return path, f"{path.resolve().name}@{fingerprint(path)}"
    known = ", ".join(a.name for a in catalogue.CATALOGUE if a.role == role)
    known = f"one of {known}, " if known else ""
    advice = f"Name {known}a folder, or the id of a model on the hub that can be reached."
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", spec):
        raise ModelMissing(f"The {role} {spec} is neither known nor a folder. {advice}")
    from huggingface_hub import snapshot_download

    for local_files_only in (True, False) if fetch else (True,):
        try:
            found = snapshot_download(
                spec,
                revision=suggested.revision(spec),
                local_files_only=local_files_only,
                allow_patterns=_HUB_FILES,
                ignore_patterns=["consolidated*"],  # the same weights once more
            )
        except Exception as error:  # the library raises many kinds; all mean the same here
            reason = error
        else:
            return Path(found), f"{spec}@{Path(found).name[:12]}"
    raise ModelMissing(
        f"The {role} {spec} is not on disk and the hub does not give it. {advice}"
    ) from reason


def fingerprint(path: Path) -> str:
    """Tell versions of a file or folder apart by names, sizes and both ends of each file."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            size = file.stat().st_size
            digest.update(f"{file.relative_to(path) if file != path else ''}\0{size}\0".encode())
            with file.open("rb") as stream:
                digest.update(stream.read(1 << 20))
                stream.seek(max(0, size - (1 << 20)))
                digest.update(stream.read())
    return digest.hexdigest()[:12]


@contextmanager
def loading(spec: str) -> Iterator[None]:
    """Turn whatever a library raises about a bad model into an error for the user."""
    try:
        yield
    except (OSError, ValueError, KeyError, RuntimeError, TypeError, AttributeError) as error:
        reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise ModelMissing(
            f"{spec} cannot be loaded: {reason}. Run: askdossier models verify, or name another "
            "model in the settings."
        ) from error


@contextmanager
def local_only() -> Iterator[None]:
    """Keep the libraries off the network, and from writing to the terminal."""
    from huggingface_hub import constants
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    before = constants.HF_HUB_OFFLINE
    constants.HF_HUB_OFFLINE = True
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = before
