"""What kind of message this is: a question to the documents, about them, or no question at all.

Recognised by the form of the message alone, in French and English: small talk is answered without
the documents, a question about the dossier as a whole by scanning it, and a question that leans on
the one before it (« et lui ? », « pourquoi ? ») must first be made to stand alone. Knows nothing of
indexes or models.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from askdossier import text
from askdossier.records import Language

# --- kinds of message -----------------------------------------------------------------------------

SmallTalk = Literal["greeting", "thanks", "farewell", "help"]


@dataclass(frozen=True, slots=True)
class Overview:
    """Asks what the dossier holds: "de quoi parlent ces documents ?"."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Asks which documents speak of something: "quels documents citent X ?"."""

    phrase: str
    literal: bool
    """It was put between quotation marks: the very words, not their stems."""


def small_talk(message: str) -> SmallTalk | None:
    """Tell what is meant by a message that asks the dossier nothing; None for a question."""
    folded = _plain(message)
    return next((kind for kind, form in _SMALL_TALK.items() if form.fullmatch(folded)), None)


def yes_or_no(question: str) -> bool:
    """Whether a message is a polar question, one for yes or no: "le maire a-t-il démissionné ?".

    Told by its verb, which comes before its subject. Not one that asks for more as well or instead
    ("à quelle heure part-il ?", "peut-on savoir qui…"), nor one that is unmarked ("il part ?").
    """
    # "où" is taken for "quand", which asks alike: folded, it would be "ou".
    asked = text.fold(_OU.sub("quand", _ABOUT.sub("", question)))
    verb = _INVERTED.search(asked) or (_AUXILIARY.search(asked) if "?" in asked else None)
    return (
        verb is not None
        and _OPEN.search(asked) is None
        and _OPEN_BEFORE.search(asked[: verb.start() + 1]) is None
        and _INDIRECT.search(asked) is None
    )


def about_dossier(message: str) -> Overview | Mentions | None:
    """Tell whether a message asks about the dossier as a whole; None for any other question."""
    folded = text.fold(message)
    mentions = _MENTIONS.match(folded)
    if mentions:
        # Folding keeps the length, so the phrase can be cut from what the person wrote.
        phrase = message[slice(*mentions.span("phrase"))].strip(" ?!.\u00a0\u202f")
        quoted = _QUOTED.fullmatch(phrase)
        if quoted:
            return Mentions(quoted[1].strip(), literal=True)
        phrase = _ARTICLE.sub("", phrase)
        if text.search_tokens(phrase, _LANGUAGES) and not _SELF.fullmatch(text.fold(phrase)):
            return Mentions(phrase, literal=False)
    return Overview() if _OVERVIEW.fullmatch(_plain(message)) else None


_LANGUAGES = ("fr", "en")


def _plain(message: str) -> str:
    """Folded words with single spaces between them."""
    return " ".join(re.findall(r"[\w']+", text.fold(message)))


_POLITE = (
    r"(?: (?:a toi|a vous|a tous|beaucoup|bien|infiniment|pour (?:tout|ton|votre|cette|ta) ?\w*|"
    r"monsieur|madame|askdossier|there|everyone|all|so much|very much|a lot|again))*"
)
_GREETING = r"(?:bonjour|bonsoir|salut|coucou|hello|hi|hey|good (?:morning|afternoon|evening))"
_HOW_ARE_YOU = (
    r"(?:(?:comment )?ca va(?: bien)?|comment (?:vas tu|allez vous|tu vas|vous allez)|"
    r"how are you(?: doing)?(?: today)?)"
)
_SMALL_TALK: dict[SmallTalk, re.Pattern[str]] = {
    "greeting": re.compile(
        rf"{_GREETING}{_POLITE}(?: (?:et )?{_HOW_ARE_YOU})?|{_HOW_ARE_YOU}|"
        rf"{_GREETING} et {_GREETING}"
    ),
    "thanks": re.compile(
        rf"(?:ok(?:ay)? |super |parfait |tres bien |bien |great |d'accord )?"
        rf"(?:merci|thanks|thank you|cheers|je (?:te|vous) remercie){_POLITE}"
        r"|(?:ok(?:ay)?|super|parfait|tres bien|genial|bravo|d'accord|great|perfect|nice|cool)"
        r"(?: (?:merci|thanks|thank you))?"
    ),
    "farewell": re.compile(
        r"(?:(?:merci(?: et)?|thanks(?: and)?) )?(?:au revoir|a bientot|a plus(?: tard)?|"
        r"bonne (?:journee|soiree|nuit)|adieu|bye(?: bye)?|goodbye|see you(?: \w+)?)" + _POLITE
    ),
    "help": re.compile(
        rf"(?:{_GREETING} )?(?:"
        r"(?:que|qu'est ce que) (?:sais|peux|fais) ?(?:tu|vous)?(?: tu)?(?: faire)?"
        r"|qu'est ce que (?:tu sais|tu peux|vous savez|vous pouvez|tu fais)(?: faire)?"
        r"|que (?:savez|pouvez|faites) vous(?: faire)?"
        r"|(?:tu sais|tu peux|vous savez|vous pouvez) faire quoi"
        r"|qui (?:es tu|etes vous)|tu es qui|vous etes qui|quel est ton nom|comment t'appelles tu"
        r"|(?:a quoi|en quoi) (?:sers tu|servez vous|peux tu (?:m'aider|aider))"
        r"|comment (?:ca|cela|tu|askdossier) (?:marche|fonctionnes?)"
        r"|comment (?:puis je|peut on|dois je) (?:t'|vous )?(?:utiliser|poser une question)"
        r"(?: \w+)*"
        r"|aide(?: moi)?|help(?: me)?"
        r"|what can you do(?: for me)?|what do you do|who are you|what are you"
        r"|how (?:does (?:this|it) work|do you work|can you help(?: me)?|do i use (?:this|you|it))"
        r")"
    ),
}

_DOCUMENT = (
    r"(?:documents?|articles?|textes?|sources?|fichiers?|pages?|pieces?|notes?|docs?|files?|texts?)"
)
_HERE = (
    r"(?:ce|cet|cette|ces|le|la|les|l'|mon|mes|ton|tes|votre|vos|tous les|the|this|these|my|your|"
    r"all the|all)"
)
_DOSSIER = rf"{_HERE} ?(?:dossiers?|corpus|collection|ensemble|folder|{_DOCUMENT})"
_OVERVIEW = re.compile(
    rf"(?:de quoi (?:parle(?:nt)?|traite(?:nt)?|est il question dans|s'agit il dans|il s'agit dans)"
    rf" {_DOSSIER}"
    rf"|{_DOSSIER} (?:parle(?:nt)?|traite(?:nt)?) de quoi"
    rf"|(?:que|qu'est ce que|qu'y a t il|qu'est ce qu'il y a|quoi)(?: dans)?"
    rf" (?:contiennent|contient|disent|raconte)? ?{_DOSSIER}(?: (?:contiennent|contient))?"
    rf"|quels? (?:sont|est) (?:le|les) (?:sujets?|themes?|contenu) (?:de |du |des |abordes? dans )"
    rf"?(?:{_DOSSIER}|dossier|documents?)"
    rf"|quels? sont {_DOSSIER}(?: \w+)?"
    rf"|quels {_DOCUMENT} (?:as tu|avez vous|y a t il|connais tu|sont (?:indexes|disponibles|la))"
    rf"|(?:resume|resumez|presente|presentez|decris|decrivez|liste|listez|enumere)(?: moi)? "
    rf"{_DOSSIER}"
    rf"|(?:donne|donnez)(?: moi)? (?:la )?liste (?:de |des )?(?:{_DOSSIER}|{_DOCUMENT})"
    rf"|liste des {_DOCUMENT}"
    rf"|combien (?:de|y a t il de|as tu de|avez vous de) {_DOCUMENT}(?: (?:y a t il|as tu|"
    rf"avez vous|contient le dossier|dans le dossier|sont indexes|il y a))*(?: dans le dossier)?"
    rf"|what (?:are|is) {_DOSSIER} about|what (?:do|does) {_DOSSIER} (?:say|contain|talk about)"
    rf"|what(?:'s| is) in {_DOSSIER}|(?:list|summari[sz]e|describe|show(?: me)?) {_DOSSIER}"
    rf"|(?:which|what) {_DOCUMENT} (?:do you have|are there|are indexed)"
    rf"|how many {_DOCUMENT} (?:do you have|are there|are indexed)(?: in {_DOSSIER})?)"
)

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
_MENTIONS = re.compile(
    rf"^\s*(?:(?:quels|quelles|combien de|which|what|how many) {_DOCUMENT}{_IN_DOSSIER}"
    rf"(?: qui| that)? {_SPEAK}"
    rf"|(?:quel|quelle|which|what) {_DOCUMENT}{_IN_DOSSIER} {_SPEAKS}"
    rf"|(?:dans |in )(?:quels|quelles|quel|quelle|combien de|which|what|how many) {_DOCUMENT}"
    rf" (?:(?:est|sont)-(?:il|elle|ils|elles|on) (?:cites?|question|mentionnes?)(?: de | d'| du )?|"
    rf"est(?:-il)? (?:cite|mentionne|question de|question d')e?|parle-t-on (?:de |du |des |d')|"
    rf"il est question (?:de |du |des |d')|is|are|does)"
    rf"|(?:liste|cite|donne|list|show)(?:-moi| me)? (?:tous )?(?:les |all )?(?:the )?{_DOCUMENT}"
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

# --- yes or no ------------------------------------------------------------------------------------

_OU = re.compile(r"\boù\b", re.IGNORECASE)
_ABOUT = re.compile(r"\((?:à propos de :|about:).*\)\W*\Z", re.DOTALL)
"""What ``joined`` adds."""
_INVERTED = re.compile(
    r"(?<!qu['\s-])\best[- ]ce qu(?:e\b(?! (?:tu|vous)\b)|')"
    r"|\w-(?:t-)?(?:ils?|elles?|on|je|ce(?! qu))\b(?!-)"
    r"|\b(?:t|est|sont|ont|fut|furent|sera|seront|peut|doit|faut|fait|font|vont|\w{2,}(?:ait|ent))"
    r" (?:ils?|elles?)\b"
    r"|\bt'(?:ils?|elles?)\b"
)
"""French: "est-ce que", or a subject behind its verb, also where the hyphens are left out."""
_AUXILIARY = re.compile(
    r"(?:\A\W*|, ?)(?:(?:and|but|so) )?"
    r"(?:(?:is|are|was|were|do|does|did|has|have|had|could|would|should)(?:n't)?"
    r"|am|can(?:'t|not)?|will|won't|shall|may|might|must) (?!you\b|of\b|\d)"
)
_OPEN = re.compile(
    r"\b(?:(?<!importe )quel(?:le)?s?\b(?! que\b| qu')|quoi\b|comment\b|pourquoi\b|combien\b"
    r"|what\b|which\b|whose\b|why\b|how\b)"
    r"|\b(?:qui|quand|who|when|where)\W*\Z"
    r"|\b(?:et|and) (?:\w+ )?(?:qui|qu'|que|quand|who|when|where)\b"
)
"""Words that ask for more than yes or no, wherever they stand."""
_OPEN_BEFORE = re.compile(
    r"(?:\A\W*(?:et |mais |alors |and |but )?"
    r"|\b(?:a|de|par|pour|avec|chez|contre|sur|depuis|jusqu'a) |\b(?:d|jusqu)')"
    r"(?:(?:qui|que|quand|ou|(?:le|la|les|du|des|au|aux)quel(?:le)?s?|who|whom|when|where)\b|qu')"
    r"(?!.*, \S+\Z)"
    r"|, (?:qu'|(?:qui|que|quand|who|when|where) )[^\s,]*(?: [^\s,]+){0,3}\Z"
)
"""Words before the verb that ask for more there; elsewhere they begin a clause of their own."""
_INDIRECT = re.compile(
    r"\b(?:dire|dit|savoir|sais|sait|savez|connait(?:re)?|explique[rz]?|precise[rz]?|indique[rz]?"
    r"|mentionne|donne[rz]?|rappele[rz]|say|said|tell|know|known|explain|mention|state|ask)"
    r"(?:-(?:t-)?(?:ils?|elles?|on))?(?: (?:me|us|exactement|exactly))?"
    r"(?: (?:a|de|en|depuis|pour|avec|dans|since|for))?"
    r" (?:qui|quand|ce qu[ie]|ce qu'|who|when|where)(?:\b|(?<='))"
    r"|\b(?:peut-on|pourrait-on|puis-je|pourrais-je|(?:can|could|may|might) i)"
    r" (?:avoir|connaitre|obtenir|savoir|have|get|ask|know)\b"
)
"""What is asked for in a question that only seems polar."""

# --- what is said ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sayings:
    small_talk: dict[SmallTalk, str]
    none: str
    one: str
    several: str
    of: str
    holds_one: str
    holds: str
    more: str


_SAYINGS = {
    "fr": _Sayings(
        small_talk={
            "greeting": "Bonjour ! Posez une question sur les documents de ce dossier.",
            "thanks": "Avec plaisir. Une autre question ?",
            "farewell": "Au revoir.",
            "help": (
                "Je réponds à des questions sur les documents de ce dossier, et à rien d’autre : "
                "chaque phrase de mes réponses renvoie aux mots exacts qui l’appuient, et je dis "
                "quand le dossier ne répond pas. Vous pouvez aussi demander de quoi parlent les "
                "documents, ou lesquels citent un nom."
            ),
        },
        none="Aucun des {total} documents ne contient « {phrase} ».",
        one="Un document sur {total} contient « {phrase} ».",
        several="{count} documents sur {total} contiennent « {phrase} ».",
        of="{title} ({count} fois)",
        holds_one="Le dossier contient un document.",
        holds="Le dossier contient {total} documents.",
        more="Voici les {shown} premiers.",
    ),
    "en": _Sayings(
        small_talk={
            "greeting": "Hello! Ask a question about the documents of this dossier.",
            "thanks": "You’re welcome. Another question?",
            "farewell": "Goodbye.",
            "help": (
                "I answer questions about the documents of this dossier, and nothing else: every "
                "sentence of an answer points at the exact words that support it, and I say so "
                "when the dossier does not answer. You can also ask what the documents are about, "
                "or which of them mention a name."
            ),
        },
        none="None of the {total} documents contains “{phrase}”.",
        one="1 document of {total} contains “{phrase}”.",
        several="{count} documents of {total} contain “{phrase}”.",
        of="{title} ({count} times)",
        holds_one="The dossier holds one document.",
        holds="The dossier holds {total} documents.",
        more="Here are the first {shown}.",
    ),
}


def reply(kind: SmallTalk, language: Language) -> str:
    """Answer small talk."""
    return _sayings(language).small_talk[kind]


def counted(phrase: str, count: int, total: int, shown: int, language: Language) -> str:
    """Say how many documents of how many contain a phrase, and how many are shown."""
    words = _sayings(language)
    form = (words.none, words.one)[count] if count < 2 else words.several
    said = form.format(phrase=phrase, count=count, total=total)
    return said if shown == count else f"{said} {words.more.format(shown=shown)}"


def holding(total: int, shown: int, language: Language) -> str:
    """Say how many documents there are, and how many are shown."""
    words = _sayings(language)
    said = words.holds_one if total == 1 else words.holds.format(total=total)
    return said if shown == total else f"{said} {words.more.format(shown=shown)}"


def times(title: str, count: int, language: Language) -> str:
    """Say how often a document does so."""
    return _sayings(language).of.format(title=title, count=count) if count > 1 else title


def _sayings(language: Language) -> _Sayings:
    return _SAYINGS.get(language, _SAYINGS["fr"])


# --- follow-ups -----------------------------------------------------------------------------------


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
    return _MORE.fullmatch(_plain(question)) is not None


def grounded(rewritten: str, question: str, before: str) -> bool:
    """Whether a rewritten question says all of the question, and else only what went before.

    At most one word may be new, since a rewording sometimes needs a verb, and one may be lost.
    """
    if len(rewritten) > _LONGEST or not rewritten.endswith("?"):
        return False
    kept = set(text.search_tokens(rewritten, _LANGUAGES))
    lost = [word for word in _content(question) if not kept & set(_stems(word))]
    if len(lost) > 1 or len(lost) == len(_content(question)) > 0:
        return False
    known = set(text.search_tokens(f"{question} {before}", _LANGUAGES))
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
    if language == "en":
        return f"{question} (about: {previous})"
    return f"{question} (à propos de : {previous})"


_LONGEST = 300
_FEW_WORDS = 2
"""Words of its own with which a follow-up may still ask the same as the question before it."""


def _content(question: str) -> list[str]:
    """The words of a question that say something, as they are written."""
    return [
        word
        for word in re.findall(r"[\w'’-]+", question)
        if text.search_tokens(word, _LANGUAGES) and text.fold(word) not in _EMPTY
    ]


def _stems(word: str) -> list[str]:
    return text.search_tokens(word, _LANGUAGES)


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
