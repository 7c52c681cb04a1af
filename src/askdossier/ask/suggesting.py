"""Questions that somebody may begin with: taken from the documents, or made of their sentences.

They are candidates: only what ``sure`` lets through after it has been asked may be shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise, zip_longest

from askdossier import lang, text
from askdossier.ask import followups, rewording
from askdossier.core import Answer, Document, Suggestion
from askdossier.lang import LEXICONS

_LOOKED_AT = 12
"""Documents, spread evenly over the dossier."""
_OF_ONE = 4
"""Candidates of one sort from one document."""
_LONGEST = 90
_FEWEST_WORDS = 4
_CAPITALS = 0.6
"""Of its letters; a line with more is all in capitals, and its names cannot be told."""
_SURE = 0.8
"""Probability from which an answer is taken for certain: see ``core.Answer.confidence``."""

_NUMBERING = re.compile(r"\A\W*(?:(?:\d{1,3}|[ivxlc]{1,6}|[A-Za-z])\s*[.):–—-]\s+)+", re.IGNORECASE)
_SPOKEN = re.compile(r"\s*[–—«“\"-]")
_ENDS = re.compile(r"(?<=[.!?…])\s+|\n+")
_LONGEST_SENTENCE = 300


def possible(documents: Iterable[Document]) -> tuple[Suggestion, ...]:
    """Candidates, those of different documents in turn: what they ask, tell, and are about."""
    known = list(documents)
    looked_at = known[:: max(1, len(known) // _LOOKED_AT)][:_LOOKED_AT]
    found: list[Suggestion] = []
    for source in (_asked, _made, _about):
        of_each = [list(source(one))[:_OF_ONE] for one in looked_at]
        found += [one for one in chain(*zip_longest(*of_each)) if one is not None]
    return tuple({one.question.casefold(): one for one in found}.values())


def sure(answer: Answer, suggestion: Suggestion) -> bool:
    """Whether a question was answered for certain, and from where it was taken."""
    cited = {citation.document for claim in answer.claims for citation in claim.citations}
    return (
        not answer.abstained
        and bool(answer.claims)
        and all(claim.support in {"supported", "quoted"} for claim in answer.claims)
        and (answer.confidence is None or answer.confidence >= _SURE)
        and suggestion.document in cited
    )


def _asked(document: Document) -> Iterator[Suggestion]:
    """Lines that are questions, stand alone and have something behind them."""
    lines = [" ".join(line.split()) for line in document.text.splitlines() if line.strip()]
    for line, behind in pairwise(lines):
        question = _cleaned(line) if line.endswith("?") and not behind.endswith("?") else ""
        if question and _stands(question):
            yield Suggestion(question, document.id)


def _cleaned(line: str) -> str:
    """A line without its numbering; empty for one in capitals, and for what somebody says."""
    if _SPOKEN.match(line):
        return ""
    line = _NUMBERING.sub("", line)
    letters = [letter for letter in line if letter.isalpha()]
    if sum(map(str.isupper, letters)) > _CAPITALS * len(letters):
        return ""
    return line[:1].upper() + line[1:]


def _made(document: Document) -> Iterator[Suggestion]:
    """Questions by the templates of the language, from sentences with a name."""
    templates = lang.of(document.language).suggesting.templates
    if document.language not in LEXICONS:
        return
    for told in _ENDS.split(document.text):
        if len(told) > _LONGEST_SENTENCE:
            continue
        for pattern, template in templates:
            match = re.match(pattern, told)
            if match is None:
                continue
            question = match.expand(template).replace(match["who"], _inside(match["who"]))
            if _stands(question):
                yield Suggestion(question, document.id)


def _inside(who: str) -> str:
    """A subject as it stands inside a sentence: its article has no capital there."""
    article = re.match(r"\w+['’]?", who)
    articles = frozenset().union(*(one.followups.definite_articles for one in LEXICONS.values()))
    if article and text.fold(article[0]) in articles:
        return who[:1].lower() + who[1:]
    return who


def _about(document: Document) -> Iterator[Suggestion]:
    """What the document says."""
    title = " ".join(document.title.split())
    about = lang.of(document.language).suggesting.about
    if about and _FEWEST_WORDS < len(title) <= _LONGEST and not re.search(r"[«»“”\"?]", title):
        yield Suggestion(about.format(title), document.id)


def _stands(question: str) -> bool:
    """Whether a question can be asked by anybody, without what stands round it."""
    words = re.findall(r"\w+", question)
    if len(words) < _FEWEST_WORDS or len(question) > _LONGEST or re.search(r"[.!?…] ", question):
        return False
    language = text.answer_language(question)
    spoken = lang.of(language).suggesting.spoken
    if not rewording.has_verb(question, language):
        return False
    between = re.search(spoken or r"(?!)", text.fold(question)) is not None
    return not between and not followups.leans(question)
