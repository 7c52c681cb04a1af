"""Which language a text is in. The identifier's 5 MB model is loaded at the first use."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from askdossier import lang
from askdossier.core import Language

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_LANGUAGES = (
    "ar bg ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv nl no pl pt ro ru sk sl "
    "sr sv th tr uk vi zh"
).split()
_SAMPLE = 4000
"""Characters looked at: more does not change the answer, and a long document costs seconds."""

_SURE = 0.95
"""Probability from which letter statistics are believed about some keywords."""
_FOREIGN = 0.98
"""Probability of all languages without a lexicon together from which a question is in one."""
_FEWEST_WORDS = 3
"""Of a question in Latin letters whose language letter statistics may tell."""
_FEWEST_OF_SENTENCE, _FEWEST_FREQUENT = 5, 2
"""Words of a sentence in Latin letters that may tell its language, and of these such as "the"."""
_MOST_LINKS = 3
"""Words between two with a capital that may link them to one name: "Culture et de la Mer"."""
_FEW_LETTERS = 4
"""Letters of another script up to which a sentence may have them in a name."""
_BEYOND_LATIN = "\u0370"
"""The first letter of other alphabets."""
_SPANISH = frozenset("¿¡")

_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")
_WORD = re.compile(r"[^\W\d_]+(?:['’](?=[^\W\d_]))?")


@cache
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(languages)
    return identifier


_loading = threading.Lock()


def _classify(text: str, languages: tuple[str, ...]) -> tuple[str, float]:
    with _loading:  # two threads must not both load the model
        identifier = _identifier(languages)
    code, confidence = identifier.classify(text)
    return str(code), float(confidence)


def language(text: str) -> Language:
    """ISO 639-1 code of the language that most of ``text`` is in; ``fr`` for a text without words.

    Samples the beginning, the middle and the end, since menus and quotations often stand first.
    """
    if len(text) > 3 * _SAMPLE:
        middle = len(text) // 2
        text = " ".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))
    if not any(character.isalpha() for character in text):
        return "fr"
    return _classify(text, tuple(_LANGUAGES))[0]


def answer_language(question: str, otherwise: Language = "") -> Language:
    """The language to answer a question in: its own, or English where that has no lexicon.

    ``otherwise`` as for ``question_language``.
    """
    return lang.FALLBACK if foreign_language(question) else question_language(question, otherwise)


def foreign_language(question: str) -> Language:
    """The language of a question that is surely none of those with a lexicon; else empty.

    By letter statistics, which need no words of a language, on what is not quoted. Where function
    words of a known language make up more than half of it, it is in that language.
    """
    own = _QUOTED.sub(" ", question)
    if not _SPANISH.isdisjoint(own) and "es" not in lang.LEXICONS:
        return "es"
    words = _words(own)
    letters = [character for character in own if character.isalpha()]
    other = sum(letter >= _BEYOND_LATIN for letter in letters) > len(letters) / 2
    told = max(sum(word in known.telling for word in words) for known in lang.LEXICONS.values())
    if not other and (len(words) < _FEWEST_WORDS or 2 * told > len(words)):
        return ""
    with _loading:
        ranked = _identifier(tuple(_LANGUAGES)).rank(own)
    foreign = [(code, float(share)) for code, share in ranked if code not in lang.LEXICONS]
    return str(foreign[0][0]) if sum(share for _, share in foreign) >= _FOREIGN else ""


def other_language(sentence: str, language: Language) -> bool:
    """Whether a sentence is surely in another language than the one that it should be in.

    What is quoted does not count, nor do names, with what links their words ("The Return of the
    King"). A few words tell nothing: some such as "the" must stand there that ``language`` does not
    have, or other letters.
    """
    own = _QUOTED.sub(" ", sentence)
    letters = [character for character in own if character.isalpha()]
    other = sum(letter >= _BEYOND_LATIN for letter in letters)
    if other > max(len(letters) / 2, _FEW_LETTERS):
        return True
    words = _WORD.findall(own)
    if len(words) < _FEWEST_OF_SENTENCE:
        return False
    said = _beside_names(words)
    frequent = {code: known.stop_words for code, known in lang.LEXICONS.items()}
    mine = frequent.get(language, frozenset())
    here = sum(word in mine for word in said)
    there = max(sum(word in others - mine for word in said) for others in frequent.values())
    if there >= _FEWEST_FREQUENT and there > 2 * here:
        return True
    capitals = sum(word[0].isupper() for word in words)
    return not here and 2 * capitals < len(words) and foreign_language(own) != ""


def _beside_names(words: Sequence[str]) -> list[str]:
    """The words of a sentence without its names; its first word counts as none."""
    capitals = [at for at, word in enumerate(words) if at and word[0].isupper()]
    named = set(capitals)
    for one, other in pairwise(capitals):
        if other - one <= 1 + _MOST_LINKS:
            named.update(range(one, other))
    return [_plain(one).rstrip("'") for at, one in enumerate(words) if at not in named]


def _words(text: str) -> list[str]:
    return [_plain(word) for word in _WORD.findall(text)]


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def question_language(text: str, otherwise: Language = "") -> Language:
    """The language to answer a question in: one of those with a lexicon.

    Function words decide first, since questions are too short for letter statistics; these are
    asked only when the words do not tell, as where a question is made of keywords. What is not
    sure then is ``otherwise``, if that is one of them. ``fr`` when nothing tells.
    """
    words = _words(text)
    weighed = words + 3 * words[:1]  # the question word tells more than a quoted title
    letters = set(text.lower())
    told = {
        code: sum(word in lexicon.telling for word in weighed)
        + (not letters.isdisjoint(lexicon.letters)) / 2
        for code, lexicon in lang.LEXICONS.items()
    }
    likeliest = [code for code, count in told.items() if count == max(told.values())]
    if len(likeliest) == 1:
        return likeliest[0]
    known = otherwise if otherwise in lang.LEXICONS else ""
    compared = tuple(sorted({*likeliest} & {*_LANGUAGES}))
    if not words or not compared:
        return known or "fr"
    code, confidence = _classify(text, compared)
    if known and confidence < _SURE:
        return known
    return code if confidence > 0.5 else "fr"
