"""Messages that ask the dossier nothing: greetings, thanks, "what can you do?"."""

from __future__ import annotations

from typing import get_args

from askdossier import lang
from askdossier.ask.forms import plain
from askdossier.core import Language
from askdossier.lang import SmallTalk
from askdossier.lang.forms import Forms


def matches(message: str) -> SmallTalk | None:
    """Tell what is meant by such a message; None for a question."""
    folded = plain(message)
    return next((kind for kind, form in _FORMS.items() if form.fullmatch(folded)), None)


def answer(asked: SmallTalk, language: Language) -> str:
    """Reply in kind."""
    return lang.of(language).sayings.small_talk[asked]


def _form(kind: SmallTalk) -> Forms:
    return Forms(lambda known: known.questions.small_talk.get(kind, ""))


_FORMS: dict[SmallTalk, Forms] = {kind: _form(kind) for kind in get_args(SmallTalk)}
