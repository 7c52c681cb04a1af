"""Whose words stand there by the layout of a document: turns, comments, opinion pieces."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from askdossier import lang, text
from askdossier.core import Document, Heading, Language, Span
from askdossier.lang.forms import Forms, union
from askdossier.lang.parse import parsed
from askdossier.verify import facts
from askdossier.verify.whose.saying import people_name

_LABEL = re.compile(r"(?P<name>[^:|«»“”\"]{2,60}):(?![^\s*_])")
_SIGNED = re.compile(
    r"\s*(?:—|–|--|-)\s*(?P<name>[^\W\d_][^(@,.:]{1,50}?)\s*(?:\(@\w+\)|@\w+|,|$).{0,80}"
)
_POST = re.compile(r"(?P<name>[^—–|:.!?]{2,40}) [—–-] (?=.{0,60}\b(?:19|20)\d\d\b).{6,100}")
"""A line above a post: "Nom — 4 mai 2024, 21:13"."""
_SAYS = re.compile(r"(?P<name>[^:«“]{4,40}?)\s?: ?\s?[«“]")
"""A title that quotes somebody, as interviews have."""
_TURN = re.compile(r"\s*[—–]\s")
_SPEAKER_LEVEL = 6
"""Of headings that cleaning makes of lines that name a speaker."""
_FEWEST = 2
"""Labels by which a text is known for turns of several people."""
_LOOKED_BACK = 40
"""Lines above one in which a label is looked for."""
_LONGEST_NAME = 60
_TOP = 600
"""Characters at the top of a document that say what it is."""
_END = 400
"""Characters at its end in which it is signed."""
_STAMP = re.compile(
    r"(?=.{0,40}\Z)(?:.*\d{1,2}\s?[:h/.-]\s?\d{1,2}\b.*|.*\b(?:19|20)\d\d\b.*"
    r"|\D{0,8}\d{1,3} \w{2,8}\b.{0,6})"
)
"""A line that tells when something was written."""


# --- comments -------------------------------------------------------------------------------------


def commenter(document: Document, span: Span) -> str | None:
    """Who comments there, empty where nobody is named; None outside readers' comments."""
    if not _is_page(document):
        return None
    headings = list(_above(document, span))
    above = next((one for one in headings if text.heads_comments(_words(document, one))), None)
    if above is None:
        return None
    inner = headings[0]
    if inner != above:
        return _commenting(_words(document, inner)) or _words(document, inner).rstrip(" :")
    own = _line(document.text, span)
    lines = document.text[above.span.end : own.start].split("\n")
    for each in reversed([line for line in lines if line.strip()]):
        line = each.strip(" -•\u00a0")
        if name := _commenting(line):
            return name
        if _STAMP.fullmatch(line):
            continue
        if len(line) <= _LONGEST_NAME and line[-1:] not in ".!?…»”)":
            return line.rstrip(" :,")
    return ""


def _commenting(line: str) -> str:
    """Who wrote what stands below a line that says so."""
    found = _COMMENTER.fullmatch(text.fold(line)) if len(line) <= 2 * _LONGEST_NAME else None
    return line[slice(*found.span("name"))].strip(" ,") if found and found["name"] else ""


def _is_page(document: Document) -> bool:
    """Whether a document is a web page: a report may have a chapter "Commentaires"."""
    kind = mimetypes.guess_type(document.source.path)[0] or ""
    return document.source.url is not None or "html" in kind


def _above(document: Document, span: Span) -> Iterator[Heading]:
    """The headings that a place stands under, the innermost first."""
    level = 7
    for heading in reversed(document.headings):
        if heading.span.start <= span.start and heading.level < level:
            level = heading.level
            yield heading


def _words(document: Document, heading: Heading) -> str:
    return heading.span.of(document.text)


# --- turns ----------------------------------------------------------------------------------------


def turn(document: Document, span: Span, language: Language) -> str | None:
    """Who speaks there by a label before the line or above it, or as the one interviewed.

    Empty where somebody else speaks who is not named: the one who asks.
    """
    own = _line(document.text, span)
    if name := _label(own.of(document.text), language):
        return name
    if name := _signed(document.text, own, language):
        return name
    quoted = _quoted_in_post(document.text, own)
    if quoted is not None:
        return quoted
    if name := _posted(document.text, own):
        return name
    heading = next(_above(document, span), None)
    if heading is not None and heading.level == _SPEAKER_LEVEL:
        name = _words(document, heading).rstrip(" :*")
        if _names_somebody(name, language):
            return name
    if above := _labelled_above(document, own, language):
        return above
    return _interviewed(document, own, language)


def _labelled_above(document: Document, line: Span, language: Language) -> str | None:
    """The label of the nearest line above, in a text of turns, up to the next heading."""
    edges = [one.span.end for one in document.headings if one.span.end <= line.start]
    body = document.text[max(edges, default=0) : line.start]
    lines = [one for one in body.split("\n") if one.strip()][-_LOOKED_BACK:]
    for above in reversed(lines):
        if name := _label(above, language):
            alone = above.rstrip(" *_").endswith(":")
            return name if alone or _has_turns(document, language) else None
    return None


@lru_cache(maxsize=64)
def _turns(body: str, language: Language) -> int:
    """Lines with a label."""
    lines = body.split("\n")
    return sum(bool(_label(one, language)) for one in lines if ":" in one[:_LONGEST_NAME])


def _has_turns(document: Document, language: Language) -> bool:
    return _turns(document.text, language) >= _FEWEST


@lru_cache(maxsize=1024)
def _label(line: str, language: Language) -> str:
    """Who is named before the colon at the beginning of a line; empty where nobody is."""
    line = line.strip(" \u00a0-•*_")
    found = None if " | " in line else _LABEL.match(line)
    if found is None:
        return ""
    name = found["name"].rstrip(" \u00a0\u202f*_")
    quotes = line[found.end() :].lstrip(" \u00a0\u202f*_")[:1] in ("«", "“", '"')
    words = parsed(line, language) or ()
    before = [word for word in words if word.span.end <= len(name)]
    people = [i for i, word in enumerate(before) if word.entity == "PER"]
    if people and not any(word.part in ("VERB", "AUX") for word in before):
        if before[0].entity == "PER" or len(people) == len(before):
            return people_name(line, words, range(people[0], people[-1] + 1))
        return name
    # "Le maire : « … »": a noun with its article before words in quotation marks.
    if quotes and before and before[0].part == "DET" and before[-1].part in ("NOUN", "PROPN"):
        return name
    return ""


def _signed(body: str, line: Span, language: Language) -> str:
    """Who signs the line below: "— Nom (@nom)", as under a message or a motto."""
    below = body[line.end :].lstrip("\n").partition("\n")[0]
    found = _SIGNED.fullmatch(below)
    if found is None:
        return ""
    name = found["name"].strip()
    return name if "@" in below or _names_somebody(name, language) else ""


@lru_cache(maxsize=1024)
def _names_somebody(name: str, language: Language) -> bool:
    """Whether a short line is the name of a person."""
    words = parsed(name, language) or ()
    short = 0 < len(name) <= _LONGEST_NAME and not text.asks(name)
    return short and bool(words) and words[0].entity == "PER"


@dataclass(frozen=True, slots=True)
class _Post:
    """A line with the name of who wrote what stands below it, and the day."""

    start: int
    name: str
    day: str
    """ISO 8601; empty where the line has none."""


def _posted(body: str, line: Span) -> str:
    """Who wrote what stands below a line with his name and the day, in a text of several posts."""
    post = _post_before(body, line.start)
    return post.name if post else ""


def _quoted_in_post(body: str, line: Span) -> str | None:
    """Whom a post quotes there ("Nom a écrit :"), empty where it may be either; None elsewhere.

    Where the quotation ends is not marked. It goes on as long as its lines stand above the post
    too. Else it is what stands in the line that opens it or, if nothing does, surely the next line.
    """
    post = _post_before(body, line.start)
    if post is None:
        return None
    inside = body[post.start : line.end]
    lines = [one.of(inside).strip() for one in _lines(inside)]
    openings = [(at, _QUOTING.match(text.fold(one))) for at, one in enumerate(lines)]
    at, found = next(((at, one) for at, one in reversed(openings) if one), (0, None))
    if found is None:
        return None
    name = lines[at][slice(*found.span("name"))].strip(" ,")
    name = "" if text.fold(name) in _PRONOUNS else name
    behind = lines[at + 1 :]
    beside = lines[at][found.end() :].strip()
    repeated = [one in body[: post.start] for one in (beside, *behind) if one]
    if not behind or (repeated and all(repeated)):
        return name
    if beside or repeated[0]:
        return None
    return name if len(behind) == 1 else ""


def posted_on(document: Document, span: Span) -> str:
    """The day of the post that a sentence stands in, ISO 8601; empty outside posts."""
    post = _post_before(document.text, span.start + 1)
    return post.day if post else ""


def _post_before(body: str, end: int) -> _Post | None:
    """The last one that begins before a place, in a text of several."""
    posts = _posts(body)
    above = [post for post in posts if post.start < end]
    return above[-1] if len(posts) >= _FEWEST and above else None


@lru_cache(maxsize=64)
def _posts(body: str) -> tuple[_Post, ...]:
    lines = ((line, _POST.fullmatch(line.of(body))) for line in _lines(body))
    return tuple(
        _Post(line.start, found["name"].strip(), next((m.iso for m in facts.moments(found[0])), ""))
        for line, found in lines
        if found
    )


def _interviewed(document: Document, line: Span, language: Language) -> str | None:
    """The one who answers in an interview; empty of a question of the one who asks."""
    top = f"{document.title}\n{document.text[:_TOP]}"
    found = _INTERVIEW.search(top) or _SAYS.match(document.title)
    if found is None:
        return None
    asked = [one for one in document.headings if text.asks(_words(document, one))]
    asked_before = any(one.span.end <= line.start for one in asked)
    lines = list(_lines(document.text))
    turns = [one for one in lines if _TURN.match(one.of(document.text))]
    if len(turns) > 2 * _FEWEST:  # question and answer in turn, each behind a dash
        before = sum(one.start <= line.start for one in turns)
        if not before:
            return None
        return "" if before % 2 else found["name"]
    questions = [one for one in lines if text.asks(one.of(document.text))]
    if not asked_before and not any(one.end <= line.start for one in questions):
        return "" if line in questions else None
    return "" if line in questions else found["name"]


def _lines(body: str) -> Iterator[Span]:
    at = 0
    for line in body.split("\n"):
        if line.strip():
            yield Span(at, at + len(line))
        at += len(line) + 1


def _line(body: str, span: Span) -> Span:
    start = body.rfind("\n", 0, span.start) + 1
    end = body.find("\n", span.start)
    return Span(start, len(body) if end < 0 else end)


# --- opinions -------------------------------------------------------------------------------------


def is_opinion(document: Document) -> bool:
    """Whether its title or a line at its top begins with what calls it somebody's opinion."""
    lines = (document.title, *document.text[:_TOP].split("\n"))
    marked = (_OPINION.match(text.fold(one.strip(" *_#"))) for one in lines)
    return any(marked)


def author(document: Document, language: Language) -> str:
    """Who wrote or signed a document; empty where that is not known."""
    if document.source.author:
        return document.source.author
    lines = [one for one in document.text[:_TOP].split("\n") if one.strip()]
    for line in lines:
        if found := _BYLINE.fullmatch(line.strip(" *_")):
            return found["name"]
    for line in reversed(document.text[-_END:].split("\n")):
        signed = line.strip(" —–-*_").partition(",")[0]
        if _names_somebody(signed, language) and not signed.endswith((".", "!", "…")):
            return signed
    return ""


def speaks_of_himself(sentence: str, language: Language) -> bool:
    """Whether a sentence is in the first person of one who writes it."""
    forms = lang.of(language).speech.first_person
    return any(word.form in forms for word in parsed(sentence, language) or ())


_QUOTING = Forms(lambda known: known.speech.quoting)
_PRONOUNS = union(lambda known: known.grammar.anaphors if known.grammar else frozenset())
_COMMENTER = Forms(lambda known: known.speech.commenter)
_INTERVIEW = Forms(lambda known: known.speech.interview)
_OPINION = Forms(lambda known: known.speech.opinion)
_BYLINE = Forms(lambda known: known.speech.byline)
