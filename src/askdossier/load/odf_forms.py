"""What forms of OpenDocument show as filled in, and cells whose value nobody has written out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from askdossier.load.archive import Node
from askdossier.load.number_format import truth
from askdossier.load.odt_styles import OFFICE
from askdossier.text import normalise

_FORM = "{urn:oasis:names:tc:opendocument:xmlns:form:1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_TICKS = frozenset({f"{_FORM}checkbox", f"{_FORM}radio"})
_CHOICES = frozenset({f"{_FORM}listbox", f"{_FORM}combobox"})
_FIELDS = frozenset(
    f"{_FORM}{name}" for name in ("text", "textarea", "formatted-text", "number", "date", "time")
)
_WORDS = frozenset({f"{_FORM}fixed-text"})
_TIME = re.compile(r"PT(\d{1,6})H(\d{1,2})M(?:(\d{1,2})(?:[.,]\d+)?S)?")


def filled_in(content: Node) -> Mapping[str | None, str]:
    """What each field of a document's forms shows, by its id."""
    found: dict[str | None, str] = {}
    for forms in content.iter(f"{OFFICE}forms"):
        for node in forms.iter("*"):
            if shown := _shown(node):
                found.update(dict.fromkeys((node.get(_ID), node.get(f"{_FORM}id")), shown))
    found.pop(None, None)
    return found


def _shown(node: Node) -> str:
    label = " ".join(normalise(node.get(f"{_FORM}label") or "").split())
    said = node.get(f"{_FORM}current-value") or node.get(f"{_FORM}value") or ""
    if node.tag in _TICKS:
        state = node.get(f"{_FORM}current-state") or node.get(f"{_FORM}state") or (
            "checked" if "true" in {node.get(f"{_FORM}current-selected"),
                                    node.get(f"{_FORM}selected")} else ""
        )  # fmt: skip
        return f"{'☒' if state == 'checked' else '☐'} {label}".strip()
    if node.tag in _CHOICES:
        chosen = [
            option.get(f"{_FORM}label") or "" for option in node.iter(f"{_FORM}option")
            if "true" in {option.get(f"{_FORM}current-selected"), option.get(f"{_FORM}selected")}
        ]  # fmt: skip
        return ", ".join(filter(None, chosen)) or " ".join(normalise(said).split())
    if node.tag in _WORDS:
        return label
    return " ".join(normalise(said).split()) if node.tag in _FIELDS else ""


def value(cell: Node, *, french: bool) -> str:
    """The value of a cell that has no text; empty where it has none."""
    said = cell.get(f"{OFFICE}value") or ""
    match cell.get(f"{OFFICE}value-type"):
        case "float":
            return _number(said, french)
        case "percentage":
            try:
                return f"{_number(f'{float(said) * 100:.10g}', french)} %"
            except ValueError:
                return said
        case "currency":
            return f"{_number(said, french)} {cell.get(f'{OFFICE}currency') or ''}".strip()
        case "date":
            return (cell.get(f"{OFFICE}date-value") or "").replace("T", " ")
        case "time":
            found = _TIME.fullmatch(cell.get(f"{OFFICE}time-value") or "")
            if found is None:
                return cell.get(f"{OFFICE}time-value") or ""
            seconds = f":{found[3]}" if int(found[3] or 0) else ""
            return f"{int(found[1]):02d}:{found[2]}{seconds}"
        case "boolean":
            return truth(cell.get(f"{OFFICE}boolean-value") == "true", french=french)
        case "string":
            return normalise(cell.get(f"{OFFICE}string-value") or "")
        case _:
            return ""


def _number(said: str, french: bool) -> str:
    return said.replace(".", ",") if french else said
