"""How many parameters a model has, as its name, its server or its files tell."""

from __future__ import annotations

import json
import math
import re
import struct
from pathlib import Path
from typing import Any

_TOLD = re.compile(
    r"(?<![A-Za-z0-9.])(?<!\d_)(?:(?P<experts>\d{1,3})x)?[eE]?(?P<count>\d{1,4}(?:\.\d{1,3})?) ?"
    r"(?P<unit>[bBmM])(?![A-Za-z0-9])"
)
"""``4B``, ``1.5b``, ``270M``, ``8x7B``; not the ``a3b`` that are active of ``30b-a3b``, nor
what is left of ``1_5b``."""
_UNITS = {"b": 1e9, "m": 1e6}
_LONGEST = 1 << 27
"""Bytes of what a file says of its tensors."""


def told(name: str) -> int | None:
    """The most parameters that a name or a label tells: ``Qwen3-30B-A3B``; None if it tells none.

    Of a mixture of experts, all: what it knows lies in these, if not how fast it is.
    """
    found = [
        float(one["count"]) * int(one["experts"] or 1) * _UNITS[one["unit"].lower()]
        for one in _TOLD.finditer(name)
    ]
    return round(max(found)) if found else None


def counted(value: object) -> int | None:
    """A number of parameters as a server gives it; None for anything else."""
    return value if isinstance(value, int) and value > 0 else None


def of_folder(folder: Path) -> int | None:
    """Add up the weights of a model's files; None where they cannot be read.

    The scales of weights in 8 bits do not count.
    """
    try:
        return sum(map(_weights, folder.glob("*.safetensors"))) or None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, struct.error):
        return None


def _weights(file: Path) -> int:
    with file.open("rb") as opened:
        (length,) = struct.unpack("<Q", opened.read(8))
        if length > _LONGEST:
            raise ValueError("no safetensors")
        header: dict[str, Any] = json.loads(opened.read(length))
    return sum(
        math.prod(tensor["shape"])
        for name, tensor in header.items()
        if name != "__metadata__" and not name.endswith("_scale")
    )
