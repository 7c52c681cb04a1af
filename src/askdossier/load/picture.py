"""Pictures of text: photographed pages, clippings, screenshots, faxes; read as scans are.

A picture becomes a PDF whose pages are pictures, so that all that is done for scans is done for it.
It is turned as its camera says, and its day is that on which it was taken.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from askdossier import files
from askdossier.core import UnreadableDocument
from askdossier.load import pdf, recognition
from askdossier.load.metadata import Metadata, iso_date
from askdossier.load.pdf.legible import is_legible
from askdossier.load.reader import Content, Step, no_step, too_large

if TYPE_CHECKING:
    from PIL.Image import Image

_SHEETS = (".tif", ".tiff")
"""Formats of many pages; elsewhere, further pictures are those of an animation, or of the same."""
SUFFIXES = (".jpg", ".jpeg", ".png", *_SHEETS, ".webp", ".heic", ".heif")

_PAGE_INCHES = 11.7
"""The longer side of an A4 page: a picture is taken for one, so that its letters have a size."""
_RESOLUTIONS = (100, 600)
"""The fewest and the most dots per inch that a picture is taken to have."""
_SMALLEST = 40
"""Pixels; icons and rules are smaller, and hold no text."""
_LARGEST = 150_000_000
"""Pixels of a picture."""
_KEPT = 5_000
"""Pixels of the longer side that recognition makes use of."""
_MOST_PAGES = 2_000
_WORD = re.compile(r"\w{2,}")
_FEWEST_WORDS = 2
"""In a picture of text; what is recognised in leaves and walls has hardly any."""
_TAKEN, _CHANGED, _EXIF = 0x9003, 0x0132, 0x8769


def read(path: Path, step: Step = no_step) -> Content:
    """Recognise the text of a picture, page by page."""
    if recognition.recogniser() is None:
        raise UnreadableDocument(
            f"a picture, whose text is not recognised here. {recognition.INSTALL}"
        )
    with opened(path) as picture:
        if min(picture.size) < _SMALLEST:
            raise _no_text()
        taken = _taken(picture)
    data = as_pdf(path)
    with files.passing(f"{path.stem[:50] or 'picture'}.pdf", data) as made:
        try:
            content = pdf.read(made, step)
        except UnreadableDocument as error:
            if isinstance(error.__cause__, OSError):
                raise
            raise _no_text() from None
    words = " ".join(block.text for block in content.blocks)
    if len(_WORD.findall(words)) < _FEWEST_WORDS or not is_legible([words]):
        raise _no_text()
    metadata = Metadata(title=content.metadata.title, date=taken)
    return Content(content.blocks, metadata, recognised=True, lost=content.lost)


def _no_text() -> UnreadableDocument:
    # Without its name, so that many of them are told on one line.
    return UnreadableDocument("no text could be recognised in the picture")


@contextmanager
def opened(path: Path) -> Iterator[Image]:
    """Open a picture, whose pixels are not read yet. Raises `UnreadableDocument`."""
    import pi_heif
    from PIL import Image

    pi_heif.register_heif_opener()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is odd about its tags, or large
            with Image.open(path) as picture:
                if picture.width * picture.height > _LARGEST:
                    size = f"{picture.width * picture.height / 1e6:.0f} million pixels"
                    raise too_large(path.name, size, f"{_LARGEST / 1e6:.0f} million")
                yield picture
    except UnreadableDocument:
        raise
    except MemoryError:
        raise
    except Exception as error:  # each of its many decoders fails in its own way
        raise UnreadableDocument(
            f"{path.name} is not a whole picture. Open it in the program that made it and save it "
            "again as PNG or JPEG."
        ) from (error if isinstance(error, ImportError) else None)


def as_pdf(path: Path, only: int | None = None) -> bytes:
    """The pages of a picture, or one of them (from 1), as those of a PDF.

    Raises `UnreadableDocument`.
    """
    least, most = _RESOLUTIONS
    written = io.BytesIO()
    with opened(path) as picture:
        for number in [only] if only is not None else range(1, _pages(path, picture) + 1):
            shown = _page(picture, number)
            resolution = min(max(max(shown.size) / _PAGE_INCHES, least), most)
            written.seek(0)
            shown.save(written, "PDF", resolution=resolution, quality=95, append=number != only
                       and number > 1)  # fmt: skip
    return written.getvalue()


def _pages(path: Path, picture: Image) -> int:
    count = getattr(picture, "n_frames", 1) if path.suffix.lower() in _SHEETS else 1
    if count > _MOST_PAGES:
        raise too_large(path.name, f"{count} pages", f"{_MOST_PAGES}")
    return int(count)


def _page(picture: Image, number: int) -> Image:
    """Page ``number`` (from 1), upright and in colour, no larger than need be."""
    from PIL import Image, ImageOps

    if number > 1 or getattr(picture, "n_frames", 1) > 1:
        picture.seek(number - 1)
    picture.draft("RGB", (_KEPT, _KEPT))
    shown = picture.copy()
    shown.thumbnail((_KEPT, _KEPT))
    shown = ImageOps.exif_transpose(shown)
    if shown.mode in {"I;16", "I", "F"}:
        shown = shown.point(lambda value: value / 256).convert("L")
    if shown.has_transparency_data:
        shown = shown.convert("RGBA")
        paper = Image.new("RGBA", shown.size, "white")
        paper.alpha_composite(shown)
        shown = paper
    return shown.convert("RGB")


def _taken(picture: Image) -> str | None:
    """The day on which it was taken, as its camera says."""
    exif = picture.getexif()
    stated = exif.get_ifd(_EXIF).get(_TAKEN) or exif.get(_CHANGED)
    return iso_date(str(stated)[:10].replace(":", "-")) if stated else None
