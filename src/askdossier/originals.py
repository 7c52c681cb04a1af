"""The files that documents were read from: their pages as images, and what is stated about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from askdossier import load
from askdossier.core import Document, InvalidMetadata, PageImage, Span, UnreadableDocument
from askdossier.files import sha256
from askdossier.names import file_named

_AROUND = 100
"""Characters around a quote by which it is told from the same words elsewhere on its page."""


def page_image(document: Document, corpus: Path, file: str, span: Span) -> PageImage | None:
    """The page on which ``span`` begins as an image, with its words marked.

    ``file`` is where the document lies in ``corpus``. None for a document that has no pages.

    Raises:
        UnreadableDocument: the file is no longer the one that was indexed, or the page cannot be
            shown.
    """
    number = document.page(span.start)
    if number is None:
        return None
    end = next((p.offset for p in document.pages if p.offset > span.start), len(document.text))
    end = min(end, span.end)
    with _original(document, corpus, file) as path:
        return load.page_image(
            path,
            number,
            document.text[span.start : end],
            before=document.text[max(0, span.start - _AROUND) : span.start],
            after=document.text[end : end + _AROUND],
        )


@contextmanager
def _original(document: Document, corpus: Path, file: str) -> Iterator[Path]:
    """The file that a document was read from; a copy, where that lies in another."""
    with ExitStack() as opened:
        try:
            path = file_named(corpus, file)
            path = opened.enter_context(load.unpacked(path, file, document.id))
            same = sha256(path) == document.source.sha256
        except KeyError:
            same = False
        except OSError as error:
            raise UnreadableDocument(
                f"{document.id} is no longer in {corpus}: its page cannot be shown. Put "
                "the file back, or index again."
            ) from error
        if not same:
            raise UnreadableDocument(
                f"{document.id} has changed since it was indexed: its page could show other "
                "words. Index again."
            )
        yield path


def state(corpus: Path, file: str, whole: str, changes: Mapping[str, str]) -> Path:
    """State something about a file of the corpus, in its sidecar, whose path is returned.

    ``whole`` is the file in which it lies: itself, where it is one.

    Raises:
        InvalidMetadata: there is no such document in the corpus, or a key or value makes no sense.
        UnreadableDocument: the sidecar that is there cannot be read.
        DossierError: it cannot be written.
    """
    if whole != file:
        raise InvalidMetadata(
            f"{file} lies in {whole}, and nothing can be stated about it alone. State it about "
            f"{whole}, or take the document out of it into a file of its own."
        )
    path = file_named(corpus, file)
    inside = path.resolve().is_relative_to(corpus.resolve())
    if not (inside and path.is_file() and load.supported(path)):
        raise InvalidMetadata(
            f"There is no document {file} in {corpus}. Write its path as askdossier docs lists it."
        )
    return load.edit(path, changes)
