"""What grammar a language brings, for checks that compare a claim with its source.

Words are looked for in parses (``lang.parse``): lemmas, unless forms are said to be meant. Both are
in lower case; phrases have their words apart, as a parse has: "l' ensemble".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Reach = Literal[
    "all", "each", "some", "only", "total", "first", "among", "comparison", "ever", "main"
]


@dataclass(frozen=True, slots=True)
class StandingWords:
    """Words that keep what they govern from being told as a fact."""

    reporting: frozenset[str]
    """Verbs of saying that vouch for what is said: "annoncer"."""
    telling: frozenset[str]
    """Verbs and nouns of saying and believing that do not vouch for what is said."""
    attributing: frozenset[str]
    """Phrases before whom something is told by: "selon"."""
    planning: frozenset[str]
    """Verbs and nouns of what is wanted or intended: "prévoir"."""
    denying: frozenset[str]
    """Verbs and nouns that turn what they govern into its opposite: "refuser"."""
    negating: frozenset[str]
    """Forms beside a verb: "pas"."""
    affirming: frozenset[str]
    """Forms behind these which undo them: "pas seulement"."""
    lacking: frozenset[str]
    """Forms that deny without a verb: "sans"."""
    supposing: frozenset[str]
    """Forms that open a condition: "si"."""
    supposing_verbs: frozenset[str]
    """Such as "sembler"."""
    future: frozenset[str]
    """Auxiliaries of what is to come, where no ending says so."""
    doubting: frozenset[str]
    """Forms beside a verb: "peut-être"."""
    courteous: frozenset[str]
    """Verbs whose conditional only puts a wish politely."""
    none: frozenset[str] = frozenset()
    """Forms that are, or stand beside, what a verb takes, and deny it: "aucune offre"."""
    firm: frozenset[str] = frozenset()
    """Of the planning ones, those by which it will be so: "prévoir", not "souhaiter"."""
    disputing: frozenset[str] = frozenset()
    """Of the denying ones, verbs of saying: "démentir"."""
    viewing: frozenset[str] = frozenset()
    """Forms that open a sentence before somebody whose view it is: "pour Anne Roy, …"."""
    nearly: frozenset[str] = frozenset()
    """Forms before a verb of what did not quite happen: "a presque heurté"."""
    coming: frozenset[str] = frozenset()
    """Verbs before the infinitive of what is to come: "aller"."""
    wondering: frozenset[str] = frozenset()
    """Verbs whose "si" opens no condition: "demander"."""
    future_endings: tuple[str, ...] = ()
    """Of verbs of what is to come, which parsers see in others too; empty where none tells."""
    conceding: frozenset[str] = frozenset()
    """Forms before "si" which undo it: "même si"."""


@dataclass(frozen=True, slots=True)
class Connectives:
    """Phrases that join a cause and its effect."""

    causes: frozenset[str]
    """Before a cause: "parce que"."""
    effects: frozenset[str]
    """Before an effect: "donc"."""


@dataclass(frozen=True, slots=True)
class Contrasts:
    """Words that say the opposite of one another."""

    more: frozenset[str] = frozenset()
    """Forms before what there is more of: "plus"."""
    less: frozenset[str] = frozenset()
    denying: frozenset[str] = frozenset()
    """Forms beside a verb that make no comparison of the former: "ne … plus"."""
    than: frozenset[str] = frozenset()
    """Forms before that with which something is compared: "que"."""
    opposites: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    """Lemmas: "hausse" and "baisse"."""


@dataclass(frozen=True, slots=True)
class Defining:
    """Words by which a sentence says what something is."""

    copulas: frozenset[str] = frozenset()
    """Lemmas: "être"."""
    verbs: frozenset[str] = frozenset()
    """Lemmas of verbs of meaning: "désigner"."""
    before_verb: frozenset[str] = frozenset()
    """Forms between a subject and such a verb."""
    called: frozenset[str] = frozenset()
    """Phrases before a term: "on appelle"."""
    called_behind: frozenset[str] = frozenset()
    """Phrases behind one: "on entend"."""


@dataclass(frozen=True, slots=True)
class Referents:
    """What tells for which noun a pronoun stands."""

    gendered: bool = False
    """Whether a pronoun has the gender of its noun, which things have too."""
    epicene: frozenset[str] = frozenset()
    """Lemmas of people whose gender those do not tell: "le maire … elle", "la victime … il"."""
    gathering: frozenset[str] = frozenset()
    """Lemmas of several people, for which a plural may stand: "le groupe … ils"."""
    feminines: tuple[tuple[str, str], ...] = ()
    """Endings of what women are, and those of men, the longest first: "trice", "teur"."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Words by which something is so in some cases alone."""

    cases: frozenset[str] = frozenset()
    """Phrases before a condition: "en cas de"."""
    when: frozenset[str] = frozenset()
    """Forms by which a claim may put such a condition otherwise: "lorsque"."""
    seasons: frozenset[str] = frozenset()
    """Lemmas of times that come again: "été"."""
    rules: frozenset[str] = frozenset()
    """Lemmas and forms of what is ruled, for those alone who stand beside it: "interdire"."""
    ruling: frozenset[str] = frozenset()
    """Lemmas of prepositions between these, empty where none need be: "à"."""
    reasons: frozenset[str] = frozenset()
    """Lemmas of nouns behind them which tell why, or by what: "raison"."""
    imperfect: bool = False
    """Whether a state that lasted has a tense of its own."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """How its sentences are parsed, and which of their words bear on what is told as a fact."""

    pipeline: str
    """Package of its spaCy pipeline."""
    relatives: frozenset[str]
    """Forms of pronouns that stand for the noun before them: "qui"."""
    inverting: frozenset[str]
    """Those behind which a subject may follow its verb: "que joue la compagnie"."""
    standing: StandingWords
    reach: Mapping[Reach, frozenset[str]]
    """Phrases that say how far a statement reaches."""
    connectives: Connectives
    contrasts: Contrasts = Contrasts()
    anaphors: frozenset[str] = frozenset()
    """Forms of pronouns that stand for somebody named before: "elle"."""
    of: frozenset[str] = frozenset()
    """Forms between a noun and one that hangs from it: "de"."""
    defining: Defining = Defining()
    towards: frozenset[str] = frozenset()
    """Forms before whoever is addressed: "à"."""
    that: frozenset[str] = frozenset()
    """Forms that open what is told: "que"."""
    participles: tuple[tuple[str, str], ...] = ()
    """Endings of verbs, and a letter that their past participles have: "er", "é"."""
    excluding: frozenset[str] = frozenset()
    """Phrases before what is left out: "sauf"."""
    parting: frozenset[str] = frozenset()
    """Phrases between a whole and a part of it: "dont"."""
    out_of: frozenset[str] = frozenset()
    """Phrases between a part and its whole: "40 sur 120"."""
    referents: Referents = Referents()
    scope: Scope = Scope()
    titles: Mapping[str, str] = field(default_factory=dict)
    """Forms before a name that tell its gender: "mme"."""
    latter: frozenset[str] = frozenset()
    """Phrases for whoever of that gender was named last: "ce dernier"."""
    turning: frozenset[str] = frozenset()
    """Verbs whose object is their subject where they have none: "fermer"."""
