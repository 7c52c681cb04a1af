"""Errors in another language, found by the English message: that is its own key, as in gettext.

So errors that were kept (with a conversation, or in an index) speak the reader's language too, and
no other module needs to know that there are several.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache


def translator(entries: Mapping[str, str]) -> Callable[[str], str]:
    """What says a message in the other language.

    ``entries`` maps English messages to others, both with the same ``{fields}``; what stands in a
    field is translated when it is an entry itself. An unknown message stays as it is.
    """

    @cache
    def patterns() -> list[tuple[re.Pattern[str], str]]:
        return [(re.compile(_pattern(english), re.DOTALL), other) for english, other in
                entries.items()]  # fmt: skip

    def said(message: str) -> str:
        for pattern, other in patterns():
            match = pattern.fullmatch(message)
            if match is not None:
                fields = {name: said(value) for name, value in match.groupdict().items()}
                return other.format(**fields)
        return message

    return said


def _pattern(message: str) -> str:
    parts = re.split(r"\{(\w+)\}", message)
    return "".join(
        f"(?P<{part}>.+)" if at % 2 else re.escape(part) for at, part in enumerate(parts)
    )
