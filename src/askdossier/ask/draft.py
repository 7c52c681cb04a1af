"""Let the writer judge whether the evidence answers, and draft the answer.

Knows nothing about citations: the draft is plain text, checked elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from itertools import islice

from askdossier import lang, text
from askdossier.ask.forms import plain
from askdossier.ask.prompts import prefix
from askdossier.core import Choice, Language, Probe, Prompt, Stop, Writer
from askdossier.lang import LEXICONS, Lexicon
from askdossier.lang.forms import Forms

MOST_SENTENCES = 3
_MOST_PIECES = 130
"""Pieces of a draft, hardly ever more than a token each: an evidence sentence has about 110."""
_MOST_TOKENS = 160
"""More than that many pieces, so that a draft ends by itself or is known to be cut."""


def answerable(writer: Writer, request: Prompt, language: Language, stop: Stop) -> Choice:
    """Let the writer judge whether the evidence answers: Yes or No, in this order."""
    words = lang.of(language).prompts
    weigh = writer.examine if isinstance(writer, Probe) else writer.choose
    return weigh(request, (words.yes, words.no), stop, prefix=prefix(words))


def draft(writer: Writer, request: Prompt, language: Language, stop: Stop) -> Generator[str]:
    """Sentences of the answer, each as soon as it is complete; at most ``MOST_SENTENCES``.

    Passed over is what says nothing: the question said again, and a mere yes or no.
    """
    with closing(_complete(writer, request, language, stop)) as sentences:
        yield from islice(filter(_says_something, _with_quotations(sentences)), MOST_SENTENCES)


def _with_quotations(sentences: Iterable[str]) -> Iterator[str]:
    """Sentences, those of one quotation together: said alone, its second has lost its speaker.

    One by one where it never closes.
    """
    begun: list[str] = []
    for sentence in sentences:
        begun.append(sentence)
        whole = " ".join(begun)
        if not text.opens_quotation(whole, straight=True):
            yield whole
            begun = []
    yield from begun


def _says_something(sentence: str) -> bool:
    mere = {plain(word) for known in LEXICONS.values() for word in _yes_and_no(known)}
    return not text.asks(sentence) and plain(sentence) not in mere


def _yes_and_no(known: Lexicon) -> tuple[str, str]:
    return known.prompts.yes, known.prompts.no


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


_IN_QUOTES = re.compile(r"""\A["“”](?=[^"“”«»]*\w)(?P<words>[^"“”«»]++)["“”](?P<end>[.!]?)\Z""")
_LEAD = Forms(lambda known: known.replies.lead)
_PREAMBLE = Forms(lambda known: known.replies.preamble)
_REFUSAL = Forms(lambda known: known.replies.refusal)
