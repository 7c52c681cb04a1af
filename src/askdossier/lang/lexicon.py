"""What a language must bring for the program to ask and answer in it.

One list, so that whoever adds a language sees all of it: records, a subject each, and nothing that
computes.

Prompts are templates: ``{evidence}``, ``{question}``, ``{answer}``, ``{further}``, ``{text}`` and
``{statement}`` stand for what is put there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from askdossier.core import Language, Leaf, Locator
from askdossier.lang.grammar import Grammar

SmallTalk = Literal["greeting", "thanks", "farewell", "help"]


@dataclass(frozen=True, slots=True)
class Prompts:
    """What is said to a writer."""

    system: str
    """Instructions: to write Yes or No first, then one sentence."""
    request: str
    yes: str
    no: str
    answer: str
    """Begins the line behind "Yes"."""
    rewriting: str
    """Instructions: to put a follow-up so that it is understood by itself."""
    example: str
    """With an example, and the follow-up."""
    rewritten: str
    """Begins the question that is asked for."""
    fully: str
    """Instructions for a writer that can do more: to write all that answers, in some sentences."""
    insisting: str
    """Behind a request, where its reply was in another language: in which it is to be."""
    checking: str
    """Instructions: to say whether a proposed answer is one, and an excerpt proves it."""
    proposed: str
    """With the excerpt, the question and that answer."""
    proving: str
    """Instructions: to say whether a text proves a statement."""
    proof: str
    choosing: str
    """Instructions: to give, of numbered sentences, the numbers of all that the answer needs."""
    numbered: str
    """With the sentences, and the question."""
    only_numbers: str
    """Behind that, where the reply was no numbers: that nothing else is asked for."""
    which: str = "{topic}"
    """A question for all there is of something, where an order only names it."""
    told_of: str = "{topic}"
    """A question for what the documents say of a topic."""


@dataclass(frozen=True, slots=True)
class WriterSayings:
    """What is said of a writer: ``{name}``, ``{server}`` and numbers stand for what it has."""

    left: str
    """With an answer: that text left this machine."""
    uncalibrated: str
    """With an answer and elsewhere: that nothing was learned of it, so that it is strict; and what
    mends it."""
    calibrated: str
    """What was learned of it: ``{date}``, ``{readings}``; of evidence at ``{strictness}``, in
    percent: ``{hallucination}``, ``{error}``."""
    outdated: str
    """That what was learned of it on ``{date}`` holds no longer, so that it is not calibrated."""
    unread: str
    """With an answer: how many pieces of evidence did not fit, ``{count}``."""
    here: str
    """Where it is: on this machine."""
    away: str
    """On another."""
    context: str
    """How long its context is, ``{count}`` tokens."""
    unknown_context: str
    """That it does not say; how long it is taken for, ``{count}`` tokens."""
    votes: str
    """What it lacks, and what stands in for it: probabilities,"""
    free: str
    """a form for replies,"""
    led: str
    """going on with a given beginning,"""
    aloud: str
    """a way not to think."""
    at_once: str
    """How many replies it writes at once, ``{count}``."""
    size: str
    """How many parameters it has, in millions, ``{count}``."""


@dataclass(frozen=True, slots=True)
class Sayings:
    """What the program says itself."""

    small_talk: Mapping[SmallTalk, str]
    abstention: str
    unknown: str
    """Which words no document uses: ``{}``."""
    nor: str
    """Between the last two of these."""
    about: str
    """Behind a follow-up that could not be put better: what it is about, ``{}``."""
    none_hold: str
    one_holds: str
    several_hold: str
    """How many of ``{total}`` documents hold ``{phrase}``."""
    none_spells: str
    """That none of ``{total}`` documents spells out ``{phrase}``."""
    none_defines: str
    """That no document defines ``{phrase}``."""
    times: str
    """``{title}``, and how many times (``{count}``)."""
    one_document: str
    documents: str
    """How many there are: ``{total}``."""
    first: str
    """That only the first ``{}`` are shown."""
    looked: str
    """How many sentences of how many documents were read: ``{count}``, ``{documents}``."""
    further: str
    """Behind it: that there are others, farther from the question, which were not."""
    asked_in: str
    """That a question in ``{language}`` is answered in English, and what cannot be checked there;
    ``{known}`` are the languages that there are."""
    cited_in: str
    """What cannot be checked of words cited that are in ``{language}``."""


@dataclass(frozen=True, slots=True)
class Questions:
    """The forms of what people ask, as regular expressions; an empty one matches nothing.

    They are tried on folded text; where it says "plain", on folded words with single spaces between
    them and nothing else.
    """

    small_talk: Mapping[SmallTalk, str] = field(default_factory=dict)
    """All of a plain message."""
    overview: str = ""
    """All of a plain question for what the dossier holds."""
    mentions: str = ""
    """All of a question for the documents that speak of a ``phrase``: a group of that name."""
    definition: str = ""
    """All of a question for what a ``term`` is or means: a group of that name."""
    loose_definition: str = ""
    """The beginning of one that may ask for something else: "what is the price"."""
    who: str = ""
    """All of a question for who somebody is: a group ``term``."""
    article: str = ""
    """Before such a phrase, as it was written, with the space behind it."""
    nothing_named: str = ""
    """All of a phrase that names nothing: "quoi"."""
    several: str = ""
    """In a question that asks for more than one sentence can say: reasons, a list."""
    listing: str = ""
    """In a question for all of several things, or an order to list them."""
    frame: str = ""
    """What of such a question says what is to be done, and not of what: "list all the"."""
    why: str = ""
    """In one for reasons."""
    how: str = ""
    """In one for how something is done or comes about."""
    summary: str = ""
    """All of a question for what the dossier says of a ``topic``: a group of that name."""
    polar: str = ""
    """The verb before its subject that tells a question for yes or no."""
    open: str = ""
    """Words that ask for more than yes or no, wherever they stand."""
    open_before: str = ""
    """Words before the verb that ask for more there; elsewhere they begin a clause of their own."""
    indirect: str = ""
    """What is asked for in a question that only seems to be for yes or no."""


Expressions = tuple[str, ...]
"""Of these the first that matches counts."""


@dataclass(frozen=True, slots=True)
class Several:
    """Questions with an answer of several parts: forms as in ``Questions``, templates, and sayings.

    A form matches all of a question. Two sides are its groups ``one`` and ``other``, what they are
    compared in is ``topic``. A template is what is asked of a part, or said of it, in words of the
    language; a form that is empty is never met, so that what goes with it may be empty as well.
    """

    difference: Expressions = ()
    what_is: str = "{side}"
    """Asks what a side is."""
    comparison: Expressions = ()
    says_on: str = "{side} {topic}"
    """Asks what a side says of a topic."""
    nothing_on: str = "{side}: –"
    """Said of a part for which the documents have nothing."""
    sayings: Expressions = ()
    """What somebody says: groups ``who``, ``topic`` and, where that may belong to the name ("le
    président de l'institut"), ``of`` between them; ``tells`` is a verb that nothing but saying or
    thinking is meant by, ``how`` asks how somebody took it."""
    during: str = ""
    """When it was said, wherever it stands: a group ``year``."""
    not_then: str = "{who}: {year} –"
    """Says that none of what is found of theirs is of that year."""
    not_said: str = "{who}: –"
    """Says that no sentence is theirs."""
    document: Expressions = ()
    """A summary of one document, called ``named``."""
    kind_of_document: str = ""
    """A word for one, as its group ``kind``."""
    taken: str = "{title}"
    """Which was taken."""
    which: str = "{titles}"
    """Which may be meant where that is not clear."""
    central: str = "{count} / {total}"
    """How many of its sentences are told."""
    counting: Expressions = ()
    """How many there are of ``what``, with the conditions behind it."""
    counted: str = "{title}: {count} / {total}"
    """How many rows of a table, of all that it has."""
    total: Expressions = ()
    """What ``what`` comes to."""
    decimal: str = "."
    """The sign before the decimals of a number."""
    sums: frozenset[str] = frozenset()
    """What a row is called, folded, that sums up the others."""
    added: str = "{column} ({count}): {total}"
    """The sum of a column over so many rows."""
    arithmetic: Expressions = ()
    """How far two sides are apart, in time or in a ``topic``; ``same`` stands in the place of what
    the first is of: "that"."""
    older: Expressions = ()
    """How much older one of two sides is."""
    exceeding: str = ""
    """In a question for how much more one of two is, or has."""
    begun: str = ""
    """By which words a beginning is told: "né", "fondée"."""
    aged: str = ""
    """By which an age."""
    begins: str = "{side}"
    """Asks when somebody was born, or something began."""
    when: str = "{side}"
    """Asks when something was."""
    value: str = "{side}"
    """Asks for the figure that a side names itself: "l'effectif de l'atelier"."""
    value_of: str = "{topic} {side}"
    """Asks for a figure of a side, in which it is not named."""
    apart: str = "{high} - {low} = {result} {unit}"
    days_apart: str = "{low} / {high}: {result}"
    """How many days lie between two dates."""
    years_apart: str = "{low} / {high}: {years} ({result})"
    """How many whole years, and how many days."""
    together: str = "{one} + {other} = {result} {unit}"
    years: str = ""
    """Unit of a difference of years."""
    unclear: str = ""
    """Says that no sum was done, since it is not told which figure of a sentence counts,"""
    unlike: str = ""
    """or since the two are not of one sort."""
    many: str = ""
    """Words that count without a number what follows: "plusieurs", "suivantes"."""
    disagreement: Expressions = ()
    """Whether the documents agree on a ``topic``."""
    told: str = "{topic}"
    """Asks what they say of it."""
    speak: str = "{count}"
    """How many documents say something of it,"""
    agreeing: str = "{count}: ="
    """that the figures of so many agree,"""
    differing: str = "{figures}"
    """or what each of them is,"""
    uncompared: str = ""
    """or that they were not compared, since nothing tells that they count the same,"""
    no_figures: str = ""
    """or that there are no two."""
    chronology: Expressions = ()
    """What happened when, of a ``topic`` if there is that group."""
    happened: str = "{topic}"
    """Asks what happened."""
    dated: str = "{count} / {total}"
    """How many of the sentences with a date are told."""
    months: tuple[str, ...] = ()
    """As they are written in a date, from January."""
    of_day: str = "{day} {month} {year}"
    of_month: str = "{month} {year}"


@dataclass(frozen=True, slots=True)
class Asking:
    """By which words a question names what it asks about, whatever its form.

    Forms of words are in lower case, with a straight apostrophe; nouns are taken in any inflection.
    """

    joining: frozenset[str] = frozenset()
    """Forms between two sides: "et"."""
    against: frozenset[str] = frozenset()
    """Phrases, folded, between one side and the other: "par rapport"."""
    than: frozenset[str] = frozenset()
    """Forms before the other, behind a word of ``comparing``: "que"."""
    comparing: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    """Prepositions of verbs of ``parting``: "de", "avec"."""
    same: frozenset[str] = frozenset()
    """Forms that stand for the noun of the other side: "celui"."""
    its: frozenset[str] = frozenset()
    """Articles that say whose, of what was named before: "sa dissolution"."""
    which: frozenset[str] = frozenset()
    """Articles, folded, of what is asked for: "quel"."""
    quantities: frozenset[str] = frozenset()
    """Forms before what is counted: "combien"."""
    weighing: frozenset[str] = frozenset()
    """Words of a comparison itself: "écart", "dépasser"."""
    either: frozenset[str] = frozenset()
    """Of ``joining``, those between which one is chosen: "ou"."""
    choosing: frozenset[str] = frozenset()
    """Forms that ask which: "lequel"."""
    parting: frozenset[str] = frozenset()
    """Verbs that set one beside another or apart from it by a preposition: "différer de"."""
    apart_in_time: str = ""
    """In a question for how far two moments are apart, or which comes first; on folded text."""
    adding: str = ""
    """In one for what two come to together."""
    older: str = ""
    """In one for which of two is older; on folded text."""
    exceeding: frozenset[str] = frozenset()
    """Verbs whose subject is more than their object: "dépasser"."""
    superlative: str = ""
    """An expression for the first or the last of many by some measure: "le moins cher"."""
    attributing: frozenset[str] = frozenset()
    """Phrases, folded, before somebody by whom something is told: "selon"."""
    views: frozenset[str] = frozenset()
    """Nouns for what somebody says: "avis"."""
    voiced_by: frozenset[str] = frozenset()
    """Prepositions between such a noun and whoever says it: "par"."""
    documents: frozenset[str] = frozenset()
    """Nouns for all that is asked: "articles"."""
    terms: frozenset[str] = frozenset()
    """Nouns before a term, or before "of" and a term: "mot", "sens"."""
    meaning_by: frozenset[str] = frozenset()
    """Prepositions before a term: "entendre par"."""


@dataclass(frozen=True, slots=True)
class Followups:
    """How a question leans on the one before it, as in ``Questions``."""

    empty: frozenset[str] = frozenset()
    """Words, folded, that say nothing by themselves though they are searched for."""
    continues: str = ""
    """At the beginning of a continuation."""
    more: str = ""
    """All of a plain message that asks for more about the last answer."""
    pronoun: str = ""
    """With the verb that it hangs from; a group ``his`` is a possessive, which may come after a
    verb."""
    asked: str = ""
    """All before a pronoun that cannot be what it stands for: "Combien de salariés a-t-elle ?"."""
    impersonal: str = ""
    """A pronoun that stands for nothing: "il faut"."""
    unnamed: str = ""
    """A pronoun where a name would come before the verb: "does it have"."""
    definite: str = ""
    """Before such a pronoun: what it stands for may have been named in the question itself."""
    name_joins: str = ""
    """Between capitalised words of one name, each with the space behind it."""
    ellipsis: str = ""
    """All of a question that says one constituent only, a group ``said``; on text as it is."""
    opening: str = ""
    """What a continuation begins with and can do without, on text as it is."""
    same: str = ""
    """At the beginning of such a constituent, for the noun that it leaves out: "celui de"."""
    who: str = ""
    """At the beginning of a question that the name of a person or a body answers."""
    attribute: str = ""
    """At the beginning of a question for something of something: "quel est le"."""
    asks: str = ""
    """A word that asks, wherever it stands."""
    joins_questions: str = ""
    """Between two questions in one sentence, up to the word that asks the second."""
    definite_articles: frozenset[str] = frozenset()
    of: str = ""
    """The preposition that joins a noun to a noun."""
    contracted: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """A preposition and an article in one word."""
    elides: str = ""
    """A group of what loses its vowel, which is left, and the vowel with the space behind it."""
    rewordings: tuple[tuple[str, str], ...] = ()
    """How a pronoun is replaced by the noun phrase that it stands for: an expression on text as it
    is, and a template, where ``{}`` is that phrase. Groups say what the pronoun agrees with: ``s``
    or ``p``, before it ``m`` or ``f``, and ``h`` for a person."""


@dataclass(frozen=True, slots=True)
class Suggesting:
    """Questions that are made of a dossier."""

    templates: tuple[tuple[str, str], ...] = ()
    """What begins a sentence that answers a question, on text as it is, and that question."""
    about: str = ""
    """A question for what a document says: ``{}`` is its title."""
    spoken: str = ""
    """In a question that only its author can ask: "combien sommes-nous"; folded."""


@dataclass(frozen=True, slots=True)
class Times:
    """Words for a time that depends on when they were written; on folded text."""

    relative: tuple[tuple[str, Literal["", "day", "month", "year"], int], ...] = ()
    """An expression, the unit that it names, and how many of these on; a group ``month`` is
    the name of one. Without a unit the time cannot be worked out."""
    now: str = ""
    """In a question for how things stand today."""
    document: tuple[str, ...] = ()
    """How a document is called by its date to the day, the month and the year, for strftime."""
    forms: tuple[str, ...] = ()
    """Such dates by themselves."""
    older: str = ""
    """Behind that of one that a newer document differs from."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks for, a figure or a time, and what gives it; on folded text."""

    figure: str = ""
    """In a question for a number, a date or an amount."""
    beside: str = ""
    """Where a second question begins in the same sentence."""
    counts: str = ""
    """In a question for how many there are of something."""
    counted: str = ""
    """In one that names what is to be counted."""
    how_long: str = ""
    """In one that a time answers as well."""
    when: str = ""
    """In a question for a time, and nothing else."""
    no_figure: str = ""
    """Words that answer such a question without a figure: none, free, twice."""
    one: str = ""
    """The word for one, which is mostly an article."""
    vague: str = ""
    """Words for several, and the group of the words behind them: what there are several of."""
    share: str = ""
    """As vague, but only of what is to be counted: "all the schools"."""
    magnitude: str = ""
    """Among what there are several of: dozens, millions, times."""
    time: str = ""
    """Words that tell a time without a figure, or may; better one too many than a right answer
    refused."""
    said_before: str = ""
    """A time that other words tell: that year."""


@dataclass(frozen=True, slots=True)
class Replies:
    """What a writer says round its answer; on text as it is."""

    lead: str = ""
    """A yes or no before the sentence, up to the group ``first``, its first letter."""
    preamble: str = ""
    """That the excerpts say so, at the beginning."""
    refusal: str = ""
    """That they do not answer, folded."""
    of_excerpts: str = ""
    """In a sentence about the excerpts, which answers nothing."""
    none: str = ""
    """That of numbered sentences none is chosen: the beginning of a folded reply."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """How words hang together, and what full stop ends no sentence; in lower case, with accents."""

    elided: frozenset[str] = frozenset()
    """Before an apostrophe, words that are not searched for: l', qu'."""
    clitics: str = ""
    """Behind a word, what is not searched for, an expression: -t-elle, n't."""
    hyphenated: frozenset[str] = frozenset()
    """Frequent words with a hyphen, up to the second: rez-de."""
    behind_hyphen: frozenset[str] = frozenset()
    """Words that a hyphen joins to those before: dit-il, là-dessus."""
    undivided: frozenset[str] = frozenset()
    """Words with an apostrophe of their own."""
    titles: frozenset[str] = frozenset()
    """Before a full stop and with a capital letter: a name follows."""
    never_last: frozenset[str] = frozenset()
    """Abbreviations that never end a sentence."""
    before_number: frozenset[str] = frozenset()
    """Those that end none where a number follows."""
    abbreviations: frozenset[str] = frozenset()
    """Those that may end a sentence or stand in the middle of one; what follows decides."""
    starters: frozenset[str] = frozenset()
    """Words that begin sentences and hardly ever a name."""
    name_articles: frozenset[str] = frozenset()
    """Of these, those that begin names after all: Le Monde."""


Bound = Literal["more", "less", "about"]


@dataclass(frozen=True, slots=True)
class Homograph:
    """When a word that stands alone is a number, and not another word spelled alike."""

    behind: frozenset[str] = frozenset()
    """Only behind one of these, if any are named."""
    not_behind: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    counts: bool = False
    """Only where a word follows that it can count."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers in words; all words folded, all values those of the word."""

    ones: frozenset[str] = frozenset()
    """For one, whether number or article: these alone say no number."""
    articles: frozenset[str] = frozenset()
    """Mere articles, which say one before a larger number: a hundred."""
    not_before_parts: frozenset[str] = frozenset()
    """Of both, those that never stand before a fraction."""
    units: Mapping[str, int] = field(default_factory=dict)
    """Two to nine."""
    teens: Mapping[str, int] = field(default_factory=dict)
    tens: Mapping[str, int] = field(default_factory=dict)
    score: frozenset[str] = frozenset()
    """Twenty where four of them are eighty."""
    hundreds: frozenset[str] = frozenset()
    counted_hundreds: frozenset[str] = frozenset()
    """Of these, what needs a number before it."""
    multipliers: Mapping[str, int] = field(default_factory=dict)
    """From a thousand."""
    collectives: Mapping[str, int] = field(default_factory=dict)
    """About so many: a dozen."""
    exact: frozenset[str] = frozenset()
    """Of these, what is meant exactly."""
    of: frozenset[str] = frozenset()
    """Between a collective and what multiplies it."""
    large: Mapping[str, int] = field(default_factory=dict)
    """What multiplies it: dozens of millions."""
    vague: frozenset[str] = frozenset()
    """What alone says no number: millions."""
    vague_behind: frozenset[str] = frozenset()
    """Behind what no number is one: several thousand."""
    ordinals: Mapping[str, int] = field(default_factory=dict)
    homographs: Mapping[str, Homograph] = field(default_factory=dict)
    parts: Mapping[str, int] = field(default_factory=dict)
    """The parts of a whole, by their number: a third."""
    halves: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Half of a whole, only before one of these words if any are named."""
    half_before: Mapping[str, str] = field(default_factory=dict)
    """Half, and the word between it and what it halves: half a million."""
    joins_one: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Between tens and what is added to them."""
    joins_rest: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Behind which words it stands between them and what is below a hundred."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What stands round a number; all words folded."""

    scales: Mapping[str, int] = field(default_factory=dict)
    """Powers of ten behind digits."""
    money: Mapping[str, str] = field(default_factory=dict)
    """Currencies, by a name that all languages share."""
    units: Mapping[str, str] = field(default_factory=dict)
    """Other units, likewise."""
    unit_joins: tuple[str, ...] = ()
    """Between a number and its unit, with the space behind."""
    counted_as_one: frozenset[str] = frozenset()
    """Units before which one is a number: one year."""
    ordinal_endings: str = ""
    """Behind digits, an expression."""
    and_a_half: str = ""
    """Behind a number, an expression."""
    decade: str = ""
    """Before the last two digits of a decade."""
    ranges: frozenset[str] = frozenset()
    """Between the ends of a range, with the spaces."""
    lists: frozenset[str] = frozenset()
    """Between the members of a list, with the spaces."""
    between: Mapping[str, str] = field(default_factory=dict)
    """Before the lower of two bounds, and what then stands before the upper."""
    bounds: Mapping[Bound, tuple[str, ...]] = field(default_factory=dict)
    """Before a number."""
    articles: tuple[str, ...] = ()
    """Between such words and the number, with the space before."""
    bounds_behind: Mapping[str, Bound] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Names:
    """What tells proper names from other capitalised words; all words folded."""

    openers: frozenset[str] = frozenset()
    """Words that open a sentence with a capital without being names."""
    adverbs: str = ""
    """Other openers, an expression: words made of an adjective."""
    elided: str = ""
    """Before a name, on text as it is: the letters of an elided word."""
    elided_articles: frozenset[str] = frozenset()
    """Of these, articles: L'AI is a name, J'AI a verb."""
    particles: frozenset[str] = frozenset()
    """Between the words of a name."""
    elided_particles: frozenset[str] = frozenset()
    """The same before an apostrophe."""
    honorifics: frozenset[str] = frozenset()
    """Abbreviated, as they are written, without the full stop: a name follows."""
    plural_articles: frozenset[str] = frozenset()
    inhabitants: str = ""
    """People of a place, in the plural, an expression."""
    acronyms: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of what has other ones in other languages, by a name that all of these share."""
    spelled_out: Mapping[str, str] = field(default_factory=dict)
    """Its words, where acronyms in other languages are not made of their initials."""
    not_acronyms: frozenset[str] = frozenset()
    """Acronyms of other languages that are articles in this one, even in capitals."""


@dataclass(frozen=True, slots=True)
class Negation:
    """How a sentence denies; all words folded."""

    opening: frozenset[str] = frozenset()
    """The first half of "ne … pas"."""
    closing: frozenset[str] = frozenset()
    """The second."""
    restricting: frozenset[str] = frozenset()
    """A second half that denies nothing: "ne … que"."""
    subjects: frozenset[str] = frozenset()
    """Before the first half, these deny without the second."""
    verbs: frozenset[str] = frozenset()
    """Behind the first half, so do these."""
    alone: frozenset[str] = frozenset()
    """What denies by itself."""
    contracted: str = ""
    """What follows the apostrophe of a negation that is drawn together with its verb."""
    contracted_as: str = ""
    """The word that it stands for."""
    before_partitive: str = ""
    """What denies by itself before a partitive."""
    partitives: frozenset[str] = frozenset()
    affirming: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Followed by these a negation denies nothing: "pas seulement"."""
    auxiliaries: frozenset[str] = frozenset()
    """Verbs that are not what is denied."""
    turns: frozenset[str] = frozenset()
    """Words at which what is denied ends."""
    negative_verbs: str = ""
    """Verbs that deny or refuse, an expression."""


@dataclass(frozen=True, slots=True)
class Speech:
    """How texts say whose words they hold; expressions, on text as it is unless folded."""

    comments: str = ""
    """All of a heading above readers' comments, folded."""
    comments_heading: str = ""
    """That heading where a page has none."""
    watermark: str = "{}"
    """The line for words, ``{}``, that are drawn across all pages."""
    commenter: str = ""
    """All of a line, folded, that says who wrote what follows: a group ``name``."""
    quoting: str = ""
    """What opens, in a post, the words of another one, folded: a group ``name``."""
    interview: str = ""
    """That somebody is interviewed: a group ``name``."""
    opinion: str = ""
    """In the title or at the top of what tells an opinion, folded."""
    byline: str = ""
    """All of a line that names an author: a group ``name``."""
    first_person: frozenset[str] = frozenset()
    """Forms of words by which one person speaks of himself."""
    readers: frozenset[str] = frozenset()
    """Lemmas that name somebody who comments."""
    reader: str = ""
    """Before what somebody comments; empty where nobody is to be named so."""
    named_reader: str = "{}"
    """The same of somebody whose name, ``{}``, is known."""
    author: str = ""
    """Before an author's words where his name is not known."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language, as far as the program says anything in it or must tell it from others."""

    name: str
    """What it calls itself."""
    telling: frozenset[str]
    """Words that tell it in a short question, in lower case."""
    letters: str
    """Those that only it has, of the languages that there are; often none."""
    stop_words: frozenset[str]
    """Words that are not searched for."""
    stemmer: str
    """Name of its Snowball stemmer."""
    quotation: tuple[str, str]
    """Its quotation marks, with their spaces."""
    colon: str
    """With its spaces."""
    months: tuple[str, ...]
    """From January, folded."""
    short_months: Mapping[str, int]
    """As they are cut short before a full stop, folded."""
    weekdays: tuple[str, ...]
    """From Monday, folded."""
    month_first: bool
    """Whether the day stands behind the month: May 12."""
    capital_months: frozenset[str]
    """Months that are other words, or names, in lower case; folded."""
    leaves: Mapping[Leaf, str]
    """How a reference names a page, a sheet or a slide: ``{}``."""
    prompts: Prompts
    sayings: Sayings
    writer: WriterSayings
    tesseract: str = ""
    """What Tesseract calls it."""
    spelling: Spelling = Spelling()
    filters: Mapping[str, str] = field(default_factory=dict)
    """What a filter written in a question is called: its field of ``core.Filter``."""
    languages: Mapping[str, Language] = field(default_factory=dict)
    """Names of languages, in lower case, by which documents are filtered."""
    questions: Questions = Questions()
    several: Several = Several()
    asking: Asking = Asking()
    followups: Followups = Followups()
    suggesting: Suggesting = Suggesting()
    times: Times = Times()
    replies: Replies = Replies()
    wanted: Wanted = Wanted()
    numbers: Numbers = Numbers()
    measures: Measures = Measures()
    names: Names = Names()
    negation: Negation = Negation()
    total: str = ""
    """How the name of a row begins that sums up rows above it."""
    last_total: str = ""
    """The same of one that sums up a whole table: what is to be paid."""
    speech: Speech = Speech()
    grammar: Grammar | None = None
    """Without one, who does what, and how it is meant, is not compared."""

    def named(self, locator: Locator) -> str:
        """A page, sheet or slide as a reference names it: ``p. 3``, ``sheet Budget``."""
        return self.leaves[locator.kind].format(locator.name or locator.number)
