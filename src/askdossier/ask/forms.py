"""How a message is compared with the forms of a question."""

from __future__ import annotations

import re

from askdossier import text


def plain(message: str) -> str:
    """Folded words with single spaces between them."""
    return " ".join(re.findall(r"[\w']+", text.fold(message)))
