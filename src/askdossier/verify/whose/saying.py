"""Who says something in a sentence, by its words outside quotation marks.

By the parse where that is right, and else by the order of words: parsers fail at most inversions
("a déploré la maire").
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from askdossier import text
from askdossier.core import Language, Span
from askdossier.lang import LEXICONS
from askdossier.lang.forms import union
from askdossier.lang.grammar import Grammar
from askdossier.lang.labels import NOUNS, VERBS
from askdossier.lang.parse import Word, parsed

_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubjpass"))
_CLAUSES = frozenset(("ccomp", "parataxis", "xcomp"))
_BEFORE_NOUN = NOUNS | {"DET", "ADJ", "NUM"}
_BEHIND_NOUN = NOUNS | {"ADJ", "NUM"}
_OF_VERB = frozenset(("AUX", "PRON", "PART"))
_POINTING = frozenset(("Poss=Yes", "PronType=Dem"))
_REACH = 4
"""Words between a verb and what opens the clause that it tells."""
_ENDS = frozenset(",?!…")
"""Before the closing mark of words that somebody said, not of a title."""
_HONORIFICS = union(lambda known: frozenset(one.lower() for one in known.names.honorifics))


@dataclass(frozen=True, slots=True)
class Sayer:
    """Somebody who is named as saying something."""

    name: str
    """As written; of a pronoun that stands for somebody named before, empty."""
    vouched: bool
    """The verb vouches for what is said: "annoncer"."""


def sayers(sentence: str, language: Language, quoted: Collection[Span] = ()) -> tuple[Sayer, ...]:
    """Give who says something, each once; not who says something within what another one says.

    ``quoted`` are the parts of the sentence between quotation marks. Nobody in a language without
    a grammar.
    """
    lexicon = LEXICONS.get(language)
    words = parsed(sentence, language)
    if lexicon is None or lexicon.grammar is None or words is None:
        return ()
    read = _Saying(sentence, words, lexicon.grammar, language, quoted)
    found: dict[str, Sayer] = {}
    for sayer in read.found():
        found.setdefault(sayer.name.casefold(), sayer)
    return tuple(found.values())


@lru_cache(maxsize=8)
def _verbs(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """Stems of the verbs of saying that vouch for what is said, and of all of them.

    Parsers err at lemmas of the present tense: "estime" has its own.
    """
    grammar = LEXICONS[language].grammar
    if grammar is None:
        return frozenset(), frozenset()
    words = grammar.standing
    vouching = frozenset(text.search_tokens(" ".join(words.reporting), {language}))
    others = " ".join(words.telling | words.disputing)
    return vouching, vouching | frozenset(text.search_tokens(others, {language}))


class _Saying:
    """One sentence."""

    def __init__(
        self,
        sentence: str,
        words: Sequence[Word],
        grammar: Grammar,
        language: Language,
        quoted: Collection[Span],
    ) -> None:
        self._sentence, self._words, self._grammar = sentence, words, grammar
        self._inside = [any(one.contains(word.span) for one in quoted) for word in words]
        self._vouching, self._saying = _verbs(language)
        self._stems = [
            set(text.search_tokens(f"{word.text} {word.lemma}", {language})) for word in words
        ]
        self._quotes = any(
            inside and word.part in VERBS for inside, word in zip(self._inside, words, strict=True)
        )

    def found(self) -> Iterator[Sayer]:
        verbs = [i for i in range(len(self._words)) if self._is_saying(i)]
        for i in range(len(self._words)):
            if self._inside[i]:
                continue
            if length := self._attributes(i):
                yield from self._behind(i + length)
            elif i in verbs and not any(above in verbs for above in self._above(i)):
                name = self._subject(i)
                if name is not None:
                    vouched = not self._vouching.isdisjoint(self._stems[i])
                    yield Sayer(name, vouched and not self._quotes)

    def _is_saying(self, i: int) -> bool:
        if self._inside[i] or self._words[i].part not in VERBS:
            return False
        return self._follows_quote(i) or not self._saying.isdisjoint(self._stems[i])

    def _follows_quote(self, i: int) -> bool:
        """Whether a verb stands right behind a quotation: "», se réjouit X", whatever it means."""
        while i and self._words[i - 1].part in _OF_VERB and not self._inside[i - 1]:
            i -= 1
        apart = i > 0 and self._words[i - 1].text == ","
        i -= apart
        if not i or not self._inside[i - 1]:
            return False
        return apart or (i > 1 and self._words[i - 2].text in _ENDS)

    def _above(self, i: int) -> Iterator[int]:
        """What a verb is told by: the verbs above it, through clauses alone."""
        seen = {i}
        while (head := self._words[i].head) not in seen:
            if self._words[i].relation in ("parataxis", "conj", "root", "ROOT"):
                return
            yield head
            seen.add(head)
            i = head

    # --- "selon X" ---

    def _attributes(self, i: int) -> int:
        """Words of a phrase before whom something is told by; 0 where none begins."""
        for phrase in self._grammar.standing.attributing:
            forms = phrase.split()
            if [word.form for word in self._words[i : i + len(forms)]] == forms:
                return len(forms)
        return 0

    def _behind(self, at: int) -> Iterator[Sayer]:
        while at < len(self._words) and self._words[at].part == "ADP":
            at += 1
        if at < len(self._words):
            if self._words[at].form in self._grammar.anaphors:
                yield Sayer("", vouched=False)
            elif self._words[at].part in _BEFORE_NOUN:
                name = self._phrase(at)
                if name:
                    yield Sayer(name, vouched=False)

    # --- subjects ---

    def _subject(self, verb: int) -> str | None:
        """Who is named beside a verb of saying; empty of a pronoun, None where nothing is told."""
        first = verb  # of the verb with its auxiliaries and clitics
        while first and self._words[first - 1].part in _OF_VERB and not self._inside[first - 1]:
            first -= 1
        forms = {word.form.strip("-") for word in self._words[first : verb + 3]}
        before = self._words[first - 1]
        told = any("VerbForm=Fin" in w.features for w in self._words[first : verb + 1])
        opens = first == 0 or (before.part == "PUNCT" and not self._inside[first - 1])
        opens = opens or self._follows_quote(verb)
        inverted = any(word.form.startswith("-") for word in self._words[first : verb + 3])
        if opens and inverted and forms & self._grammar.anaphors:
            return ""
        subjects = [
            i
            for i in self._children(verb)
            if self._words[i].relation in _SUBJECTS and not self._inside[i]
        ]
        before_it = [i for i in subjects if i < verb]
        aside = told and (before.text == "," or self._follows_quote(verb))
        if aside and not before_it and self._is_noun_phrase(verb + 1):
            return self._phrase(verb + 1)
        if not self._tells(verb):
            return None
        for at in (*before_it, *subjects):
            if self._words[at].part in NOUNS:
                return self._phrase(at)
            return "" if self._words[at].form in self._grammar.anaphors else None
        if first and before.part in NOUNS and not self._inside[first - 1]:
            return self._phrase(first - 1, whole=True) or None
        return "" if forms & self._grammar.anaphors else None

    def _children(self, i: int) -> list[int]:
        return [j for j, word in enumerate(self._words) if word.head == i and j != i]

    def _is_noun_phrase(self, at: int) -> bool:
        if at >= len(self._words) or self._inside[at]:
            return False
        return self._words[at].part in {"DET", "PROPN"} or self._words[at].entity == "PER"

    def _tells(self, verb: int) -> bool:
        """Whether words or a clause hang from a verb: a mayor may also "lancer" a project."""
        word = self._words[verb]
        if self._quotes or word.relation == "parataxis":
            return True
        if any(self._words[i].relation in _CLAUSES for i in self._children(verb)):
            return True
        near = self._words[verb + 1 : verb + 1 + _REACH]
        return any(one.form in self._grammar.that or one.text == ":" for one in near)

    # --- names ---

    def _phrase(self, at: int, *, whole: bool = False) -> str:
        """A noun or a name with what belongs to it, or the person whom it is a title of.

        Of a ``whole`` one, empty where it only ends another ("un ami dans le métier").
        """
        start = end = at
        while start and self._joins(start - 1, _BEFORE_NOUN):
            start -= 1
        if whole and start and self._words[start - 1].part == "ADP":
            return ""
        while end + 1 < len(self._words) and self._goes_on(end + 1):
            end += 1
        people = self._people(start, end + 1) or self._people(end + 2, end + 3)
        if people is not None and (people.start <= end or self._words[end + 1].text == ","):
            return people_name(self._sentence, self._words, people)
        while end > start and self._words[end].part not in NOUNS:
            end -= 1
        points = self._words[start].features & _POINTING
        if self._words[end].part not in NOUNS or points:
            return ""  # "son article", "cette année": who it is, another sentence says
        return self._sentence[self._words[start].span.start : self._words[end].span.end]

    def _joins(self, i: int, parts: Collection[str]) -> bool:
        return self._words[i].part in parts and not self._inside[i]

    def _goes_on(self, i: int) -> bool:
        word = self._words[i]
        if self._inside[i]:
            return False
        return (
            word.part in _BEHIND_NOUN
            or word.form in self._grammar.of
            or (word.part == "DET" and self._words[i - 1].form in self._grammar.of)
            or (bool(word.entity) and word.entity == self._words[i - 1].entity)
            or (word.part == "DET" and self._words[i - 1].part == "DET")
        )

    def _people(self, start: int, end: int) -> range | None:
        """The first name of a person that begins there, whole."""
        for i in range(start, min(end, len(self._words))):
            if self._words[i].entity == "PER":
                last = i
                while last + 1 < len(self._words) and self._words[last + 1].entity == "PER":
                    last += 1
                return range(i, last + 1)
        return None


def people_name(sentence: str, words: Sequence[Word], at: range) -> str:
    """The name at those words as it is written, with the title before it."""
    first = at.start
    while first and words[first - 1].form.rstrip(".") in _HONORIFICS:
        first -= 1
    return sentence[words[first].span.start : words[at.stop - 1].span.end]
