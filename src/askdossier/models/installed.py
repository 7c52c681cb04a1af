"""Which models are on disk, and whether every byte of them is the one that was put there.

Layout of the cache folder::

    NAME/                   a converted model; ``manifest.json`` is written last
    NAME.checked.json       which of its files were read whole and found right since the last boot
    NAME.building/          a conversion under way, or one that was interrupted
    NAME.lock               held by the process that writes either
    downloads/FILE.partial  pieces put together so far; each is recognised by its SHA-256
    downloads/FILE          the published file, checked; removed once converted
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from askdossier import files
from askdossier.core import ModelMissing
from askdossier.models import fetch
from askdossier.models.catalogue import Artifact

State = Literal["missing", "partial", "ready", "damaged"]

MANIFEST = "manifest.json"
BUILDING = ".building"
_SMALL = 32 << 20
"""Bytes of a file that is cheap to check."""


def state(artifact: Artifact, cache: Path) -> State:
    """How far the model is: ``ready`` when it can be opened. Cheap: reads no large file."""
    folder = cache / artifact.name
    if folder.exists():
        return "damaged" if flaw(folder, artifact.origin, "cheap") else "ready"
    return "partial" if fetch.begun(artifact, cache) else "missing"


def locate(artifact: Artifact, cache: Path) -> Path:
    """Folder of the converted model.

    Every byte is checked once after each boot or change. Raises ModelMissing, with the command that
    mends it, when the model is not there or not intact.
    """
    folder = cache / artifact.name
    if not folder.exists():
        raise ModelMissing(
            f"The {artifact.role} {artifact.name} ({artifact.title}) is not in {cache}. "
            f"Run: askdossier models pull {artifact.name}  (offline: copy the folder "
            f"{artifact.name} there from a machine that has it)"
        )
    problem = flaw(folder, artifact.origin, "once")
    if problem:
        raise ModelMissing(f"{problem} {_mend(artifact)}")
    return folder


def verify(artifact: Artifact, cache: Path) -> str:
    """Read every byte; say what is wrong and with which file, or return an empty string."""
    folder = cache / artifact.name
    if not folder.exists():
        return f"{folder} is missing. {_mend(artifact)}"
    problem = flaw(folder, artifact.origin, "whole")
    return f"{problem} {_mend(artifact)}" if problem else ""


def published(cache: Path) -> tuple[Path, ...]:
    """The folders in the cache that hold a whole model, or did."""
    return tuple(sorted(manifest.parent for manifest in cache.glob(f"*/{MANIFEST}")
                        if manifest.parent.suffix != BUILDING))  # fmt: skip


def damage(folder: Path) -> str:
    """Read every byte of a published folder, whatever it was made from; say what is wrong."""
    return flaw(folder, None, "whole")


def _mend(artifact: Artifact) -> str:
    return f"Run: askdossier models pull {artifact.name}"


def flaw(folder: Path, origin: str | None, care: Literal["cheap", "once", "whole"]) -> str:
    """First thing found wrong with a published folder, in words; empty when there is none.

    ``origin`` is what it must have been made from, None when that does not matter. Sizes are always
    looked at; every byte is read of small files, of all once after each boot or change, or of all
    now.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        known: dict[str, dict[str, Any]] = manifest["files"]
        made_from = manifest["origin"]
        parts = [
            files.Part(name, int(file["size"]), str(file["sha256"])) for name, file in known.items()
        ]
    except FileNotFoundError:
        return f"{folder / MANIFEST} is missing: the model was not installed completely."
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return f"{folder / MANIFEST} is damaged."
    if origin is not None and made_from != origin:
        return f"{folder} was made from another file or by an earlier version."
    memory = files.Checked(folder.with_name(f"{folder.name}.checked.json"))
    most = _SMALL if care == "cheap" else None
    fault = memory.fault(folder, parts, whole=care == "whole", most=most)
    if fault is None:
        return ""
    path, found, expected = fault.path, fault.found, fault.expected
    if fault.what == "missing":
        return f"{path} is missing."
    if fault.what == "size":
        return f"{path} has {found} bytes instead of {expected}."
    return f"{path} is damaged: its SHA-256 is not the one recorded."
