"""Filters written in a question: ``Qui a signé l'appel ? auteur:Dupont avant:2025-06``.

Knows nothing about documents or indexes: it reads words. The chat and the command line use it
through the façade; a chat may call it to show what it understood.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date

from askdossier.core import Filter, InvalidFilter
from askdossier.lang.forms import table

_KEYS = table(lambda known: known.filters)
_LANGUAGES = table(lambda known: known.languages)

# No space on either side of the colon: "Quel auteur : Hugo ou Sand ?" is a question.
_WRITTEN = re.compile(
    rf"(?<!\S)(?P<key>{'|'.join(sorted(_KEYS, key=len, reverse=True))}):"
    r"(?:«(?P<guillemets>[^«»]+)»|“(?P<curly>[^“”]+)”|\"(?P<straight>[^\"]+)\""
    r"|(?P<word>[^\s«“\"]+))",
    re.IGNORECASE,
)
_AFTERWARDS = ",;?!"
_DAY_FIRST = re.compile(r"(?:(?P<day>\d{1,2})[/.])?(?P<month>\d{1,2})[/.](?P<year>\d{4})")
_ISO = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def parse(question: str) -> tuple[str, Filter]:
    """The question without the filters written in it, and these.

    ``auteur:`` ``avant:`` ``apres:`` ``doc:`` ``editeur:`` ``langue:`` and their English names,
    each followed by a word or by words in quotation marks. ``doc:`` may stand several times.

    Raises InvalidFilter when a date or a language cannot be understood.
    """
    values: dict[str, str] = {}
    documents: set[str] = set()

    def take(match: re.Match[str]) -> str:
        name = _KEYS[match["key"].lower()]
        quoted = match["guillemets"] or match["curly"] or match["straight"]
        word = match["word"] or ""
        value = (quoted or word.rstrip(_AFTERWARDS)).strip()
        after = "" if quoted else word[len(value) :]
        if not value:
            return match[0]
        if name == "documents":
            documents.add(value)
        else:
            values[name] = value
        return after

    rest = " ".join(_WRITTEN.sub(take, question).split())
    return rest, made(documents=frozenset(documents), **values)


def made(
    *,
    documents: frozenset[str] = frozenset(),
    author: str = "",
    publisher: str = "",
    after: str = "",
    before: str = "",
    language: str = "",
) -> Filter:
    """A filter from what a person wrote. Raises InvalidFilter, see ``parse``."""
    return Filter(documents, author, publisher, _date(after), _date(before), _language(language))


def both(given: Filter | None, written: Filter) -> Filter:
    """One filter of two; where both set a field, what is ``written`` in the question holds.

    Raises InvalidFilter when a date of the one ``given`` cannot be understood.
    """
    if given is None:
        return written
    given = replace(given, after=_date(given.after), before=_date(given.before))
    chosen = {
        field.name: getattr(written, field.name)
        for field in fields(Filter)
        if getattr(written, field.name)
    }
    return replace(given, **chosen)


def _date(written: str) -> str:
    """ISO 8601 of a year, month or day, written so or with the day first."""
    if match := _DAY_FIRST.fullmatch(written):
        parts = (match["year"], match["month"].zfill(2), (match["day"] or "").zfill(2))
        written = "-".join(part for part in parts if part != "00")
    if written and not _is_date(written):
        raise InvalidFilter(
            f"{written} is not a date: write 2025, 2025-06, 2025-06-15, 06/2025 or 15/06/2025."
        )
    return written


def _is_date(written: str) -> bool:
    """Whether it is ISO 8601 of a year, a month or a day that the calendar has."""
    if not _ISO.fullmatch(written):
        return False
    try:
        date.fromisoformat((written + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _language(written: str) -> str:
    code = _LANGUAGES.get(written.lower(), written.lower())
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise InvalidFilter(f"{written} is not a language: write fr, en, or another such code.")
    return code
