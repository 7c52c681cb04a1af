"""The stored form of a text, and the folded form that literal comparison works on."""

from __future__ import annotations

import re
import unicodedata

_NEWLINES = re.compile(r"\r\n?|[\v\f\u2028\u2029]")
_SECOND_CONTROLS = re.compile("[\x80-\x9f]")
# Control characters except tab and newline, soft hyphens, zero-width and bidirectional marks,
# byte order marks, lone surrogates: invisible, they would make equal quotes compare unequal.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def normalise(text: str) -> str:
    """Bring a text to its stored form: NFC, plain newlines, no invisible characters.

    Typographic characters (``’``, ``«``, ``»``, no-break spaces) stay as they are, because quotes
    must show what the author wrote. Control characters 0x80–0x9F become what Windows-1252 has in
    their place (``…``, ``’``, ``œ``, ``€``), since whoever writes them means that. Idempotent.
    """
    text = _SECOND_CONTROLS.sub(_in_windows_1252, text)
    text = _NEWLINES.sub("\n", text)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def _in_windows_1252(control: re.Match[str]) -> str:
    return control[0].encode("latin-1").decode("cp1252", errors="ignore")


class _Folding(dict[int, str]):
    """A `str.translate` table that works out each character when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


_SAME = {
    **dict.fromkeys("’‘ʼʹ′`´", "'"),
    **dict.fromkeys("«»“”„‟″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}


def _fold_character(character: str) -> str:
    if character.isspace():
        return character if character == "\n" else " "
    while character not in _SAME:
        parts = unicodedata.normalize("NFD", character)
        base = parts[0] if all(unicodedata.combining(mark) for mark in parts[1:]) else character
        lower = base.casefold()
        if len(lower) != 1:  # such as ß → ss: the length must not change
            lower = base.lower()
        if len(lower) != 1 or lower == character:
            return character
        character = lower
    return _SAME[character]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Casefold, drop accents and unify apostrophes, quotes, dashes and spaces.

    The result has the same length as ``text``, character for character, so that an offset in the
    one is the same offset in the other. Idempotent.
    """
    return text.translate(_FOLDING)
