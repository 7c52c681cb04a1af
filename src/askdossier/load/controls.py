"""What the form of a web page shows as filled in: ticks, chosen options, values of fields.

The tree of the page is changed so that all of this is in its text, where it stands.
"""

from __future__ import annotations

from typing import Any

from askdossier.load.css import declared
from askdossier.load.folded import is_folded
from askdossier.load.withdrawn import PROMPT, Withdrawn

Node = Any
"""An element of lxml, which has no type information."""

_TICKS = frozenset({"checkbox", "radio"})
_NO_VALUE = frozenset(
    {"hidden", "password", "file", "submit", "button", "reset", "image", "range", "color", "search"}
)
"""Kinds of fields that show no value of their own, or one that is not of the page."""
_FRAME = frozenset({"nav", "template", "noscript"})


def write_controls(tree: Node) -> Withdrawn:
    """Write out what is filled in behind each field; gives the prompts of the empty ones."""
    prompts = Withdrawn()
    unseen = [
        declared(tree, {"display"}, {"none"}),
        declared(tree, {"visibility"}, {"hidden"}),
    ]
    for node in [*tree.iter("input", "textarea", "select")]:
        around = [node, *node.iterancestors()]
        if any(part.tag in _FRAME for part in around) or is_folded(node):
            continue
        if any(style(node) for style in unseen):
            continue
        if node.tag == "select":
            _write_choice(node)
        elif node.tag == "textarea":
            _write_text(node, prompts)
        else:
            _write_field(node, prompts)
    return prompts


def _write_field(node: Node, prompts: Withdrawn) -> None:
    kind = (node.get("type") or "text").lower()
    if kind in _TICKS:
        _put(node, "☒" if node.get("checked") is not None else "☐")
    elif kind not in _NO_VALUE:
        value = (node.get("value") or "").strip()
        if value:
            _put(node, value)
        else:
            prompts.add(node.get("placeholder") or "", PROMPT)


def _write_text(node: Node, prompts: Withdrawn) -> None:
    """The lines of a field of several, each as one."""
    lines = [line.strip() for line in "".join(node.itertext()).split("\n") if line.strip()]
    if not lines:
        prompts.add(node.get("placeholder") or "", PROMPT)
    elif len(lines) == 1:
        _put(node, lines[0])
    else:
        shown = node.makeelement("div")
        for line in lines:
            shown.append(node.makeelement("div"))
            shown[-1].text = line
        _put_behind(node, shown)
    node.text = None
    for child in list(node):
        node.remove(child)


def _write_choice(node: Node) -> None:
    """The options that are chosen; one without a value only asks to choose."""
    chosen = [
        option for option in node.iter("option")
        if option.get("selected") is not None and option.get("value") != ""
    ]  # fmt: skip
    texts = [" ".join("".join(option.itertext()).split()) for option in chosen]
    if any(texts):
        _put(node, ", ".join(filter(None, texts)))
        for option in chosen:
            option.drop_tree()


def _put(node: Node, text: str) -> None:
    """Let a text stand behind an element, apart from what is around it."""
    shown = node.makeelement("span")
    shown.text = f" {text} "
    _put_behind(node, shown)


def _put_behind(node: Node, shown: Node) -> None:
    shown.tail, node.tail = node.tail, None
    node.addnext(shown)
