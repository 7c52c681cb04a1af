"""What readers chose in the settings of the chat, kept beside the index.

The language of the interface is each reader's own, and stays in the browser.
"""

from __future__ import annotations

import json
import logging
from dataclasses import replace

from askdossier.records import InvalidSettings
from askdossier.settings import Settings
from askdossier.web.conversations import write_whole

_log = logging.getLogger(__name__)

_FILE = "chat.json"


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
    settings.index.mkdir(parents=True, exist_ok=True)
    write_whole(settings.index / _FILE, json.dumps({"strictness": settings.strictness}).encode())
