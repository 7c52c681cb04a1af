"""How right the text of an answer is; each function knows only strings.

Sources: containment and token F1 after SQuAD (Rajpurkar et al. 2016) and ALCE's "string exact
match" (Gao et al. 2023); character 3-gram recall after Chirkova et al. 2024, who propose it for
languages in which words are inflected or spelled variously.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_APOSTROPHES = str.maketrans("’‘ʼ′", "''''")
_ARTICLES = frozenset("le la les l un une des du de d the a an".split())


def unified(text: str) -> str:
    """Ignore case, kinds of apostrophe and kinds of space; accents stay."""
    return " ".join(text.casefold().translate(_APOSTROPHES).split())


def holds_answer(said: str, answers: Iterable[str]) -> bool:
    """Whether any of ``answers`` stands in ``said``.

    One that is all digits must not be part of a longer number: 500 is not in 1 500, 2500 or 3,500.
    """
    words = unified(said)
    for wanted in map(unified, answers):
        if wanted.isdecimal():
            if re.search(rf"(?<!\d)(?<!\d[ .,]){wanted}(?!\d)", words):
                return True
        elif wanted in words:
            return True
    return False


def token_f1(said: str, answers: Iterable[str]) -> float:
    """Harmonic mean of the precision and recall of words, for the answer that fits best.

    Case, punctuation and articles, French and English, are left out. A whole sentence that holds a
    short answer has full recall and a low precision: compare runs, not with other systems.
    """
    mine = _tokens(said)
    return max((_f1(mine, _tokens(wanted)) for wanted in answers), default=0.0)


def _tokens(text: str) -> Counter[str]:
    return Counter(word for word in re.findall(r"\w+", unified(text)) if word not in _ARTICLES)


def _f1(mine: Counter[str], wanted: Counter[str]) -> float:
    common = (mine & wanted).total()
    return 2 * common / (mine.total() + wanted.total()) if common else 0.0


def trigram_recall(said: str, answers: Iterable[str]) -> float:
    """Share of the character 3-grams of an answer that are in ``said``; the best of ``answers``."""
    mine = _trigrams(said)
    shares = [
        (mine & wanted).total() / wanted.total() for wanted in map(_trigrams, answers) if wanted
    ]
    return max(shares, default=0.0)


def _trigrams(text: str) -> Counter[str]:
    """Spaces at both ends give a text of one or two characters its 3-grams too."""
    words = " ".join(re.findall(r"\w+", unified(text)))
    padded = f" {words} "
    if not words:
        return Counter()
    return Counter(padded[i : i + 3] for i in range(len(padded) - 2))
