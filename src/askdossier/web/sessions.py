"""Who has been let in: sessions that end, and sign-ins that slow down whoever guesses."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

USER = "askdossier"
"""Who signs in where a password is asked for."""

IDLE = 12 * 3600.0
"""Seconds after which a session that was not used ends."""
LONGEST = 7 * 24 * 3600.0
"""Seconds after which every session ends."""
_MOST_SESSIONS = 1000
_TOKEN_HOLDS = 600.0
"""Seconds in which the address printed at the start opens the chat by itself."""

_FREE = 3
"""Wrong passwords before an address has to wait, two seconds first and then twice as long."""
_LONGEST_WAIT = 900.0
_FORGOTTEN = 3600.0
"""Seconds after which an address that was wrong is as good as new."""
_PER_MINUTE = 30
"""Wrong passwords in all, from whatever addresses; more wait a minute."""
_MOST_ADDRESSES = 10_000

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class _Session:
    id: str
    begun: float
    used: float


class Sessions:
    """The browsers that were let in, by the secret in their cookie. Kept in memory alone."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: dict[bytes, _Session] = {}

    def begin(self) -> str:
        """Let a browser in; gives the secret that its cookie holds."""
        secret, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            for key in [key for key, one in self._sessions.items() if not _lives(one, now)]:
                del self._sessions[key]
            while len(self._sessions) >= _MOST_SESSIONS:
                del self._sessions[min(self._sessions, key=lambda key: self._sessions[key].used)]
            self._sessions[_digest(secret)] = _Session(secrets.token_hex(8), now, now)
        return secret

    def who(self, secret: str) -> str | None:
        """The id of the session with this secret; None when there is none, or it has ended."""
        key, now = _digest(secret), self._clock()
        with self._lock:
            session = self._sessions.get(key)
            if session is None:
                return None
            if not _lives(session, now):
                del self._sessions[key]
                return None
            self._sessions[key] = replace(session, used=now)
            return session.id

    def end(self, secret: str) -> None:
        """Let the session with this secret in no more."""
        with self._lock:
            self._sessions.pop(_digest(secret), None)


def _lives(session: _Session, now: float) -> bool:
    return now - session.used < IDLE and now - session.begun < LONGEST


def _digest(secret: str) -> bytes:
    """What is kept of a secret, so that looking it up takes no longer where more of it is right."""
    return hashlib.sha256(secret.encode()).digest()


@dataclass(frozen=True, slots=True)
class _Wrong:
    times: int
    last: float


class SignIn:
    """The password, and the token that opens the chat once without it."""

    def __init__(self, password: str, token: str = "", clock: Clock = time.monotonic) -> None:
        """``password`` is not empty; without a ``token`` there is none."""
        self._password = password.encode()
        self._clock = clock
        self._lock = threading.Lock()
        self._wrong: dict[str, _Wrong] = {}
        self._lately: deque[float] = deque(maxlen=_PER_MINUTE)
        self._token = token.encode()
        self._token_until = clock() + _TOKEN_HOLDS if token else float("-inf")

    def wait(self, address: str) -> float:
        """Seconds until ``address`` may try a password (again)."""
        now = self._clock()
        with self._lock:
            waits = [0.0]
            wrong = self._wrong.get(_network(address))
            if wrong is not None and wrong.times >= _FREE:
                pause = min(_LONGEST_WAIT, 2.0 ** (wrong.times - _FREE + 1))
                waits.append(wrong.last + pause - now)
            if len(self._lately) == _PER_MINUTE:
                waits.append(self._lately[0] + 60 - now)
            return max(waits)

    def right(self, address: str, user: str, password: str) -> bool:
        """Whether these are the user and the password; remembers the address of those that err."""
        known = hmac.compare_digest(password.encode(), self._password)
        known &= hmac.compare_digest(user.strip().encode(), USER.encode())
        network, now = _network(address), self._clock()
        with self._lock:
            if known:
                self._wrong.pop(network, None)
                return True
            for old in [n for n, wrong in self._wrong.items() if now - wrong.last > _FORGOTTEN]:
                del self._wrong[old]
            if len(self._wrong) >= _MOST_ADDRESSES:
                self._wrong.pop(next(iter(self._wrong)))
            before = self._wrong.get(network, _Wrong(0, now)).times
            self._wrong[network] = _Wrong(before + 1, now)
            self._lately.append(now)
        return False

    def redeem(self, token: str) -> bool:
        """Whether this is the token of the start, which then holds no more."""
        with self._lock:
            if self._clock() > self._token_until:
                return False
            if not hmac.compare_digest(token.encode(), self._token):
                return False
            self._token_until = float("-inf")
            return True


def _network(address: str) -> str:
    """What one person can take addresses from: of IPv6, the first half."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 6:
        return str(ipaddress.ip_network((known, 64), strict=False))
    return address
