"""What readers chose in the settings of the chat, kept beside the index.

It holds for the chat and its tools where nobody states it otherwise: on the command line, in the
environment or in a settings file.

The language of the interface is each reader's own, and stays in the browser.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Literal

from askdossier import files
from askdossier.core import InvalidSettings
from askdossier.dossier import portable
from askdossier.settings import Settings, stated

_log = logging.getLogger(__name__)

_FILE = "chat.json"

Name = Literal["strictness", "writer"]


def chosen(
    settings: Settings, options: Mapping[Name, object], environment: Mapping[str, str] | None = None
) -> Settings:
    """``settings`` with what was chosen in the chat, unless somebody stated otherwise.

    ``options`` are those of the command line, None for one that is not given. Raises
    InvalidSettings.
    """
    given = {name for name, value in options.items() if value is not None}
    return remembered(settings, given | stated(environment))


def remembered(settings: Settings, but: Collection[str] = ()) -> Settings:
    """``settings`` with what was chosen in the chat before, if anything was, ``but`` for some."""
    try:
        kept = _read(settings)
        if "strictness" in kept and "strictness" not in but:
            settings = replace(settings, strictness=float(kept["strictness"]))
        # A name that leads to some file or to a hub was not put there by the chat.
        if "writer" in kept and "writer" not in but and portable(kept["writer"]):
            settings = replace(settings, writer=kept["writer"])
    except FileNotFoundError:
        pass
    except (OSError, ValueError, AttributeError, TypeError, InvalidSettings):
        _log.warning("%s cannot be read; it is left as it is", settings.index / _FILE)
    return settings


def remember(settings: Settings, name: Name) -> None:
    """Keep what was chosen in the chat for its next start. Raises OSError.

    A writer that is a file or comes from a hub is not kept: who names one starts the chat with it.
    """
    try:
        kept = _read(settings)
    except (FileNotFoundError, ValueError, AttributeError, TypeError):
        kept = {}
    kept[name] = getattr(settings, name)
    if name == "writer" and not portable(settings.writer):
        del kept["writer"]
    files.make_folder(settings.index)
    files.write(settings.index / _FILE, json.dumps(kept).encode(), private=True)


def _read(settings: Settings) -> dict[str, Any]:
    """What was kept. Raises OSError, and what comes of a file that is none of ours."""
    return dict(json.loads((settings.index / _FILE).read_bytes()).items())
