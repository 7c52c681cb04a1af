"""Figures, years, and what they count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Span

from swaps.passages import (
    Made,
    Maker,
    Read,
    edited,
    marked,
    one,
    said_too,
    sentence_of,
    verb_of,
)

MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre January "
    "February March April May June July August September October November December"
).split()
_FIGURE = re.compile(
    r"(?<![\w,.°-])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?(?![\w,.-])"
    r"|(?<![\w,.°-])\d+(?:[,.]\d+)?(?!\w|[,.-]\d)"
)
_UNIT = re.compile(
    r"[ \u00a0\u202f]?(%|€|\$|°C)"
    r"|[ \u00a0\u202f](?:(millions?|milliards?|million|billion) (?:de |d['’])?)?(\w{2,})"
)
_YEAR = re.compile(r"(?<![\w-])(?:1[0-9]|20)\d\d(?![\w-])")
_VAGUE = re.compile(
    r"(?:avant|après|depuis|jusqu['’](?:en|à)|dès|vers|entre|de|à|et|ou|années|page|article|n°|"
    r"plus de|moins de|before|after|since|until|between|and|to|from|by|than|by the|partir de|"
    r"fin|début|environ|[–-]|over|under|least|most|about|maximum de|minimum de|plus d['’]) ?$",
    re.IGNORECASE,
)
_FEW = frozenset(
    "et ou à de du des le la les en au aux sur par dans est sont the and or of in to at e er ème "
    "siècle siècles century ap av pour avec soit puis se plus environ fois que qui ont a ne".split()
)


class Figure(NamedTuple):
    """A figure with what it counts; offsets in characters of its passage."""

    start: int
    end: int
    value: str
    unit: str
    """The word or sign after it, in lower case, without a plural's s."""
    noun: tuple[int, int]


def figures(words: str) -> list[Figure]:
    """Figures that count or measure something."""
    found = []
    for match in _FIGURE.finditer(words):
        unit = _UNIT.match(words, match.end())
        value = match[0]
        if not unit or unit[3] in MONTHS or (unit[3] or "").lower() in _FEW:
            continue
        if _YEAR.fullmatch(value) and not unit[1]:
            continue
        group = 1 if unit[1] else 3
        name = f"{unit[2] or ''} {unit[group].lower().rstrip('s')}".strip()
        found.append(Figure(match.start(), match.end(), value, name, unit.span(group)))
    return found


def amount(value: str) -> float:
    return float(re.sub(r"[^\d.]", "", re.sub(r"[ \u00a0\u202f]", "", value).replace(",", ".")))


def other_figure(read: Read) -> Iterator[Made]:
    """The figure of another clause, where it counts the same or much the same."""
    every = figures(read.text)
    told = {(amount(f.value), f.unit) for f in every}
    for sentence in read.sentences:
        for mine in every:
            if not sentence.start_char <= mine.start < sentence.end_char:
                continue
            if _VAGUE.search(read.text[: mine.start]):
                continue
            others = [
                f
                for f in every
                if f.unit == mine.unit
                and abs(f.start - mine.start) > 25
                and amount(f.value) != amount(mine.value)
                and figures_of(sentence, every).count(f.value) == 0
            ] or [
                f
                for f in every
                if (amount(f.value), mine.unit) not in told
                and abs(f.start - mine.start) > 15
                and 0.05 < amount(f.value) / max(amount(mine.value), 1) < 20
                and "." not in f.value + mine.value
                and "," not in f.value + mine.value
            ]
            for other in one(read, others):
                yield Made(
                    "figure of another clause",
                    edited(sentence, (mine.start, mine.end, other.value)),
                    supported=False,
                )
                return


def figures_of(sentence: Span, every: Sequence[Figure]) -> list[str]:
    return [f.value for f in every if sentence.start_char <= f.start < sentence.end_char]


_TIMES = frozenset(
    "an année mois jour heure minute seconde semaine year month day hour week".split()
)
_CROWDS = frozenset(
    "habitant personne homme âme individu people inhabitant person men soldat combattant".split()
)


def other_counted(read: Read) -> Iterator[Made]:
    """What another figure counts."""
    every = [f for f in figures(read.text) if amount(f.value) > 1 and f.unit.isalpha()]
    told = {(f.value, f.unit) for f in every}
    for sentence in read.sentences:
        for mine in every:
            if not sentence.start_char <= mine.start < sentence.end_char:
                continue
            others = [
                f
                for f in every
                if f.unit != mine.unit
                and (mine.value, f.unit) not in told
                and not {f.unit, mine.unit} <= _CROWDS
                and not re.search(r"\b(?:dont|soit|including)\b", read.text[mine.end : f.start])
                and (f.unit in _TIMES) == (mine.unit in _TIMES)
                and read.text[f.noun[0] : f.noun[1]].islower()
                and noun_at(read, f)
                and noun_at(read, mine)
            ]
            for other in one(read, others):
                noun = read.text[other.noun[0] : other.noun[1]]
                yield Made("what is counted", edited(sentence, (*mine.noun, noun)), supported=False)
                return


def noun_at(read: Read, figure: Figure) -> bool:
    found = read.doc.char_span(*figure.noun)
    return found is not None and found.root.pos_ == "NOUN"


def other_year(read: Read) -> Iterator[Made]:
    """The year of another event."""
    years = list(_YEAR.finditer(read.text))
    for sentence in read.sentences:
        for mine in years:
            if not sentence.start_char <= mine.start() < sentence.end_char:
                continue
            if _VAGUE.search(read.text[: mine.start()]) or near_range(read.text, mine):
                continue
            token = read.doc.char_span(mine.start(), mine.end())
            others = [
                y
                for y in years
                if y[0] != mine[0]
                and y[0] not in sentence.text
                and token is not None
                and not said_too(read, y[0], verb_of(token.root), sentence)
            ]
            for other in one(read, others):
                yield Made(
                    "year of another event",
                    edited(sentence, (mine.start(), mine.end(), other[0])),
                    supported=False,
                )
                return


def near_range(words: str, year: re.Match[str]) -> bool:
    return bool(re.match(r" ?(?:[-–/]|à |et |to |and )", words[year.end() : year.end() + 5]))


def part_for_whole(read: Read) -> Iterator[Made]:
    """``120 elephants, dont 30 femelles``: the part in the whole's place, or the part left out."""
    for sentence in read.sentences:
        match = re.search(r",? (?:dont|parmi lesquels) (?:environ |près de )?(?=\d)", sentence.text)
        if not match:
            continue
        before = [f for f in figures(sentence.text[: match.start()]) if f.unit != "%"]
        after = figures(sentence.text[match.start() : match.start() + 60])
        if not before or not after or match.start() - before[-1].end > 40:
            continue
        whole, part = before[-1], after[0]
        if part.unit == "%" or amount(part.value) >= amount(whole.value):
            continue
        head = sentence.text[: match.start()]
        if not any(
            "Fin" in marked(t, "VerbForm") and t.idx < sentence.start_char + len(head)
            for t in sentence
        ):
            continue
        yield Made("part of a whole", sentence_of(head), supported=True)
        swapped = head[: whole.start] + part.value + head[whole.end :]
        yield Made("part of a whole", sentence_of(swapped), supported=False)
        return


MAKERS: tuple[Maker, ...] = (
    other_figure,
    other_counted,
    other_year,
)
FRENCH: tuple[Maker, ...] = (part_for_whole,)
