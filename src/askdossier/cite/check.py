"""Attribute a sentence to the words that support it, and say how well they do.

A sentence is compared with single sentences of the dossier. Figures, names and negation must agree
to the letter; only then is the meaning compared, by the share of its words that the cited words
hold and by the cosine of their vectors. Nothing here generates text, and a citation is always a
span that was handed in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from askdossier import text
from askdossier.cite import facts
from askdossier.cite.facts import Figure, Name
from askdossier.records import Document, Language, Passage, Span, Support

MOST_EXTRACTS = 3
"""Sentences that one claim may cite."""

# Tuned on RTE3-FR and on PIAF sentences with a changed fact: benchmarks/support.py.
SUPPORTED = 0.60
PARTLY = 0.45
_COSINE_WEIGHT = 2.0
_COSINE_ZERO = 0.88
_FACTS_WEIGHT = 0.2
_JOINT = 0.4
_REACH = 250
"""Characters between two sentences of one stretch of text."""
_FOREIGN_SUPPORTED = 0.86
_FOREIGN_PARTLY = 0.83


@dataclass(frozen=True, slots=True)
class Extract:
    """A sentence of the dossier that may support a claim."""

    document: str
    span: Span
    quote: str
    language: Language
    title: str
    """Of the document and the section, and the question just before: what the sentence may leave
    unsaid."""
    date: str
    """Of the document, ISO 8601, or empty."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a sentence stands to the dossier."""

    support: Support
    extracts: tuple[Extract, ...]
    """What supports it, best first; empty when unsupported."""
    reason: str
    """Why it is not fully supported, else empty."""
    score: float
    doubted: tuple[Extract, ...] = ()
    """What comes nearest to it, where figures, names and negation agree and only the meaning may
    not."""


def extracts(document: Document, passage: Passage) -> tuple[Extract, ...]:
    """Give every sentence of a passage as a possible support."""
    found: list[Extract] = []
    title, before = f"{document.title} {passage.heading}", ""
    for span in passage.sentences:
        quote = span.of(document.text)
        language = document.language
        if language in {"fr", "en"}:
            language = text.question_language(quote)
        above = f"{title} {before}" if text.asks(before) else title
        date = document.source.date or ""
        found.append(Extract(document.id, span, quote, language, above, date))
        before = quote
    return tuple(found)


def check(
    sentence: str,
    language: Language,
    candidates: Sequence[Extract],
    cosines: Sequence[float],
) -> Verdict:
    """Find the fewest of ``candidates`` that support ``sentence``, and how well.

    ``cosines`` are those of the sentence's vector with each candidate's. The best single sentence
    comes first; others are added only for a figure or a name that is still missing. A figure or
    name found nowhere makes the sentence unsupported. A question supports nothing.
    """
    pairs = [pair for pair in zip(candidates, cosines, strict=True) if not text.asks(pair[0].quote)]
    if not pairs:
        return Verdict("unsupported", (), _reason("nothing", language), 0.0)
    figures, names = facts.figures(sentence), _certain_names(sentence, candidates)
    full = {name.words for candidate in candidates for name in facts.names(candidate.quote)}
    words = frozenset(text.search_tokens(sentence, {language}))
    scored = sorted(
        (
            (_score(words, language, candidate, cosine), -i, candidate)
            for i, (candidate, cosine) in enumerate(pairs)
        ),
        key=lambda item: (-_rank(item[0], figures, names, item[2], full), -item[1]),
    )
    best_score, _, best = scored[0]
    chosen = [best]
    for _, _, candidate in scored[1:]:
        missing = _missing(figures, names, chosen, full)
        if not missing or len(chosen) == MOST_EXTRACTS:
            break
        if near(best, candidate):
            joins = not _replaces(missing, figures, names, best, full)
            joins = joins or _speaks_of(words, language, candidate)
        else:  # a figure of somebody else must not become this one's
            joins = not names or len(_missing((), names, [candidate], full)) < len(names)
            joins = joins and _speaks_of(words, language, candidate)
        if joins and len(_missing(figures, names, [*chosen, candidate], full)) < len(missing):
            chosen.append(candidate)
    missing = _missing(figures, names, chosen, full)
    joint = max(best_score, _joint(words, language, chosen))
    if missing:
        return Verdict("unsupported", (), _difference(missing[0], best, language), joint)
    if _contradicted(sentence, chosen):
        return Verdict("unsupported", (), _reason("negation", language), joint)
    foreign = best.language != language
    supported, partly = (_FOREIGN_SUPPORTED, _FOREIGN_PARTLY) if foreign else (SUPPORTED, PARTLY)
    if joint < partly:
        return Verdict("unsupported", (), _reason("meaning", language), joint, tuple(chosen))
    bound = _bound(figures, chosen)
    if bound:
        return Verdict("partly", tuple(chosen), bound, joint)
    if joint < supported:
        doubted = tuple(chosen)
        return Verdict("partly", doubted, _reason("meaning", language), joint, doubted)
    if foreign and bool(facts.denied(sentence)) != bool(facts.denied(best.quote)):
        return Verdict("partly", tuple(chosen), _reason("negation", language), joint)
    stranger = _stranger(sentence, language, chosen)
    if stranger:
        return Verdict("partly", tuple(chosen), _reason("absent", language).format(stranger), joint)
    return Verdict("supported", tuple(chosen), "", joint)


# --- a second look --------------------------------------------------------------------------------

# Fitted on RTE3-FR: benchmarks/support.py --writer.
_INTERCEPT, _SCORE, _PROOF = -1.23, 1.95, 0.88


def premise(doubted: Sequence[Extract]) -> str:
    """Give what a judge of entailment reads: the extracts in reading order, below their titles."""
    lines: list[str] = []
    for extract in sorted(doubted, key=lambda one: (one.document, one.span)):
        title = extract.title.strip()
        if title and title not in lines:
            lines.append(title)
        lines.append(extract.quote)
    return "\n".join(lines)


def reconsidered(verdict: Verdict, proof: float) -> Verdict:
    """Decide a verdict whose meaning is in doubt, once a judge has read what comes nearest.

    ``proof`` are the log-odds that the judge gives to that it proves the sentence.
    """
    if not verdict.doubted:
        return verdict
    if _INTERCEPT + _SCORE * verdict.score + _PROOF * proof > 0:
        return Verdict("supported", verdict.doubted, "", verdict.score)
    return replace(verdict, doubted=())


# --- meaning --------------------------------------------------------------------------------------


def _score(words: frozenset[str], language: Language, candidate: Extract, cosine: float) -> float:
    """Share of the sentence's stems in the quote, moved by the cosine.

    Across languages, where words do not match, the cosine alone.
    """
    if candidate.language != language:
        return cosine
    return _share(words, language, [candidate]) + _COSINE_WEIGHT * (cosine - _COSINE_ZERO)


def _joint(words: frozenset[str], language: Language, chosen: Sequence[Extract]) -> float:
    if any(extract.language != language for extract in chosen):
        return 0.0
    return _share(words, language, chosen)


def _share(words: frozenset[str], language: Language, chosen: Sequence[Extract]) -> float:
    if not words:
        return 0.0
    held: set[str] = set()
    for extract in chosen:
        held.update(text.search_tokens(extract.quote, {language}))
    return len(words & held) / len(words)


def _rank(
    score: float,
    figures: Sequence[Figure],
    names: Sequence[Name],
    candidate: Extract,
    full: Collection[frozenset[str]],
) -> float:
    """The main support is the one that says the most; its facts settle close calls."""
    needed = len(figures) + len(names)
    if not needed:
        return score
    return score + _FACTS_WEIGHT * (1 - len(_missing(figures, names, [candidate], full)) / needed)


def near(best: Extract, candidate: Extract) -> bool:
    """Whether two extracts belong to the same stretch of text: pronouns reach that far."""
    gap = max(best.span.start, candidate.span.start) - min(best.span.end, candidate.span.end)
    return best.document == candidate.document and gap <= _REACH


def _replaces(
    missing: Sequence[Figure | Name],
    figures: Sequence[Figure],
    names: Sequence[Name],
    best: Extract,
    full: Collection[frozenset[str]],
) -> bool:
    """Whether the claim has a fact where the main support has another: a change, not a gap.

    A gap (a pronoun, a date said before) may be filled from the sentences beside it.
    """
    own = [f for f in facts.figures(best.quote) if not any(g.agrees(f) for g in figures)]
    if any(isinstance(m, Figure) and any(m.unit == f.unit for f in own) for m in missing):
        return True
    lost = [m for m in missing if isinstance(m, Name)]
    said = {word for name in names for word in name.words}
    others = [n for n in facts.names(best.quote) if not n.opens and not n.words & said]
    return bool(lost) and bool(others)


def _speaks_of(words: frozenset[str], language: Language, candidate: Extract) -> bool:
    """Whether the candidate holds enough of the claim for its facts to be the claim's.

    A name alone in some other sentence must not lend itself to a figure of this one.
    """
    return candidate.language != language or _share(words, language, [candidate]) >= _JOINT


# --- figures and names ----------------------------------------------------------------------------


def _missing(
    figures: Sequence[Figure],
    names: Sequence[Name],
    chosen: Sequence[Extract],
    full: Collection[frozenset[str]],
) -> list[Figure | Name]:
    """The figures and names of the sentence that the chosen extracts do not hold.

    ``full`` are the names of all candidates, each as its words.
    """
    held = [figure for extract in chosen for figure in facts.figures(extract.quote)]
    dates = [figure for extract in chosen for figure in facts.figures(extract.date)]
    missing: list[Figure | Name] = [
        figure for figure in figures if not any(figure.agrees(other) for other in [*held, *dates])
    ]
    texts = [_words(part) for extract in chosen for part in (extract.quote, extract.title)]
    missing += [name for name in names if not any(_holds(words, name, full) for words in texts)]
    return missing


def holds(name: Name, extract: Extract) -> bool:
    """Whether a name stands in an extract, or in what stands above it."""
    return any(_holds(_words(part), name, ()) for part in (extract.quote, extract.title))


def _holds(words: Sequence[str], name: Name, full: Collection[frozenset[str]]) -> bool:
    """Whether all words of a name stand close together, or its acronym is spelled out or in.

    The last word (``Gordon-Levitt``) is enough where another candidate gives the name in full.
    """
    if len(name.words) == 1:
        (word,) = name.words
        same = {word, word + "s", word.removesuffix("s"), _SAME_ACRONYM.get(word, word)}
        return not same.isdisjoint(words) or not same.isdisjoint(_initials(words))
    width = len(name.words) + _PARTICLES
    if any(name.words <= set(words[i : i + width]) for i in range(len(words))):
        return True
    last = text.fold(re.findall(r"\w+", name.text)[-1])
    return last in words and any(name.words <= other for other in full)


_PARTICLES = 2
"""Words such as "de la" that may stand between the words of a name."""
_SAME_ACRONYM = {"ia": "ai", "ai": "ia", "ue": "eu", "eu": "ue", "onu": "un", "usa": "etats"}


def _words(quote: str) -> list[str]:
    return re.findall(r"\w+", text.fold(quote))


def _initials(words: Sequence[str]) -> set[str]:
    """The acronyms that runs of three or four words would make, or two long ones."""
    kept = [word for word in words if len(word) > _SHORTEST]
    letters = "".join(word[0] for word in kept)
    runs = {letters[i : i + n] for n in (3, 4) for i in range(len(letters) - n + 1)}
    return runs | {a[0] + b[0] for a, b in pairwise(kept) if min(len(a), len(b)) >= _LONG}


_LONG = 6
"""Characters of each word that a two-letter acronym may stand for: chance makes many others."""
_SHORTEST = 3
"""Characters of the longest word that an acronym leaves out."""


def _certain_names(sentence: str, candidates: Sequence[Extract]) -> list[Name]:
    """The names that must be found.

    A single capitalised word that opens the sentence counts only if the dossier writes it with a
    capital elsewhere than at a beginning.
    """
    known = {
        word
        for candidate in candidates
        for name in facts.names(candidate.quote)
        if not name.opens
        for word in name.words
    }
    return [
        name
        for name in facts.names(sentence)
        if not name.opens or len(name.words) > 1 or name.words <= known
    ]


def _stranger(sentence: str, language: Language, chosen: Sequence[Extract]) -> str:
    """A capitalised first word that may be a name, but that nothing cited holds."""
    for name in facts.names(sentence):
        if name.opens and len(name.words) == 1:
            stems = frozenset(text.search_tokens(name.text, {language}))
            same = [extract for extract in chosen if extract.language == language]
            if stems and same and not _share(stems, language, same):
                return name.text
    return ""


def _difference(missing: Figure | Name, best: Extract, language: Language) -> str:
    """Say what is wrong, such as ``700 ≠ 500``."""
    if isinstance(missing, Figure):
        others = [
            figure
            for figure in facts.figures(best.quote)
            if figure.unit == missing.unit or not (figure.unit and missing.unit)
        ]
        if len(others) == 1:
            return f"{missing.text} ≠ {others[0].text}"
    return _reason("absent", language).format(missing.text)


def _bound(figures: Sequence[Figure], chosen: Sequence[Extract]) -> str:
    """A figure whose "plus de", "moins de" or "environ" differs from the cited words."""
    for figure in figures:
        others = [
            other
            for extract in chosen
            for other in facts.figures(extract.quote)
            if figure.agrees(other)
        ]
        if others and all(other.bound != figure.bound for other in others):
            return f"{_bounded(figure)} ≠ {_bounded(others[0])}"
    return ""


def _bounded(figure: Figure) -> str:
    sign = {"more": "> ", "less": "< ", "about": "≈ ", "": ""}[figure.bound]
    return sign + figure.text


# --- negation -------------------------------------------------------------------------------------


def _contradicted(sentence: str, chosen: Sequence[Extract]) -> bool:
    """One of the two denies what the other affirms and does not deny.

    Only words in the reach of a negation are denied; the rest is affirmed, so that a cited
    sentence may deny something in one clause and affirm it in another.
    """
    quotes = " ".join(extract.quote for extract in chosen)
    languages = {extract.language for extract in chosen}
    denied, affirmed = _denied_and_affirmed(sentence, languages)
    quote_denied, quote_affirmed = _denied_and_affirmed(quotes, languages)
    if (denied & quote_affirmed) - quote_denied:
        return not facts.negative_verbs(quotes)
    if (quote_denied & affirmed) - quote_affirmed:
        return not facts.negative_verbs(sentence)
    return False


def _denied_and_affirmed(words: str, languages: set[Language]) -> tuple[set[str], set[str]]:
    """The stems inside and outside the reach of negations; a stem may be both.

    Names are left out: they tell what both speak of, not what is said of it.
    """
    denied = Counter(
        stem for reach in facts.denied(words) for stem in text.search_tokens(reach, languages)
    )
    said = Counter(text.search_tokens(words, languages))
    named = {s for name in facts.names(words) for s in text.search_tokens(name.text, languages)}
    return set(denied) - named, set(said - denied) - named


# --- verbatim text --------------------------------------------------------------------------------


def unbroken(candidates: Sequence[Extract], body: str) -> Extract:
    """Give the first candidate, with those after it up to the end of a quotation it begins.

    Words that somebody said are not cut off where a sentence of theirs ends. ``candidates`` are in
    reading order, ``body`` is the text of the first one's document. A quotation that does not close
    within ``MOST_EXTRACTS`` sentences is left as it is.
    """
    first = candidates[0]
    for last in candidates[:MOST_EXTRACTS]:
        if last.document != first.document or "\n\n" in body[first.span.start : last.span.end]:
            break
        span = Span(first.span.start, last.span.end)
        if not _opens_quotation(span.of(body)):
            return replace(first, span=span, quote=span.of(body))
    return first


def _opens_quotation(words: str) -> bool:
    return any(words.count(opening) > words.count(closing) for opening, closing in ("«»", "“”"))


_GUILLEMETS = re.compile(r"[«“\"]\s?([^«»“”\"]+?)\s?[»”\"]")


def verbatim(sentence: str, candidates: Sequence[Extract]) -> str:
    """Keep guillemets only round words that stand in the dossier, spelled as they stand there."""

    def kept(match: re.Match[str]) -> str:
        wanted = " ".join(text.fold(match[1]).split()).rstrip(".,;")
        if re.search(r"\w", wanted):
            pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
            for candidate in candidates:
                found = pattern.search(text.fold(candidate.quote))
                if found:
                    words = candidate.quote[found.start() : found.end()]
                    return match[0].replace(match[1], words)
        return match[1]

    return _GUILLEMETS.sub(kept, sentence)


_REASONS = {
    "fr": {
        "nothing": "aucune source",
        "absent": "« {} » n’est pas dans la source",
        "negation": "la source dit le contraire",
        "meaning": "la source ne le dit pas entièrement",
    },
    "en": {
        "nothing": "no source",
        "absent": "“{}” is not in the source",
        "negation": "the source says the opposite",
        "meaning": "the source does not say all of it",
    },
}


def _reason(kind: str, language: Language) -> str:
    return _REASONS.get(language, _REASONS["fr"])[kind]
