"""Claims made by script from real sentences: facts that do not belong together, and faithful ones.

``pairs`` reads passages with spaCy and makes claims of their sentences. A false one keeps words of
its passage and gives one of them to another: the other name of a clause, the figure or year of the
next, another speaker, another row, the fact without its reservation. A faithful one says a part of
the passage in other words. Each function of the modules beside this one makes one sort of
claim.

Nothing here knows how the check works.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from askdossier.evaluate.judges import Premise
from swaps import figures, layout, names, rewording, standing
from swaps.passages import PIPELINES, Made, Maker, Read, read_all, split_of

SEED = 28


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, what it is judged against, and whether that says it."""

    kind: str
    lang: str
    sources: tuple[Premise, ...]
    claim: str
    supported: bool
    split: str
    """``dev`` or ``test``; all claims on one document are in the same."""


EITHER: tuple[Maker, ...] = (
    *names.MAKERS,
    *figures.MAKERS,
    *standing.MAKERS,
    *rewording.MAKERS,
    *layout.MAKERS,
)
FRENCH: tuple[Maker, ...] = (*figures.FRENCH, *standing.FRENCH, *rewording.FRENCH)
MAKERS: Mapping[str, tuple[Maker, ...]] = {"fr": EITHER + FRENCH, "en": EITHER}


def pairs(wanted: int, most: int = 3000, seed: int = SEED) -> list[Pair]:
    """Pairs by script, the same for the same arguments.

    Of each kind, label and language at most ``wanted``, half of them in each split. Reads at most
    ``most`` passages of a language; one passage gives one claim of a sort.
    """
    found: dict[tuple[str, str], Pair] = {}
    held: Counter[tuple[str, str, bool, str]] = Counter()

    def keep(read: Read, made: Made) -> None:
        split = split_of(read.document)
        place, name = (read.lang, made.kind, made.supported, split), (made.kind, made.claim)
        if held[place] >= (wanted + 1) // 2 or name in found or len(made.claim) < 25:
            return
        if not made.sources and made.claim.rstrip(".") in read.text:
            return
        held[place] += 1
        sources = made.sources or (Premise(read.text, read.document),)
        found[name] = Pair(made.kind, read.lang, sources, made.claim, made.supported, split)

    for lang in PIPELINES:
        reads = list(read_all(lang, seed, most))
        for read in reads:
            for made in chain.from_iterable(maker(read) for maker in MAKERS[lang]):
                keep(read, made)
        for read, made in layout.of_like_name(reads, MAKERS[lang], random.Random(seed)):
            keep(read, made)
    return sorted(found.values(), key=lambda pair: (pair.kind, not pair.supported, pair.split))
