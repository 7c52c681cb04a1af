"""The command ``askdossier search``: passages and sentences, their scores, why they were chosen."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

import typer
from rich.markup import escape

from askdossier import settings as settings_module
from askdossier import text
from askdossier.cli.terminal import (
    AfterOption,
    AuthorOption,
    BeforeOption,
    DocumentOption,
    EmbedderOption,
    IndexOption,
    LanguageOption,
    PublisherOption,
    RerankerOption,
    chosen_filter,
    out,
    told,
    write,
)
from askdossier.core import Document, Evidence, Hit, Role

_EXCERPT = 200
"""Characters of a passage that are shown."""

_LABELS = {
    "fr": {
        "score": "score", "dense": "vecteurs", "lexical": "BM25", "rank": "n° ",
        "words": "mots", "phrases": "citation exacte", "also": "dit aussi dans",
        "near": "proche par le sens", "relevance": "pertinence",
        "none": "Rien trouvé.", "sentences": "Phrases retenues",
    },
    "en": {
        "score": "score", "dense": "vectors", "lexical": "BM25", "rank": "no. ",
        "words": "words", "phrases": "quoted phrase", "also": "also said in",
        "near": "near in meaning", "relevance": "relevance",
        "none": "Nothing found.", "sentences": "Sentences chosen",
    },
}  # fmt: skip
_ROLES: Mapping[str, Mapping[Role, str]] = {
    "fr": {
        "match": "répond à la question", "neighbour": "voisine d’une phrase retenue",
        "second source": "autre source",
    },
    "en": {
        "match": "matches the question", "neighbour": "beside a chosen sentence",
        "second source": "another source",
    },
}  # fmt: skip


@told
def search(
    question: Annotated[str, typer.Argument(help="The question; - reads it from standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    top: Annotated[int, typer.Option(min=1, help="How many passages to print.")] = 10,
    index: IndexOption = None,
    embedder: EmbedderOption = None,
    reranker: RerankerOption = None,
    doc: DocumentOption = None,
    author: AuthorOption = None,
    publisher: PublisherOption = None,
    after: AfterOption = None,
    before: BeforeOption = None,
    language: LanguageOption = None,
) -> None:
    """Show the passages and sentences that a question finds, their scores, and why; no answer."""
    from askdossier.dossier import Dossier

    settings = settings_module.load(index=index, embedder=embedder, reranker=reranker)
    if question == "-":
        question = sys.stdin.read()
    dossier = Dossier.open(settings=settings)
    within = chosen_filter(doc, author, publisher, after, before, language)
    hits, evidence = dossier.find(question, within=within)
    if as_json:
        shown = as_object(question, hits[:top], evidence)
        write(json.dumps(shown, ensure_ascii=False) + "\n")
        return
    for line in lines(question, hits[:top], evidence, dossier.documents):
        out.print(escape(line))


def lines(
    question: str,
    hits: Sequence[Hit],
    evidence: Sequence[Evidence],
    documents: Mapping[str, Document],
) -> Iterator[str]:
    """Lines for people, in the language of the question."""
    language = text.answer_language(question)
    label = _LABELS[language]
    if not hits:
        yield label["none"]
        return
    for number, hit in enumerate(hits, 1):
        document, passage = documents[hit.passage.document], hit.passage
        place = " › ".join(filter(None, (document.title, passage.heading)))
        yield f"{number:2}. {place} ({passage.document})"
        scores = [f"{label['score']} {hit.score:.3f}"]
        for name, value, rank in (
            ("dense", hit.dense, hit.dense_rank),
            ("lexical", hit.lexical, hit.lexical_rank),
        ):
            if value is not None:
                at = f" ({label['rank']}{rank})" if rank is not None else ""
                scores.append(f"{label[name]} {value:.3f}{at}")
        if hit.relevance is not None:
            scores.append(f"{label['relevance']} {hit.relevance:.3f}")
        yield "    " + " · ".join(scores)
        yield f"    {_excerpt(passage.span.of(document.text))}"
        why = []
        if hit.phrases:
            why.append(
                f"{label['phrases']}: "
                + ", ".join(text.in_quotes(one, language) for one in hit.phrases)
            )
        if hit.words:
            why.append(f"{label['words']}: " + ", ".join(hit.words))
        yield "    → " + " · ".join(why or [label["near"]])
        if hit.also:
            yield f"    {label['also']}: " + ", ".join(hit.also)
    yield ""
    yield f"{label['sentences']}:"
    for item in evidence:
        yield f"  {item.score:.3f} {' '.join(item.quote.split())}"
        yield f"        → {_ROLES[language][item.role]} · {item.document}"


def as_object(
    question: str, hits: Sequence[Hit], evidence: Sequence[Evidence]
) -> dict[str, object]:
    """The object that ``search --json`` prints; documented in docs/json.md and kept stable."""
    return {
        "question": question,
        "passages": [
            {
                "id": hit.passage.id,
                "document": hit.passage.document,
                "start": hit.passage.span.start,
                "end": hit.passage.span.end,
                "heading": hit.passage.heading,
                "score": round(hit.score, 4),
                "dense": _rounded(hit.dense),
                "dense_rank": hit.dense_rank,
                "lexical": _rounded(hit.lexical),
                "lexical_rank": hit.lexical_rank,
                "words": list(hit.words),
                "phrases": list(hit.phrases),
                "also": list(hit.also),
                "relevance": _rounded(hit.relevance),
            }
            for hit in hits
        ],
        "sentences": [
            {
                "document": item.document,
                "start": item.span.start,
                "end": item.span.end,
                "quote": item.quote,
                "passage": item.passage,
                "score": round(item.score, 4),
                "why": item.role,
            }
            for item in evidence
        ],
    }


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 4)


def _excerpt(passage: str) -> str:
    flat = " ".join(passage.split())
    return flat if len(flat) <= _EXCERPT else flat[:_EXCERPT].rsplit(" ", 1)[0] + " …"
