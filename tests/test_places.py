"""The order of what stands freely on a slide."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier.load import read
from askdossier.load.places import Place, in_reading_order

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"

Boxes = list[tuple[int, int, str]]
COLUMNS: Boxes = [
    (5, 2, "Ulm"), (1, 3, "10 élus"), (1, 2, "Metz"), (5, 3, "12 élus"), (5, 4, "4 écoles"),
    (1, 4, "3 écoles"),
]  # fmt: skip
FIGURES: Boxes = [(1, 2, "350"), (4, 2, "72 %"), (4, 3, "de femmes"), (1, 3, "adhérents")]
ROWS: Boxes = [(1, 2, "Eau"), (1, 4, "Gaz"), (3, 2, "12 F"), (3, 4, "15 F")]


def pptx(path: Path, boxes: Boxes) -> None:
    def shape(x: int, y: int, text: str) -> str:
        place = f'<a:xfrm><a:off x="{x}000" y="{y}000"/><a:ext cx="1900" cy="600"/></a:xfrm>'
        return (f"<p:sp><p:spPr>{place}</p:spPr><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p>"
                "</p:txBody></p:sp>")  # fmt: skip

    relation = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Target="slides/s.xml"/>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "ppt/presentation.xml",
            f'<p:presentation xmlns:p="{P}" xmlns:r="{R}"><p:sldIdLst><p:sldId r:id="a"/>'
            "</p:sldIdLst></p:presentation>",
        )
        archive.writestr("ppt/_rels/presentation.xml.rels", f"{relation}</Relationships>")
        shapes = "".join(shape(*box) for box in boxes)
        archive.writestr(
            "ppt/slides/s.xml",
            f'<p:sld xmlns:p="{P}" xmlns:a="{A}"><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>'
            "</p:sld>",
        )


def odp(path: Path, boxes: Boxes) -> None:
    shapes = "".join(
        f'<draw:frame svg:x="{x}cm" svg:y="{y}cm" svg:width="1.9cm" svg:height="6mm">'
        f"<draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>"
        for x, y, text in boxes
    )
    names = " ".join(f'xmlns:{name}="{ODF}{uri}:1.0"' for name, uri in (
        ("office", "office"), ("draw", "drawing"), ("text", "text"), ("svg", "svg-compatible"),
        ("presentation", "presentation"),
    ))  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:presentation><draw:page>"
            f"{shapes}</draw:page></office:presentation></office:body></office:document-content>",
        )


@pytest.mark.parametrize(
    ("boxes", "read_as"),
    [
        (COLUMNS, ["Metz", "10 élus", "3 écoles", "Ulm", "12 élus", "4 écoles"]),
        (FIGURES, ["350", "adhérents", "72 %", "de femmes"]),
        (ROWS, ["Eau", "12 F", "Gaz", "15 F"]),
    ],
)
@pytest.mark.parametrize("write", [pptx, odp])
def test_boxes_are_read_as_they_stand_not_as_they_were_drawn(
    tmp_path: Path, write: object, boxes: Boxes, read_as: list[str]
) -> None:
    path = tmp_path / f"a.{write.__name__}"  # type: ignore[attr-defined]
    write(path, boxes)  # type: ignore[operator]
    assert [block.text for block in read(path, path.name).blocks] == read_as


def test_shapes_over_one_another_stay_as_they_are_drawn() -> None:
    assert in_reading_order([Place(5, 5, 10, 10), Place(0, 0, 10, 10)]) == [0, 1]
    assert in_reading_order([Place(5, 50, 1, 1), None]) == [0, 1]


extent = st.floats(0, 100, allow_nan=False)


@given(st.lists(st.builds(Place, extent, extent, extent, extent), max_size=30))
def test_no_shape_is_lost_or_read_twice(places: list[Place]) -> None:
    assert sorted(in_reading_order(places)) == list(range(len(places)))
