"""What readers chose in the settings of the chat, kept beside the index.

It holds for the chat and its tools where nobody states it otherwise: on the command line, in the
environment or in a settings file.

The language of the interface is each reader's own, and stays in the browser.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import replace

from askdossier import files
from askdossier.core import InvalidSettings
from askdossier.settings import Settings, stated

_log = logging.getLogger(__name__)

_FILE = "chat.json"


def chosen(
    settings: Settings, option: float | None, environment: Mapping[str, str] | None = None
) -> Settings:
    """``settings`` with the strictness chosen in the chat, unless somebody stated another.

    ``option`` is that of the command line. Raises InvalidSettings.
    """
    if option is not None or "strictness" in stated(environment):
        return settings
    return remembered(settings)


def remembered(settings: Settings) -> Settings:
    """``settings`` with what was chosen in the chat before, if anything was."""
    try:
        chosen = json.loads((settings.index / _FILE).read_bytes())
        return replace(settings, strictness=float(chosen["strictness"]))
    except FileNotFoundError:
        return settings
    except (OSError, ValueError, KeyError, TypeError, InvalidSettings):
        _log.warning("%s cannot be read; it is left as it is", settings.index / _FILE)
        return settings


def remember(settings: Settings) -> None:
    """Keep what can be chosen in the chat for its next start. Raises OSError."""
    files.make_folder(settings.index)
    files.write(
        settings.index / _FILE,
        json.dumps({"strictness": settings.strictness}).encode(),
        private=True,
    )
