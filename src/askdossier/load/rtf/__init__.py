"""Rich text (RTF): paragraphs, headings, lists with their numbers, tables, boxes, notes.

No library keeps its tables and tells its struck words from the others (striprtf gives both as plain
text, and drops notes, heads and comments), so that the format is read here: ``tokens``, of which
``groups`` say what is shown and how, ``saying`` puts it into characters, ``tables`` into cells;
``boxes`` are those of forms; ``reader`` goes through a file and gives its blocks.
"""

from __future__ import annotations

from pathlib import Path

from askdossier.core import UnreadableDocument
from askdossier.load.metadata import Metadata, plain
from askdossier.load.reader import Content, bounded
from askdossier.load.rtf.reader import Reader

SUFFIXES = (".rtf",)

SIGNATURE = b"{\\rtf"
"""How every such file begins."""


def read(path: Path) -> Content:
    """Read a rich text."""
    data = path.read_bytes()
    if not data.lstrip().startswith(SIGNATURE):
        raise UnreadableDocument(
            f"{path.name} is not rich text. Open it in the program that made it and save it again "
            "as RTF or DOCX."
        )
    reader = Reader(data)
    blocks = tuple(bounded(reader.blocks(), path.name))
    heading = next((block.text for block in blocks[:10] if block.level == 1), None)
    about = Metadata(
        title=plain(reader.facts.get("title")), author=plain(reader.facts.get("creator"))
    )
    return Content(blocks, about.over(Metadata(title=heading)), lost=reader.gone.removals)
