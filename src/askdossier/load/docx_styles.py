"""Styles and list numbers of Word: what the look of a paragraph or of words says about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from askdossier.load.archive import Node
from askdossier.load.numbering import BULLET, Level, Numbers

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of Word's elements and attributes."""

_HEADING = re.compile(r"(?:heading|titre|überschrift|título)\s?([1-9])", re.IGNORECASE)
_TITLE = frozenset({"title", "titre"})
_CONTENTS = re.compile(r"(?:toc|tm|table of figures)\s?\d?", re.IGNORECASE)
_DEEPEST = 20
"""Styles that build on one another."""
_NO_LIST = "0"
"""Of a paragraph that was taken out of the list of its style."""
_UNKNOWN = "?"
"""Of a paragraph that is an item of a list that the file does not describe."""
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph is."""

    level: int = 0
    """1–6 for a heading."""
    contents: bool = False
    """True for a line of a table of contents."""
    list: str = ""
    """The list it is an item of; empty for none."""
    depth: int = 0
    """Its level in that list, from 0."""


def number(node: Node, name: str, default: int) -> int:
    """The value of a child element as a whole number."""
    child = node.find(f"{W}{name}") if node is not None else None
    value = child.get(f"{W}val") if child is not None else None
    return int(value) if value and value.isdecimal() and len(value) < 7 else default


def is_on(node: Node, name: str) -> bool | None:
    """Whether a property that can be on or off is; None where nothing is said."""
    child = node.find(f"{W}{name}") if node is not None else None
    return None if child is None else (child.get(f"{W}val") or "1") not in _OFF


class Styles:
    """The styles of one document, and the lists as they are counted from its top."""

    def __init__(self, styles: Node, numbering: Node) -> None:
        self._styles = {style.get(f"{W}styleId"): style for style in styles}
        self._default = next(
            (
                name for name, style in self._styles.items()
                if style.get(f"{W}type") == "paragraph"
                and (style.get(f"{W}default") or "0") not in _OFF
            ),
            None,
        )  # fmt: skip
        self._lists = _Lists(numbering)
        self._known: dict[str | None, Style] = {}
        self._said: dict[tuple[str, str], bool | None] = {}

    def paragraph(self, node: Node) -> Style:
        """What a paragraph is, by its style and its own properties."""
        about = node.find(f"{W}pPr")
        name = _value(about, "pStyle")
        if name not in self._known:
            self._known[name] = self._named(name)
        style = self._known[name]
        if about is None:
            return style
        outline = about.find(f"{W}outlineLvl")
        level = _outline(outline) if outline is not None else style.level
        own = about.find(f"{W}numPr")
        if own is None:
            return Style(level, style.contents, style.list, style.depth)
        listed = _value(own, "numId") or style.list or _UNKNOWN
        return Style(level, style.contents, listed, number(own, "ilvl", style.depth))

    def marker(self, style: Style) -> str:
        """Count a paragraph in its list; gives what stands before it, with a space."""
        marker = self._lists.next(style.list, style.depth) if style.list else ""
        return "" if marker == BULLET and style.level else marker

    def says(self, run: Node, paragraph: Node, name: str) -> bool:
        """Whether a property of words is on: their own, their style's or their paragraph's."""
        about = run.find(f"{W}rPr")
        own = is_on(about, name)
        if own is not None:
            return own
        for style in (_value(about, "rStyle"), _value(paragraph.find(f"{W}pPr"), "pStyle")):
            if style is not None and (said := self._style_says(style, name)) is not None:
                return said
        return False

    def _style_says(self, style: str, name: str) -> bool | None:
        if (style, name) not in self._said:
            said = (is_on(node.find(f"{W}rPr"), name) for node in self._chain(style))
            self._said[style, name] = next((on for on in said if on is not None), None)
        return self._said[style, name]

    def _named(self, name: str | None) -> Style:
        level, contents, listed, depth = 0, False, "", None
        for style in self._chain(name or self._default):
            shown = _value(style, "name") or ""
            about = style.find(f"{W}pPr")
            if not level:
                outline = about.find(f"{W}outlineLvl") if about is not None else None
                level = _heading(shown) or (_outline(outline) if outline is not None else 0)
            contents = contents or _CONTENTS.fullmatch(shown) is not None
            own = about.find(f"{W}numPr") if about is not None else None
            if own is not None and not listed:
                listed = _value(own, "numId") or ""
                linked = self._lists.depth_of(listed, style.get(f"{W}styleId"))
                depth = number(own, "ilvl", linked)
        return Style(level, contents, listed, depth or 0)

    def _chain(self, name: str | None) -> Iterator[Node]:
        """A style and those it builds on."""
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if name is None or style is None:
                return
            yield style
            name = _value(style, "basedOn")


class _Lists:
    """The lists of ``numbering.xml``, counted on."""

    def __init__(self, numbering: Node) -> None:
        abstract = {
            node.get(f"{W}abstractNumId"): node
            for node in numbering if node.tag == f"{W}abstractNum"
        }  # fmt: skip
        by_style = {
            _value(node, "styleLink"): name
            for name, node in abstract.items() if _value(node, "styleLink")
        }  # fmt: skip
        self._levels: dict[str, Mapping[int, Level]] = {}
        self._linked: dict[str, Mapping[str | None, int]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._family: dict[str, str] = {}
        for node in numbering:
            if node.tag != f"{W}num":
                continue
            identifier = node.get(f"{W}numId") or ""
            name = _value(node, "abstractNumId") or ""
            definition = abstract.get(name)
            linked = by_style.get(_value(definition, "numStyleLink"))
            if linked is not None:
                name, definition = linked, abstract[linked]
            levels = dict(_levels(definition)) if definition is not None else {}
            starts = {}
            for override in node.iterchildren(f"{W}lvlOverride"):
                at = override.get(f"{W}ilvl") or ""
                if at.isdecimal():
                    levels.update(_levels(override))
                    if override.find(f"{W}startOverride") is not None:
                        starts[int(at)] = number(override, "startOverride", 1)
            self._linked[identifier] = {_value(node, "pStyle"): at for at, node in levels.items()}
            self._levels[identifier] = {at: _level(node, at) for at, node in levels.items()}
            self._starts[identifier] = starts
            self._family[identifier] = name
        self._counting: dict[str, Numbers] = {}

    def depth_of(self, identifier: str, style: str | None) -> int:
        """The level that is meant for paragraphs of a style."""
        return self._linked.get(identifier, {}).get(style, 0)

    def next(self, identifier: str, depth: int) -> str:
        """What stands before the next item."""
        if identifier == _NO_LIST:
            return ""
        if identifier not in self._levels:
            return BULLET
        levels = self._levels[identifier]
        # Lists of one definition go on counting where the other stopped.
        numbers = self._counting.setdefault(self._family[identifier], Numbers(levels))
        numbers.levels = dict(levels)
        starts = self._starts[identifier]  # each counts from the first item of its level
        if depth in starts:
            numbers.begin(depth, starts.pop(depth))
        return numbers.next(depth)


def _levels(definition: Node) -> Iterator[tuple[int, Node]]:
    for level in definition.iterchildren(f"{W}lvl"):
        at = level.get(f"{W}ilvl") or ""
        if at.isdecimal() and len(at) < 3:
            yield int(at), level


def _level(node: Node, at: int) -> Level:
    restart = node.find(f"{W}lvlRestart")
    how = _value(node, "numFmt") or "decimal"
    return Level(
        format=how,
        template=_value(node, "lvlText") or "",
        start=number(node, "start", 0 if node.find(f"{W}start") is None else 1),
        restart=None if restart is None else number(node, "lvlRestart", at) - 1,
        legal=bool(is_on(node, "isLgl")),
    )


def _value(node: Node, name: str) -> str | None:
    child = node.find(f"{W}{name}") if node is not None else None
    return child.get(f"{W}val") if child is not None else None


def _heading(shown: str) -> int:
    if shown.lower() in _TITLE:
        return 1
    match = _HEADING.fullmatch(shown)
    return min(int(match[1]), 6) if match else 0


def _outline(node: Node) -> int:
    """The heading level of an outline level, which counts from 0; 0 for running text."""
    value = node.get(f"{W}val") or "9"
    return int(value) + 1 if value in "012345" else 0
