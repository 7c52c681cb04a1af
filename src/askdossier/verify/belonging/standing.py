"""How a source means what it says: as a fact, or as told by somebody, planned, denied, supposed.

The words of a claim are looked up in the source, and what governs them there is read: "selon X", a
conditional, "s'il", "refuse de", "prévoit de". A claim keeps what governs its words, or it tells as
a fact what is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from askdossier import text
from askdossier.lang.grammar import StandingWords
from askdossier.lang.labels import OBJECTS, PASSIVE_SUBJECTS, RELATIVE_CLAUSES, VERBS
from askdossier.lang.parse import Word
from askdossier.verify.belonging.stretch import Stretch

Standing = Literal["denied", "planned", "supposed", "future", "doubted", "told"]
"""From the gravest."""

_ORDER: tuple[Standing, ...] = get_args(Standing)
_BY_A_VERB = frozenset("ccomp xcomp pcomp csubj parataxis".split())
"""Relations of what a verb governs."""
_BY_A_NOUN = frozenset("nmod acl pobj prep pcomp obl:arg ccomp relcl advcl".split())
"""And a noun."""
_TOLD = frozenset(("ccomp", "parataxis", "xcomp"))
"""Relations of what is told to the verb that tells it."""
_UNDERGOES = OBJECTS | PASSIVE_SUBJECTS
_ASSERTED = RELATIVE_CLAUSES | {"appos"}
"""What stands so is told by itself, whatever governs the sentence."""
_NEGATES = frozenset("advmod neg obj det".split())
_OPENS = frozenset("mark advmod case".split())
_BETWEEN = frozenset("AUX ADP ADV PART PRON".split())
"""Parts of speech that may stand between a verb and the infinitive that it governs."""
_BEFORE_TELLING = frozenset(',»”"')
_OPENS_A_NOUN = frozenset("DET PROPN".split())
_LOOKED_BACK = 4
"""Words before an infinitive among which that verb stands."""
_DOES = PASSIVE_SUBJECTS | {"nsubj"}
_TAKEN = _DOES | OBJECTS
_CLAUSES = frozenset("advcl xcomp ccomp".split())
"""Relations of a condition to what it is a condition of: a parser confuses them."""
_ENOUGH = 3
"""Words of a clause that must all stand under what governs it where its verb is another; one less
where it has none but "to be"."""

Governor = tuple[Standing, int]
"""How something is said, and the word that says so."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What a claim leaves out of how its source says it."""

    standing: Standing
    word: str
    """Of the source, which says so."""


def lost(claim: Stretch, source: Stretch) -> Lost | None:
    """What governs the words of a claim in its source, and is not kept."""
    kept = _kept(claim)
    for verb, clause in _clauses(claim).items():
        if found := _turned(claim, source, verb) or _ungoverned(claim, source, verb, clause, kept):
            return found
    return None


def _clauses(claim: Stretch) -> dict[int, list[int]]:
    """The words that say something, by the verb that they depend on."""
    found: dict[int, list[int]] = {}
    for i, stems in enumerate(claim.stems):
        if stems:
            at = i
            while claim.words[at].part not in VERBS and claim.heads[at] != at:
                at = claim.heads[at]
            found.setdefault(at, []).append(i)
    return found


def _kept(claim: Stretch) -> set[Standing]:
    """How the claim itself says that it means something."""
    supposing = claim.grammar.standing.supposing
    found: set[Standing] = {"supposed"} if any(w.form in supposing for w in claim.words) else set()
    for i in range(len(claim.words)):
        found.update(standing for standing, _ in _marks(claim, i))
        if standing := _standing(claim, i):
            found.add(standing)
    return found


# --- turned into its opposite ---------------------------------------------------------------------


def _turned(claim: Stretch, source: Stretch, verb: int) -> Lost | None:
    """A verb of the claim that is denied on one side alone."""
    there = _of_the_same(claim, source, verb)
    if not there:
        return None
    denying = [_denier(source, i) for i in there]
    if _denier(claim, verb):
        denied = any(denying) or _denies(source)
        return None if denied else Lost("denied", source.words[there[0]].text)
    return Lost("denied", denying[0]) if all(denying) else None


def _of_the_same(claim: Stretch, source: Stretch, verb: int) -> list[int]:
    """Where the source has a verb of the claim, with the same subject if any has."""
    there = source.places(claim.stems[verb])
    doers = claim.stems_of(_subjects(claim, verb))
    return [i for i in there if doers & source.stems_of(_subjects(source, i))] or there


def _subjects(stretch: Stretch, verb: int) -> frozenset[int]:
    return frozenset[int]().union(
        *(stretch.under(i) for i in stretch.children[verb] if stretch.words[i].relation in _DOES)
    )


def _denier(stretch: Stretch, verb: int) -> str:
    """The word that denies a verb, beside it or what it takes: "pas", "aucune"; else empty."""
    words = stretch.grammar.standing
    if stretch.words[verb].part not in VERBS:
        return ""
    for i in stretch.children[verb]:
        word = stretch.words[i]
        if word.form in words.negating and word.relation in _NEGATES:
            after = stretch.words[i + 1].form if i + 1 < len(stretch.words) else ""
            if after not in words.affirming:
                return word.text
        if word.relation in _TAKEN:
            none = [j for j in (i, *stretch.children[i]) if stretch.words[j].form in words.none]
            if none:
                return stretch.words[none[0]].text
    return ""


def _denies(source: Stretch) -> bool:
    """Whether any word of the source denies something, in whatever way."""
    words = source.grammar.standing
    return any(
        word.form in words.negating | words.lacking or _standing(source, i) == "denied"
        for i, word in enumerate(source.words)
    )


# --- governed by what is left out -----------------------------------------------------------------


def _ungoverned(
    claim: Stretch, source: Stretch, verb: int, clause: Sequence[int], kept: set[Standing]
) -> Lost | None:
    """What governs a clause of the claim wherever the source says it, and is not kept."""
    places = [found for i in clause if (found := source.places(claim.stems[i]))]
    over = Counter[Governor]()
    for one in places:
        over.update(set.intersection(*(set(_over(source, i)) for i in one)))
    over_verb = [set(_over(source, i)) for i in source.places(claim.stems[verb])]
    for governor in sorted(over, key=lambda one: (-over[one], _ORDER.index(one[0]), one[1])):
        standing, at = governor
        if standing in kept or (
            standing == "planned" and "future" in kept and _is_firm(source, at)
        ):
            continue
        if standing == "denied" and _denier(claim, verb):
            continue
        hearsay = standing == "doubted" and _is_mood(source.words[at])
        if hearsay and "told" in kept and any(other == "told" for other, _ in over):
            continue  # "selon X, il aurait menti": X says that he lied
        # The claim has the word that says so, unless it is the form of the verb that does.
        if not _is_mood(source.words[at]) and claim.places(source.stems[at]):
            continue
        if over_verb:
            holds = all(governor in one for one in over_verb)
        else:
            enough = _ENOUGH if claim.stems[verb] else _ENOUGH - 1
            holds = over[governor] == len(places) >= enough
        if holds and (standing != "future" or _is_past(claim.words[verb])):
            return Lost(standing, source.words[at].text)
    return None


def _is_firm(source: Stretch, at: int) -> bool:
    """Whether what is planned in this word will be, as far as the source can tell."""
    return _is_one(source, at, source.grammar.standing.firm)


def _is_one(stretch: Stretch, i: int, lemmas: frozenset[str]) -> bool:
    """Whether a word is one of these, whose lemma may be guessed wrong."""
    return stretch.words[i].lemma in lemmas or not stretch.stems[i].isdisjoint(_stems(lemmas))


def _is_mood(word: Word) -> bool:
    return word.part in VERBS and not word.features.isdisjoint(("Mood=Cnd", "Tense=Fut"))


def _is_past(word: Word) -> bool:
    return word.part in VERBS and not word.features.isdisjoint(("Tense=Past", "Tense=Imp"))


def _over(source: Stretch, i: int) -> Iterator[Governor]:
    """What governs a word, from beside it up to the root."""
    yield from _marks(source, i)
    at = i
    for head in source.above(i):
        word = source.words[at]
        if word.relation in _ASSERTED or (
            word.relation == "acl" and "VerbForm=Part" in word.features
        ):
            break
        standing = _standing(source, head)
        reaches = at == i or source.words[head].part != "NOUN"
        if standing and reaches and _governs(source, head, at, standing):
            yield standing, head
        if word.relation == "ccomp":
            break  # "je dois admettre que": what governs the saying does not govern what is said
        yield from _marks(source, head, through=at)
        yield from _before(source, at)
        at = head
    yield from _before(source, at)


def _before(source: Stretch, verb: int) -> Iterator[Governor]:
    """What stands right before an infinitive, however it was parsed: "dément avoir transmis"."""
    if source.words[verb].part not in VERBS:
        return
    for i in reversed(range(max(0, verb - _LOOKED_BACK), verb)):
        if standing := _standing(source, i):
            if standing != "told":
                yield standing, i
            return
        if source.words[i].part not in _BETWEEN:
            return


def _governs(source: Stretch, head: int, at: int, standing: Standing) -> bool:
    """Whether a word of that standing governs what depends on it so."""
    word = source.words[at]
    if source.words[head].part == "NOUN":
        return word.relation in _BY_A_NOUN and not source.is_name(at)
    if standing == "told":
        return word.relation in _TOLD or "VerbForm=Inf" in word.features
    return word.relation in _BY_A_VERB or (standing == "denied" and word.relation in _UNDERGOES)


# --- words that say how something is meant --------------------------------------------------------


def _marks(stretch: Stretch, i: int, through: int | None = None) -> Iterator[Governor]:
    """What stands in or beside a verb and says how it is meant, but for what is ``through``."""
    words = stretch.grammar.standing
    word = stretch.words[i]
    if "Mood=Cnd" in word.features and word.lemma not in words.courteous:
        yield "doubted", i
    if _is_future(word, words):
        yield "future", i
    for j in stretch.children[i]:
        if j != through:
            beside = stretch.words[j]
            yield from ((standing, j) for standing in _beside(beside, words))
            yield from (("told", k) for k in (j, *stretch.children[j]) if k in stretch.attributing)
            if _is_inserted(stretch, j):
                yield "told", j
            if beside.form in words.nearly and j < i and word.part in VERBS:
                yield "denied", j
            if beside.relation in _CLAUSES and not _is_one(stretch, i, words.wondering):
                yield from (("supposed", k) for k in stretch.children[j] if _supposes(stretch, k))
    if stretch.heads[i] == i:  # a parser may part the two
        inside = stretch.of_sentence(stretch.sentences[i])
        roots = (j for j in inside if stretch.heads[j] == j and j > i)
        yield from (("told", j) for j in roots if _is_inserted(stretch, j))
    if _is_coming(stretch, i):
        yield "future", stretch.heads[i]


def _is_future(word: Word, words: StandingWords) -> bool:
    """Whether it is parsed as a future, and spelled as one: "accueille" is none."""
    endings = words.future_endings
    return "Tense=Fut" in word.features and (not endings or word.form.endswith(endings))


def _is_inserted(stretch: Stretch, i: int) -> bool:
    """Whether somebody's saying it is put behind a comma: "la caisse est vide, croit le maire"."""
    word, first = stretch.words[i], i
    while first and stretch.words[first - 1].part == "AUX":
        first -= 1
    telling = word.part in VERBS and _is_one(stretch, i, stretch.grammar.standing.telling)
    if not telling or not first or i + 1 == len(stretch.words):
        return False
    behind, after = stretch.words[first - 1].form, stretch.words[i + 1]
    inverted = after.part in _OPENS_A_NOUN or after.form.startswith("-")
    return behind in _BEFORE_TELLING and inverted


def _supposes(stretch: Stretch, i: int) -> bool:
    """Whether it opens a condition; "même si" opens none."""
    words = stretch.grammar.standing
    before = stretch.words[i - 1].form if i else ""
    return stretch.words[i].form in words.supposing and before not in words.conceding


def _is_coming(stretch: Stretch, i: int) -> bool:
    """Whether a verb stands behind one of what is to come: "va rénover"."""
    word, head = stretch.words[i], stretch.words[stretch.heads[i]]
    return (
        "VerbForm=Inf" in word.features
        and word.relation == "xcomp"
        and head.lemma in stretch.grammar.standing.coming
        and "Tense=Past" not in head.features
    )


def _beside(word: Word, words: StandingWords) -> Iterator[Standing]:
    """How a verb is meant by a word that depends on it."""
    if word.relation.startswith("aux") or word.relation == "cop":
        if "Mood=Cnd" in word.features or word.form in words.supposing_verbs:
            yield "doubted"
        if _is_future(word, words) or word.form in words.future:
            yield "future"
    if word.form in words.supposing and word.relation in _OPENS:
        yield "supposed"
    if word.form in words.doubting:
        yield "doubted"
    if word.lemma in words.telling and word.relation == "parataxis":
        yield "told"


def _standing(stretch: Stretch, i: int) -> Standing | None:
    """How what a word governs is meant, if it is one that says so."""
    words, word = stretch.grammar.standing, stretch.words[i]
    named: tuple[tuple[Standing, frozenset[str]], ...] = (
        ("told", words.telling),
        ("planned", words.planning),
        ("denied", words.denying),
        ("doubted", words.supposing_verbs),
    )
    for standing, lemmas in named:
        if word.lemma in lemmas and word.part != "ADV":
            return standing
        # Lemmas of verbs are guessed wrong at times.
        if word.part in VERBS | {"ADV"} and stretch.stems[i] & _stems(lemmas):
            return standing
    return None


@lru_cache(maxsize=32)
def _stems(lemmas: frozenset[str]) -> frozenset[str]:
    return text.stems(" ".join(lemmas))
