"""Which module reads which format, and the bounds that hold for a file of any format."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from askdossier.core import UnreadableDocument
from askdossier.load import (
    calendar,
    docx,
    epub,
    exports,
    html,
    legacy,
    mail,
    markdown,
    mbox,
    mht,
    msg,
    odp,
    ods,
    odt,
    pdf,
    picture,
    plain,
    pptx,
    rtf,
    subtitles,
    table,
    xls,
    xlsx,
    zipped,
)
from askdossier.load.reader import (
    LARGEST_FILE,
    LONGEST_TEXT,
    Content,
    Reader,
    SlowReader,
    Step,
    too_large,
)

_SLOW: tuple[SlowReader, ...] = (pdf, picture)
_READERS: tuple[Reader, ...] = (
    plain, markdown, html, mht, pdf, docx, odt, rtf, legacy, epub, mail, msg, mbox, calendar,
    subtitles, table, exports, xlsx, xls, ods, pptx, odp, picture, zipped,
)  # fmt: skip
_BY_SUFFIX = {suffix: reader for reader in _READERS for suffix in reader.SUFFIXES}
_SLOW_BY_SUFFIX = {suffix: reader for reader in _SLOW for suffix in reader.SUFFIXES}

SUFFIXES = frozenset(_BY_SUFFIX)
"""File name endings that can be read, in lower case, with the dot."""

_BARE_TEXT = frozenset(
    suffix
    for reader in (plain, markdown, html, subtitles, calendar, table, exports)
    for suffix in reader.SUFFIXES
)
_PIECE_BY_PIECE = frozenset((*zipped.SUFFIXES, *mbox.SUFFIXES))
_LARGEST_OF_PIECES = 4_000_000_000
"""Bytes of a file that never lies in memory as a whole."""


def ending(name: str) -> str:
    """What tells the format of a file of that name, as in ``SUFFIXES``; empty without an ending."""
    last = PurePosixPath(name).name.lower()
    # Apple Mail exports a mailbox as a folder with a file that is called so.
    return mbox.SUFFIXES[0] if last == "mbox" else PurePosixPath(last).suffix


def supported(path: Path) -> bool:
    """True for a file name that can be read; looks at the name only."""
    return ending(path.name) in SUFFIXES and not path.name.startswith((".", "~$"))


def opened(path: Path, step: Step) -> Content:
    """Read a file by its ending, within bounds. Raises `UnreadableDocument`, OSError."""
    suffix = ending(path.name)
    reader = _BY_SUFFIX.get(suffix)
    if reader is None:
        known = " ".join(sorted(SUFFIXES))
        raise UnreadableDocument(
            f"{path.name} is of a kind that cannot be read. Convert it to one of: {known}"
        )
    size = path.stat().st_size
    most = LARGEST_FILE
    if suffix in _BARE_TEXT:
        most = 4 * LONGEST_TEXT  # bytes of a character
    elif suffix in _PIECE_BY_PIECE:
        most = _LARGEST_OF_PIECES
    if size > most:
        raise too_large(path.name, f"{size / 1e6:.0f} MB", f"{most / 1e6:.0f} MB")
    try:
        slow = _SLOW_BY_SUFFIX.get(suffix)
        content = slow.read(path, step) if slow is not None else reader.read(path)
    except RecursionError as error:
        raise UnreadableDocument(
            f"{path.name} is nested more deeply than any document should be. Check where it comes "
            "from, or open it and save its text alone."
        ) from error
    length = sum(len(block.text) for block in content.blocks)
    if length > LONGEST_TEXT:
        longest = f"{LONGEST_TEXT / 1e6:.0f} million"
        raise too_large(path.name, f"{length / 1e6:.0f} million characters", longest)
    return content
