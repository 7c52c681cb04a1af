"""Times that depend on when they were written, in English."""

from __future__ import annotations

from askdossier.lang.lexicon import Times

_MONTH = (
    r"(?P<month>january|february|march|april|may|june|july|august|september|october|november"
    r"|december)"
)
TIMES = Times(
    relative=(
        (rf"\bnext {_MONTH}\b", "month", 1),
        (rf"\blast {_MONTH}\b", "month", -1),
        (r"\blast year\b", "year", -1),
        (r"\bthis year\b", "year", 0),
        (r"\bnext year\b", "year", 1),
        (r"\blast month\b", "month", -1),
        (r"\bthis month\b", "month", 0),
        (r"\bnext month\b", "month", 1),
        (r"\byesterday\b", "day", -1),
        (r"\btomorrow\b", "day", 1),
        (r"\b(?:currently|nowadays|at present|today|recently)\b", "", 0),
        (
            r"\b(?:last|next|this) (?:week|spring|summer|autumn|winter|quarter|(?:mon|tues|wednes"
            r"|thurs|fri|satur|sun)day)\b",
            "",
            0,
        ),
        (r"\b(?:\w+|\d+) (?:days|weeks|months|years) ago\b", "", 0),
    ),
    now=r"\b(?:current(?:ly)?|today|now|at present|nowadays|to date|latest)\b",
    document=("document of %Y-%m-%d", "document of %Y-%m", "document of %Y"),
    forms=("%Y-%m-%d", "%Y-%m", "%Y"),
    older=", older",
)
