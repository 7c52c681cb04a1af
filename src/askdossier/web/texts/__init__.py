"""Everything the chat says, in French and in English, and which of the two a browser asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from askdossier.web.texts.english import ENGLISH
from askdossier.web.texts.french import FRENCH
from askdossier.web.texts.words import Interface, Texts, date_in_words, seconds_in_words, told

__all__ = [
    "TEXTS",
    "Interface",
    "Texts",
    "date_in_words",
    "preferred",
    "seconds_in_words",
    "told",
]

TEXTS: Mapping[Interface, Texts] = {"fr": FRENCH, "en": ENGLISH}


def preferred(accept_language: str) -> Interface:
    """The interface language for an ``Accept-Language`` header; English when it names neither."""
    best: Interface = "en"
    best_weight = 0.0
    for entry in accept_language.split(","):
        name, _, parameters = entry.partition(";")
        code = name.strip().lower().split("-")[0]
        quality = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", parameters)
        weight = float(quality[1]) if quality else 1.0
        if code in TEXTS and weight > best_weight:
            best, best_weight = cast("Interface", code), weight
    return best
