"""French."""

from __future__ import annotations

from askdossier.lang.fr import questions, times
from askdossier.lang.fr.asking import ASKING
from askdossier.lang.fr.grammar import GRAMMAR
from askdossier.lang.fr.names import NAMES, NEGATION
from askdossier.lang.fr.numbers import MEASURES, NUMBERS
from askdossier.lang.fr.several import SEVERAL
from askdossier.lang.fr.speech import SPEECH
from askdossier.lang.fr.spelling import SPELLING
from askdossier.lang.fr.wanted import WANTED
from askdossier.lang.lexicon import Lexicon, Prompts, Sayings, WriterSayings

_TELLING = frozenset(
    "le la les l' un une des du de d' au aux et est sont était étaient fut ont que qu' qui quoi "
    "quel quelle quels quelles lequel laquelle lesquels lesquelles comment pourquoi combien où "
    "quand ce cet cette ces c' se s' sa ses son leur leurs il elle ils elles ne n' pas dans pour "
    "par avec sur sous entre vers chez selon depuis pendant été fait peut y j' je tu nous vous "
    "dit donne donner quelqu' lui eux dont ou mais donc ni car à après avant lors lorsque "
    "explique résume cite décris liste m' t' faut".split()
)
_STOP_WORDS = frozenset(
    "à a ai ainsi alors as au aucun aucune aux avaient avais avait avec avez avons ayant c car ce "
    "ceci cela celle celles celui ces cet cette ceux chez ci comme d dans de des dont du elle "
    "elles en es est et étaient était étant êtes être eu eut eux fut furent il ils j je l la là le "
    "les leur leurs lors lui m ma mais me même mêmes mes moi mon n ne ni nos notre nous on ont ou "
    "où par pas pendant peu peut plus pour pourquoi puis qu quand que quel quelle quelles quels "
    "qui quoi s sa sans se sera serait seront ses si soit son sont sous sur t ta te tes toi ton "
    "tous tout toute toutes très tu un une vos votre vous y ça etaient etait etant etes etre meme "
    "memes tres lequel laquelle lesquels lesquelles duquel auquel desquels combien comment sommes "
    "suis ceux-ci".split()
)
_PROMPTS = Prompts(
    system=(
        "Tu réponds à une question à partir d'extraits de documents, sans rien ajouter. "
        "Écris d'abord Oui si les extraits donnent la réponse à la question, sinon Non. "
        "Puis, à la ligne, réponds en français, en une phrase courte et complète, avec les "
        "mots des extraits."
    ),
    request="Extraits :\n{evidence}\n\nQuestion : {question}",
    yes="Oui",
    no="Non",
    answer="Réponse complète en français :",
    rewriting=(
        "Réécris la dernière question d'une conversation pour qu'on la comprenne sans le "
        "reste : remplace les pronoms par les noms, reprends ce qui manque, n'ajoute rien."
    ),
    example=(
        "Question : Qui dirige la bibliothèque de Sens ?\nRéponse : Anne Roy la dirige.\n"
        "Suite : Et depuis quand ?\n"
        "Question complète : Depuis quand Anne Roy dirige-t-elle la bibliothèque de Sens ?\n\n"
        "Question : {question}\nRéponse : {answer}\nSuite : {further}"
    ),
    rewritten="Question complète : ",
    fully=(
        "Tu réponds à une question à partir d'extraits de documents, sans rien ajouter. Réponds en "
        "français, complètement, en cinq phrases au plus et pas plus qu'il n'en faut, chacune avec "
        "les mots des extraits. Ne te répète pas, et ne parle pas des extraits."
    ),
    insisting="Réponds en français, et dans aucune autre langue.",
    checking=(
        "Tu vérifies des réponses. Écris Oui si la réponse proposée dit exactement ce que la "
        "question demande et que l'extrait le prouve, sinon Non."
    ),
    proposed="Extrait :\n{evidence}\n\nQuestion : {question}\nRéponse proposée : {answer}",
    proving="Tu vérifies si un texte prouve une affirmation. Tu réponds par Oui ou par Non.",
    choosing=(
        "Tu choisis, parmi des phrases numérotées, toutes celles qui répondent à une question. Tu "
        "donnes seulement leurs numéros, séparés par des virgules."
    ),
    numbered="Phrases :\n{evidence}\n\nQuestion : {question}",
    only_numbers="Seulement des numéros, séparés par des virgules. Numéros :",
    which="Quels sont les {topic} ?",
    told_of="Que disent les documents de {topic} ?",
    proof=("Texte :\n{text}\n\nAffirmation : {statement}\n\nLe texte prouve-t-il l’affirmation ?"),
)
_SAYINGS = Sayings(
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
    abstention="Le dossier ne répond pas à cette question.",
    unknown="Aucun document n’emploie {}.",
    nor=" ni ",
    about="(à propos de : {})",
    none_hold="Aucun des {total} documents ne contient {phrase}.",
    one_holds="Un document sur {total} contient {phrase}.",
    several_hold="{count} documents sur {total} contiennent {phrase}.",
    none_spells="Aucun des {total} documents ne dit ce que signifie {phrase}.",
    none_defines="Aucun document ne définit {phrase}.",
    times="{title} ({count} fois)",
    one_document="Le dossier contient un document.",
    documents="Le dossier contient {total} documents.",
    first="Voici les {} premiers.",
    looked="Phrases lues pour cette réponse : {count}, de {documents} documents.",
    further="D’autres, plus loin de la question, n’ont pas été lues.",
    asked_in=(
        "La question semble être dans une autre langue ({language}) que celles connues ici "
        "({known}). La réponse est en anglais, et rien ne vérifie qu’elle donne ce qui est demandé "
        "(un chiffre, une date, oui ou non)."
    ),
    cited_in=(
        "Une partie des mots cités est dans une langue ({language}) qui n’est pas connue ici "
        "({known}) : rien ne vérifie s’ils nient ce que dit la réponse, ni leurs nombres et leurs "
        "dates en toutes lettres."
    ),
)
_WRITER = WriterSayings(
    left=(
        "Pour rédiger ceci, la question et les passages qu’elle a trouvés ont été envoyés à "
        "{server} : ils ont quitté cette machine."
    ),
    uncalibrated=(
        "{name} n’est pas étalonné : il ne répond que s’il est très sûr. askdossier calibrate y "
        "remédie."
    ),
    calibrated=(
        "étalonné le {date} sur {readings} lectures : à l’exigence {strictness}, il prend pour une "
        "réponse {hallucination} % des extraits qui ne répondent pas, et passe {error} % de ceux "
        "qui répondent"
    ),
    outdated=(
        "étalonné le {date}, avec des consignes qui ont changé depuis : cela ne compte plus. "
        "Lancez : askdossier calibrate"
    ),
    unread="Passages pour lesquels le contexte du rédacteur n’avait pas de place : {count}.",
    here="à l’adresse {server}, sur cette machine",
    away="à l’adresse {server} : les questions et ce qu’elles trouvent quittent cette machine",
    context="contexte de {count} tokens",
    unknown_context="ne dit rien de son contexte : on compte sur {count} tokens",
    votes="ne donne pas de probabilités : on lui demande plusieurs fois si les passages répondent",
    free="ne tient ses réponses à aucune forme : elles sont lues telles quelles",
    led="ne poursuit pas un début donné : la demande l’y mène",
    aloud="réfléchit avant de répondre : une réponse est montrée une fois entière",
    at_once="réponses à la fois : {count}",
    size="paramètres du modèle : {count} millions",
)

_FILTERS = {
    "auteur": "author", "editeur": "publisher", "éditeur": "publisher", "avant": "before",
    "apres": "after", "après": "after", "doc": "documents", "document": "documents",
    "langue": "language",
}  # fmt: skip
_LANGUAGES = {
    "francais": "fr", "français": "fr", "anglais": "en", "allemand": "de", "espagnol": "es",
    "italien": "it",
}  # fmt: skip

FRENCH = Lexicon(
    name="français",
    telling=_TELLING,
    letters="àâçèêëîïôœùûÿ«»",
    stop_words=_STOP_WORDS,
    stemmer="french",
    quotation=("« ", " »"),
    colon=" : ",
    months=tuple(
        "janvier fevrier mars avril mai juin juillet aout "
        "septembre octobre novembre decembre".split()
    ),
    short_months={
        "janv": 1,
        "fevr": 2,
        "fev": 2,
        "avr": 4,
        "juil": 7,
        "sept": 9,
        "oct": 10,
        "nov": 11,
        "dec": 12,
    },
    weekdays=tuple("lundi mardi mercredi jeudi vendredi samedi dimanche".split()),
    month_first=False,
    capital_months=frozenset(),
    leaves={
        "page": "p.\N{NO-BREAK SPACE}{}",
        "sheet": "feuille\N{NO-BREAK SPACE}{}",
        "slide": "diapositive\N{NO-BREAK SPACE}{}",
    },
    prompts=_PROMPTS,
    sayings=_SAYINGS,
    tesseract="fra",
    spelling=SPELLING,
    filters=_FILTERS,
    languages=_LANGUAGES,
    questions=questions.FRENCH,
    several=SEVERAL,
    asking=ASKING,
    followups=questions.FOLLOWUPS,
    suggesting=questions.SUGGESTING,
    times=times.TIMES,
    replies=questions.REPLIES,
    wanted=WANTED,
    numbers=NUMBERS,
    measures=MEASURES,
    names=NAMES,
    negation=NEGATION,
    total=r"(?:sous[- ]?)?tota(?:l|ux)\b",
    last_total=(
        r"total (?:g[ée]n[ée]ral|global|[àa] (?:payer|r[ée]gler))\b"
        r"|(?:net|reste|solde) [àa] (?:payer|verser|r[ée]gler)\b"
    ),
    writer=_WRITER,
    speech=SPEECH,
    grammar=GRAMMAR,
)
