"""Check that a sentence gives a figure, or a time, where the question asks for one."""

from __future__ import annotations

import re

from askdossier import text
from askdossier.lang import LEXICONS
from askdossier.verify.holding import added_figures
from askdossier.verify.records import Asked, Problem, Sources, Statement, in_words

_REASONS = {
    "fr": "cette phrase ne donne pas ce que la question demande",
    "en": "this sentence does not give what the question asks for",
}


def check(statement: Statement, question: Asked | None, sources: Sources) -> Problem | None:
    """A sentence without the figure, or the time, that is asked for."""
    del sources
    if question is None or answers_in_kind(statement.text, question.text):
        return None
    return Problem("kind", "elsewhere", in_words(_REASONS, statement.language))


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
    return told is not None or bool(added_figures(sentence, question))


def wants_figure(question: str) -> bool:
    """Whether a question asks for a number, a date or an amount, and for nothing else beside it."""
    parts = _BESIDE.split(text.fold(question))
    return all(_WANTS_FIGURE.search(part) for part in parts)


def gives_figure(sentence: str, question: str) -> bool:
    """Whether a sentence has a figure, in digits or in words, that its question has not."""
    said = text.fold(sentence)
    one = _ONE.search(said) is not None and _COUNTS.search(text.fold(question)) is not None
    other = _NO_FIGURE_BUT.search(said) is not None or _says_vaguely(said, question)
    return one or other or bool(added_figures(sentence, question))


def _says_vaguely(said: str, question: str) -> bool:
    """Whether folded words say "several", or "all", of what is to be counted if that is named."""
    named = _COUNTED.search(text.fold(question)) is not None
    asked = set(text.search_tokens(question, LEXICONS))
    shares = ["".join(counted) for counted in _SHARE.findall(said)]
    vague = _VAGUE.findall(said) + (shares if named else [])
    return any(
        not named
        or not counted.strip()
        or _MAGNITUDE.search(counted) is not None
        or not asked.isdisjoint(text.search_tokens(counted, LEXICONS))
        for counted in vague
    )
