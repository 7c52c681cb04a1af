"""Questions for what the dossier holds: "de quoi parlent ces documents ?"."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from askdossier import lang, survey, verify
from askdossier.ask.forms import DOCUMENT, plain
from askdossier.ask.kinds.whole import MOST_DOCUMENTS, Told, and_shown
from askdossier.core import Language
from askdossier.index import Index


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


_HERE = (
    r"(?:ce|cet|cette|ces|le|la|les|l'|mon|mes|ton|tes|votre|vos|tous les|the|this|these|my|your|"
    r"all the|all)"
)
_DOSSIER = rf"{_HERE} ?(?:dossiers?|corpus|collection|ensemble|folder|{DOCUMENT})"
_FORM = re.compile(
    rf"(?:de quoi (?:parle(?:nt)?|traite(?:nt)?|est il question dans|s'agit il dans|il s'agit dans)"
    rf" {_DOSSIER}"
    rf"|{_DOSSIER} (?:parle(?:nt)?|traite(?:nt)?) de quoi"
    rf"|(?:que|qu'est ce que|qu'y a t il|qu'est ce qu'il y a|quoi)(?: dans)?"
    rf" (?:contiennent|contient|disent|raconte)? ?{_DOSSIER}(?: (?:contiennent|contient))?"
    rf"|quels? (?:sont|est) (?:le|les) (?:sujets?|themes?|contenu) (?:de |du |des |abordes? dans )"
    rf"?(?:{_DOSSIER}|dossier|documents?)"
    rf"|quels? sont {_DOSSIER}(?: \w+)?"
    rf"|quels {DOCUMENT} (?:as tu|avez vous|y a t il|connais tu|sont (?:indexes|disponibles|la))"
    rf"|(?:resume|resumez|presente|presentez|decris|decrivez|liste|listez|enumere)(?: moi)? "
    rf"{_DOSSIER}"
    rf"|(?:donne|donnez)(?: moi)? (?:la )?liste (?:de |des )?(?:{_DOSSIER}|{DOCUMENT})"
    rf"|liste des {DOCUMENT}"
    rf"|combien (?:de|y a t il de|as tu de|avez vous de) {DOCUMENT}(?: (?:y a t il|as tu|"
    rf"avez vous|contient le dossier|dans le dossier|sont indexes|il y a))*(?: dans le dossier)?"
    rf"|what (?:are|is) {_DOSSIER} about|what (?:do|does) {_DOSSIER} (?:say|contain|talk about)"
    rf"|what(?:'s| is) in {_DOSSIER}|(?:list|summari[sz]e|describe|show(?: me)?) {_DOSSIER}"
    rf"|(?:which|what) {DOCUMENT} (?:do you have|are there|are indexed)"
    rf"|how many {DOCUMENT} (?:do you have|are there|are indexed)(?: in {_DOSSIER})?)"
)
