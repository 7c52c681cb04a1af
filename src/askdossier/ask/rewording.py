"""What a follow-up leaves out, put in by rule: ellipses and pronouns. No writer is asked.

The rules are data of a lexicon (``lang.lexicon.Followups``); where they do not tell for certain,
nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from askdossier import lang, text
from askdossier.ask.phrases import Phrase, outermost, phrases, whole
from askdossier.core import Language, Turn
from askdossier.lang.parse import parsed

_FARTHEST = 2
"""Turns before the question in which a pronoun's noun is looked for."""
_OPENING = 2
"""Words before the phrase of an ellipsis: "celui de"."""


def completed(question: str, before: str, language: Language) -> str:
    """The question before with the constituent replaced that an ellipsis is parallel to.

    "Et celui de l'Atelier ?", "Et en 2024 ?". Empty where that is not one for certain.
    """
    known = lang.of(language).followups
    rest = re.fullmatch(known.ellipsis or r"(?!)", question.strip(), re.IGNORECASE)
    if rest is None:
        return ""
    said = rest["said"].strip()
    found = phrases(said, language)
    if re.search(known.asks or r"(?!)", text.fold(said)):
        return ""
    if not found or not _is_all(said, found, language):
        return ""
    given = whole(found, 0, said, language)
    asked = phrases(before, language)
    if found[0].span.start and found[0].preposition == "" and not _names_again(said, language):
        return ""
    if _names_again(said, language):
        places = [one for one in asked if one.preposition == known.of]
        places = [one for one in places if one.named] or places
        place = places[-1] if places else None
    else:
        place = _parallel(given, asked)
        if place is None and given.preposition not in {"", known.of}:
            return _ended(before, said)
    if place is None:
        return ""
    if given.time:
        return _at_another_time(before, place, given, language)
    chained = given.span.end > found[0].span.end
    if place.title or (place.head != given.head and (place.named or given.named or chained)):
        place = whole(asked, list(asked).index(place), before, language)
    return _put(before, place, given, language)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question with what a pronoun of it stands for."""

    question: str
    certain: bool
    """Whether no other pronoun is left."""


def resolved(question: str, history: Sequence[Turn], language: Language) -> Resolved | None:
    """Put in what a pronoun stands for. None where that is not certain."""
    known = lang.of(language).followups
    said = without_opening(question, language)
    places = [
        (match, template, _wanted(match))
        for pattern, template in known.rewordings
        if (match := re.search(pattern, said, re.IGNORECASE))
        and not re.match(known.impersonal or r"(?!)", text.fold(said[match.start() :]))
    ]
    if not places:
        return None
    match, template, wanted = places[0]
    phrase = meant(wanted, history, language)
    if not phrase:
        return None
    put = match.expand(template)
    if not match.start():
        put = put.replace(match[0][:3], match[0][:1].lower() + match[0][1:3], 1)
    put = contracted(put.replace("{}", phrase), language)
    full = said[: match.start()] + put + said[match.end() :]
    others = {other for _, _, other in places[1:]} - {wanted, wanted[-1]}
    left = [found for found, _, _ in places[1:] if found.start() > match.end()]
    return Resolved(full[:1].upper() + full[1:], not (others and left))


def without_opening(question: str, language: Language) -> str:
    """A question without the "and" that it begins with."""
    opening = lang.of(language).followups.opening or r"(?!)"
    opened = re.match(opening, question, re.IGNORECASE)
    said = question[opened.end() :] if opened else question
    return said[:1].upper() + said[1:]


def has_verb(sentence: str, language: Language) -> bool:
    """Whether a sentence says more than a phrase: a verb that has a subject."""
    return any("VerbForm=Fin" in word.features for word in parsed(sentence, language) or ())


def _wanted(match: re.Match[str]) -> str:
    """What the pronoun of a rewording agrees with."""
    return next(name for name, group in match.groupdict().items() if group and name in _FEATURES)


def meant(wanted: str, history: Sequence[Turn], language: Language) -> str:
    """The noun phrase that a pronoun stands for: ``wanted`` as ``_fits`` has it; empty in doubt."""
    for turn in list(reversed(history))[:_FARTHEST]:
        for tier in _tiers(turn, wanted, language):
            fit = [one for one in tier if _fits(one, wanted)]
            fit = list({text.fold(one.text): one for one in fit}.values())
            certain = [one for one in fit if one.gender and one.gender in wanted]
            named = [one for one in fit if one.named]
            for choice in (fit, certain, named):
                if len(choice) == 1:
                    return choice[0].text
            if fit:
                return ""
    return ""


def _tiers(turn: Turn, wanted: str, language: Language) -> Iterator[list[Phrase]]:
    """What a turn spoke of: the answer to "who" first, else what the question named."""
    asked = [one for one in outermost(turn.question, language) if not one.time]
    folded = text.fold(turn.question)
    new = [
        one
        for one in outermost(turn.answer, language)
        if one.named
        and not one.time
        and text.fold(one.text) not in folded
        and one.head not in folded
    ]
    if "t" in wanted:  # a thing, where that can be told from a person
        yield from ([one for one in asked if not one.person], asked)
        yield from ([one for one in new if not one.person], new)
        return
    who = re.match(lang.of(language).followups.who or r"(?!)", folded)
    yield from (new, asked) if who else (asked, new)


def _fits(one: Phrase, wanted: str) -> bool:
    """Whether a phrase has the number (s, p), the gender (m, f) and the kind (h: a person)."""
    if "h" in wanted and not one.person:
        return False
    if {"s", "p"} & set(wanted) and one.number not in wanted:
        return False
    return not ({"m", "f"} & set(wanted)) or not one.gender or one.gender in wanted


_FEATURES = frozenset(("s", "p", "ms", "fs", "mp", "fp", "hms", "hfs", "ts"))


def contracted(said: str, language: Language) -> str:
    """A sentence with "de le" as "du", and with what is elided before a vowel."""
    known = lang.of(language).followups
    for form, (preposition, article) in known.contracted.items():
        said = re.sub(rf"\b{preposition} {article} ", f"{form} ", said)
    if known.elides:
        said = re.sub(known.elides, r"\1'", said)
    return said


def _is_all(said: str, found: Sequence[Phrase], language: Language) -> bool:
    """Whether a fragment is nothing but one phrase and what stands before it."""
    full = whole(found, 0, said, language)
    rest = said[full.span.end :].strip(" ?!.\u00a0\u202f")
    opening = said[: full.span.start].split()
    return not rest and len(opening) <= _OPENING


def _names_again(said: str, language: Language) -> bool:
    pattern = lang.of(language).followups.same or r"(?!)"
    return re.match(pattern, text.fold(said)) is not None


def _parallel(given: Phrase, asked: Sequence[Phrase]) -> Phrase | None:
    """The one phrase of a question that another may stand for."""
    if given.time:
        times = [one for one in asked if one.time]
        return times[0] if len(times) == 1 else None
    alike = [one for one in asked if one.preposition == given.preposition or not given.preposition]
    alike = [one for one in alike if not one.time]
    for choice in (
        [one for one in alike if one.head == given.head],
        [one for one in alike if one.named == given.named and _same_form(one, given)],
    ):
        if len(choice) == 1:
            return choice[0]
        if choice:
            return None
    return None


def _same_form(one: Phrase, other: Phrase) -> bool:
    if other.named or not other.article:
        return one.number == other.number and bool(one.article) == bool(other.article)
    return one.article == other.article


def _put(before: str, place: Phrase, given: Phrase, language: Language) -> str:
    """``given`` where ``place`` stands, with the preposition of that place."""
    start = place.span.start
    opening = before[:start]
    if place.preposition:
        words = re.split(r"(?<=[ '’])", opening.rstrip())
        said = text.fold(words[-1]).strip("' ")
        if said and text.fold(place.preposition).startswith(said):
            opening = opening[: len(opening.rstrip()) - len(words[-1])]
        opening += contracted(f"{place.preposition} {given.text}", language)
    else:
        opening += given.text
    said = opening + before[place.span.end :]
    return said[:1].upper() + said[1:]


def _at_another_time(before: str, place: Phrase, given: Phrase, language: Language) -> str:
    """A question with another year or month; a month keeps the year that there was."""
    year = re.search(r" [12]\d{3}\Z", place.text)
    if year and not re.search(r"\d", given.text):
        given = replace(given, text=given.text + year[0])
    return _put(before, place, given, language)


def _ended(before: str, added: str) -> str:
    """A question with something added before its question mark."""
    asked = before.rstrip()
    if not asked.endswith("?"):
        return ""
    kept = asked[:-1].rstrip()
    added = added.strip(" ?!.\u00a0\u202f")
    return f"{kept} {added}{asked[len(kept) :]}"
