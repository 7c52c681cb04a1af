"""Times that depend on when they were written, in French."""

from __future__ import annotations

from askdossier.lang.lexicon import Times

_MONTH = (
    r"(?P<month>janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre"
    r"|decembre)"
)
TIMES = Times(
    relative=(
        (rf"\b{_MONTH} prochain\b", "month", 1),
        (rf"\b{_MONTH} dernier\b", "month", -1),
        (r"\bl'(?:an|annee) (?:derniere?|passee?)\b", "year", -1),
        (r"\bcette annee\b", "year", 0),
        (r"\bl'(?:an|annee) prochaine?\b", "year", 1),
        (r"\ble mois (?:dernier|passe)\b", "month", -1),
        (r"\bce mois-ci\b", "month", 0),
        (r"\ble mois prochain\b", "month", 1),
        (r"\bhier\b(?! et demain)", "day", -1),
        (r"\bdemain\b", "day", 1),
        (
            r"\b(?:actuellement|en ce moment|aujourd'hui|recemment|prochainement|depuis peu)\b",
            "",
            0,
        ),
        (
            r"\b(?:semaine|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|ete|automne|hiver"
            r"|printemps|trimestre|semestre|rentree) (?:prochaine?|derniere?|passee?)\b",
            "",
            0,
        ),
        (r"\bcette semaine\b|\bil y a (?:\w+|\d+) (?:jours|semaines|mois|ans)\b", "", 0),
    ),
    now=(
        r"\b(?:actuel(?:le)?(?:s|ment)?|aujourd'hui|maintenant|en ce moment|desormais|a ce jour)\b"
        r"|\b(?:dernier|derniere|dernieres|derniers) (?:chiffres?|nombre|etat|nouvelles?|version)\b"
    ),
    document=("document du %d/%m/%Y", "document de %m/%Y", "document de %Y"),
    forms=("%d/%m/%Y", "%m/%Y", "%Y"),
    older=", plus ancien",
)
