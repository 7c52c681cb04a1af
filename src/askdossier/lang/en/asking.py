"""By which words an English question names what it asks about."""

from __future__ import annotations

from askdossier.lang.lexicon import Asking

ASKING = Asking(
    joining=frozenset("and or vs vs. versus / & against".split()),
    against=frozenset(
        ("as against", "up against", "as opposed", "compared with", "compared to", "next to",
         "relative to", "as compared")
    ),
    than=frozenset(("than",)),
    comparing=frozenset(),
    beside=frozenset("from with to against beside".split()),
    same=frozenset("that those one ones".split()),
    its=frozenset("its his her their".split()),
    which=frozenset("what which whose".split()),
    quantities=frozenset("many much fewer more less".split()),
    weighing=frozenset(
        "gap difference distinction comparison total sum more less fewer exceed surpass separate "
        "pass elapse lie add subtract compare contrast set put oppose distinguish differ change do "
        "be have tell want like much many each side both way ways average stack".split()
    ),
    either=frozenset(("or",)),
    choosing=frozenset("which who whose what".split()),
    parting=frozenset(
        "separate distinguish differentiate differ compare contrast set part depart diverge stack "
        "different exceed outdo".split()
    ),
    apart_in_time=(
        r"\bhow (?:many (?:years|months|weeks|days|decades|centuries)|much time|long)\b"
        r"|\b(?:older|younger|earlier|later|sooner|newer|came first|longer ago)\b"
    ),
    older=r"\b(?:older|younger|elder|newer)\b",
    exceeding=frozenset("exceed surpass outdo top".split()),
    superlative=(
        r"\bthe (?:most|least|best|worst|(?:cheap|dear|old|young|new|larg|small|bigg|great|high|low"
        r"|long|short|rich|poor|few|fast|slow|strong|weak|heavi|light|near|earli|lat|costli)est)\b"
    ),
    adding=r"\b(?:add(?:ed|ing|s)?|sums?|total|together|combined|altogether|in all)\b",
    attributing=frozenset(("according to",)),
    views=frozenset(
        "view opinion position stance take reaction response attitude statement comments "
        "criticism quote complaint argument account explanation version feeling line verdict "
        "reply answer demand proposal claim remark thought case testimony".split()
    ),
    voiced_by=frozenset("by from".split()),
    documents=frozenset("document article text source file folder paper".split()),
    terms=frozenset(
        "word term expression phrase acronym abbreviation notion concept label name meaning "
        "definition sense".split()
    ),
    meaning_by=frozenset("by under".split()),
)  # fmt: skip
