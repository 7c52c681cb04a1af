"""What a language must bring for the program to ask and answer in it.

Prompts are templates: ``{evidence}``, ``{question}``, ``{answer}``, ``{further}``, ``{text}`` and
``{statement}`` stand for what is put there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

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
    proving: str
    """Instructions: to say whether a text proves a statement."""
    proof: str


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
    times: str
    """``{title}``, and how many times (``{count}``)."""
    one_document: str
    documents: str
    """How many there are: ``{total}``."""
    first: str
    """That only the first ``{}`` are shown."""
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
    article: str = ""
    """Before such a phrase, as it was written, with the space behind it."""
    nothing_named: str = ""
    """All of a phrase that names nothing: "quoi"."""
    several: str = ""
    """In a question that asks for more than one sentence can say: reasons, a list."""
    polar: str = ""
    """The verb before its subject that tells a question for yes or no."""
    open: str = ""
    """Words that ask for more than yes or no, wherever they stand."""
    open_before: str = ""
    """Words before the verb that ask for more there; elsewhere they begin a clause of their own."""
    indirect: str = ""
    """What is asked for in a question that only seems to be for yes or no."""


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
    prompts: Prompts
    sayings: Sayings
    questions: Questions = Questions()
    followups: Followups = Followups()
    replies: Replies = Replies()
    wanted: Wanted = Wanted()
