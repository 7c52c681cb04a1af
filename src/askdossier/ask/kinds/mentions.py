"""Questions for the documents that speak of something: "quels documents citent X ?"."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from askdossier import lang, survey, text, verify
from askdossier.ask.forms import DOCUMENT
from askdossier.ask.kinds.whole import MOST_DOCUMENTS, Told, and_shown
from askdossier.core import Language
from askdossier.index import Index
from askdossier.lang import LEXICONS


@dataclass(frozen=True, slots=True)
class Mentions:
    """Asks which documents speak of something."""

    phrase: str
    literal: bool
    """It was put between quotation marks: the very words, not their stems."""


def matches(message: str) -> Mentions | None:
    """Tell by its form; None for any other question."""
    found = _FORM.match(text.fold(message))
    if not found:
        return None
    # Folding keeps the length, so the phrase can be cut from what the person wrote.
    phrase = message[slice(*found.span("phrase"))].strip(" ?!.\u00a0\u202f")
    quoted = _QUOTED.fullmatch(phrase)
    if quoted:
        return Mentions(quoted[1].strip(), literal=True)
    phrase = _ARTICLE.sub("", phrase)
    if text.search_tokens(phrase, LEXICONS) and not _SELF.fullmatch(text.fold(phrase)):
        return Mentions(phrase, literal=False)
    return None


def answer(asked: Mentions, index: Index, names: Collection[str], language: Language) -> Told:
    """Count the documents that do, and name each with the places, most of them first."""
    everywhere = survey.mentions(index, asked.phrase, literal=asked.literal)
    found = [mention for mention in everywhere if mention.document.id in names]
    shown = found[:MOST_DOCUMENTS]
    words = lang.of(language).sayings
    form = (words.none_hold, words.one_holds, words.several_hold)[min(len(found), 2)]
    said = form.format(
        phrase=text.in_quotes(asked.phrase, language), count=len(found), total=len(names)
    )
    numbers = verify.Numbering()
    claims = []
    for mention in shown:
        title, count = mention.document.title, len(mention.spans)
        named = words.times.format(title=title, count=count) if count > 1 else title
        spans = mention.spans[: verify.MOST_EXTRACTS]
        claims.append(numbers.found(named, mention.document, spans))
    return Told(tuple(claims), and_shown(said, len(found), len(shown), language))


_OF = r"(?:aussi )?(?:de |du |des |d'|a |au |aux )"
_SPEAK = (
    rf"(?:citent|mentionnent|evoquent|nomment|contiennent|abordent|(?:parlent|traitent) {_OF}|"
    rf"font (?:mention|reference) {_OF}|mention|cite|name|contain|discuss|quote|"
    r"(?:talk|speak|are) (?:about|of)|refer to)"
)
_SPEAKS = (
    rf"(?:cite|mentionne|evoque|nomme|aborde|(?:parle|traite) {_OF}|fait (?:mention|reference) "
    rf"{_OF}|mentions|cites|names|contains|discusses|quotes|(?:talks|speaks|is) (?:about|of)|"
    r"refers to)"
)
_IN_DOSSIER = r"(?: (?:du|de ce|of the|in the|dans le) (?:dossier|corpus|folder))?"
_FORM = re.compile(
    rf"^\s*(?:(?:quels|quelles|combien de|which|what|how many) {DOCUMENT}{_IN_DOSSIER}"
    rf"(?: qui| that)? {_SPEAK}"
    rf"|(?:quel|quelle|which|what) {DOCUMENT}{_IN_DOSSIER} {_SPEAKS}"
    rf"|(?:dans |in )(?:quels|quelles|quel|quelle|combien de|which|what|how many) {DOCUMENT}"
    rf" (?:(?:est|sont)-(?:il|elle|ils|elles|on) (?:cites?|question|mentionnes?)(?: de | d'| du )?|"
    rf"est(?:-il)? (?:cite|mentionne|question de|question d')e?|parle-t-on (?:de |du |des |d')|"
    rf"il est question (?:de |du |des |d')|is|are|does)"
    rf"|(?:liste|cite|donne|list|show)(?:-moi| me)? (?:tous )?(?:les |all )?(?:the )?{DOCUMENT}"
    rf" (?:qui|that|which) {_SPEAK})"
    rf"(?:\s+|(?<=['’ ]))(?P<phrase>\S.{{0,200}}?)\s*[?.!]*\s*$",
    re.DOTALL,
)
_QUOTED = re.compile(r"[«“\"]\s*+(.*\S)\s*+[»”\"]")
_ARTICLE = re.compile(
    r"^(?:le |la |les |l['’]|un |une |des |du |de la |de l['’]|de |d['’]|the |a |an )",
    re.IGNORECASE,
)
_SELF = re.compile(r"quoi|what|qui|whom?")
