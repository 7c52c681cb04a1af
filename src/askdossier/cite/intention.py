"""What a drafted sentence adds to its question, and the words of the dossier it was made from.

A small writer often finds the right sentence and then puts it badly. Most of a draft repeats the
question; what counts is the rest: it must stand in the cited words, and where the draft fails, it
tells which words to quote instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from askdossier import text
from askdossier.cite import facts
from askdossier.cite.check import Extract, Verdict, holds, near
from askdossier.cite.facts import Figure, Name
from askdossier.records import Language

_HELD = 0.6
"""Share of what a sentence adds to the question that its citations hold at least."""
_SURE = 0.88
"""Cosine across languages from which a sentence is supported that adds no figure and no name."""
_MADE_OF = 0.5
"""Share of what the draft adds that a sentence holds for the draft to be made from it."""
_FAR = 0.06
"""Cosine with the question by which it may lie below the nearest sentence."""


def added(sentence: str, question: str, language: Language) -> frozenset[str]:
    """Give the stems of a sentence that its question has not."""
    said, asked = (text.search_tokens(words, {language}) for words in (sentence, question))
    return frozenset(said) - frozenset(asked)


def held(words: frozenset[str], language: Language, extracts: Sequence[Extract]) -> float:
    """Share of the stems that stand in the extracts; 1 when there are none."""
    if not words:
        return 1.0
    there = {stem for one in extracts for stem in text.search_tokens(one.quote, {language})}
    return len(words & there) / len(words)


def anchored(sentence: str, question: str, extracts: Sequence[Extract]) -> bool:
    """Whether a figure or a name that a sentence adds to its question stands in the extracts.

    Across languages words do not match, and vectors alone tell little.
    """
    figures = _added_figures(sentence, question)
    there = [figure for one in extracts for figure in facts.figures(one.quote)]
    if any(figure.agrees(other) for figure in figures for other in there):
        return True
    asked = {word for name in facts.names(question) for word in name.words}
    names = [name for name in _names(sentence) if not name.words & asked]
    return any(holds(name, one) for name in names for one in extracts)


def holds_what_it_adds(sentence: str, question: str, language: Language, verdict: Verdict) -> bool:
    """Whether a checked sentence is supported, in what it adds to its question above all."""
    if verdict.support == "unsupported":
        return False
    if any(extract.language != language for extract in verdict.extracts):
        return verdict.score >= _SURE or anchored(sentence, question, verdict.extracts)
    return held(added(sentence, question, language), language, verdict.extracts) >= _HELD


def intended(
    sentence: str,
    question: str,
    language: Language,
    candidates: Sequence[Extract],
    cosines: Sequence[float],
    relevances: Sequence[float],
) -> Extract | None:
    """Find the sentence that a draft was made from, by what the draft adds to the question.

    It holds at least half of that, a figure if any was added, asks nothing, names nobody else
    where no name of the question stands, and is about as near to the question as any: ``cosines``
    are the draft's with each candidate, ``relevances`` the question's. None when there is none.
    """
    named = _names(question)
    words, figures = added(sentence, question, language), _added_figures(sentence, question)
    if not words:
        return None
    least = max(relevances) - _FAR
    best, found = 0.0, None
    for candidate, cosine, relevance in zip(candidates, cosines, relevances, strict=True):
        if relevance < least or text.asks(candidate.quote):
            continue
        own = facts.figures(candidate.quote)
        if figures and not any(f.agrees(other) for f in figures for other in own):
            continue
        if named and _names(candidate.quote):
            around = [other for other in candidates if near(candidate, other)]
            if not any(holds(name, other) for name in named for other in around):
                continue
        share = held(words, language, [candidate])
        if figures and candidate.language != language:
            share = 1.0
        if share >= _MADE_OF and share + cosine + relevance > best:
            best, found = share + cosine + relevance, candidate
    return found


# --- questions that ask for a figure or a time ----------------------------------------------------

_WANTED = (
    "age annee budget cout date effectif montant nombre pourcentage proportion salaire somme tarif "
    "taux"
).replace(" ", "|")
_WANTS_FIGURE = re.compile(
    rf"\bcombien\b|\bquel(?:le)?s? (?:est |etait |sera )?(?:l[ea] |l')?(?:{_WANTED})s?\b"
    r"|\b(?:a quel|quel (?:est|etait|sera) le) prix\b"  # "quel prix" may be an award
    r"|\bhow (?:many|much|old)\b"
    r"|\b(?:what (?:is |was )?(?:the )?|which )"
    r"(?:age|amount|date|number|percentage|price|proportion|salary|year)\b"
)
_BESIDE = re.compile(
    r",? (?:et|and) (?=(?:(?:a|de|par|pour|en|depuis|of|by|for|in|since) )?"
    r"(?:combien|quel(?:le)?s?|qui|que|ou|quand|comment|pourquoi"
    r"|how|who|what|when|where|why|which)\b)"
)
"""Where a second question begins in the same sentence."""
_COUNTS = re.compile(
    r"(?<!\Aa )\bcombien\b(?! (?:de temps|d'argent)\b)(?=.*\b(?:d'|de |en |pese|coute))"
    r"|\bhow many\b"
)
_NO_FIGURE_BUT = re.compile(
    r"\b(?:aucune?|zero|gratuit\w*"
    r"|(?:a|ont|avait|avaient|sont|est) pas d(?:e |['’])"
    r"|sans limites?|none|nobody|nothing|no one|free|half|once|twice|unlimited)\b"
)
"""Words that answer such a question without a figure."""
_VAGUE = re.compile(r"\b(?:plusieurs|quelques|several|few)((?: [\w'’]+){0,3})")
_SHARE = re.compile(
    r"\bpeu( d(?:e |['’])[\w'’]+)"
    r"|\b(?:autant|tous|toutes|la (?:plupart|majorite|totalite)"
    r"|as many|all|most|(?:a|the) majority)((?: [\w'’]+){0,3})"
)
"""As vague, but only of what is to be counted: "peu connu" counts nothing."""
_MAGNITUDE = re.compile(
    r"\b(?:(?:di|dou|quin)zaines?|(?:vingt|trent|quarant|cinquant|soixant|cent)aines?|milliers?"
    r"|milli(?:on|ard)s?|fois|dozens?|hundreds?|thousands?|millions?|billions?|times)\b"
)
_BOTH = {"fr", "en"}
_COUNTED = re.compile(r"\bcombien d(?:e |['’])(?!temps\b|argent\b)|\bhow many\b")
"""A question that names what is to be counted."""
_ONE = re.compile(r"\b(?:une?|one|a single)\b")
_HOW_LONG = re.compile(r"\bcombien de temps\b")


_WHEN = re.compile(
    r"\A\W*(?:et )?(?:(?:depuis|de|pour) |jusqu'a |a partir de )?quand\b(?! meme)"
    r"(?!.*(?:,| et | ou ))"
    r"|\A\W*(?:and )?(?:(?:since|until) )?when "
    r"(?:is|are|was|were|do|does|did|will|would|has|have|had|can|could|should|must|shall)\b"
    r"(?!.*(?:,| and | or ))"
)
"""A question for a time and nothing else: not "Quand il pleut, où…", nor "Quand… et par qui ?"."""
_TIME = re.compile(
    r"\b(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
    r"|(?:lun|mar|mercre|jeu|vendre|same)dis?|dimanches?|week-?ends?|printemps|automnes?|hivers?"
    r"|(?:en|cet|chaque|un|l'|d') ?ete|siecles?|annees?|ans?|mois|(?:tri|se)mestres?|semaines?"
    r"|jours?|journees?|mat(?:in|inee)s?|midi|soirs?|soirees?|nuits?|minuit|aube|heures?|epoques?"
    r"|ages?|decennies?|dates?|noel|paques|toussaint|renaissance|antiquite|guerre|revolution|regne"
    r"|mort|naissance|hier|demain|veille|lendemain|aujourd'hui|actuellement|bientot|jamais|toujours"
    r"|maintenant|recemment|encore|quotidien\w*|hebdomadaire\w*|mensuel\w*|annuel\w*"
    r"|apres|avant|depuis|durant|lors|lorsqu\w*|pendant|quand|sous|debut|fin|des (?:l'|la|le|que)"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends?|springs?|summers?|autumns?|fall"
    r"|winters?|century|centuries|decades?|years?|quarters?|months?|weeks?|days?|daily|weekly"
    r"|monthly|yearly|annually|recently|currently|shortly|mornings?|noon|afternoons?|evenings?"
    r"|nights?|midnight|hours?|age|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|christmas|easter"
    r"|war|death|birth|reign|yesterday|today|tomorrow|now|soon|never|always|yet"
    r"|after|before|since|during|when|whenever|while|until|once|upon|under|beginning|end)\b"
)
"""Folded words that tell a time without a figure, or may; better one too many than a right answer
refused."""
_SAID_BEFORE = re.compile(
    r"\b(?:la|le|cet?t?e?) meme (?:{0})\b|\bce(?:t|tte|s)? (?:{0})s?-la\b"
    r"|\b(?:that|the) (?:same )?(?:year|month|day|night|time)\b".format(
        "an|annee|date|epoque|jour|mois|moment|nuit|semaine|siecle|soir"
    )
)
"""Folded: a time that other words tell."""


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
    told = _TIME.search(_SAID_BEFORE.sub("", text.fold(sentence)))
    return told is not None or bool(_added_figures(sentence, question))


def wants_figure(question: str) -> bool:
    """Whether a question asks for a number, a date or an amount, and for nothing else beside it."""
    parts = _BESIDE.split(text.fold(question))
    return all(_WANTS_FIGURE.search(part) for part in parts)


def gives_figure(sentence: str, question: str) -> bool:
    """Whether a sentence has a figure, in digits or in words, that its question has not."""
    said = text.fold(sentence)
    one = _ONE.search(said) is not None and _COUNTS.search(text.fold(question)) is not None
    other = _NO_FIGURE_BUT.search(said) is not None or _says_vaguely(said, question)
    return one or other or bool(_added_figures(sentence, question))


def _says_vaguely(said: str, question: str) -> bool:
    """Whether folded words say "several", or "all", of what is to be counted if that is named."""
    named = _COUNTED.search(text.fold(question)) is not None
    asked = set(text.search_tokens(question, _BOTH))
    shares = ["".join(counted) for counted in _SHARE.findall(said)]
    vague = _VAGUE.findall(said) + (shares if named else [])
    return any(
        not named
        or not counted.strip()
        or _MAGNITUDE.search(counted) is not None
        or not asked.isdisjoint(text.search_tokens(counted, _BOTH))
        for counted in vague
    )


def _names(words: str) -> list[Name]:
    return [name for name in facts.names(words) if not name.opens]


def _added_figures(sentence: str, question: str) -> list[Figure]:
    asked = facts.figures(question)
    return [f for f in facts.figures(sentence) if not any(f.agrees(other) for other in asked)]
