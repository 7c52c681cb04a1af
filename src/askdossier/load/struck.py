"""Words of a web page that are struck through: shown, but no longer valid."""

from __future__ import annotations

import re
from typing import Any

from askdossier.core import Removal
from askdossier.load.withdrawn import STRUCK, Withdrawn

Node = Any
"""An element of lxml, which has no type information."""

_SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?:\.(?P<name>[\w-]+)|\#(?P<id>[\w-]+))?")


def without_struck(tree: Node) -> tuple[Removal, ...]:
    """Take out the words that are struck through, and tell them.

    Crossed out by an element (``del``, ``s``, ``strike``), its style, or a rule of the page for
    its element, class or id.
    """
    rules = _rules(tree)
    struck = [
        node for node in tree.iter()
        if isinstance(node.tag, str) and node.getparent() is not None and _is_struck(node, rules)
    ]  # fmt: skip
    gone = Withdrawn()
    for node in struck:
        gone.add("".join(node.itertext()), STRUCK)
        for inner in node.iterdescendants():
            inner.text = inner.tail = None  # told with this one
        node.drop_tree()
    return gone.removals


def _strikes(style: str) -> bool:
    """True for declarations of CSS that draw a line through."""
    declarations = (declaration.partition(":") for declaration in style.lower().split(";"))
    return any(
        name.strip() in {"text-decoration", "text-decoration-line"} and "line-through" in value
        for name, _, value in declarations
    )


def _rules(tree: Node) -> list[tuple[str, str, str]]:
    """Element, class and id of the rules that strike; empty for any."""
    found = []
    for style in tree.iter("style"):
        first, *rest = (style.text or "").split("/*")
        sheet = first + "".join(part.partition("*/")[2] for part in rest)
        for rule in sheet.split("}"):
            selectors, _, body = rule.rpartition("{")
            if not _strikes(body):
                continue
            for selector in selectors.rpartition("{")[2].lower().split(","):
                *above, last = re.split(r"[\s>+~]+", selector.strip())
                parts = _SELECTOR.fullmatch(last)
                if parts and (parts["name"] or parts["id"] or (parts["tag"] and not above)):
                    found.append((parts["tag"] or "", parts["name"] or "", parts["id"] or ""))
    return found


def _is_struck(node: Node, rules: list[tuple[str, str, str]]) -> bool:
    if node.tag in {"del", "s", "strike"} or _strikes(node.get("style") or ""):
        return True
    names = (node.get("class") or "").lower().split()
    own = (node.get("id") or "").lower()
    return any(
        tag in {"", node.tag} and (not name or name in names) and (not key or key == own)
        for tag, name, key in rules
    )
