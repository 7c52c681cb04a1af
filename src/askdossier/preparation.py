"""What decides, beside a file, what comes out of it: when that changes, every file is read again.

Not a number that somebody raises: that is forgotten, and an index would keep what an earlier
version has read wrongly for as long as the file stays as it is.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from askdossier import load

_PACKAGES = ("chunk", "clean", "lang", "load", "text")


def key() -> str:
    """Name the code that reads, cleans and cuts files, and the programs that it calls."""
    return f"{code(Path(__file__).parent)} {load.conditions()}".strip()


@cache
def code(root: Path) -> str:
    """A digest of the modules below ``root`` that make a document of a file, in hexadecimal."""
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if name.removesuffix(".py").partition("/")[0] in _PACKAGES:
            content = path.read_bytes().replace(b"\r\n", b"\n")
            digest.update(b"%s\0%d\0%s" % (name.encode(), len(content), content))
    return digest.hexdigest()[:16]
