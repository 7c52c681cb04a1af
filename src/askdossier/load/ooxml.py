"""What Microsoft's zipped formats have in common: relationships, alternatives, properties."""

from __future__ import annotations

import posixpath

from askdossier.load.archive import Archive, Node
from askdossier.load.metadata import Metadata, iso_date, plain
from askdossier.load.numbering import RAISED

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS = "{http://purl.org/dc/terms/}"

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

FORMULA = f"{_M}oMath"
"""An element that holds a formula."""
ALTERNATIVES = f"{_MC}AlternateContent"
"""An element that says the same in several ways."""


def alternative(node: Node) -> Node:
    """Of several ways to say the same, the one that every newer program shows."""
    choices = [child for child in node if child.tag == f"{_MC}Choice" and len(child)]
    return next(iter([*choices, *node.iterchildren(f"{_MC}Fallback")]), ())


def related(archive: Archive, part: str) -> dict[str, str]:
    """Relationship ids of a part, and the names of the parts that they lead to."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.names:
        return {}
    found = {}
    for node in archive.xml(relations):
        target = node.get("Target") or ""
        found[node.get("Id") or ""] = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
    return found


def core_properties(archive: Archive) -> Metadata:
    """What the file says about itself."""
    if "docProps/core.xml" not in archive.names:
        return Metadata()
    core = archive.xml("docProps/core.xml")
    created = core.findtext(f"{_DCTERMS}modified") or core.findtext(f"{_DCTERMS}created")
    return Metadata(
        title=plain(core.findtext(f"{_DC}title")),
        author=plain(core.findtext(f"{_DC}creator")),
        publisher=plain(core.findtext(f"{_DC}publisher")),
        date=iso_date(created or ""),
        licence=plain(core.findtext(f"{_DC}rights")),
    )


def formula(node: Node) -> str:
    """A formula in one line: fractions with a stroke, powers raised."""
    parts: list[str] = []
    for child in node:
        if child.tag == f"{_M}t":
            parts.append(child.text or "")
        elif child.tag == f"{_M}f":
            over, under = (formula(part) for part in (_part(child, "num"), _part(child, "den")))
            parts.append(f"{_enclosed(over)}/{_enclosed(under)}")
        elif child.tag == f"{_M}sSup":
            power = formula(_part(child, "sup"))
            raised = power.translate(RAISED) if power.isdecimal() else f"^{_enclosed(power)}"
            parts.append(formula(_part(child, "e")) + raised)
        elif child.tag == f"{_M}rad":
            parts.append(f"√{_enclosed(formula(_part(child, 'e')))}")
        else:
            parts.append(formula(child))
    return "".join(parts)


def _part(node: Node, name: str) -> Node:
    part = node.find(f"{_M}{name}")
    return () if part is None else part


def _enclosed(shown: str) -> str:
    return shown if shown.isalnum() else f"({shown})"
