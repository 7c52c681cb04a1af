"""Check that a sentence gives a figure, or a time, where the question asks for one."""

from __future__ import annotations

from askdossier import text
from askdossier.lang.forms import Forms
from askdossier.verify.holding import added_figures
from askdossier.verify.records import Asked, Problem, Sources, Statement, in_words

_REASONS = {
    "fr": "cette phrase ne donne pas ce que la question demande",
    "en": "this sentence does not give what the question asks for",
}


def check(statement: Statement, question: Asked | None, sources: Sources) -> Problem | None:
    """A sentence without the figure, or the time, that is asked for."""
    del sources
    if question is None or answers_in_kind(statement.text, question.text):
        return None
    return Problem("kind", "elsewhere", in_words(_REASONS, statement.language))


_FIGURE = Forms(lambda known: known.wanted.figure)
_BESIDE = Forms(lambda known: known.wanted.beside)
_COUNTS = Forms(lambda known: known.wanted.counts)
_COUNTED = Forms(lambda known: known.wanted.counted)
_HOW_LONG = Forms(lambda known: known.wanted.how_long)
_WHEN = Forms(lambda known: known.wanted.when)
_NO_FIGURE = Forms(lambda known: known.wanted.no_figure)
_ONE = Forms(lambda known: known.wanted.one)
_VAGUE = Forms(lambda known: known.wanted.vague)
_SHARE = Forms(lambda known: known.wanted.share)
_MAGNITUDE = Forms(lambda known: known.wanted.magnitude)
_TIME = Forms(lambda known: known.wanted.time)
_SAID_BEFORE = Forms(lambda known: known.wanted.said_before)


def answers_in_kind(sentence: str, question: str) -> bool:
    """A question that asks for a figure or a time is answered by one, any other by any words."""
    asked = text.fold(question)
    if _WHEN.search(asked):
        return gives_time(sentence, question)
    if not wants_figure(question) or gives_figure(sentence, question):
        return True
    return _HOW_LONG.search(asked) is not None and gives_time(sentence, question)


def gives_time(sentence: str, question: str) -> bool:
    """Whether a sentence has a word of time, or a figure that its question has not."""
    said = text.fold(sentence)
    told = _TIME.search(_SAID_BEFORE.sub("", said))
    return told is not None or bool(added_figures(sentence, question))


def wants_figure(question: str) -> bool:
    """Whether a question asks for a number, a date or an amount, and for nothing else beside it."""
    parts = _BESIDE.split(text.fold(question))
    return all(_FIGURE.search(part) for part in parts)


def gives_figure(sentence: str, question: str) -> bool:
    """Whether a sentence has a figure, in digits or in words, that its question has not."""
    said = text.fold(sentence)
    one = _ONE.search(said) is not None and _COUNTS.search(text.fold(question)) is not None
    other = _NO_FIGURE.search(said) is not None or _says_vaguely(said, question)
    return one or other or bool(added_figures(sentence, question))


def _says_vaguely(said: str, question: str) -> bool:
    """Whether folded words say "several", or "all", of what is to be counted if that is named."""
    named = _COUNTED.search(text.fold(question)) is not None
    asked = text.stems(question)
    forms = (_VAGUE, _SHARE) if named else (_VAGUE,)
    vague = ["".join(filter(None, one.groups())) for form in forms for one in form.finditer(said)]
    return any(
        not named
        or not counted.strip()
        or _MAGNITUDE.search(counted) is not None
        or not asked.isdisjoint(text.stems(counted))
        for counted in vague
    )
