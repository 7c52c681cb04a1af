"""The key that a server wants: from the environment, else from the system's keyring.

It is read when a server is about to be asked, and is kept in no file, log or export of ours.
"""

from __future__ import annotations

import logging
import os

from askdossier.core import InvalidSettings
from askdossier.models.writers.trouble import KEY

_log = logging.getLogger(__name__)

SERVICE = "askdossier"
"""Under which the keyring has keys; the user there is the host of the server."""


def of(host: str) -> str:
    """Give the key for the server on ``host``; empty for none. Raises InvalidSettings."""
    key, place = os.environ.get(KEY, "").strip(), KEY
    if not key:
        key, place = _kept(host).strip(), f"The key of {host} in the keyring"
    if not (key.isascii() and key.isprintable()):
        raise InvalidSettings(f"{place} holds what no key can. Set it again, without line ends.")
    return key


def _kept(host: str) -> str:
    """What the keyring has, where the library is installed and there is a keyring."""
    try:
        import keyring
        from keyring.errors import NoKeyringError
    except ImportError:
        return ""
    try:
        return str(keyring.get_password(SERVICE, host) or "")
    except NoKeyringError:
        return ""
    except Exception as error:  # of its backend, whichever: locked, refused, not answering
        # Not its words, of which nobody knows what they hold.
        _log.warning("the keyring gives no key for %s (%s)", host, type(error).__name__)
        return ""
