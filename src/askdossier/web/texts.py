"""Everything the chat says, in French and in English, and which of the two a browser asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from askdossier.records import (
    DossierError,
    EmptyCorpus,
    IndexBusy,
    IndexMismatch,
    IndexMissing,
    InvalidQuestion,
    ModelMissing,
    Support,
)

Interface = Literal["fr", "en"]
"""A language the interface speaks (documents and answers may be in any other)."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of the interface in one language; the counted ones are functions of the count."""

    language: Interface
    tagline: str
    promise: str
    welcome: str
    documents: Callable[[int], str]
    library: str
    placeholder: str
    ask: str
    stop: str
    hint: str
    question: str
    answer: str
    searching: str
    writing: str
    waiting: Callable[[int], str]
    stopped: str
    stopping: str
    done: Callable[[str], str]
    nothing_found: str
    found: Callable[[int], str]
    references: str
    consulted: Callable[[int], str]
    nearest: str
    abstained: str
    support: Mapping[Support, str]
    legend: str
    because: str
    citation: Callable[[int], str]
    open_source: str
    source: str
    close: str
    back: str
    original: str
    licence: str
    file: str
    also: str
    """Before the titles of other documents that say the same."""
    no_source: str
    panel: str
    loading: str
    empty_title: str
    empty_steps: tuple[str, ...]
    failures: Mapping[type[DossierError], tuple[str, str]]
    """What happened, and what to do."""
    failed: str
    unexpected: str
    disconnected: str
    months: tuple[str, ...]
    decimal: str


_FRENCH = Texts(
    language="fr",
    tagline="Interroger un dossier, vérifier chaque phrase",
    promise=(
        "Chaque phrase de la réponse renvoie aux mots exacts qui l’étayent. "
        "Si le dossier ne le dit pas, la réponse est : il ne le dit pas."
    ),
    welcome="Que voulez-vous savoir ?",
    documents=lambda n: f"{n} document" if n == 1 else f"{n} documents",
    library="Le dossier",
    placeholder="Posez une question au dossier",
    ask="Demander",
    stop="Arrêter",
    hint="Entrée pour demander, Maj + Entrée pour aller à la ligne, Échap pour arrêter",
    question="Question",
    answer="Réponse",
    searching="Recherche dans le dossier…",
    writing="Rédaction, puis vérification de chaque phrase…",
    waiting=lambda n: (
        "En file d’attente : une question passe avant la vôtre."
        if n == 1
        else f"En file d’attente : {n} questions passent avant la vôtre."
    ),
    stopped="Arrêté à votre demande.",
    stopping="Arrêt…",
    done=lambda seconds: f"Répondu en {seconds} s",
    nothing_found="Aucun passage du dossier ne s’en approche.",
    found=lambda n: "Passage trouvé" if n == 1 else "Passages trouvés",
    references="Sources",
    consulted=lambda n: "Un autre passage consulté" if n == 1 else f"{n} autres passages consultés",
    nearest="Passages les plus proches",
    abstained="Le dossier ne le dit pas",
    support={
        "supported": "étayé par la source",
        "quoted": "cité mot pour mot",
        "partly": "étayé en partie",
        "unsupported": "non étayé",
    },
    legend="Signes",
    because="En partie seulement :",
    citation=lambda n: f"Source {n}",
    open_source="Ouvrir la source",
    source="Source",
    close="Fermer la source",
    back="Tous les documents",
    original="Voir l’original",
    licence="Licence",
    file="Fichier",
    also="dit aussi dans",
    no_source="Ce passage n’est plus dans le dossier. Rechargez la page.",
    panel="Source et documents",
    loading="Chargement des modèles… Vous pouvez déjà écrire votre question.",
    empty_title="Le dossier est vide",
    empty_steps=(
        "Déposez des documents (.txt, .md ou .html) dans le dossier corpus/.",
        "Indexez-les avec la commande « askdossier index corpus ».",
        "Relancez « askdossier chat », puis rechargez cette page.",
    ),
    failures={
        InvalidQuestion: (
            "Cette question ne peut pas être posée",
            "Écrivez une question plus courte : une ou deux phrases suffisent.",
        ),
        ModelMissing: (
            "Un modèle manque",
            "Lancez « askdossier models pull », puis relancez « askdossier chat ».",
        ),
        IndexMissing: (
            "Le dossier n’est pas encore indexé",
            "Lancez « askdossier index corpus », puis relancez « askdossier chat ».",
        ),
        IndexMismatch: (
            "L’index doit être refait",
            "Lancez « askdossier index corpus », puis relancez « askdossier chat ».",
        ),
        IndexBusy: (
            "L’index est en cours d’écriture",
            "Attendez la fin de l’indexation, puis reposez la question.",
        ),
        EmptyCorpus: (
            "Le dossier est vide",
            "Déposez des documents dans corpus/, puis lancez « askdossier index corpus ».",
        ),
    },
    failed="La question n’a pas abouti",
    unexpected=(
        "Une erreur imprévue s’est produite ; le détail est dans le terminal où tourne "
        "askdossier. Reposez la question ou relancez askdossier."
    ),
    disconnected=(
        "La connexion avec askdossier est coupée. Vérifiez qu’il tourne, puis rechargez la page."
    ),
    months=(
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    decimal=",",
)

_ENGLISH = Texts(
    language="en",
    tagline="Ask a folder of documents, check every sentence",
    promise=(
        "Every sentence of the answer points at the exact words that support it. "
        "If the documents do not say, the answer is that they do not."
    ),
    welcome="What would you like to know?",
    documents=lambda n: f"{n} document" if n == 1 else f"{n} documents",
    library="Documents",
    placeholder="Ask your documents a question",
    ask="Ask",
    stop="Stop",
    hint="Enter to ask, Shift + Enter for a new line, Esc to stop",
    question="Question",
    answer="Answer",
    searching="Searching the documents…",
    writing="Writing, then checking each sentence…",
    waiting=lambda n: (
        "In the queue: one question comes before yours."
        if n == 1
        else f"In the queue: {n} questions come before yours."
    ),
    stopped="Stopped at your request.",
    stopping="Stopping…",
    done=lambda seconds: f"Answered in {seconds} s",
    nothing_found="No passage of the documents comes near.",
    found=lambda n: "Passage found" if n == 1 else "Passages found",
    references="Sources",
    consulted=lambda n: "One more passage read" if n == 1 else f"{n} more passages read",
    nearest="Nearest passages",
    abstained="The documents do not say",
    support={
        "supported": "supported by its source",
        "quoted": "quoted word for word",
        "partly": "partly supported",
        "unsupported": "not supported",
    },
    legend="Marks",
    because="Only in part:",
    citation=lambda n: f"Source {n}",
    open_source="Open the source",
    source="Source",
    close="Close the source",
    back="All documents",
    original="See the original",
    licence="Licence",
    file="File",
    also="also said in",
    no_source="This passage is no longer among the documents. Reload the page.",
    panel="Source and documents",
    loading="Loading the models… You can already write your question.",
    empty_title="There are no documents yet",
    empty_steps=(
        "Put documents (.txt, .md or .html) into the folder corpus/.",
        "Index them with the command “askdossier index corpus”.",
        "Start “askdossier chat” again, then reload this page.",
    ),
    failures={
        InvalidQuestion: (
            "This question cannot be asked",
            "Write a shorter question: a sentence or two will do.",
        ),
        ModelMissing: (
            "A model is missing",
            "Run “askdossier models pull”, then start “askdossier chat” again.",
        ),
        IndexMissing: (
            "The documents are not indexed yet",
            "Run “askdossier index corpus”, then start “askdossier chat” again.",
        ),
        IndexMismatch: (
            "The index has to be made again",
            "Run “askdossier index corpus”, then start “askdossier chat” again.",
        ),
        IndexBusy: (
            "The index is being written",
            "Wait until indexing has finished, then ask again.",
        ),
        EmptyCorpus: (
            "There are no documents yet",
            "Put documents into the folder corpus/, then run “askdossier index corpus”.",
        ),
    },
    failed="The question could not be answered",
    unexpected=(
        "Something unexpected went wrong; the terminal where askdossier runs has the details. "
        "Ask again, or restart askdossier."
    ),
    disconnected="The connection to askdossier is lost. Check that it runs, then reload the page.",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    decimal=".",
)


def told(error: Exception | None, texts: Texts) -> tuple[str, str, str]:
    """An error for the reader: what happened, what to do, and the program's own words."""
    if not isinstance(error, DossierError):
        return texts.failed, texts.unexpected, ""
    heading, advice = texts.failures.get(type(error), (texts.failed, ""))
    return heading, advice, str(error)


TEXTS: Mapping[Interface, Texts] = {"fr": _FRENCH, "en": _ENGLISH}


def preferred(accept_language: str) -> Interface:
    """The interface language for an ``Accept-Language`` header; English when it names neither."""
    best: Interface = "en"
    best_weight = 0.0
    for entry in accept_language.split(","):
        name, _, parameters = entry.partition(";")
        code = name.strip().lower().split("-")[0]
        quality = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", parameters)
        weight = float(quality[1]) if quality else 1.0
        if code in TEXTS and weight > best_weight:
            best, best_weight = cast("Interface", code), weight
    return best


def date_in_words(iso: str, texts: Texts) -> str:
    """An ISO 8601 year, month or day as people write it; anything else as it stands."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?", iso)
    if match is None:
        return iso
    year, month, day = match[1], match[2], match[3]
    if month is None:
        return year
    if not 1 <= int(month) <= 12:
        return iso
    name = texts.months[int(month) - 1]
    if day is None:
        return f"{name} {year}"
    first = "1er" if texts.language == "fr" and int(day) == 1 else str(int(day))
    return f"{first} {name} {year}"


def seconds_in_words(seconds: float, texts: Texts) -> str:
    """Seconds with one decimal in the interface's notation."""
    return f"{seconds:.1f}".replace(".", texts.decimal)
