"""Claims made by script from real sentences: facts that do not belong together, and faithful ones.

``pairs`` reads passages with spaCy and makes claims of their sentences. A false one keeps words of
its passage and gives one of them to another: the other name of a clause, the figure or year of the
next, another speaker, another row, the fact without its reservation. A faithful one says a part of
the passage in other words. Each function of the modules beside this one makes one sort of claim.
Claims that are sentences are then reworded, false ones with their error in them.

Nothing here knows how the check works.
"""

from __future__ import annotations

import difflib
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import spacy
from spacy.language import Language

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

    def room(read: Read, kind: str, supported: bool) -> bool:
        place = read.lang, kind, supported, split_of(read.document)
        return held[place] < (wanted + 1) // 2

    def keep(read: Read, made: Made) -> None:
        key = made.kind, made.claim
        if not room(read, made.kind, made.supported) or key in found or len(made.claim) < 25:
            return
        quoted = made.claim.rstrip(".").lower() in read.text.lower()
        if made.supported and not made.sources and quoted:  # as easy as can be
            return
        split = split_of(read.document)
        held[read.lang, made.kind, made.supported, split] += 1
        sources = made.sources or (Premise(read.text, read.document),)
        found[key] = Pair(made.kind, read.lang, sources, made.claim, made.supported, split)

    for lang, name in PIPELINES.items():
        pipeline = spacy.load(name)
        reads = list(read_all(lang, pipeline, seed, most))
        for read in reads:
            swapped = list(chain.from_iterable(maker(read) for maker in MAKERS[lang]))
            for made in swapped:
                keep(read, made)
            for made in swapped:
                if not made.sources and room(read, again_kind(made), made.supported):
                    for again in reworded(read, made, pipeline):
                        keep(read, again)
        for read, made in layout.of_like_name(reads, MAKERS[lang], random.Random(seed)):
            keep(read, made)
    return sorted(found.values(), key=lambda pair: (pair.kind, not pair.supported, pair.split))


def again_kind(made: Made) -> str:
    """The kind of a claim that is reworded."""
    return "reworded twice" if made.supported else f"{made.kind}, reworded"


_CUTS = (rewording.relative_clause, rewording.second_clause, rewording.shortened)


def reworded(read: Read, made: Made, pipeline: Language) -> Iterator[Made]:
    """The claim said again in another way; a false one with all that is new in it."""
    doc = pipeline(made.claim)
    alone = Read(read.document, read.lang, made.claim, doc, read.lot)
    added = new_words(made.claim, [sentence.text for sentence in read.sentences])
    for maker in (*_CUTS, *rewording.WHOLE):
        if maker not in MAKERS[read.lang]:
            continue
        for again in maker(alone):
            told = made.supported or maker not in _CUTS
            if again.supported and (told or (added and added <= set(_WORD.findall(again.claim)))):
                yield Made(again_kind(made), again.claim, made.supported)
                return


_WORD = re.compile(r"\w+")


def new_words(claim: str, sentences: Sequence[str]) -> set[str]:
    """The words of a claim that do not stand where they do in the sentence that it is made of."""
    near = difflib.get_close_matches(claim, sentences, n=1, cutoff=0)
    was, words = (_WORD.findall(near[0]) if near else []), _WORD.findall(claim)
    steps = difflib.SequenceMatcher(None, was, words, autojunk=False).get_opcodes()
    return {w for tag, _, _, a, b in steps if tag in {"replace", "insert"} for w in words[a:b]}
