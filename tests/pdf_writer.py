"""Writes small PDF files, byte by byte."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

Run = tuple[float, float, float, str]
"""Left, baseline (points from the bottom left corner), size, text; a leading ``*`` means bold."""


def write_pdf(path: Path, pages: Sequence[Sequence[Run]], title: str = "") -> Path:
    """The smallest PDF that shows lines of Helvetica where it is told to."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>"
        for font in ("Helvetica", "Helvetica-Bold")
    ]
    objects.append(f"<< /Title ({title}) /Author (Anne Morel) >>")
    for i, page in enumerate(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R "
            f"/B 4 0 R >> >> /Contents {7 + 2 * i} 0 R >>"
        )
        shown = []
        for left, base, size, text in page:
            font = "B" if text.startswith("*") else "F"
            escaped = text.removeprefix("*").replace("(", r"\(").replace(")", r"\)")
            shown.append(f"BT /{font} {size} Tf {left} {base} Td ({escaped}) Tj ET")
        stream = "\n".join(shown)
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
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
