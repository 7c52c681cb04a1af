"""What is drawn upon a sheet of Excel: text boxes, the titles of charts, boxes that are ticked.

The values of a chart stand in the cells already.
"""

from __future__ import annotations

from collections.abc import Iterator

from askdossier.load.archive import Archive, Node
from askdossier.load.charts import CHARTS, titles
from askdossier.load.ooxml import ALTERNATIVES, alternative, related
from askdossier.text import normalise

_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_V = "{urn:schemas-microsoft-com:vml}"
_TICKS = frozenset({"Checkbox", "Radio"})
_WORDS = frozenset({"Label", "GBox"})


def drawn_upon(archive: Archive, part: str) -> Iterator[str]:
    """The lines of what is drawn upon the sheet that is ``part``."""
    for name in sorted(set(related(archive, part).values())):
        if name not in archive.names:
            continue
        if name.startswith("xl/drawings/vml"):
            yield from _controls(archive.xml(name))
        elif name.startswith("xl/drawings/"):
            yield from _shapes(archive, name, archive.xml(name))


def _shapes(archive: Archive, part: str, node: Node) -> Iterator[str]:
    for child in node:
        if child.tag == ALTERNATIVES:
            yield from _shapes(archive, part, alternative(child))
        elif child.tag == f"{_XDR}sp":
            if next((about.get("hidden") for about in child.iter(f"{_XDR}cNvPr")), None) != "1":
                yield from filter(None, map(_line, child.iter(f"{_A}p")))
        elif child.tag in CHARTS:
            name = related(archive, part).get(child.get(f"{_R}id") or "")
            if name in archive.names:
                yield from titles(archive.xml(str(name)))
        else:
            yield from _shapes(archive, part, child)


def _controls(root: Node) -> Iterator[str]:
    """The controls of a form, each with what stands beside it."""
    for shape in root.iter(f"{_V}shape"):
        about = shape.find(f"{_X}ClientData")
        kind = about.get("ObjectType") if about is not None else None
        if kind in _TICKS or kind in _WORDS:
            box = shape.find(f"{_V}textbox")
            label = "".join(box.itertext()) if box is not None else ""
            ticked = (about.findtext(f"{_X}Checked") or "0").strip() == "1"
            tick = ("☒" if ticked else "☐") if kind in _TICKS else ""
            yield " ".join(f"{tick} {normalise(label)}".split())


def _line(paragraph: Node) -> str:
    return " ".join(
        normalise("".join(part.text or "" for part in paragraph.iter(f"{_A}t"))).split()
    )
