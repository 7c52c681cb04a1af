"""A tokenizer without transformers, which keeps to the Latin script while its texts do.

A unigram tokenizer of many languages takes long to load and much memory: that of multilingual-e5
0.7 s and 300 MB, most of it for pieces of scripts that most dossiers never show. A piece with a
letter of another script cannot match in a text without such letters, so that the tokenizer without
these pieces gives the same ids. The whole one is loaded for the first text that needs it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

_WHOLE, _LATIN = "tokenizer.json", "tokenizer-latin.json"


class Tokeniser:
    """Texts to ids of tokens. May be called from several threads."""

    def __init__(self, folder: Path) -> None:
        """Open what ``save`` wrote."""
        self._whole = folder / _WHOLE
        latin = folder / _LATIN
        self._narrow = latin.exists()
        self._tokenizer = Tokenizer.from_file(str(latin if self._narrow else self._whole))
        self._lock = threading.Lock()

    def ids(self, texts: Sequence[str], window: int | None = None) -> list[list[int]]:
        """Ids of each text's tokens; with the special ones and cut where there is a ``window``."""
        with self._lock:
            if self._narrow and not self._all_latin(texts):
                self._tokenizer = Tokenizer.from_file(str(self._whole))
                self._narrow = False
            if window is None:
                self._tokenizer.no_truncation()
            else:
                self._tokenizer.enable_truncation(window)
            special = window is not None
            found = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=special)
            return [encoding.ids for encoding in found]

    def _all_latin(self, texts: Sequence[str]) -> bool:
        normalizer = self._tokenizer.normalizer
        read = texts if normalizer is None else map(normalizer.normalize_str, texts)
        return all(map(_latin, set().union(*read)))


def save(tokenizer: Tokenizer, folder: Path) -> None:
    """Write a tokenizer to be opened by ``Tokeniser``."""
    whole = json.loads(tokenizer.to_str())
    whole |= {"truncation": None, "padding": None}
    _write(whole, folder / _WHOLE)
    if _narrow(whole):
        _write(whole, folder / _LATIN)


def _narrow(tokenizer: dict[str, Any]) -> bool:
    """Empty the pieces with letters of other scripts; False where nothing is won by that.

    They keep their places and scores, and with them all ids, and what an unknown character costs.
    """
    model = tokenizer["model"]
    if model["type"] != "Unigram":  # of the others each piece is an entry of a table: little
        return False
    added = {token["content"] for token in tokenizer["added_tokens"]}
    foreign = [
        entry
        for entry in model["vocab"]
        if entry[0] not in added and not all(map(_latin, entry[0]))
    ]
    for entry in foreign:
        entry[0] = ""
    return bool(foreign)


def _write(tokenizer: dict[str, Any], path: Path) -> None:
    path.write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), "utf-8")


@lru_cache(4096)
def _latin(character: str) -> bool:
    """True for a character that is no letter, or one of the Latin script up to Extended-B."""
    return character <= "\u024f" or not character.isalpha()
