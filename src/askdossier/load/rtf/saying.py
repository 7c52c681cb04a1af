"""Bytes of a file as characters, kept by where they go."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from askdossier.load.numbering import lowered, raised
from askdossier.load.rtf.groups import Group
from askdossier.load.withdrawn import Withdrawn
from askdossier.text import normalise

_FONT = re.compile(rb"\{\\f(\d{1,5})\\[^{};]{0,200}?\\fcharset(\d{1,3})")
_NAMES = 500_000
"""Bytes at the beginning in which the fonts are listed."""
_CODE_PAGES = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip


class Saying:
    """What a file says: characters that wait to be decoded, and texts that wait to be taken."""

    def __init__(self, data: bytes) -> None:
        """``data`` is the whole file, which lists the code pages of its fonts."""
        self.gone = Withdrawn()
        self._texts: dict[str, list[tuple[str, bool]]] = {}
        """By where they go; of each piece, whether it stands below the line."""
        self._bytes = bytearray()
        """Characters of a code page, not decoded yet."""
        self._skip = 0
        """Characters to come that only stand there for older programs."""
        self._page = "cp1252"
        self._fonts = _code_pages(data)
        self._last_gone = ""

    def set_page(self, page: str) -> None:
        """The code page of what follows; an unknown one changes nothing."""
        self._page = _known(page, self._page)

    def characters(self, text: bytes, group: Group) -> None:
        """Characters of a group, or some bytes of one."""
        skipped = min(self._skip, len(text))
        self._skip -= skipped
        if group.sink != "skip":
            self._bytes += text[skipped:]

    def decode(self, group: Group) -> None:
        """The characters so far are whole."""
        if self._bytes:
            page = self._fonts.get(group.font, self._page)
            self.say(self._bytes.decode(page, errors="replace"), group)
            self._bytes.clear()

    def unicode(self, number: int, group: Group) -> None:
        """A character by its number, and what stands behind it for older programs."""
        self.say(chr(number % 0x10000), group)
        self._skip = group.fallback

    def stands_in(self) -> bool:
        """Whether the symbol that is read now only stands there for older programs."""
        if not self._skip:
            return False
        self._skip -= 1
        return True

    def say(self, text: str, group: Group) -> None:
        """Text of a group."""
        if group.sink == "skip":
            return
        if group.gone and group.sink == "body":
            self.gone.add(text, group.gone, goes_on=group.gone == self._last_gone)
            self._last_gone = group.gone
            return
        self._last_gone = ""
        shown = raised(text) if group.line > 0 else text
        self._texts.setdefault(group.sink, []).append((shown, group.line < 0))

    def last(self, sink: str) -> str:
        """The last character that went somewhere."""
        return "".join(text for text, _ in self._texts.get(sink, [])[-1:])[-1:]

    def take(self, sink: str) -> str:
        """What went somewhere since it was last taken."""
        text = "".join(_in_line(self._texts.pop(sink, [])))
        # Characters beyond the first plane come as two halves.
        joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return re.sub(" {2,}", " ", normalise(joined))


def _in_line(pieces: Sequence[tuple[str, bool]]) -> Iterator[str]:
    """The pieces, those below the line told from figures beside them."""
    runs = [
        ("".join(text for text, _ in same), low)
        for low, same in groupby(pieces, lambda one: one[1])
    ]
    before = ""
    for (text, low), (after, _) in pairwise((*runs, ("", False))):
        yield lowered(text, before, after) if low else text
        before = text


def _code_pages(data: bytes) -> dict[int, str]:
    """The code pages of the fonts that have one of their own, by the font's number."""
    found = (
        (int(font[1]), _CODE_PAGES.get(int(font[2]))) for font in _FONT.finditer(data[:_NAMES])
    )
    return {font: page for font, page in found if page}


def _known(page: str, otherwise: str) -> str:
    try:
        codecs.lookup(page)
    except LookupError:
        return otherwise
    return page
