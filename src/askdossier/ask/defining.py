"""How a sentence says what something is, by its words and their parts of speech.

By the order of words more than by a parser's tree, which fails where a name has several words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, get_args

from askdossier import lang, text
from askdossier.core import Language
from askdossier.lang.grammar import Defining
from askdossier.lang.labels import NOUNS, VERBS
from askdossier.lang.parse import Word, parsed

Way = Literal["said", "entry", "apposition", "brackets", "title"]
"""From the best: by a verb ("X est un …", "X désigne", "on appelle X"); as an entry of a glossary
or a row ("X : …"); by a noun beside it ("X, association …"); in brackets; as what somebody is
called by ("le maire X")."""
WAYS: tuple[Way, ...] = get_args(Way)

_PART = re.compile(r"[^\W_]+")
_QUOTES = frozenset("«»“”\"'’‘*")
_LINE_SIGNS = frozenset((":", "—", "–", "|", "="))
_NOMINAL = NOUNS | {"DET", "ADJ", "NUM", "CCONJ"}
_BEFORE_ATTRIBUTE = frozenset(("DET", "ADJ", "ADV", "NUM"))
_ATTRIBUTE = 6
"""Words behind a verb among which the noun stands that says what something is."""
_FEWEST = 3
"""Words that say what something is where no verb does."""
_LONGEST_ASIDE = 25
"""Words between two commas."""


def way(sentence: str, term: str, language: Language) -> Way | None:
    """How a sentence defines a term; None if it does not, or in a language without a grammar."""
    words, grammar = parsed(sentence, language), lang.of(language).grammar
    if words is None or grammar is None or text.asks(sentence):
        return None
    found = (
        _Place(words, at, grammar.defining, language).way() for at in _places(words, term, language)
    )
    return min(filter(None, found), key=WAYS.index, default=None)


def _places(words: Sequence[Word], term: str, language: Language) -> Iterator[range]:
    """Where a term stands, in any inflection of its words."""
    wanted = _stems(term, language)
    there = [(stem, i) for i, word in enumerate(words) for stem in _stems(word.text, language)]
    for first in range(len(there) - len(wanted) + 1):
        run = there[first : first + len(wanted)]
        if wanted and [stem for stem, _ in run] == wanted:
            yield range(run[0][1], run[-1][1] + 1)


def _stems(said: str, language: Language) -> list[str]:
    """Those of its words, the parts of compounds each for itself."""
    parts = _PART.findall(said)
    return [stem for part in parts for stem in text.search_tokens(part, {language})]


class _Place:
    """A term where it stands in a sentence."""

    def __init__(
        self, words: Sequence[Word], at: range, defining: Defining, language: Language
    ) -> None:
        self._words, self._at, self._defining = words, at, defining
        self._negating = _negating(language)
        self._weekdays = lang.of(language).weekdays

    def way(self) -> Way | None:
        """How it is defined there."""
        behind = self._past_quotes(self._at.stop)
        leads = self._leads()
        if leads and self._is_entry(behind):
            return "entry"
        if leads and any(map(self._says, self._verbs(behind))):
            return "said"
        if self._is_called():
            return "said"
        if self._form(behind) == "," and self._is_aside(behind + 1):
            return "apposition"
        if self._form(behind) == "(" and self._is_bracketed(behind + 1):
            return "brackets"
        if self._is_behind_noun(behind):
            return "apposition"
        return "title" if self._has_title() else None

    # --- by a verb ---

    def _leads(self) -> bool:
        """Whether nothing but its own noun and article stands before it in its clause."""
        for word in reversed(self._words[: self._at.start]):
            if word.part == "PUNCT" and word.text not in _QUOTES:
                return True
            if word.part not in _NOMINAL and word.text not in _QUOTES and not word.text.isspace():
                return False
        return True

    def _verbs(self, behind: int) -> Iterator[int]:
        """Where the verb may stand whose subject it is: right behind, or behind an aside."""
        yield behind
        if self._form(behind) in {",", "("}:
            closing = "," if self._form(behind) == "," else ")"
            yield behind + 2  # a relative pronoun between
            for i in range(behind + 1, min(behind + _LONGEST_ASIDE, len(self._words))):
                if self._form(i) == closing:
                    yield i + 1
                    return

    def _says(self, at: int) -> bool:
        """Whether the verb there says what its subject is, or means."""
        while self._part(at) in {"PRON", "PART"} or self._form(at) in self._defining.before_verb:
            at += 1
        if at >= len(self._words) or self._words[at].part not in VERBS | {"ADJ", "NOUN"}:
            return False
        lemma = self._words[at].lemma
        if lemma in self._defining.verbs:
            return not self._is_denied(at)
        if lemma not in self._defining.copulas or self._is_denied(at):
            return False
        first = at + 1
        while self._part(first) == "ADV":
            first += 1
        if self._part(first) not in {"DET", "NOUN"}:
            return False
        for i in range(first, min(first + _ATTRIBUTE, len(self._words))):
            if self._part(i) in NOUNS:
                return True
            if self._part(i) not in _BEFORE_ATTRIBUTE:
                return False
        return False

    def _is_denied(self, verb: int) -> bool:
        return self._form(verb + 1) in self._negating

    def _is_called(self) -> bool:
        """Whether words before or behind it say that something is called so."""
        before = [w.form for w in self._words[: self._at.start] if w.text not in _QUOTES]
        behind = [w.form for w in self._words[self._at.stop :] if w.text not in _QUOTES]
        while behind[:1] == [","]:
            del behind[0]
        return any(
            before[-len(phrase.split()) :] == phrase.split() for phrase in self._defining.called
        ) or any(
            behind[: len(phrase.split())] == phrase.split()
            for phrase in self._defining.called_behind
        )

    # --- without a verb ---

    def _is_entry(self, behind: int) -> bool:
        """Whether a line begins with it, and with what separates it from its explanation."""
        before = self._words[: self._at.start]
        if any(word.part not in {"DET", "PUNCT", "SPACE", "SYM"} for word in before):
            return False
        rest = [word for word in self._words[behind + 1 :] if word.part != "PUNCT"]
        told = self._form(behind) in _LINE_SIGNS and len(rest) >= _FEWEST
        return (
            told
            and self._form(behind + 1) not in _QUOTES
            and rest[0].part in {"DET", "NOUN", "ADJ"}
        )

    def _is_aside(self, first: int) -> bool:
        """Whether a noun stands there, between commas, that says what it is."""
        last = first
        while last < len(self._words) and self._form(last) not in {",", ";", ".", "(", ":"}:
            last += 1
        aside = self._words[first:last]
        noun = next((word for word in aside if word.part not in {"DET", "ADJ", "ADV"}), None)
        if noun is None or noun.part != "NOUN" or noun.relation == "conj" or self._is_time(noun):
            return False
        if any(_is_finite(word) for word in aside) or len(aside) > _LONGEST_ASIDE:
            return False
        return len(aside) >= _FEWEST or noun.relation == "appos"

    def _is_bracketed(self, first: int) -> bool:
        last = first
        while last < len(self._words) and self._form(last) != ")":
            last += 1
        inside = self._words[first:last]
        return (
            len(inside) > 1
            and inside[0].part in {"DET", "NOUN"}
            and any(word.part == "NOUN" and not self._is_time(word) for word in inside)
            and not any(map(_is_finite, inside))
        )

    def _is_behind_noun(self, behind: int) -> bool:
        """Whether it stands behind a noun and a comma: "la présidente de la chorale, X,"."""
        comma = self._past_quotes(self._at.start - 1, back=True)
        closed = behind >= len(self._words) or self._part(behind) == "PUNCT"
        if not closed or self._form(comma) != ",":
            return False
        first = comma
        while first and self._part(first - 1) in _NOMINAL | {"ADP"} - {"CCONJ"}:
            first -= 1
        opens = first == 0 or self._part(first - 1) in VERBS | {"PUNCT", "ADP"}
        nouns = [word for word in self._words[first:comma] if word.part == "NOUN"]
        own = self._words[self._at.start]
        return (
            opens
            and bool(nouns)
            and self._part(first) == "DET"
            and own.relation != "conj"
            and not any(map(self._is_time, nouns))
            and all(self._words[i].part == "PROPN" for i in self._at if self._part(i) in NOUNS)
        )

    def _has_title(self) -> bool:
        """Whether a noun with its article stands right before a name: "le maire X"."""
        start = self._at.start
        named = all(self._words[i].part in {"PROPN", "ADP", "DET"} for i in self._at)
        return (
            named
            and start > 1
            and self._part(start - 1) == "NOUN"
            and self._part(start - 2) == "DET"
        )

    # --- words ---

    def _past_quotes(self, at: int, *, back: bool = False) -> int:
        while 0 <= at < len(self._words) and self._words[at].text in _QUOTES:
            at += -1 if back else 1
        return at

    def _form(self, at: int) -> str:
        return self._words[at].form if 0 <= at < len(self._words) else ""

    def _part(self, at: int) -> str:
        return self._words[at].part if 0 <= at < len(self._words) else ""

    def _is_time(self, word: Word) -> bool:
        return text.fold(word.text) in self._weekdays


def _is_finite(word: Word) -> bool:
    return word.part in VERBS and "VerbForm=Fin" in word.features


def _negating(language: Language) -> frozenset[str]:
    grammar = lang.of(language).grammar
    return grammar.standing.negating if grammar else frozenset()
