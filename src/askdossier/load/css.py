"""What the style sheets of a saved page say of its elements, as far as it changes the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from typing import Any

Node = Any
"""An element of lxml, which has no type information."""

_SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<key>[.#][\w-]+)?")


def declared(tree: Node, properties: Set[str], words: Set[str]) -> Callable[[Node], str | None]:
    """Gives for an element which of these words its style says for one of these properties.

    Its own style goes before the rules of the page for its element, class or id; None where
    nothing says one of them.
    """
    rules: dict[str, list[tuple[str, str]]] = {}
    for tag, key, said in _rules(tree, properties, words):
        rules.setdefault(key or tag, []).append((tag, said))

    def value(node: Node) -> str | None:
        if own := _said(node.get("style") or "", properties, words):
            return own
        keys = [f".{name}" for name in (node.get("class") or "").lower().split()]
        keys += [f"#{(node.get('id') or '').lower()}", str(node.tag)]
        return next(
            (said for key in keys for tag, said in rules.get(key, ()) if tag in {"", node.tag}),
            None,
        )  # fmt: skip

    return value


def _said(style: str, properties: Set[str], words: Set[str]) -> str | None:
    declarations = (declaration.partition(":") for declaration in style.lower().split(";"))
    return next(
        (word for name, _, value in declarations if name.strip() in properties
         for word in value.split() if word in words),
        None,
    )  # fmt: skip


def _rules(tree: Node, properties: Set[str], words: Set[str]) -> Iterator[tuple[str, str, str]]:
    """Element, class (``.c``) or id (``#i``) of the rules that say one of the words, and it."""
    for style in tree.iter("style"):
        first, *rest = (style.text or "").split("/*")
        sheet = first + "".join(part.partition("*/")[2] for part in rest)
        for rule in sheet.split("}"):
            selectors, _, body = rule.rpartition("{")
            said = _said(body, properties, words)
            if said is None:
                continue
            for selector in selectors.rpartition("{")[2].lower().split(","):
                *above, last = re.split(r"[\s>+~]+", selector.strip())
                parts = _SELECTOR.fullmatch(last)
                if parts and (parts["key"] or (parts["tag"] and not above)):
                    yield parts["tag"] or "", parts["key"] or "", said
