"""How English texts say whose words they hold, and how an answer says it."""

from __future__ import annotations

from askdossier.lang.lexicon import Speech

_SOMEBODY = r"(?P<name>[A-Z][\w’'.-]*(?: (?:de |van |von |of )?[A-Z][\w’'.-]*)+)"

SPEECH = Speech(
    comments=(
        r"(?:\d{1,6} )?(?:latest |top |all )?comments?(?: (?:of|on|from) .{2,60})?\s?:?"
        r"(?: ?\(\d{1,6}\))?"
        r"|(?:readers?'? |your )?(?:reactions|responses)\s?:?(?: ?\(\d{1,6}\))?"
    ),
    comments_heading="Comments",
    watermark="Watermark: {}",
    commenter=(
        r"(?:by )?(?P<name>\S.{0,40}?)(?: (?:says|said|wrote|commented|replied)\b.{0,60}?\s?:?"
        r"|,? (?:on )?\w+ \d{1,2},? \d{4}.{0,20}|,? \d{1,2} \w+ \d{4}.{0,20}|,? \d+ \w+ ago.{0,20})"
    ),
    quoting=(r"(?P<name>\S.{0,40}?) (?:wrote|said|posted)\b.{0,60}?:(?!\d)"),
    interview=(rf"(?:[Ii]nterview|[Cc]onversation|Q&A) with(?: [^.:\n]{{0,60}}?,)? {_SOMEBODY}"),
    opinion=(
        r"\b(?:op-ed|opinion|editorial|open letter|letters? to the editor|guest column|viewpoint)\b"
    ),
    byline=rf"(?:By|Written by) {_SOMEBODY}(?:,.{{0,80}})?",
    first_person=frozenset("i my myself".split()),
    readers=frozenset("reader commenter comment".split()),
    reader="A reader",
    named_reader="A reader, {}",
    author="The author",
)
