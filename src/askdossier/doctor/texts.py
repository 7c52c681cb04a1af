"""The words of the report, in French and English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["fr", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that the report says of its own, in one language."""

    language: Language
    parts: Mapping[str, str]
    labels: Mapping[str, str]
    said: Callable[[str], str]
    """Gives what a finding says, from the English."""

    def __getitem__(self, key: str) -> str:
        return self.labels[key]

    def number(self, value: float, digits: int) -> str:
        """A number as the language writes it."""
        spelled = f"{value:.{digits}f}"
        return spelled.replace(".", ",") if self.language == "fr" else spelled

    def size(self, size: int) -> str:
        """Bytes, in gigabytes or megabytes."""
        unit = "o" if self.language == "fr" else "B"
        large = size >= 1e9
        return f"{self.number(size / (1e9 if large else 1e6), int(large))} {'GM'[not large]}{unit}"


_ENGLISH_PARTS = {
    "software": "askdossier",
    "settings": "settings",
    "processor": "processor",
    "gpu": "GPU",
    "memory": "memory",
    "models": "models",
    "writer": "writer",
    "speed": "speed",
    "index": "index",
    "recognition": "scans",
    "port": "port",
}
_FRENCH_PARTS = {
    "software": "askdossier",
    "settings": "réglages",
    "processor": "processeur",
    "gpu": "GPU",
    "memory": "mémoire",
    "models": "modèles",
    "writer": "rédacteur",
    "speed": "vitesse",
    "index": "index",
    "recognition": "images de texte",
    "port": "port",
}
_ENGLISH = {
    "ok": "ok",
    "warning": "warning",
    "broken": "broken",
    "all_well": "All is well.",
    "warning_sum": "Questions can be answered. Warnings: {warnings}.",
    "broken_sum": "Something is broken: {broken}. Warnings: {warnings}.",
    "unexamined": "not looked at",
    "absent": "not there",
    "unused": "not in use",
    "writer": "writer",
    "embedder": "embedder",
    "reranker": "reranker",
    "judge": "judge",
    "strictness": "strictness",
    "processor": "{name}, {cores} cores to use, {threads} threads; PyTorch uses {best}",
    "kernel": "kernel for 8 bits: {name}",
    "no_gpu": "none that PyTorch can use",
    "memory": "{total}, of which {free} free; answering takes some {needed}",
    "disk": "free on the disk of the models {models}, of the index {index}",
    "every_byte": "every byte checked",
    "sizes": "sizes checked",
    "index": "{documents} documents, {passages} passages, {sentences} sentences, {size}; made by "
    "{embedder}",
    "in_step": "in step with",
    "behind": "not in step with",
    "port_free": "free",
    "port_askdossier": "the chat is open there",
    "port_other": "taken by another program",
    "not_measured": "not measured",
    "speed_tokens": "{read} tokens read a second, {written} written",
    "speed_passages": "{passages} passages embedded a second",
    "speed_opening": "opened in {writer} s (writer) and {embedder} s (embedder)",
    "speed_answer": "an answer takes some {least} to {most} s (an estimate, once all is open)",
}
_FRENCH = {
    "ok": "bon",
    "warning": "attention",
    "broken": "en panne",
    "all_well": "Tout va bien.",
    "warning_sum": "On peut poser des questions. Points d’attention : {warnings}.",
    "broken_sum": "Quelque chose est en panne : {broken}. Points d’attention : {warnings}.",
    "unexamined": "pas examiné",
    "absent": "absent",
    "unused": "inutilisé",
    "writer": "rédacteur",
    "embedder": "modèle de recherche",
    "reranker": "reclasseur",
    "judge": "juge",
    "strictness": "exigence",
    "processor": "{name}, cœurs utilisables : {cores}, fils : {threads} ; PyTorch emploie {best}",
    "kernel": "noyau pour 8 bits : {name}",
    "no_gpu": "aucun que PyTorch puisse employer",
    "memory": "{total}, dont {free} libres ; répondre en prend environ {needed}",
    "disk": "libre sur le disque des modèles {models}, de l’index {index}",
    "every_byte": "chaque octet vérifié",
    "sizes": "tailles vérifiées",
    "index": "documents : {documents}, passages : {passages}, phrases : {sentences}, {size} ; fait "
    "par {embedder}",
    "in_step": "à jour avec",
    "behind": "pas à jour avec",
    "port_free": "libre",
    "port_askdossier": "la conversation y est ouverte",
    "port_other": "pris par un autre programme",
    "not_measured": "pas mesurée",
    "speed_tokens": "{read} tokens lus par seconde, {written} écrits",
    "speed_passages": "{passages} passages vectorisés par seconde",
    "speed_opening": "ouverture en {writer} s (rédacteur) et {embedder} s (modèle de recherche)",
    "speed_answer": "une réponse prend de {least} à {most} s (estimation, tout étant ouvert)",
}

FINDINGS = {
    "These libraries are not installed: {names}. Install askdossier again, or run: {command}": (
        "Ces bibliothèques ne sont pas installées : {names}. Réinstallez askdossier, ou lancez : "
        "{command}"
    ),
    "{free} GB of memory are free, and answering takes some {needed} GB. Close other programs, or "
    "take the small writer: set ASKDOSSIER_WRITER to light.": (
        "Il reste {free} Go de mémoire, et répondre en prend environ {needed}. Fermez d’autres "
        "programmes, ou prenez le petit rédacteur : donnez à ASKDOSSIER_WRITER la valeur light."
    ),
    "{free} GB are free on the disk of {folder}, and the models that are not there yet take {size} "
    "GB. Make room, or set ASKDOSSIER_MODELS to a folder on another disk.": (
        "Il reste {free} Go sur le disque de {folder}, et les modèles qui n’y sont pas encore en "
        "prennent {size}. Faites de la place, ou donnez à ASKDOSSIER_MODELS un dossier d’un autre "
        "disque."
    ),
    "{free} GB are free on the disk of {folder}: an index may find no room. Make some, or name a "
    "folder on another disk with --index.": (
        "Il reste {free} Go sur le disque de {folder} : un index peut ne pas y tenir. Faites de la "
        "place, ou nommez un dossier d’un autre disque avec --index."
    ),
    "The model {name} is damaged, and not in use. Run: {command}": (
        "Le modèle {name} est abîmé, et inutilisé. Lancez : {command}"
    ),
    "There is no text in the index in {folder}. Put documents into {corpus} and run: {command}": (
        "Il n’y a pas de texte dans l’index de {folder}. Mettez des documents dans {corpus} et "
        "lancez : {command}"
    ),
    "Since the index was made, {added} files were added, {changed} changed, {removed} removed. "
    "Run: {command}": (
        "Depuis que l’index a été fait, fichiers ajoutés : {added}, modifiés : {changed}, "
        "retirés : {removed}. Lancez : {command}"
    ),
    "Files are read in another way now than when the index was made (a new version, or Tesseract "
    "or LibreOffice has come or gone). Run: {command}": (
        "Les fichiers se lisent autrement que lorsque l’index a été fait (une nouvelle version, ou "
        "Tesseract ou LibreOffice est apparu ou a disparu). Lancez : {command}"
    ),
    "{number} more files could not be read. They are listed by: {command}": (
        "{number} autres fichiers n’ont pas pu être lus. Pour en voir la liste : {command}"
    ),
    "Tesseract is not installed: scanned pages and pictures are not read. {install}": (
        "Tesseract n’est pas installé : les pages numérisées et les images ne sont pas lues. "
        "{install}"
    ),
    "Tesseract is installed, but not its French or English data, or it does not run: scanned pages "
    "and pictures are not read. {install}": (
        "Tesseract est installé, mais sans ses données françaises ni anglaises, ou il ne "
        "fonctionne pas : les pages numérisées et les images ne sont pas lues. "
        "{install}"
    ),
    "Tesseract has no French data: accents of scanned pages and pictures are lost. {install}": (
        "Tesseract n’a pas les données françaises : les accents des pages numérisées et des "
        "images se perdent. {install}"
    ),
    "Another program listens on port {number}. Run: {command}": (
        "Un autre programme écoute sur le port {number}. Lancez : {command}"
    ),
    "An answer takes more than a minute here. Close other programs and try again.": (
        "Une réponse prend ici plus d’une minute. Fermez d’autres programmes et recommencez."
    ),
    "An answer takes more than a minute here. Close other programs and try again, or take the "
    "small writer: set ASKDOSSIER_WRITER to light.": (
        "Une réponse prend ici plus d’une minute. Fermez d’autres programmes et recommencez, ou "
        "prenez le petit rédacteur : donnez à ASKDOSSIER_WRITER la valeur light."
    ),
    "This could not be looked at ({error}). Please report it, with all that stands here.": (
        "Cela n’a pas pu être examiné ({error}). Signalez-le, avec tout ce qui est écrit ici."
    ),
}


def _in_french(message: str) -> str:
    # The errors of other modules have their French with the chat, which takes a while to import.
    from askdossier.web.texts.errors import translator
    from askdossier.web.texts.french_errors import ENTRIES

    unread = {"{path}: {reason}": "{path} : {reason}"}  # the last, since it fits nearly everything
    return translator(FINDINGS | ENTRIES | unread)(message)


WORDS: Mapping[Language, Words] = {
    "fr": Words("fr", _FRENCH_PARTS, _FRENCH, _in_french),
    "en": Words("en", _ENGLISH_PARTS, _ENGLISH, str),
}
