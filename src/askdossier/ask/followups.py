"""Questions that lean on the one before them: « et lui ? », « pourquoi ? ».

Recognised by their form alone, in French and English, and made to stand by themselves, never with
words that nobody said.
"""

from __future__ import annotations

import re
from contextlib import closing

from askdossier import lang, text
from askdossier.ask import prompts
from askdossier.ask.forms import plain
from askdossier.core import Language, Stop, Turn, Writer
from askdossier.lang import LEXICONS

_MOST_QUESTION_TOKENS = 60


def standing_alone(
    writer: Writer, question: str, before: Turn, language: Language, stop: Stop
) -> str:
    """Give a follow-up as a question of its own."""
    if wants_more(question):
        return before.question
    written = _rewritten(writer, question, before, language, stop)
    if grounded(written, question, f"{before.question} {before.answer}"):
        return written
    return joined(question, before.question, language)


def _rewritten(writer: Writer, question: str, before: Turn, language: Language, stop: Stop) -> str:
    """Let the writer put a follow-up so that it is understood without the turn before it.

    Whether it kept to what was said is for the caller to check. Empty when stopped.
    """
    written = ""
    pieces = writer.stream(
        prompts.rewriting(question, before, language),
        stop,
        prefix=lang.of(language).prompts.rewritten,
        max_tokens=_MOST_QUESTION_TOKENS,
    )
    with closing(pieces):
        for piece in pieces:
            written += piece
            if "?" in written or "\n" in written.strip():
                break
    end = written.find("?") + 1
    return " ".join((written[:end] if end else written).split())


def leans(question: str) -> bool:
    """Whether a question can only be understood with the one before it.

    It opens like a continuation ("et …"), has hardly a word of its own, or a pronoun for which it
    names nothing beforehand. A question that names its subject is a change of subject.
    """
    if _CONTINUES.match(text.fold(question).strip()) or wants_more(question):
        return True
    own = _content(question)
    return (len(own) <= 1 and not _NAMED.search(question)) or _points_back(question)


def _points_back(question: str) -> bool:
    """Whether a pronoun stands for something that the question does not name before it."""
    folded = text.fold(question)
    english = _ENGLISH_BACK.search(folded)
    if english and not (
        _DEFINITE.search(folded[: english.start()]) or _NAMED.search(question[: english.start()])
    ):
        return True
    return any(
        (
            _ASKED.fullmatch(folded, 0, match.start())
            or len(_content(question[: match.start()])) <= (match["his"] is not None)
        )
        and not _NAMED.search(question[: match.start()])
        for match in _PRONOUN.finditer(folded)
        if not _IMPERSONAL.match(folded, match.start())
    )


def wants_more(question: str) -> bool:
    """Whether a message asks for more about the last answer: "développe", "tell me more"."""
    return _MORE.fullmatch(plain(question)) is not None


def grounded(rewritten: str, question: str, before: str) -> bool:
    """Whether a rewritten question says all of the question, and else only what went before.

    At most one word may be new, since a rewording sometimes needs a verb, and one may be lost.
    """
    if len(rewritten) > _LONGEST or not rewritten.endswith("?"):
        return False
    kept = set(text.search_tokens(rewritten, LEXICONS))
    lost = [word for word in _content(question) if not kept & set(_stems(word))]
    if len(lost) > 1 or len(lost) == len(_content(question)) > 0:
        return False
    known = set(text.search_tokens(f"{question} {before}", LEXICONS))
    words = re.findall(r"[\w'’-]+", rewritten)
    new = [word for word in words if (tokens := set(_stems(word))) and not tokens & known]
    named = any(word[:1].isupper() or word[:1].isdigit() for word in new if word != words[0])
    return len(new) <= 1 and not named and not _points_back(rewritten)


def joined(question: str, before: str, language: Language) -> str:
    """Say a question together with the one before it, word for word, for want of a better one.

    One that says enough itself is said with the names in the other only.
    """
    names = _NAMES.findall(before) if len(_content(question)) > _FEW_WORDS else []
    previous = ", ".join(dict.fromkeys(names)) or before.rstrip(" ?!.\u00a0\u202f")
    return f"{question} {lang.of(language).sayings.about.format(previous)}"


_LONGEST = 300
_FEW_WORDS = 2
"""Words of its own with which a follow-up may still ask the same as the question before it."""


def _content(question: str) -> list[str]:
    """The words of a question that say something, as they are written."""
    return [
        word
        for word in re.findall(r"[\w'’-]+", question)
        if text.search_tokens(word, LEXICONS) and text.fold(word) not in _EMPTY
    ]


def _stems(word: str) -> list[str]:
    return text.search_tokens(word, LEXICONS)


_EMPTY = frozenset(
    "dit dire dis pense penser fait faire va vont a-t-il a-t-elle ont-ils ont-elles est-il "
    "est-elle sont-ils sont-elles say said think thinks do does did happen happened passe "
    "exactement alors ensuite apres avant more plus autre other autres others chose thing "
    "exactly".split()
)
_CAPITALISED = r"(?<=[\s'’«(-])[A-ZÀ-ÖØ-Þ][\w’'-]+"
_NAMED = re.compile(rf"(?<![.?!…])(?<!^){_CAPITALISED}|\d{{2,}}")
_NAMES = re.compile(rf"{_CAPITALISED}(?: (?:d[eu]s? |d['’]|of )?{_CAPITALISED})*")
"""Runs of capitalised words, but the first of a question."""
_CONTINUES = re.compile(
    r"(?:et|mais|and|but|qu'en est-il|what about|how about)\b"
    r"|(?:meme (?:question|chose)|same (?:question|thing))\b"
)
_MORE = re.compile(
    r"(?:(?:peux tu|pouvez vous|can you|could you|please|svp|s'il te plait|s'il vous plait) )?"
    r"(?:developpe[rz]?|detaille[rz]?|precise[rz]?|continue[rz]?|poursui[st]|poursuivez|"
    r"explique[rz]?|elaborate|expand|go on|continue|tell me more|say more|more details?|"
    r"(?:dis|dites)(?: m'en| en)(?: plus| davantage)|(?:en )?(?:dire|savoir) plus|"
    r"plus de details?|donne(?:z)?(?: moi)?(?: plus)? de details?)"
    r"(?: (?:un peu|plus|davantage|svp|s'il te plait|s'il vous plait|please|encore|on that|"
    r"ta reponse|votre reponse|cela|ca|this|that))*"
)
_PRONOUN = re.compile(
    r"(?:\by )?(?:[\w']+-(?:t-)?)?\b(?:(?P<his>son|sa|ses|leurs?|his|her|their|its)"
    r"|il|elle|ils|elles|lui|eux|cel(?:ui|le)-ci|ce(?:ux|lles)-ci|ce dernier|cette derniere"
    r"|ces derni(?:ers|eres)|cela|ca|he|she|they|him|them|it|(?:this|that|those|these)(?= ?\?|$)"
    r"|(?:ce|cet|cette|ces)(?= (?!que\b|qui\b|dossier|documents?\b|articles?\b|textes?\b)\w))\b"
)
"""With the verb that it hangs from: "a-t-il". A possessive may come after a verb."""
_ASKED = re.compile(
    r"(?:\w+ )?(?:quel(?:le)?s? |combien d(?:e |'))[\w'-]+ "
    r"|depuis quand (?:(?:le|la|les|y|en) |l')?"
)
"""What is asked for, which no pronoun behind it stands for: "Combien de salariés a-t-elle ?"."""
_ENGLISH_BACK = re.compile(
    # Where a name would come before the verb, as in "How many employees does it have?".
    r"\b(?:does|do|did|has|have|had|is|are|was|were|will|would|can|could|should|must) "
    r"(?:he|she|they|it(?! (?:take|cost|in|like|\w+ (?:to|that))\b))\b"
    r"|\b(?:it|him|them)(?=\s*\?|$)"
)
"""An English pronoun that stands for nothing before it in its sentence, unless that is definite."""
_DEFINITE = re.compile(
    r"(?<!^)\b(?:the|this|that|these|those|each|every|if|when|while|because|and|or|but|who|which)\b"
)
"""Behind such a word, what the pronoun stands for may have been named in the question itself."""
_IMPERSONAL = re.compile(
    r"y |faut-|s'agit-|(?:est-)?il (?:y|faut|s'agit|vrai|possible|question|prevu|est (?:vrai|"
    r"possible|question|prevu))|it (?:true|possible|like|is (?:true|possible))"
)
