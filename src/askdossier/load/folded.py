"""What a page shows only after a click: answers that fold away, tabs, details, their labels.

A saved page has it all, hidden by style or attribute, its questions and titles in buttons. Here
the tree of the page is changed so that all of this is text, each label above what it opens. What a
page hides for good (menus, dialogs) stays hidden.
"""

from __future__ import annotations

import re
from typing import Any

Node = Any
"""An element of lxml, which has no type information."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary"})
_LABEL = "h6"
"""What a label becomes: a heading below all others."""
_FOLDS = re.compile(
    r"collaps|accord|panel|tab(?:s|-|_|$)|toggle|answer|reponse|faq|spoiler|fold|expand|details|hidden"
)
_FIVE_WORDS = re.compile(r"\S\S(?:\s\S++){3}\s\S")
_ENDS = (".", "!", "?", "…", "»", ")")
_OPENS = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle", "data-target",
          "data-bs-target")  # fmt: skip
_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)[^;]*;?", re.IGNORECASE)


def is_folded(node: Node) -> bool:
    """True for an element that is hidden by its attributes or its own style."""
    return (
        node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or _STYLE.search(node.get("style") or "") is not None
    )


def unfold(tree: Node) -> None:
    """Make visible what a click would show, with its labels as headings above it."""
    for template in tree.xpath("//template[@shadowrootmode or @shadowroot]"):
        template.tag = "div"  # as SingleFile saves the inside of custom elements
    for node in [*tree.iter("div", "section", "p", "dd", "details", "article", "li", "ul", "ol",
                            "table", "tr", "span", "blockquote")]:  # fmt: skip
        if is_folded(node) and _holds_text(node):
            _show(node)
    for node in [*tree.iter("span", "b", "strong", "em", "small")]:
        # Hidden from voices only, which are told the price in other words; icons have no figures.
        if node.get("aria-hidden") == "true" and any(map(str.isdigit, "".join(node.itertext()))):
            del node.attrib["aria-hidden"]
    _label_panels(tree)
    for summary in tree.xpath("//details/summary"):
        _to_label(summary)
    for button in [*tree.iter("button")]:
        if _is_label(button):
            _to_label(button)


def _holds_text(node: Node) -> bool:
    names = f"{node.get('class') or ''} {node.get('id') or ''} {node.get('role') or ''}".lower()
    if node.tag in {"dd", "details"} or node.get("role") in {"tabpanel", "region"}:
        return True
    text = " ".join(node.itertext()).strip()
    return bool(text) and (bool(_FOLDS.search(names)) or _is_sentence(text))


def _is_sentence(text: str) -> bool:
    return text.endswith(_ENDS) and _FIVE_WORDS.search(text, 0, len(text) - 1) is not None


def _show(node: Node) -> None:
    node.attrib.pop("hidden", None)
    node.attrib.pop("aria-hidden", None)
    if node.get("style"):
        node.set("style", _STYLE.sub("", node.get("style")))


def _label_panels(tree: Node) -> None:
    """The label of each tab goes from the row of labels to the head of its panel."""
    panels = {node.get("id"): node for node in tree.xpath("//*[@id]")}
    for tab in tree.xpath(
        "//*[@role='tab' or @data-toggle='tab' or @data-bs-toggle='tab' or @data-toggle='pill' or "
        "@data-bs-toggle='pill']"
    ):
        target = (
            tab.get("aria-controls") or tab.get("data-bs-target") or tab.get("data-target")
            or tab.get("href") or ""
        )  # fmt: skip
        panel = panels.get(target.rpartition("#")[2])
        label = " ".join("".join(tab.itertext()).split())
        if panel is None or panel is tab or not label:
            continue
        if not _begins_with(panel, label):
            heading = panel.makeelement(_LABEL)
            heading.text, heading.tail, panel.text = label, panel.text, None
            panel.insert(0, heading)
        tab.drop_tree()


def _begins_with(node: Node, label: str) -> bool:
    text = ""
    for piece in node.itertext():
        text = f"{text} {piece}".strip()
        if len(text) > len(label):
            break
    return " ".join(text.split()).startswith(label)


def _is_label(button: Node) -> bool:
    """A button with words in a heading, or one that opens something beside it in the text."""
    words = "".join(button.itertext()).split()
    if not words or any(node.tag in {"nav", "form"} for node in button.iterancestors()):
        return False
    if any(node.tag in _HEADINGS for node in button.iterancestors()):
        return True
    return len(words) > 1 and any(button.get(name) is not None for name in _OPENS)


def _to_label(node: Node) -> None:
    if any(parent.tag in _HEADINGS for parent in node.iterancestors()):
        node.drop_tag()
    elif any(True for _ in node.iter(*_HEADINGS - {"summary"})):
        node.tag = "div"
    else:
        node.tag = _LABEL
