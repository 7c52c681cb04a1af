"""What tells English names from other capitalised words, and how a sentence denies."""

from __future__ import annotations

from askdossier.lang.lexicon import Names, Negation

NAMES = Names(
    openers=frozenset(
        "the a an this that these those he she it they we you i his her its their our your my who "
        "what which when where why how and or but so if on according in at by for with without "
        "from to of as since during before after while about more less than yes no not some many "
        "several each every there here then however also thus nearly around january february "
        "march april may june july august september october november december monday tuesday "
        "wednesday thursday friday saturday sunday finally only lastly today yesterday recently "
        "now still even never nothing nobody both all most one two three four five six seven eight "
        "nine ten first second third dr mr mrs ms".split()
    ),
    adverbs=r"\w{4,}(?:[ae]lly|ently|ously|ively|edly|ately)",
    particles=frozenset({"of", "the", "von", "van", "de", "la", "el", "al", "bin", "ibn", "ben"}),
    honorifics=frozenset("Mr Mrs Ms Dr Prof St".split()),
    plural_articles=frozenset("the these some".split()),
    inhabitants=r"\w{2,}(?:ian|ican)s",
    acronyms={
        "artificial intelligence": frozenset({"ai"}),
        "european union": frozenset({"eu"}),
        "united nations": frozenset({"un"}),
        "north atlantic treaty": frozenset({"nato"}),
        "world health": frozenset({"who"}),
        "monetary fund": frozenset({"imf"}),
        "united states": frozenset({"usa", "us"}),
    },
    spelled_out={"united states": "united states"},
)

NEGATION = Negation(
    alone=frozenset("not never no without neither nor cannot none nobody nothing hardly".split()),
    contracted="t",
    contracted_as="not",
    affirming={
        "not": frozenset("only just merely less more fewer".split()),
        "no": frozenset("doubt less more fewer".split()),
        "without": frozenset({"doubt"}),
    },
    turns=frozenset("but because".split()),
    negative_verbs=(
        r"refuse\w*|reject\w*|den(?:y|ies|ied)|forbid\w*|ban(?:s|ned)?|fail(?:s|ed)?|prevent\w*"
        r"|stop(?:s|ped)?"
    ),
)
