"""Bytes of a text file to characters, whatever its encoding."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from askdossier.core import UnreadableDocument

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\x1f\x8b", "a compressed file"),
)
_SAMPLE = 200_000
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_WESTERN = frozenset(
    "àâäáãåæçéèêëíìîïñóòôöõøœúùûüýÿßÀÂÄÁÇÉÈÊËÎÏÔÖŒÙÛÜÑ«»’‘“”–—…€°§·£©®²³ºª½¿¡\u00a0"
)
_FREQUENT = frozenset("éèàçêôûîâùäöüßœ«»’")
_LATIN = "cp1252"
_OLD_ENCODINGS = ("mac_roman", "cp850")
_MEANT = {
    "ascii": _LATIN, "iso8859-1": _LATIN, "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
    "big5": "big5hkscs",
}  # fmt: skip
"""What a label means in practice, as browsers read it (the WHATWG's Encoding Standard)."""
_SEVEN_BITS = re.compile(r"iso2022|hz|utf[-_]7")
"""Encodings whose bytes look like ASCII."""
_UNLIKELY = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")


def read_text(path: Path) -> str:
    """The characters of a text file. Raises `UnreadableDocument` for what is not text."""
    return decode(path.read_bytes(), path.name)


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """Decode by byte order mark, as UTF-8, as declared, else by likelihood (Windows-1252 first).

    ``declared`` is the label that the file or the message gives, which is often wrong: it counts
    where the bytes bear it out. Raises `UnreadableDocument` for what is not text.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableDocument(
                f"{name} is {kind}, not text. Give it its right file name ending, or export it "
                "as text."
            )
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if wide := _zero_bytes(data[:_SAMPLE]):
        return data.decode(wide, errors="replace")
    label = _meant(declared)
    if label and _SEVEN_BITS.match(label) and data.isascii():
        return data.decode(label, errors="replace")
    if _is_binary(data):
        raise UnreadableDocument(
            f"{name} is not text (it holds binary data). Export it as text, PDF or HTML, or take "
            "it out of the corpus."
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A long UTF-8 file with a few damaged bytes stays UTF-8.
        if error.start > 0 and _mostly_utf8(data):
            return data.decode("utf-8", errors="replace")
    if label and label != _LATIN and (text := _borne_out(data, label)) is not None:
        return text
    return data.decode(_eight_bit_encoding(data, label), errors="replace")


def _meant(label: str | None) -> str | None:
    """Python's name of the encoding that a label stands for; None for a label of no encoding."""
    try:
        name = codecs.lookup(label.strip()).name if label else ""
    except (LookupError, ValueError):
        return None
    return _MEANT.get(name, name) or None


def _borne_out(data: bytes, encoding: str) -> str | None:
    """The text in the encoding that is declared, where it makes one without signs of an error."""
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return None
    if _UNLIKELY.search(text):
        return None
    return text


def _zero_bytes(sample: bytes) -> str | None:
    """UTF-16 without a mark has every other byte zero in Western text."""
    even, odd = sample[0::2], sample[1::2]
    if len(sample) < 8 or not sample.count(0):
        return None
    if odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.05 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.4 * len(even) and odd.count(0) < 0.05 * len(odd):
        return "utf-16-be"
    return None


def _is_binary(data: bytes) -> bool:
    for part in (data[:_SAMPLE], data[len(data) // 2 :][:_SAMPLE]):
        controls = len(part) - len(part.translate(None, _CONTROLS))
        if part and (0 in part or controls > 0.01 * len(part)):
            return True
    return False


def _mostly_utf8(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    text = sample.decode("utf-8", errors="replace")
    high = sum(1 for character in text if character > "\x7f")
    return high > 0 and text.count("\ufffd") <= 0.05 * high


def _eight_bit_encoding(data: bytes, declared: str | None) -> str:
    """The likeliest of the encodings with one byte per character (or an Asian one).

    The label of Windows-1252 and its kin says little, since programs write it without looking.
    """
    high = bytes(byte for byte in data[: 5 * _SAMPLE] if byte >= 0x80)[:_SAMPLE]
    if _western_share(high, _LATIN) > 0.95:
        return _LATIN
    old = max(_OLD_ENCODINGS, key=lambda encoding: _western_share(high, encoding, _FREQUENT))
    if _western_share(high, old) > 0.97 and _western_share(high, old, _FREQUENT) > 0.7:
        return old
    if declared == _LATIN:
        return _LATIN
    from charset_normalizer import from_bytes

    # A sample without long runs of ASCII decides better and faster.
    first = next((i for i, byte in enumerate(data) if byte >= 0x80), 0)
    best = from_bytes(data[max(0, first - 1000) : first + 50_000]).best()
    return best.encoding if best is not None else _LATIN


def _western_share(high: bytes, encoding: str, expected: frozenset[str] = _WESTERN) -> float:
    text = high.decode(encoding, errors="replace")
    return sum(character in expected for character in text) / max(1, len(text))
