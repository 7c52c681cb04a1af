"""What Microsoft's zipped formats have in common: relationships, alternatives, properties."""

from __future__ import annotations

import posixpath

from askdossier.load.archive import Archive, Node
from askdossier.load.metadata import Metadata, iso_date, plain

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS = "{http://purl.org/dc/terms/}"

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
