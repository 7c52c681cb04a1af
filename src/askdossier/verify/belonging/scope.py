"""For which case, place, season or people a source says what the claim says of all.

"En cas de gel, la passerelle est fermée" closes no footbridge. What happened once is true without
its place; what holds in general is not: so only the present is looked at, and there a condition, a
season, a place that opens the sentence, and whatever stands beside a rule ("est interdit aux
amateurs"). What "sauf" leaves out limits all tenses; a state of some past year is none of today.
"""

from __future__ import annotations

from collections.abc import Iterator

from askdossier.lang.labels import NOUNS, PASSIVE_SUBJECTS
from askdossier.verify.belonging.antecedents import alike
from askdossier.verify.belonging.excluded import exclusions
from askdossier.verify.belonging.stretch import Mention, Stretch
from askdossier.verify.facts import Figure
from askdossier.verify.facts.dates import CENTURY, DAY, MONTH, YEARS

_SUBJECTS = PASSIVE_SUBJECTS | {"nsubj"}
_TENSED = frozenset("cop aux:pass auxpass".split())
_PERFECT = frozenset("aux:tense aux".split())
_CASES = frozenset("case prep".split())
_PLACE = "LOC"
_FINITE, _PRESENT = "VerbForm=Fin", "Tense=Pres"
_DATES = frozenset((DAY, MONTH, CENTURY))
_FIRST = 3
"""Words of a sentence among which such a noun stands."""
_MOST = 0.7
"""Share of a claim that must stand beside what is left out, for it to be left out of that."""
_DEFINITE, _PLURAL = "Definite=Def", "Number=Plur"


def narrowed(claim: Stretch, source: Stretch, known: frozenset[str]) -> str:
    """Words of the source that limit what the claim says without them; else empty.

    ``known`` are the stems of what goes without saying: the question and the titles.
    """
    said = claim.stems_of(range(len(claim.words))) | known
    if limit := next(_left_out(claim, source, said), ""):
        return limit
    for verb in range(len(claim.words)):
        there = [at for at in alike(claim, verb, source) if _same_subject(claim, verb, source, at)]
        limits = [next(_limits(claim, verb, source, at, said), "") for at in there]
        if limits and all(limits):
            return limits[0]
    return ""


def _same_subject(claim: Stretch, verb: int, source: Stretch, at: int) -> bool:
    mine, theirs = claim.stems_of(_subject(claim, verb)), source.stems_of(_subject(source, at))
    return bool(mine & theirs)


def _subject(stretch: Stretch, verb: int) -> frozenset[int]:
    """The words of a verb's subject, or the nouns before it where a parser finds none."""
    subjects = [i for i in stretch.children[verb] if stretch.words[i].relation in _SUBJECTS]
    if subjects:
        return frozenset[int]().union(*(stretch.under(i) for i in subjects))
    inside = stretch.of_sentence(stretch.sentences[verb])
    return frozenset(i for i in inside if i < verb and stretch.words[i].part in NOUNS)


def _limits(
    claim: Stretch, verb: int, source: Stretch, at: int, said: frozenset[str]
) -> Iterator[str]:
    """What limits a verb of the source and is not among what is said."""
    now, then = _tense(claim, verb), _tense(source, at)
    if now == "present" and then == "past" and (year := _year(source, at, said)):
        yield year
    if now == then == "present":
        yield from _conditions(claim, source, at, said)
        yield from _beside(claim, verb, source, at, said)


def _tense(stretch: Stretch, verb: int) -> str:
    """Whether it is told of now, or of a state that lasted then; empty of what happened."""
    children = stretch.children[verb]
    if any(stretch.words[i].relation in _PERFECT for i in children):
        return ""
    bearing = [i for i in children if stretch.words[i].relation in _TENSED] or [verb]
    features = frozenset[str]().union(*(stretch.words[i].features for i in bearing))
    if _FINITE not in features:
        return ""
    lasting = "Tense=Imp" if stretch.grammar.scope.imperfect else "Tense=Past"
    return "present" if _PRESENT in features else "past" if lasting in features else ""


def _year(source: Stretch, at: int, said: frozenset[str]) -> str:
    """The verb, where its sentence is about a year that the claim does not say."""
    sentence = source.sentences[at]
    dated = any(
        source.sentences[min(one.words)] == sentence
        and _is_year(one)
        and not source.stems_of(one.words) & said
        for one in source.figures
    )
    bearing = [i for i in source.children[at] if source.words[i].relation in _TENSED] or [at]
    return source.said(bearing) if dated else ""


def _left_out(claim: Stretch, source: Stretch, said: frozenset[str]) -> Iterator[str]:
    """What "sauf" leaves out of what the claim tells of all."""
    if any(exclusions(claim)) or not _is_of_all(claim):
        return
    own = claim.stems_of(range(len(claim.words)))
    for words in exclusions(source):
        inside = source.of_sentence(source.sentences[min(words)])
        named = source.stems_of([i for i in words if source.words[i].part in NOUNS])
        rest = source.stems_of([i for i in inside if i not in words])
        if named and not named & said and len(own & rest) >= _MOST * len(own):
            yield source.said(words)


def _is_of_all(claim: Stretch) -> bool:
    reach = claim.grammar.reach
    phrases = reach["all"] | reach["each"] | reach["ever"]
    if any(any(claim.occurrences(phrase)) for phrase in phrases):
        return True
    return any(
        {_DEFINITE, _PLURAL} <= claim.words[j].features
        for i, word in enumerate(claim.words)
        if word.relation in _SUBJECTS
        for j in claim.children[i]
    )


def _conditions(claim: Stretch, source: Stretch, at: int, said: frozenset[str]) -> Iterator[str]:
    """In which case alone it is so."""
    scope = source.grammar.scope
    supposing = source.grammar.standing.supposing | scope.when
    if any(word.form in supposing for word in claim.words) or any(
        any(claim.occurrences(phrase)) for phrase in scope.cases
    ):
        return
    for phrase in scope.cases:
        for opening in source.occurrences(phrase):
            if source.sentences[opening.start] != source.sentences[at]:
                continue
            behind = [i for i in source.under(source.heads[opening.stop - 1]) if i >= opening.start]
            words = frozenset(opening) | frozenset(behind or (opening.stop,))
            named = source.stems_of([i for i in words if i not in opening])
            if named and not named & said and at not in words:
                yield source.said(words)


def _beside(
    claim: Stretch, verb: int, source: Stretch, at: int, said: frozenset[str]
) -> Iterator[str]:
    """When, where and for whom it is so, by the nouns beside the verb."""
    scope = source.grammar.scope
    rule = source.words[at].lemma in scope.rules or source.words[at].form in scope.rules
    opening = _opening(source, at)
    named = any(claim.is_name(i) for i in _subject(claim, verb))
    forms = {word.form for word in claim.words}
    elsewhere = any(word.entity == _PLACE for word in claim.words)
    beside = dict(_complements(source, at))
    for noun, preposition in beside.items():
        word = source.words[noun]
        if source.stems_of(source.under(noun)) & said or word.form in forms:
            continue
        season = word.lemma in scope.seasons
        place = word.entity == _PLACE and not elsewhere
        opens = noun == opening and not named
        of_rule = rule and preposition in scope.ruling and word.lemma not in scope.reasons
        if season or (place and opens) or (of_rule and not _is_dated(source, noun)):
            inside = {noun} if noun == opening else source.under(noun)
            yield source.said(inside | _case(source, noun))


def _opening(source: Stretch, at: int) -> int | None:
    """The noun behind a preposition that its sentence begins with."""
    inside = source.of_sentence(source.sentences[at])
    if source.words[inside[0]].part != "ADP":
        return None
    return next((i for i in inside[1:_FIRST] if source.words[i].part in NOUNS), None)


def _complements(source: Stretch, at: int) -> Iterator[tuple[int, str]]:
    """The nouns that depend on a verb by a preposition, and that preposition, or by none.

    And a place that opens the sentence, however that is parsed.
    """
    opening = _opening(source, at)
    if opening is not None and source.words[opening].entity == _PLACE:
        yield opening, ""
    for i in source.children[at]:
        word = source.words[i]
        if word.part in NOUNS and word.relation.startswith("obl") and word.relation != "obl:agent":
            case = [
                source.words[j] for j in source.children[i] if source.words[j].relation == "case"
            ]
            yield i, case[0].lemma if case else ""
        if word.relation == "prep":
            inner = (j for j in source.children[i] if source.words[j].relation == "pobj")
            yield from ((j, word.lemma) for j in inner if source.words[j].part in NOUNS)


def _case(source: Stretch, noun: int) -> frozenset[int]:
    head = source.heads[noun]
    return frozenset((head,)) if source.words[head].relation in _CASES else frozenset()


def _is_dated(source: Stretch, noun: int) -> bool:
    """Whether it says from when it is so."""
    inside = source.under(noun)
    dates = (one for one in source.figures if _is_year(one) or one.fact.unit in _DATES)
    return any(one.words & inside for one in dates)


def _is_year(one: Mention[Figure]) -> bool:
    return not one.fact.unit and bool(one.fact.values & YEARS)
