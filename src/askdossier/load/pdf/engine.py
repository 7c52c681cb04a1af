"""PDFium: opening a file, and the lock that all who use it take."""

from __future__ import annotations

import math
import threading
from pathlib import Path
from typing import Any

from askdossier.core import UnreadableDocument

PDFIUM = threading.Lock()
"""PDFium is not thread-safe."""

_LARGEST_IMAGE = 150_000_000
"""Pixels of the images on a page: they are unpacked to draw it."""


def opened(path: Path) -> Any:
    """The document; takes the lock. Raises `UnreadableDocument`."""
    import pypdfium2

    try:
        with PDFIUM:
            return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableDocument(
                f"{path.name} is protected by a password. Open it, print it to a new PDF, and put "
                "that one into the corpus."
            ) from error
        raise UnreadableDocument(
            f"{path.name} is damaged or no PDF. Open it in a PDF viewer and save it again."
        ) from error


def drawable(page: Any) -> bool:
    """False for a page of PDFium's whose images would fill the memory; takes the lock as read."""
    from pypdfium2 import raw

    images = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
    pixels: int = sum(math.prod(image.get_px_size()) for image in images)
    return pixels <= _LARGEST_IMAGE


def shows(document: Any, i: int) -> bool:
    """True for a page with something on it, whatever it is; takes the lock as read."""
    import pypdfium2

    try:
        page = document[i]
    except pypdfium2.PdfiumError:
        return False
    something = next(page.get_objects(max_depth=1), None) is not None
    page.close()
    return something
