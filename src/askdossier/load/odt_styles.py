"""Styles and list numbers of OpenDocument: what the look of a paragraph or of words says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from askdossier.load.archive import Node
from askdossier.load.numbering import Level, Numbers
from askdossier.load.withdrawn import HIDDEN, STRUCK

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"

_FORMATS = {
    "1": "decimal", "1st": "decimal", "01, 02, 03, ...": "decimalZero", "a": "lowerLetter",
    "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
}  # fmt: skip
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says of words; None where it says nothing."""

    gone: str | None = None
    """The reason for which they do not count; empty where they do."""
    line: int | None = None
    """1 where they stand above the line, -1 below it, 0 on it."""


class Styles:
    """The styles and list styles of one document."""

    def __init__(self, roots: Iterable[Node]) -> None:
        self._styles: dict[tuple[str | None, str | None], Node] = {}
        self._lists: dict[str | None, dict[int, Level]] = {}
        self.outline = Numbers({})
        """Counts the headings."""
        self.french = False
        """True where the numbers are written in French."""
        for root in roots:
            for style in root.iter(f"{STYLE}style"):
                self._styles[style.get(f"{STYLE}family"), style.get(f"{STYLE}name")] = style
            for style in root.iter(f"{STYLE}default-style"):
                about = style.find(f"{STYLE}text-properties")
                self.french |= about is not None and about.get(f"{_FO}language") == "fr"
            for style in root.iter(f"{TEXT}list-style"):
                self._lists[style.get(f"{STYLE}name")] = dict(_levels(style))
            for style in root.iter(f"{TEXT}outline-style"):
                self.outline = Numbers(dict(_levels(style)))
        self._looks: dict[tuple[str, str | None], Look] = {}

    def numbers(self, name: str | None) -> Numbers:
        """A list of a style, not begun."""
        return Numbers(self._lists.get(name, {}))

    def look(self, family: str, name: str | None) -> Look:
        """What a style, and those it builds on, say of words."""
        if (family, name) not in self._looks:
            gone: str | None = None
            line: int | None = None
            for style in self._chain(family, name):
                about = style.find(f"{STYLE}text-properties")
                if about is None:
                    continue
                if gone is None:
                    gone = _gone(about)
                if line is None and (position := about.get(f"{STYLE}text-position")):
                    low = position.startswith(("sub", "-"))
                    line = -1 if low else int(position[:1] in "s123456789")
            self._looks[family, name] = Look(gone, line)
        return self._looks[family, name]

    def is_title(self, name: str | None) -> bool:
        """True for the style of a document's title."""
        names = (style.get(f"{STYLE}name") for style in self._chain("paragraph", name))
        return "Title" in {name, *names}

    def _chain(self, family: str, name: str | None) -> Iterator[Node]:
        for _ in range(_DEEPEST):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.get(f"{STYLE}parent-style-name")


def _gone(about: Node) -> str | None:
    lines = [about.get(f"{STYLE}text-line-through-{name}") for name in ("style", "type")]
    if about.get(f"{TEXT}display") == "none":
        return HIDDEN
    if any(line not in {None, "none"} for line in lines):
        return STRUCK
    return "" if "none" in lines else None


def _levels(style: Node) -> Iterator[tuple[int, Level]]:
    formats: dict[int, str] = {}
    for node in style:
        at = node.get(f"{TEXT}level") or ""
        if not at.isdecimal() or not 1 <= int(at) <= 10:
            continue
        depth = int(at) - 1
        written = node.get(f"{STYLE}num-format")
        if node.tag.endswith(("bullet", "image")):
            yield depth, Level(format="bullet")
            continue
        formats[depth] = _FORMATS.get(written or "", "none")
        shown = node.get(f"{TEXT}display-levels") or "1"
        above = range(max(0, depth + 1 - (int(shown) if shown.isdecimal() else 1)), depth + 1)
        places = [f"%{i + 1}" for i in above if formats.get(i, "decimal") != "none"]
        template = ".".join(places if formats[depth] != "none" else [])
        begins = node.get(f"{TEXT}start-value") or "1"
        around = (node.get(f"{STYLE}num-{name}") or "" for name in ("prefix", "suffix"))
        yield (
            depth,
            Level(
                format=formats[depth],
                template=template.join(around),
                start=int(begins) if begins.isdecimal() and len(begins) < 7 else 1,
            ),
        )
