"""Writes small PDF files, byte by byte."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

Run = tuple[float, float, float, str]
"""Left, baseline (points from the bottom left corner), size, text; a leading ``*`` means bold."""
Stroke = tuple[float, float, float, float]
"""A drawn line: x and y of its ends."""


def write_pdf(
    path: Path,
    pages: Sequence[Sequence[Run]],
    title: str = "",
    *,
    turn: float = 0,
    rotate: int = 0,
    box: tuple[int, int] = (595, 842),
    strokes: Sequence[Stroke] = (),
    paths: Sequence[str] = (),
    annotations: Sequence[str] = (),
    fields: Sequence[str] = (),
) -> Path:
    """The smallest PDF that shows lines of Helvetica where it is told to.

    ``turn`` turns the text about the page's middle, in degrees against the clock; ``rotate`` is the
    page's own. ``strokes`` and ``paths`` (operators of PDF) are drawn on each page; ``annotations``
    and ``fields`` are dictionaries of annotations, and of those that are fields of a form, on the
    first page.
    """
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    middle = (box[0] / 2, box[1] / 2)
    first_note = 6 + 2 * len(pages)
    notes = [f"{first_note + i} 0 R" for i in range(len(annotations) + len(fields))]
    form = f" /AcroForm << /Fields [{' '.join(notes[len(annotations) :])}] >>" if fields else ""
    objects = [f"<< /Type /Catalog /Pages 2 0 R{form} >>"]
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>"
        for font in ("Helvetica", "Helvetica-Bold")
    ]
    objects.append(f"<< /Title ({title}) /Author (Anne Morel) >>")
    for i, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {box[0]} {box[1]}] /Rotate {rotate} "
            f"/Annots [{'' if i else ' '.join(notes)}] "
            f"/Resources << /Font << /F 3 0 R /B 4 0 R >> >> /Contents {7 + 2 * i} 0 R >>"
        )
        shown = [f"{x0} {y0} m {x1} {y1} l S" for x0, y0, x1, y1 in strokes]
        shown += [f"q {path} Q" for path in paths]
        for left, base, size, text in page:
            font = "B" if text.startswith("*") else "F"
            escaped = text.removeprefix("*").replace("(", r"\(").replace(")", r"\)")
            x, y = left - middle[0], base - middle[1]
            place = f"{x * cos - y * sin + middle[0]:.3f} {x * sin + y * cos + middle[1]:.3f}"
            matrix = f"{cos:.6f} {sin:.6f} {-sin:.6f} {cos:.6f} {place} Tm" if turn else ""
            where = matrix or f"{left} {base} Td"
            shown.append(f"BT /{font} {size} Tf {where} ({escaped}) Tj ET")
        stream = "\n".join(shown)
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    objects += [f"<< /Type /Annot {note} >>" for note in (*annotations, *fields)]
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    data += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Root 1 0 R "
        f"/Info 5 0 R /Size {len(objects) + 1} >>\nstartxref\n{len(data)}\n%%EOF"
    ).encode()
    path.write_bytes(data)
    return path


def column(left: float, top: float, lines: Sequence[str], size: float = 10) -> list[Run]:
    return [(left, top - 12 * i, size, line) for i, line in enumerate(lines)]
