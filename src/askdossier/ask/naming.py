"""Find the document that is meant by words for one: "la tribune d'Anne Roy", "bail.pdf"."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from askdossier import text
from askdossier.core import Document, Language
from askdossier.index import Index
from askdossier.lang import LEXICONS

_NAMED = 0.5
"""Share of the words, rare ones counting more, that a document must have."""
_CLOSE = 0.1
"""Share by which another may have less of them and still be meant."""
_CLEAR = 0.03
"""By how much the likeliest must be ahead of such a one, share and cosine together."""
_BODY = 0.5
"""What a word counts that stands in the text alone."""
_KIND = 0.5
"""What a word counts that says the kind of document."""
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Meant:
    """The documents that may be meant."""

    likeliest: tuple[str, ...]
    """Ids, likeliest first; a few."""
    clear: bool
    """Whether the first is meant, and no other."""


def meant(
    index: Index,
    words: str,
    kind: str,
    vector: NDArray[np.float32],
    documents: Collection[str] | None,
) -> Meant:
    """Compare words with title, path, author, publisher and text of each document.

    ``kind`` are those of them that only say what kind of document it is; they count where a
    document is called so. ``vector`` is the embedding of the words, shape ``(d,)``; it decides
    between documents about as likely, by the beginning of each, which was embedded with its title.
    """
    headers = {
        name: _stems(index.header(name))
        for name in (index.documents if documents is None else documents)
        if index.rows_of(name)
    }
    if not headers:
        return Meant((), clear=False)
    shares = [_shares(index, words, kind, headers, language) for language in LEXICONS]
    share = {name: max(one[name] for one in shares) for name in headers}
    most = max(share.values())
    close = [name for name in headers if share[name] >= most - _CLOSE]
    first_rows = [index.rows_of(name).start for name in close]
    likely = share | {
        name: share[name] + float(cosine)
        for name, cosine in zip(close, index.cosines(first_rows, vector), strict=True)
    }
    close.sort(key=lambda name: -likely[name])
    ahead = len(close) == 1 or likely[close[0]] - likely[close[1]] >= _CLEAR
    return Meant(tuple(close[:_SHOWN]), share[close[0]] >= _NAMED and ahead)


def _shares(
    index: Index, words: str, kind: str, headers: Mapping[str, frozenset[str]], language: Language
) -> dict[str, float]:
    """Share of the words that each document has, under the stemmer of a language."""
    kinds = set(text.search_tokens(kind, {language}))
    called = frozenset[str]().union(*headers.values())
    wanted = set(text.search_tokens(words, {language})) - (kinds - called)
    total = 0.0
    shares = dict.fromkeys(headers, 0.0)
    for stem in wanted:
        there = {name for name, stems in headers.items() if stem in stems}
        weight = math.log(1 + len(headers) / (0.5 + len(there)))
        weight *= _KIND if stem in kinds else 1.0
        total += weight
        in_text = {index.passages[int(row)].document for row in index.holding([stem])}
        for name in there | (in_text & headers.keys()):
            shares[name] += weight * (1.0 if name in there else _BODY)
    return {name: share / (total or 1.0) for name, share in shares.items()}


def _stems(document: Document) -> frozenset[str]:
    source = document.source
    said = (document.title, document.id, source.author or "", source.publisher or "")
    return text.stems(" ".join(said))
