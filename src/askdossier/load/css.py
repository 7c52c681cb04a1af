"""What the style sheets of a saved page say of its elements, as far as it changes the text.

The cascade of browsers: what is important goes first, then an element's own style, then the rule
that names more (ids, then classes and attributes, then elements), then the later one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

Node = Any
"""An element of lxml, which has no type information."""

_COMPOUND = re.compile(r"(?P<tag>\*|[a-z][\w-]*)?(?P<rest>(?:[.#][\w-]+|\[[^\[\]]+\])*)")
_NAMED = re.compile(r"[.#][\w-]+|\[[^\[\]]+\]")
_ATTRIBUTE = re.compile(
    r"\[(?P<name>[\w-]++)(?P<how>[~^$*|]?=)?[\"']?(?P<value>[^\"'\[\]]*)[\"']?\]"
)
_COMBINED = re.compile(r"\s*+[>+~]\s*+|\s++")
_STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_NO_MARKUP = dict.fromkeys(map(ord, "{};,>+~ "))
_ONLY_TYPES = frozenset({"print", "speech"})
_SCREENS = frozenset({"screen", "all"})
_GROUPS = ("@media", "@supports", "@layer", "@container", "@scope", "@document")
"""Rules that hold others."""
_MOST_RULES = 100
"""Of one class, id or element that are tried on an element: what is said last stays."""
_MOST_TRIED = 500_000
"""Rules that are tried on all elements of a page together; beyond, none of its rules is."""
_MOST_BESIDE = 50
"""Elements before one that a rule for what follows looks at."""
_MOST_PARTS = 20


@dataclass(frozen=True, slots=True)
class _Compound:
    """What a selector asks of one element."""

    tag: str
    classes: frozenset[str]
    identifiers: frozenset[str]
    attributes: tuple[tuple[str, str, str], ...]

    def fits(self, node: Node) -> bool:
        if self.tag and node.tag != self.tag:
            return False
        if self.classes and not self.classes <= set((node.get("class") or "").lower().split()):
            return False
        if self.identifiers and self.identifiers != {(node.get("id") or "").lower()}:
            return False
        return all(_has(node, *asked) for asked in self.attributes)


@dataclass(frozen=True, slots=True)
class _Rule:
    """Whom a rule is for, from the element itself outwards, and what it says."""

    compounds: tuple[tuple[str, _Compound], ...]
    """Each with what joins it to the one inside it; nothing for the first."""
    rank: tuple[bool, int, int, int, int]
    """Important or not; ids, classes and elements that it names; its place."""
    said: str | None

    def fits(self, node: Node) -> bool:
        found = {node} if self.compounds[0][1].fits(node) else set()
        for joined, compound in self.compounds[1:]:
            around = {other for inner in found for other in _joined(inner, joined)}
            found = {other for other in around if compound.fits(other)}
        return bool(found)


def declared(tree: Node, properties: Set[str], words: Set[str]) -> Callable[[Node], str | None]:
    """Gives for an element which of these words its style says for one of these properties.

    The properties are ways to say the same (``text-decoration``, ``text-decoration-line``): the
    last one holds, and where it says something else, that is None, as where nothing is said.
    """
    rules: dict[str, dict[object, _Rule]] = {}
    for key, rule in _rules(tree, properties, words):
        held = rules.setdefault(key, {})
        held.pop((rule.compounds, rule.rank[0]), None)
        held[rule.compounds, rule.rank[0]] = rule
    ordered = {
        key: sorted(held.values(), key=lambda rule: rule.rank, reverse=True)[:_MOST_RULES]
        for key, held in rules.items()
    }
    saying = {key for key, held in rules.items() if any(rule.said for rule in held.values())}

    tried = count(1)

    def value(node: Node) -> str | None:
        own = _said(node.get("style") or "", properties, words) if node.get("style") else None
        if own is not None and own[0]:
            return own[1]
        keys = [f".{name}" for name in (node.get("class") or "").lower().split()]
        keys += [f"#{(node.get('id') or '').lower()}", str(node.tag), "*"]
        if saying.isdisjoint(keys) or next(tried) > _MOST_TRIED:
            return own[1] if own is not None else None
        fitting = (
            next((rule for rule in ordered.get(key, ()) if next(tried) and rule.fits(node)), None)
            for key in keys
        )
        best = max(filter(None, fitting), key=lambda rule: rule.rank, default=None)
        if own is not None and (best is None or not best.rank[0]):
            return own[1]
        return best.said if best is not None else None

    return value


def _said(style: str, properties: Set[str], words: Set[str]) -> tuple[bool, str | None] | None:
    """Whether the last of the declarations is important, and the word it says; None for none."""
    found: tuple[bool, str | None] | None = None
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() not in properties:
            continue
        important = value.rstrip().endswith("important") and "!" in value
        if found is None or important or not found[0]:
            found = important, next((word for word in value.split("!")[0].split()
                                     if word in words), None)  # fmt: skip
    return found


def _rules(tree: Node, properties: Set[str], words: Set[str]) -> Iterator[tuple[str, _Rule]]:
    """The rules that say something of the properties, each under what its element must have."""
    place = 0
    for style in tree.iter("style"):
        if not _is_seen(f"@media {style.get('media') or ''}"):
            continue
        first, *rest = (style.text or "").split("/*")
        sheet = first + "".join(part.partition("*/")[2] for part in rest)
        sheet = _STRING.sub(lambda string: string[0].translate(_NO_MARKUP), sheet)
        for selectors, body in _bodies(sheet):
            said = _said(body, properties, words)
            if said is None:
                continue
            for selector in selectors.lower().split(","):
                place += 1
                compounds = _compounds(selector.strip())
                if compounds:
                    asked = [compound for _, compound in compounds]
                    rank = (
                        said[0],
                        sum(len(one.identifiers) for one in asked),
                        sum(len(one.classes) + len(one.attributes) for one in asked),
                        sum(bool(one.tag) for one in asked),
                        place,
                    )
                    yield _key(asked[0]), _Rule(compounds, rank, said[1])


def _bodies(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules that hold on a wide screen."""
    seen = [True]  # of each group that is open
    prelude = ""
    for piece in re.split(r"([{}])", sheet):
        if piece == "{":
            at = prelude.rpartition("{")[2].rpartition(";")[2].strip().lower()
            if at.startswith(_GROUPS):
                seen.append(seen[-1] and _is_seen(at))
                prelude = ""
            elif at.startswith("@"):
                seen.append(False)
                prelude = ""
            else:
                seen.append(seen[-1])
                prelude = at + "{"
        elif piece == "}":
            selectors, is_rule, body = prelude.partition("{")
            if is_rule and seen[-1]:
                yield selectors, body
            if len(seen) > 1:
                seen.pop()
            prelude = ""
        else:
            prelude += piece


def _is_seen(group: str) -> bool:
    """False for rules that hold for print, for narrow screens or for voices only."""
    words = set(re.findall(r"[a-z-]+", group.lower()))
    return not (_ONLY_TYPES & words and not _SCREENS & words) and "max-width" not in words


def _compounds(selector: str) -> tuple[tuple[str, _Compound], ...]:
    """The parts of a selector from the last to the first; none where it asks something else."""
    parts = _COMBINED.split(selector)
    joins = [(found.group().strip() or " ") for found in _COMBINED.finditer(selector)]
    result: list[tuple[str, _Compound]] = []
    if len(parts) > _MOST_PARTS:
        return ()
    for at in range(len(parts) - 1, -1, -1):
        found = _COMPOUND.fullmatch(parts[at])
        if not parts[at] or found is None:
            return ()
        named = _NAMED.findall(found["rest"])
        attributes = [_ATTRIBUTE.fullmatch(name) for name in named if name[0] == "["]
        if None in attributes:
            return ()
        result.append((
            joins[at] if at < len(joins) else "",
            _Compound(
                (found["tag"] or "").replace("*", ""),
                frozenset(name[1:] for name in named if name[0] == "."),
                frozenset(name[1:] for name in named if name[0] == "#"),
                tuple((one["name"], one["how"] or "", one["value"]) for one in attributes if one),
            ),
        ))  # fmt: skip
    return tuple(result)


def _key(compound: _Compound) -> str:
    """What an element must have for a rule to be tried on it."""
    for sign, names in (("#", compound.identifiers), (".", compound.classes)):
        if names:
            return sign + min(names)
    return compound.tag or "*"


def _joined(node: Node, how: str) -> Iterator[Node]:
    """The elements that may stand where a selector names one before ``node``."""
    if how == " ":
        yield from node.iterancestors()
    elif how == ">":
        parent = node.getparent()
        if parent is not None:
            yield parent
    else:
        yield from islice(node.itersiblings("*", preceding=True), 1 if how == "+" else _MOST_BESIDE)


def _has(node: Node, name: str, how: str, value: str) -> bool:
    if node.get(name) is None:
        return False
    held: str = node.get(name).lower()
    match how:
        case "":
            return True
        case "~=":
            return value in held.split()
        case "^=":
            return bool(value) and held.startswith(value)
        case "$=":
            return bool(value) and held.endswith(value)
        case "*=":
            return bool(value) and value in held
        case "|=":
            return held == value or held.startswith(f"{value}-")
        case _:
            return held == value
