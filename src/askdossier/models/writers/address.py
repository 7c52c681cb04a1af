"""Where a server is, as the settings name it: ``PREFIX:URL#MODEL``."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from askdossier.core import InvalidSettings

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """A server, and the model that is wanted of it."""

    origin: str
    """Scheme, host and port, such as ``http://127.0.0.1:11434``: what consent is given for."""
    path: str
    """What stands behind them in the URL, without the last slash."""
    model: str
    """Empty where the settings name none."""

    @property
    def host(self) -> str:
        """The host alone: what a key is kept for."""
        return urlsplit(self.origin).hostname or ""

    @property
    def here(self) -> bool:
        """Whether the server is on this machine, as far as its name alone tells."""
        host = self.host
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:  # any other name may lead anywhere
            return host == "localhost" or host.endswith(".localhost")


def read(spelled: str, example: str) -> Address:
    """Read ``URL#MODEL``. Raises InvalidSettings, which shows the ``example``."""
    url, _, model = spelled.strip().partition("#")
    try:
        parts = urlsplit(url)
        known = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets without an end, a port that is none
        known = False
    if not known:
        raise InvalidSettings(f"The writer names no address of a server. Write it as {example}")
    if parts.username is not None or parts.query:
        raise InvalidSettings(
            "The writer's address holds a key or a password, which no setting should: it would be "
            "shown and kept. Write it without, and set ASKDOSSIER_API_KEY."
        )
    return Address(origin(url), parts.path.rstrip("/"), model.strip())


def origin(url: str) -> str:
    """Give scheme, host and port of a URL; https where it has no scheme. Raises ValueError."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}:{parts.port or _PORTS.get(parts.scheme, 443)}"
