"""What a language must bring for the program to ask and answer in it.

Prompts are templates: ``{evidence}``, ``{question}``, ``{answer}``, ``{further}``, ``{text}`` and
``{statement}`` stand for what is put there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
