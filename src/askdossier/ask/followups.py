"""Questions that lean on those before them: « et lui ? », « pourquoi ? ».

Recognised by their form alone (``lang.lexicon.Followups``), and made to stand by themselves, never
with words that nobody said: by rule (``rewording``) where grammar tells, else by the writer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import closing

from askdossier import lang, text
from askdossier.ask import prompts, rewording
from askdossier.ask.forms import plain
from askdossier.core import Language, Stop, Turn, Writer
from askdossier.lang import LEXICONS
from askdossier.lang.forms import Forms, union

_MOST_QUESTION_TOKENS = 60
_LOOKED_BACK = 2
"""Turns whose words a follow-up may take up."""


def standing_alone(
    writer: Callable[[], Writer],
    question: str,
    history: Sequence[Turn],
    language: Language,
    stop: Stop,
) -> str:
    """Give a follow-up as a question of its own; empty for one that stands by itself already.

    ``history`` is oldest first. ``writer`` is called only where no rule tells.
    """
    if not history or not leans(question):
        return ""
    before = history[-1]
    if wants_more(question):
        return before.question
    if not _ABOUT.search(before.question):
        complete = rewording.completed(question, before.question, language)
        if complete:
            return complete
    opened = rewording.without_opening(question, language)
    if opened != question and not leans(opened) and rewording.has_verb(opened, language):
        return opened
    told = rewording.resolved(question, history, language)
    if told and told.certain:
        return told.question
    written = _rewritten(writer(), question, before, language, stop)
    known = " ".join(f"{turn.question} {turn.answer}" for turn in history[-_LOOKED_BACK:])
    if grounded(written, question, known) and asks_once(written, question):
        return written
    return told.question if told else joined(opened, before.question, language)


def _rewritten(writer: Writer, question: str, before: Turn, language: Language, stop: Stop) -> str:
    """Let the writer put a follow-up so that it is understood without the turn before it.

    Whether it kept to what was said is for the caller to check. Empty when stopped.
    """
    written = ""
    pieces = writer.stream(
        prompts.rewriting(question, before, language),
        stop,
        prefix=lang.of(language).prompts.rewritten,
        max_tokens=_MOST_QUESTION_TOKENS,
    )
    with closing(pieces):
        for piece in pieces:
            written += piece
            if "?" in written or "\n" in written.strip():
                break
    end = written.find("?") + 1
    return " ".join((written[:end] if end else written).split())


def leans(question: str) -> bool:
    """Whether a question can only be understood with the one before it.

    It opens like a continuation ("et …"), has hardly a word of its own, or a pronoun for which it
    names nothing beforehand. A question that names its subject is a change of subject.
    """
    if _CONTINUES.match(text.fold(question).strip()) or wants_more(question):
        return True
    own = _content(question)
    return (len(own) <= 1 and not _NAMED.search(question)) or _points_back(question)


def _points_back(question: str) -> bool:
    """Whether a pronoun stands for something that the question does not name before it."""
    folded = text.fold(question)
    back = _UNNAMED.search(folded)
    if back and not (
        _DEFINITE.search(folded[: back.start()]) or _NAMED.search(question[: back.start()])
    ):
        return True
    return any(
        (
            _ASKED.fullmatch(folded, match.start())
            or len(_content(question[: match.start()])) <= (match["his"] is not None)
        )
        and not _NAMED.search(question[: match.start()])
        for match in _PRONOUN.finditer(folded)
        if not _IMPERSONAL.match(folded, match.start())
    )


def wants_more(question: str) -> bool:
    """Whether a message asks for more about the last answer: "développe", "tell me more"."""
    return _MORE.fullmatch(plain(question)) is not None


def grounded(rewritten: str, question: str, before: str) -> bool:
    """Whether a rewritten question says all of the question, and else only what went before.

    At most one word may be new, since a rewording sometimes needs a verb, and one may be lost.
    """
    if len(rewritten) > _LONGEST or not rewritten.endswith("?"):
        return False
    kept = text.stems(rewritten)
    lost = [word for word in _content(question) if not kept & text.stems(word)]
    if len(lost) > 1 or len(lost) == len(_content(question)) > 0:
        return False
    known = text.stems(f"{question} {before}")
    written = re.findall(r"[\w'’-]+", rewritten)
    new = [word for word in written if (tokens := text.stems(word)) and not tokens & known]
    named = any(word[:1].isupper() or word[:1].isdigit() for word in new if word != written[0])
    return len(new) <= 1 and not named and not _points_back(rewritten)


def asks_once(rewritten: str, question: str) -> bool:
    """Whether a rewritten question asks what the follow-up asks, and not the old question again.

    "Quel est le nombre de signataires, et qui l'a lancé ?" asks both.
    """
    folded, asked = text.fold(rewritten), text.fold(question)
    if _JOINS.search(folded) and not _JOINS.search(asked):
        return False
    own = {match[0] for match in _ASKS.finditer(asked)}
    return not own or {match[0] for match in _ASKS.finditer(folded)} <= own


def joined(question: str, before: str, language: Language) -> str:
    """Say a question together with the one before it, word for word, for want of a better one.

    One that says enough itself is said with the names in the other only. Where that one was joined
    itself, with what it was about.
    """
    about = _ABOUT.search(before)
    if about:
        return f"{question} {lang.of(language).sayings.about.format(about['about'])}"
    names = _names(before) if len(_content(question)) > _FEW_WORDS else []
    previous = ", ".join(dict.fromkeys(names)) or before.rstrip(" ?!.\u00a0\u202f")
    return f"{question} {lang.of(language).sayings.about.format(previous)}"


def without_joined(question: str) -> str:
    """A question without what ``joined`` said it together with."""
    return _ABOUT.sub("", question)


_LONGEST = 300
_FEW_WORDS = 2
"""Words of its own with which a follow-up may still ask the same as the question before it."""


def _content(question: str) -> list[str]:
    """The words of a question that say something, as they are written."""
    empty = union(lambda known: known.followups.empty)
    return [
        word
        for word in re.findall(r"[\w'’-]+", question)
        if text.stems(word) and text.fold(word) not in empty
    ]


_CAPITALISED = r"(?<=[\s'’«(-])[A-ZÀ-ÖØ-Þ][\w’'-]+"
_NAMED = re.compile(rf"(?<![.?!…])(?<!^){_CAPITALISED}|\d{{2,}}")
_CONTINUES = Forms(lambda known: known.followups.continues)
_MORE = Forms(lambda known: known.followups.more)
_PRONOUN = Forms(lambda known: known.followups.pronoun)
_ASKED = Forms(lambda known: known.followups.asked)
_IMPERSONAL = Forms(lambda known: known.followups.impersonal)
_UNNAMED = Forms(lambda known: known.followups.unnamed)
_ASKS = Forms(lambda known: known.followups.asks)
_JOINS = Forms(lambda known: known.followups.joins_questions)
_ABOUT = Forms(
    lambda known: re.escape(known.sayings.about).replace(r"\{\}", "(?P<about>.*)") + r"\W*\Z",
    re.DOTALL,
)
"""What ``joined`` adds."""
_DEFINITE = Forms(lambda known: known.followups.definite)


def _names(question: str) -> list[str]:
    """Runs of capitalised words, but the first of a question."""
    joins = "|".join(known.followups.name_joins for known in LEXICONS.values())
    return re.findall(rf"{_CAPITALISED}(?: (?:{joins})?{_CAPITALISED})*", question)
