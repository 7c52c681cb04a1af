"""Which language a text is in. The identifier's 5 MB model is loaded at the first use."""

from __future__ import annotations

import re
import threading
from functools import cache
from typing import TYPE_CHECKING

from askdossier.records import Language

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

_WORD = re.compile(r"[^\W\d_]+(?:['’](?=[^\W\d_]))?")

_FRENCH = frozenset(
    "le la les l' un une des du de d' au aux et est sont était étaient fut ont que qu' qui quoi "
    "quel quelle quels quelles lequel laquelle lesquels lesquelles comment pourquoi combien où "
    "quand ce cet cette ces c' se s' sa ses son leur leurs il elle ils elles ne n' pas dans pour "
    "par avec sur sous entre vers chez selon depuis pendant été fait peut y j' je tu nous vous "
    "dit donne donner quelqu' lui eux dont ou mais donc ni car à après avant lors lorsque "
    "explique résume cite décris liste m' t' faut".split()
)
_ENGLISH = frozenset(
    "the of and is are was were be been being do does did what which who whom whose when "
    "where why how many much that this these those it its he she they his her their them to in "
    "for from with by at into about as or but not there has have had can could would should will "
    "than then you your my me we our i name list explain give tell".split()
)
_ONLY_FRENCH = re.compile(r"[àâçèêëîïôœùûÿ«»]", re.IGNORECASE)


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


def question_language(text: str, otherwise: Language = "") -> Language:
    """``fr`` or ``en``: the language to answer a question in.

    Function words decide first, since questions are too short for letter statistics; these are
    asked only when the words do not tell, as where a question is made of keywords. What is not
    sure then is ``otherwise``, if that is one of the two. ``fr`` when nothing tells.
    """
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    weighed = words + 3 * words[:1]  # the question word tells more than a quoted title
    french = sum(word in _FRENCH for word in weighed) + bool(_ONLY_FRENCH.search(text)) / 2
    english = sum(word in _ENGLISH for word in weighed)
    if french != english:
        return "fr" if french > english else "en"
    known = otherwise if otherwise in {"fr", "en"} else ""
    if not words:
        return known or "fr"
    code, confidence = _classify(text, ("en", "fr"))
    if known and confidence < _SURE:
        return known
    return code if confidence > 0.5 else "fr"
