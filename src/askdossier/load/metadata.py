"""What is known about a document."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import yaml

from askdossier.text import fold, normalise

_LONGEST = 500
"""Characters of a value kept: a longer one is not a title or a name."""
_MOST_NAMES = 100
_MOST_BRACKETS = 500
"""In a YAML text: its reader takes the square of their number."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Statements about a document; None for what is not known. ``date`` is ISO 8601."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    licence: str | None = None
    within: str | None = None
    """What it came with: the subject of the mail that it is attached to."""

    def over(self, other: Metadata) -> Metadata:
        """These statements, completed by ``other`` where there is none."""
        missing = {
            field.name: getattr(other, field.name)
            for field in fields(self)
            if getattr(self, field.name) is None
        }
        return replace(self, **missing)


_KEYS = {
    "title": ("title", "titre", "headline"),
    "author": ("author", "authors", "auteur", "auteurs", "auteure", "autrice", "creator", "by"),
    "publisher": ("publisher", "editeur", "site", "site_name", "source", "journal"),
    "date": ("date", "published", "publie", "publie le", "date_published", "created", "year",
             "annee"),
    "url": ("url", "link", "lien", "canonical", "canonical_url", "source_url", "permalink"),
    "licence": ("licence", "license", "rights", "droits"),
}  # fmt: skip


def from_mapping(values: Mapping[object, object]) -> Metadata:
    """Metadata from the keys of a front matter or a sidecar, in English or French."""
    by_key = {fold(str(key)).strip(): value for key, value in values.items()}
    found: dict[str, str | None] = {}
    for name, keys in _KEYS.items():
        value = next((by_key[key] for key in keys if by_key.get(key) is not None), None)
        found[name] = iso_date(plain(value) or "") if name == "date" else plain(value)
    publisher = found["publisher"]
    if publisher and publisher.startswith(("http://", "https://")):
        found["publisher"] = None
        found["url"] = found["url"] or publisher
    return Metadata(**found)


class _Plain(yaml.SafeLoader):
    """YAML without anchors, aliases and merge keys: each multiplies what stands in the text."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse what names another part of the text, or is to be named."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise yaml.composer.ComposerError(None, None, "it holds an anchor or alias")
        return super().compose_node(parent, index)

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Take ``<<`` for the key that it is, which is not known."""


def statements(source: str) -> object:
    """What a YAML text holds. Raises ValueError for what is no YAML, or not for people."""
    if sum(map(source.count, "[{")) > _MOST_BRACKETS:
        raise ValueError("it is nested too deeply")
    try:
        return yaml.load(source, Loader=_Plain)
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(str(error).partition("\n")[0]) from error


def plain(value: object) -> str | None:
    """A value of a metadata field as one line of text; names of a list joined with commas."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return plain(value.get("name"))
    if isinstance(value, list | tuple):
        # Only plain ones: lists in lists can be made to double with every level.
        items = (item for item in value[:_MOST_NAMES] if not isinstance(item, list | tuple))
        return ", ".join(filter(None, map(plain, items)))[:_LONGEST] or None
    return " ".join(normalise(str(value)).split())[:_LONGEST] or None


def field_name(key: object) -> str | None:
    """The field that a key stands for, in English or French; None for an unknown key."""
    folded = fold(str(key)).strip()
    return next((name for name, keys in _KEYS.items() if folded in keys), None)


# --- dates ----------------------------------------------------------------------------------------

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january janv jan", "fevrier february fevr fev feb", "mars march mar",
            "avril april avr apr", "mai may", "juin june jun", "juillet july juil jul",
            "aout august aug", "septembre september sept sep", "octobre october oct",
            "novembre november nov", "decembre december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<y>1[5-9]\d\d|20\d\d)"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d){_YEAR}[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<d>0?[1-9]|[12]\d|3[01])(?!\d)",
        rf"(?<!\d)(?P<d>0?[1-9]|[12]\d|3[01])(?:er|st|nd|rd|th)?[ -](?:of )?(?P<n>{_NAME})\.?,?[ -]"
        rf"{_YEAR}(?!\d)",
        rf"\b(?P<n>{_NAME})\.? (?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,? {_YEAR}(?!\d)",
        # Day first, as in all of Europe; 04/13/2024 cannot be that and is read the American way.
        rf"(?<!\d)(?P<d>0?[1-9]|[12]\d|3[01])[/.-](?P<m>0?[1-9]|1[0-2])[/.-]{_YEAR}(?!\d)",
        rf"(?<!\d)(?P<m>0?[1-9]|1[0-2])[/.-](?P<d>0?[1-9]|[12]\d|3[01])[/.-]{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}-(?P<m>0[1-9]|1[0-2])(?![\d-])",
        rf"\b(?P<n>{_NAME})\.? {_YEAR}(?!\d)",
        r"(?<!\d)(?P<y>1[5-9]\d\d|20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)",
        rf"^\s*{_YEAR}\s*$",
    )
)


def iso_date(text: str) -> str | None:
    """The first date in ``text`` as ISO 8601 (year, month or day); None when there is none."""
    folded = fold(text[:_LONGEST])
    for pattern in _DATES:
        for match in pattern.finditer(folded):
            groups = match.groupdict()
            year = int(groups["y"])
            name = groups.get("n")
            month = _MONTHS[name] if name else int(groups.get("m") or 0)
            day = int(groups.get("d") or 0)
            if not month:
                return f"{year:04d}"
            if not day:
                return f"{year:04d}-{month:02d}"
            try:
                return datetime.date(year, month, day).isoformat()
            except ValueError:
                continue
    return None
