"""Messages that ask the dossier nothing: greetings, thanks, "what can you do?"."""

from __future__ import annotations

import re

from askdossier import lang
from askdossier.ask.forms import plain
from askdossier.core import Language
from askdossier.lang import SmallTalk


def matches(message: str) -> SmallTalk | None:
    """Tell what is meant by such a message; None for a question."""
    folded = plain(message)
    return next((kind for kind, form in _FORMS.items() if form.fullmatch(folded)), None)


def answer(asked: SmallTalk, language: Language) -> str:
    """Reply in kind."""
    return lang.of(language).sayings.small_talk[asked]


_POLITE = (
    r"(?: (?:a toi|a vous|a tous|beaucoup|bien|infiniment|pour (?:tout|ton|votre|cette|ta) ?\w*|"
    r"monsieur|madame|askdossier|there|everyone|all|so much|very much|a lot|again))*"
)
_GREETING = r"(?:bonjour|bonsoir|salut|coucou|hello|hi|hey|good (?:morning|afternoon|evening))"
_HOW_ARE_YOU = (
    r"(?:(?:comment )?ca va(?: bien)?|comment (?:vas tu|allez vous|tu vas|vous allez)|"
    r"how are you(?: doing)?(?: today)?)"
)
_FORMS: dict[SmallTalk, re.Pattern[str]] = {
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
