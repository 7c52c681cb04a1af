"""Let the writer judge whether the evidence answers, and draft the answer.

Knows nothing about citations: the draft is plain text, checked elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import closing
from itertools import islice

from askdossier import lang, text
from askdossier.ask.prompts import prefix
from askdossier.core import Choice, Language, Prompt, Stop, Writer

MOST_SENTENCES = 3
_MOST_PIECES = 130
"""Pieces of a draft, hardly ever more than a token each: an evidence sentence has about 110."""
_MOST_TOKENS = 160
"""More than that many pieces, so that a draft ends by itself or is known to be cut."""


def answerable(writer: Writer, request: Prompt, language: Language, stop: Stop) -> Choice:
    """Let the writer judge whether the evidence answers: Yes or No, in this order."""
    words = lang.of(language).prompts
    return writer.choose(request, (words.yes, words.no), stop, prefix=prefix(words))


def draft(writer: Writer, request: Prompt, language: Language, stop: Stop) -> Generator[str]:
    """Sentences of the answer, each as soon as it is complete; at most ``MOST_SENTENCES``.

    Passed over is what says nothing: the question said again, and a mere yes or no.
    """
    with closing(_complete(writer, request, language, stop)) as sentences:
        yield from islice(filter(_says_something, sentences), MOST_SENTENCES)


def _says_something(sentence: str) -> bool:
    return not text.asks(sentence) and _YES_OR_NO.fullmatch(sentence) is None


def _complete(writer: Writer, request: Prompt, language: Language, stop: Stop) -> Generator[str]:
    """All sentences of the reply, but for one that is cut off because the reply is too long."""
    written, given = "", 0
    pieces = writer.stream(
        request, stop, prefix=prefix(lang.of(language).prompts), max_tokens=_MOST_TOKENS
    )
    with closing(pieces):
        for piece in islice(pieces, _MOST_PIECES):
            written += piece
            spans = text.sentences(written)
            for span in spans[given:-1]:
                if not _SETTLED.match(written, span.end):
                    break
                yield span.of(written)
                given += 1
        cut_off = next(pieces, None) is not None
    if not stop.is_set():
        spans = text.sentences(written)
        for span in spans[given : -1 if cut_off else None]:
            yield span.of(written)


_SETTLED = re.compile(r"\W*\w+\W+\w")
"""Two words behind a full stop: with them it is certain that no more text moves the border, as it
does from ``J. L`` to ``J. Lefebvre``."""


def without_preamble(sentence: str) -> str:
    """Drop "Les extraits indiquent que…": the reader sees the answer, not the writer's excerpts.

    Drop "Oui," or "Non," before it too: whether its words affirm is for the reader to see. And
    quotation marks round all of it: what is quoted is for the program to say.
    """
    said = _IN_QUOTES.sub(r"\g<words>\g<end>", sentence)
    said = _LEAD.sub(lambda lead: lead["first"].upper(), said)
    rest = _PREAMBLE.sub("", said, count=1)
    return rest[:1].upper() + rest[1:] if rest and rest != sentence else sentence


def refuses(sentence: str) -> bool:
    """Whether the writer says after all that its excerpts hold no answer."""
    return _REFUSAL.search(text.fold(sentence)) is not None


_YES_OR_NO = re.compile(r"\W*(?:oui|non|yes|no)\W*", re.IGNORECASE)
_LEAD = re.compile(
    r"\A[-–—•* ]*(?:Oui|Non|Yes|No), (?!(?:mais|et|dit|dis|répond|but|and)\w*\b)(?P<first>\w)"
)
_IN_QUOTES = re.compile(r"""\A["“”](?=[^"“”«»]*\w)(?P<words>[^"“”«»]++)["“”](?P<end>[.!]?)\Z""")
_PREAMBLE = re.compile(
    r"(?:(?:Les|Ces) extraits (?:\w+ )?(?:montrent|indiquent|disent|précisent|mentionnent|"
    r"affirment|expliquent|révèlent|soulignent|déclarent|démontrent|confirment) qu(?:e |['’])"
    r"|(?:D['’]après|Selon) (?:les|ces) extraits(?: fournis)?, ?"
    r"|(?:The|These) excerpts (?:show|state|say|indicate|mention|suggest) that "
    r"|According to (?:the|these) excerpts, ?)"
)
_REFUSAL = re.compile(
    r"(?:extraits?|textes?|documents?) (?:fournis )?(?:ne|n')[^.]{0,40}? pas\b"
    r"|aucun(?:e)? (?:extrait|information|reponse)"
    r"|(?:excerpts?|texts?|documents?) (?:provided )?(?:do(?:es)? not|don't|doesn't)\b"
    r"|no (?:excerpt|information|answer)\b"
    r"|(?:n'est|ne sont|n'est donc) pas (?:mentionne|precise|indique|donne|specifie)"
    r"|(?:is|are) not (?:mentioned|stated|given|specified|provided)"
)
