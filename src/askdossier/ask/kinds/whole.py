"""What answers about the dossier as a whole have in common."""

from __future__ import annotations

from dataclasses import dataclass

from askdossier import lang
from askdossier.core import Claim, Evidence, Language

MOST_DOCUMENTS = 20
"""Documents that such an answer shows; it counts them all."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of the dossier, document by document, and what is said of them all."""

    claims: tuple[Claim, ...]
    said: str
    abstains: bool = False
    """It says that the documents do not answer."""
    nearest: tuple[Evidence, ...] = ()
    """What is shown then."""


def and_shown(said: str, count: int, shown: int, language: Language) -> str:
    """Say too how many are shown, where these are not all."""
    return said if shown == count else f"{said} {lang.of(language).sayings.first.format(shown)}"
