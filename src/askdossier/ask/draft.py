"""Let the writer judge whether the evidence answers, and draft the answer.

Knows nothing about citations: the draft is plain text, checked elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import islice

from askdossier import lang, text
from askdossier.ask import prompts
from askdossier.ask.forms import plain
from askdossier.ask.prompts import prefix
from askdossier.core import (
    Choice,
    Counting,
    EmptyReply,
    Evidence,
    Language,
    Probe,
    Prompt,
    Stop,
    Writer,
    profile,
)
from askdossier.lang import LEXICONS, Lexicon
from askdossier.lang.forms import Forms

ABLE = 3_000_000_000
"""Parameters from which a writer is asked for a complete answer. Smaller ones, given room, fill it
with what the evidence does not say, and each such sentence costs a check; from some 3B on, models
made to follow instructions keep to excerpts over several sentences. Where the line lies was not
measured: a sentence that fails is dropped on either side of it."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How an answer is asked for, and how long it may be."""

    sentences: int
    pieces: int
    """Of a reply, hardly ever more than a token each: an evidence sentence has about 110."""
    tokens: int
    """More than that many pieces, so that a draft ends by itself or is known to be cut."""
    fully: bool = False
    """Whether by a prompt of its own, which the writer reads after that of the judgement."""

    def request(self, question: str, evidence: Sequence[Evidence], language: Language) -> Prompt:
        """Give the prompt."""
        return prompts.answering(question, evidence, language, fully=self.fully)

    def beginning(self, language: Language) -> str:
        """What the reply begins with: behind the judgement, its Yes."""
        words = lang.of(language).prompts
        return f"{words.answer} " if self.fully else prefix(words)


BRIEF = Manner(3, 130, 160)
"""As the default writer is asked, whose evidence is then read once for judgement and draft."""
FULL = Manner(6, 450, 480, fully=True)


def manner(
    writer: Writer, question: str, evidence: Sequence[Evidence], language: Language
) -> Manner:
    """How a writer is asked for an answer: fully where it is able, and its context has the room."""
    known = profile(writer)
    if (known.parameters or 0) < ABLE:
        return BRIEF
    room = known.room(FULL.tokens)
    if room is None:
        return FULL
    if not isinstance(writer, Counting):
        return BRIEF
    needed = writer.count_tokens(FULL.request(question, evidence, language))
    return FULL if needed <= room else BRIEF


def answerable(writer: Writer, request: Prompt, language: Language, stop: Stop) -> Choice:
    """Let the writer judge whether the evidence answers: Yes or No, in this order."""
    words = lang.of(language).prompts
    weigh = writer.examine if isinstance(writer, Probe) else writer.choose
    return weigh(request, (words.yes, words.no), stop, prefix=prefix(words))


def right(
    writer: Writer,
    question: str,
    said: str,
    quotes: Sequence[Evidence],
    language: Language,
    stop: Stop,
) -> Choice:
    """Let it judge once more whether what is said answers, with nothing but the words it cites.

    It is asked of these words alone; but shown what is said with them where it gives no
    probabilities, since one Yes or No then tells more (docs/benchmarks.md). Yes or No, in this
    order.
    """
    if profile(writer).logprobs:
        return answerable(writer, prompts.answering(question, quotes, language), language, stop)
    words = lang.of(language).prompts
    request = prompts.checking(question, quotes, said, language)
    return writer.choose(request, (words.yes, words.no), stop)


def draft(
    writer: Writer, request: Prompt, language: Language, stop: Stop, how: Manner = BRIEF
) -> Generator[str]:
    """Sentences of the answer, each as soon as it is complete; at most as many as ``how`` says.

    Passed over is what says nothing: the question said again, and a mere yes or no. A reply that
    begins in another language is asked for once more, with its own insisted on.
    """
    with closing(_said(writer, request, language, stop, how)) as sentences:
        first = next(sentences, None)
        if first is None:
            return
        if not text.other_language(first, language):
            yield first
            yield from sentences
            return
    request = prompts.insisting(request, language)
    # Where it then says nothing, the words of the evidence are quoted.
    with closing(_said(writer, request, language, stop, how)) as sentences, suppress(EmptyReply):
        yield from sentences


def _said(
    writer: Writer, request: Prompt, language: Language, stop: Stop, how: Manner
) -> Generator[str]:
    with closing(_complete(writer, request, language, stop, how)) as sentences:
        yield from islice(filter(_says_something, _with_quotations(sentences)), how.sentences)


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


def _complete(
    writer: Writer, request: Prompt, language: Language, stop: Stop, how: Manner
) -> Generator[str]:
    """All sentences of the reply, but for one that is cut off because the reply is too long."""
    written, given = "", 0
    pieces = writer.stream(request, stop, prefix=how.beginning(language), max_tokens=how.tokens)
    with closing(pieces):
        for piece in islice(pieces, how.pieces):
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
