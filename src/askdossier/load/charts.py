"""Charts and diagrams of Word and PowerPoint: what they are called, and their values as rows.

A chart holds a copy of the values that it draws, a diagram the tree of its texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from askdossier.core import Block
from askdossier.load.archive import Archive, Node
from askdossier.load.grid import Cell, Grid, blocks_of
from askdossier.load.number_format import shown
from askdossier.load.numbering import BULLET
from askdossier.load.ooxml import related
from askdossier.text import language, normalise

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_D = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

CHARTS = frozenset({f"{_C}chart", f"{_CX}chart"})
"""Elements that stand for a chart in a text or on a slide."""
DIAGRAM = f"{_D}relIds"
"""The element that stands for a diagram (SmartArt)."""
_MOST = 100_000
"""Values of one chart, and texts of one diagram."""
_DEEPEST = 50
_AXES = ("catAx", "dateAx", "serAx", "valAx")


@dataclass(frozen=True, slots=True)
class _Series:
    """One series of values: by number of their place, as they are shown."""

    name: str
    names: Mapping[int, str]
    """What stands along the axis."""
    values: Mapping[int, str]


def drawn(archive: Archive, part: str, node: Node) -> list[Block] | None:
    """The blocks of a chart or diagram that ``node`` of a part names; None where it has no text."""
    parts = related(archive, part)
    name = parts.get(node.get(f"{_R}dm" if node.tag == DIAGRAM else f"{_R}id") or "")
    if name is None or name not in archive.names:
        return None
    root = archive.xml(name)
    blocks = list(_diagram(root) if node.tag == DIAGRAM else _chart(root))
    return blocks or None


def titles(root: Node) -> list[str]:
    """What a chart and its axes are called."""
    if root.tag.startswith(_CX):
        found = [*root.iter(f"{_CX}title")]
    else:
        found = root.findall(f"{_C}chart/{_C}title")
        found += [title for axis in _AXES for title in root.iterfind(f".//{_C}{axis}/{_C}title")]
    return [text for text in map(_words, found) if text]


def _chart(root: Node) -> Iterator[Block]:
    named = titles(root)
    french = _is_french(root, named)
    series = list(_extended(root) if root.tag.startswith(_CX) else _series(root, french))
    if not any(one.values for one in series):
        return
    yield from (Block(title) for title in named)
    # Each kind of places has a table of its own: the points of a cloud are those of one series.
    tables: dict[tuple[tuple[int, str], ...], list[_Series]] = {}
    for one in series:
        tables.setdefault(tuple(sorted(one.names.items())), []).append(one)
    for held in tables.values():
        yield from blocks_of(_grid(held))


def _grid(series: Sequence[_Series]) -> Grid:
    names = series[0].names
    cells = [Cell(one.name, 0, i, header=True) for i, one in enumerate(series, 1) if one.name]
    places = sorted({at for one in series for at in (*one.values, *names)})
    for row, at in enumerate(places, 1):
        if names.get(at):
            cells.append(Cell(names[at], row, 0))
        cells += [
            Cell(one.values[at], row, i) for i, one in enumerate(series, 1) if at in one.values
        ]
    return Grid(tuple(cells))


def _series(root: Node, french: bool) -> Iterator[_Series]:
    for node in root.iter(f"{_C}ser"):
        tx = node.find(f"{_C}tx")
        name = " ".join(_points(tx, french).values()) if tx is not None else ""
        names = values = {}
        for kind in ("cat", "xVal"):
            if (held := node.find(f"{_C}{kind}")) is not None:
                names = _points(held, french)
        for kind in ("val", "yVal"):
            if (held := node.find(f"{_C}{kind}")) is not None:
                values = _points(held, french)
        if (size := node.find(f"{_C}bubbleSize")) is not None:
            sizes = _points(size, french)
            values = {at: f"{text} ({sizes[at]})" if at in sizes else text
                      for at, text in values.items()}  # fmt: skip
        yield _Series(name, names, _with_shares(node, values))


def _with_shares(series: Node, values: Mapping[int, str]) -> Mapping[int, str]:
    """The values of a pie, each with its share where the pie writes it."""
    kind = series.getparent()
    said = [part.find(f"{_C}dLbls/{_C}showPercent") for part in (series, kind)]
    said = [node for node in said if node is not None]
    if not kind.tag.endswith(("pieChart", "pie3DChart", "doughnutChart", "ofPieChart")) or not (
        said and said[0].get("val") in {"1", "true", None}
    ):
        return values
    numbers: dict[int, float] = {}
    for point in series.iterfind(f"{_C}val//{_C}pt"):
        at = point.get("idx") or ""
        try:
            numbers[int(at)] = float(point.findtext(f"{_C}v") or "")
        except ValueError:
            return values
    whole = sum(map(abs, numbers.values()))
    if not whole:
        return values
    return {
        at: f"{text} ({shown(abs(numbers[at]) / whole, '0%', french=False)})"
        if at in numbers else text
        for at, text in values.items()
    }  # fmt: skip


def _points(node: Node, french: bool) -> dict[int, str]:
    """The texts of a series by their numbers; those of several levels from the outer to the inner.

    An outer one holds until the next.
    """
    levels = [*node.iter(f"{_C}lvl")]
    if levels:
        return _nested([_cached(level, french) for level in reversed(levels)])
    direct = node.findtext(f"{_C}v")
    return {0: normalise(direct)} if direct else _cached(node, french)


def _nested(levels: Sequence[Mapping[int, str]]) -> dict[int, str]:
    result: dict[int, str] = {}
    current = [""] * len(levels)
    for at in sorted({at for level in levels for at in level}):
        for i, level in enumerate(levels):
            current[i] = level.get(at, current[i])
        result[at] = " › ".join(filter(None, current))
    return result


def _cached(node: Node, french: bool) -> dict[int, str]:
    found: dict[int, str] = {}
    default = next((code.text for code in node.iter(f"{_C}formatCode")), None) or "General"
    is_number = next(node.iter(f"{_C}numCache", f"{_C}numLit"), None) is not None
    for point in node.iter(f"{_C}pt"):
        at, value = point.get("idx") or "", point.findtext(f"{_C}v") or ""
        if not at.isdecimal() or len(at) > 7 or len(found) >= _MOST:
            continue
        if is_number:
            value = _number(value, point.get("formatCode") or default, french)
        if value.strip():
            found[int(at)] = " ".join(normalise(value).split())
    return found


def _number(value: str, code: str, french: bool) -> str:
    try:
        return shown(float(value), code, french=french)
    except (ValueError, OverflowError):
        return value


def _extended(root: Node) -> Iterator[_Series]:
    """The series of newer kinds of charts: falls of water, funnels, trees."""
    held = {data.get("id"): data for data in root.iter(f"{_CX}data")}
    for node in root.iter(f"{_CX}series"):
        about = node.find(f"{_CX}dataId")
        data = held.get(about.get("val")) if about is not None else None
        if data is None:
            continue
        levels = [_extended_points(level) for level in data.iterfind(f"{_CX}strDim/{_CX}lvl")]
        values = [_extended_points(level) for level in data.iterfind(f"{_CX}numDim/{_CX}lvl")]
        name = " ".join((text.text or "") for text in node.iterfind(f"{_CX}tx//{_CX}v"))
        yield _Series(
            " ".join(name.split()), _nested(levels[::-1]), values[0] if values else {},
        )  # fmt: skip


def _extended_points(level: Node) -> dict[int, str]:
    code, french = level.get("formatCode"), False
    found: dict[int, str] = {}
    for point in level.iterchildren(f"{_CX}pt"):
        at, text = point.get("idx") or "", point.text or ""
        if at.isdecimal() and len(at) < 8 and text.strip() and len(found) < _MOST:
            found[int(at)] = _number(text, code, french) if code else normalise(text).strip()
    return found


def _words(node: Node) -> str:
    """The text of a title, or the cell that it is taken from."""
    parts = [part.text or "" for part in node.iter(f"{_A}t", f"{_C}v")]
    return " ".join(normalise("".join(parts)).split())


def _is_french(root: Node, named: Sequence[str]) -> bool:
    said = root.find(f"{_C}lang")
    if said is not None and said.get("val"):
        return bool(said.get("val").lower().startswith("fr"))
    words = [*named, *(point.text or "" for point in root.iter(f"{_C}v"))]
    return language(" ".join(words)[:2000]) == "fr"


# --- diagrams -------------------------------------------------------------------------------------


def _diagram(root: Node) -> Iterator[Block]:
    """The texts of a diagram as an outline; what hangs from another has a dash."""
    points = {point.get("modelId"): point for point in root.iter(f"{_D}pt")}
    below: dict[str | None, list[tuple[int, str]]] = {}
    for link in root.iter(f"{_D}cxn"):
        order = link.get("srcOrd") or "0"
        if (link.get("type") or "parOf") == "parOf":
            at = int(order) if order.isdecimal() and len(order) < 7 else 0
            below.setdefault(link.get("srcId"), []).append((at, link.get("destId") or ""))
    first = next((name for name, point in points.items() if point.get("type") == "doc"), None)
    told: set[str | None] = {first}
    rest = [(name, 0) for _, name in sorted(below.get(first, ()), reverse=True)]
    while rest:
        name, depth = rest.pop()
        if name in told or name not in points:
            continue
        told.add(name)
        for line in _paragraphs(points[name]):
            yield Block(f"{BULLET if depth else ''}{line}")
        inner = sorted(below.get(name, ()), reverse=True)
        rest += [(child, min(depth + 1, _DEEPEST)) for _, child in inner]


def _paragraphs(point: Node) -> Iterator[str]:
    for paragraph in point.iter(f"{_A}p"):
        pieces = [part.text or "" if part.tag == f"{_A}t" else " "
                  for part in paragraph.iter(f"{_A}t", f"{_A}br")]  # fmt: skip
        if line := " ".join(normalise("".join(pieces)).split()):
            yield line
