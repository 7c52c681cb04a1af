"""Questions for what the dossier holds: "de quoi parlent ces documents ?"."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from askdossier import lang, survey, verify
from askdossier.ask.forms import plain
from askdossier.ask.kinds.whole import MOST_DOCUMENTS, Told, and_shown
from askdossier.core import Language
from askdossier.index import Index
from askdossier.lang.forms import Forms


@dataclass(frozen=True, slots=True)
class Overview:
    """Asks what the dossier holds."""


def matches(message: str) -> Overview | None:
    """Tell by its form; None for any other question."""
    return Overview() if _FORM.fullmatch(plain(message)) else None


def answer(asked: Overview, index: Index, names: Collection[str], language: Language) -> Told:
    """Count the documents, and let each speak for itself by the sentence that sums it up."""
    del asked
    leads = (lead for lead in survey.leads(index) if lead[0].id in names)
    shown = tuple(islice(leads, MOST_DOCUMENTS))
    numbers = verify.Numbering()
    claims = tuple(numbers.lead(document, span, language) for document, span in shown)
    words = lang.of(language).sayings
    said = words.one_document if len(names) == 1 else words.documents.format(total=len(names))
    return Told(claims, and_shown(said, len(names), len(shown), language))


_FORM = Forms(lambda known: known.questions.overview)
