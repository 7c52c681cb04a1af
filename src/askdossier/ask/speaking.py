"""Tell whose words a sentence of the dossier is: who is told to say it, or writes the document."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from askdossier import text, verify
from askdossier.core import Document, Evidence
from askdossier.index import Index
from askdossier.lang.forms import union

_TURN = re.compile(
    r"^(?P<name>[^\s:|«»—–][^\n:|«»—–]{1,39})(?<!\s)(?: ?: |\s[|·—–]\s)", re.MULTILINE
)
"""A line that begins with who speaks: "Anne Roy : …", "Orlane — 5 mai, 12:27"."""
_OFTEN = 0.2
"""Share of the paragraphs that begin so from which one who speaks goes on until the next."""
_ASKING = 3
"""Questions from which a document is an interview with whom its title names."""


@dataclass(frozen=True)
class Speaker:
    """Somebody, or a body of people, by the name that a question gives them."""

    index: Index
    name: str

    def says(self, evidence: Evidence) -> bool:
        """Whether a sentence is theirs.

        They are told to say it, or nobody else is and it stands in a quotation of theirs, behind
        their label, in a document that they wrote, or in an interview with them.
        """
        document = self.index.documents[evidence.document]
        row = self.index.row_at(document.id, evidence.span.start)
        if row is None or not self._stems or not verify.tells(evidence.quote, document.language):
            return False
        spans = [s for s in self.index.passages[row].sentences if s.start <= evidence.span.start]
        before = [span.of(document.text) for span in spans[-2:]]
        told = verify.sayer(self._stems, before, document.language)
        if told != "nobody":
            return told == "they"
        within = verify.speaker(document, evidence.span)
        if within is not None and within.how in ("quotation", "label"):
            return bool(within.name) and self._is(within.name)
        return self._speaks(document, evidence.span.start)

    def documents(self, among: Collection[str]) -> frozenset[str]:
        """Which of these documents they wrote, or are interviews with them."""
        if not self._stems:
            return frozenset()
        likely = (
            name
            for name in among
            if self._is(f"{(header := self.index.header(name)).title} {header.source.author or ''}")
        )
        return frozenset(name for name in likely if self._wrote(self.index.documents[name]))

    def is_named(self, evidence: Evidence) -> bool:
        """Whether a sentence, not a byline, holds their name."""
        language = self.index.header(evidence.document).language
        named = bool(self._stems) and self._is(evidence.quote)
        return named and verify.tells(evidence.quote, language)

    def _speaks(self, document: Document, at: int) -> bool:
        turn = _turn(document.text, at)
        if turn is not None:
            return self._is(turn)
        return self._wrote(document)

    def _wrote(self, document: Document) -> bool:
        if self._is(document.source.author or ""):
            return True
        if not self._is(document.title):
            return False
        return sum(map(text.asks, document.text.splitlines())) >= _ASKING

    def _is(self, name: str) -> bool:
        return self._stems <= text.stems(name)

    @property
    def _stems(self) -> frozenset[str]:
        """Those by which they are told: of the name, or of all words where it comes behind a noun.

        "la société Ludimage" is called Ludimage, "le président de Ludimage" is not.
        """
        words = self.name.split()
        first = len(words)
        while first and words[first - 1][:1].isupper():
            first -= 1
        behind_noun = first > 1 and text.fold(words[first - 1]) in _EMPTY
        named = words if first == len(words) or behind_noun else words[first:]
        if not behind_noun and len(named) > 1 and all(word[:1].isupper() for word in named):
            named = named[-1:]  # people are mostly called by their surname
        return text.stems(" ".join(named))


def _turn(body: str, at: int) -> str | None:
    """Who has begun to speak before that place, by the label of the line; None without any."""
    here = _TURN.match(body, body.rfind("\n", 0, at) + 1)
    if here is not None:
        return here["name"] if _is_label(here) else ""  # a byline says nothing
    turns = list(_TURN.finditer(body))
    labels = [turn for turn in turns if _is_label(turn)]
    bylines = [turn for turn in turns if not _is_label(turn)]
    turns = max(labels, bylines, key=len)
    if len(turns) < _OFTEN * len(list(filter(None, body.split("\n\n")))):
        return None
    return next((turn["name"] for turn in reversed(turns) if turn.start() <= at), None)


def _is_label(turn: re.Match[str]) -> bool:
    return turn[0].rstrip().endswith(":")


_EMPTY = frozenset(map(text.fold, union(lambda known: known.stop_words)))
