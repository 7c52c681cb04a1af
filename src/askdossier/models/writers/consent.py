"""Which servers on other machines the user lets have questions and what they find.

Kept in the user's configuration folder, since it is a person who consents, not a dossier.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path

import platformdirs

from askdossier import files
from askdossier.core import ConsentMissing

_log = logging.getLogger(__name__)


def _file() -> Path:
    return Path(platformdirs.user_config_dir("askdossier", appauthor=False)) / "servers.json"


def given() -> frozenset[str]:
    """The origins of the servers; what cannot be read allows nothing."""
    try:
        allowed = json.loads(_file().read_bytes())["allowed"]
        return frozenset(map(str, allowed))
    except FileNotFoundError:
        return frozenset()
    except (OSError, ValueError, KeyError, TypeError):
        _log.warning("%s cannot be read: no server is allowed", _file())
        return frozenset()


def give(origin: str) -> None:
    """Allow a server from now on. Raises OSError."""
    allowed = sorted(given() | {origin})
    _file().parent.mkdir(parents=True, exist_ok=True)
    files.write(_file(), json.dumps({"allowed": allowed}, indent=1).encode(), private=True)


def require(origin: str, writer: str) -> None:
    """Raise ConsentMissing unless the server was allowed."""
    if origin not in given():
        raise ConsentMissing(
            f"The writer {writer} is at {origin}, which is not this machine: questions and what "
            "they find in the documents would be sent there. If you want that, run: "
            f"askdossier models allow {origin}",
            origin=origin,
        )
