"""The command ``askdossier ask``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from askdossier import lang, wire
from askdossier import settings as settings_module
from askdossier.cli.consent import consented, writer_known
from askdossier.cli.terminal import (
    AfterOption,
    AllowOption,
    AuthorOption,
    BeforeOption,
    DocumentOption,
    EmbedderOption,
    IndexOption,
    LanguageOption,
    PublisherOption,
    RerankerOption,
    StrictnessOption,
    WriterOption,
    chosen_filter,
    environment_language,
    out,
    told,
    write,
)
from askdossier.core import (
    Answer,
    Answered,
    Citation,
    Claim,
    ClaimChecked,
    Event,
    EvidenceFound,
    Language,
    Rewritten,
    by_part,
)
from askdossier.lang import notes, what_is_unknown

if TYPE_CHECKING:
    from askdossier.dossier import Dossier

_ALSO = {"fr": "dit aussi dans", "en": "also said in"}


@told
def ask(
    question: Annotated[str, typer.Argument(help="The question; - reads it from standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    index: IndexOption = None,
    writer: WriterOption = None,
    embedder: EmbedderOption = None,
    reranker: RerankerOption = None,
    strictness: StrictnessOption = None,
    allow_server: AllowOption = False,
    doc: DocumentOption = None,
    author: AuthorOption = None,
    publisher: PublisherOption = None,
    after: AfterOption = None,
    before: BeforeOption = None,
    language: LanguageOption = None,
) -> None:
    """Ask one question and print the answer with its sources.

    Filters may also stand in the question: auteur:Dupont avant:2025-06 apres:2024 doc:rapport
    editeur:Courrier langue:fr, or author: before: after: publisher: language:.
    """
    from askdossier.dossier import Dossier

    settings = settings_module.load(
        index=index,
        writer=writer,
        embedder=embedder,
        reranker=reranker,
        strictness=strictness,
    )
    if question == "-":
        question = sys.stdin.read()
    within = chosen_filter(doc, author, publisher, after, before, language)
    consented(settings.writer, allow_server)
    dossier = Dossier.open(settings=settings)
    if as_json:
        answer = dossier.ask(question, within=within)
        write(json.dumps(wire.dump_answer(answer), ensure_ascii=False) + "\n")
        return
    writer_known(dossier)
    shown, answer = _print_answer(dossier.stream(question, within=within))
    if answer.form != "prose" or len(by_part(answer.claims)) > 1:
        out.print()
    _print_sources(dossier, shown, answer.language)
    _print_doubtful(dossier, answer, shown)
    for note in notes.behind(answer):
        out.print(f"[dim]{escape(note)}[/dim]")


def _print_answer(events: Iterable[Event]) -> tuple[dict[int, Citation], Answer]:
    """Print an answer as it comes. Gives what it cites by number, and all of it."""
    shown: dict[int, Citation] = {}
    said, form, about = "", "prose", ""
    for event in events:
        if isinstance(event, Rewritten):
            out.print(f"[dim]{escape(event.question)}[/dim]")
        elif isinstance(event, EvidenceFound):
            form = event.form
            if event.message and event.message != said:
                said = event.message  # it comes before what it counts
                out.print(escape(said))
        elif isinstance(event, ClaimChecked):
            if event.claim.about != about:
                about = event.claim.about
                _print_heading(about)
            _print_claim(event.claim, item=form != "prose")
            shown |= {citation.number: citation for citation in event.claim.citations}
        elif isinstance(event, Answered):
            if event.answer.message != said:
                out.print(escape(event.answer.message))
            if event.answer.remark:
                out.print(f"\n[dim]{escape(event.answer.remark)}[/dim]")
            unknown = what_is_unknown(
                event.answer.asked_in, event.answer.cited_in, environment_language()
            )
            if unknown:
                out.print(f"[dim]{escape(unknown)}[/dim]")
            if event.answer.possible:
                words = _MAY_ANSWER.get(event.answer.language, _MAY_ANSWER["en"])
                out.print(f"  {words} {escape(event.answer.possible.quote)}")
            for evidence in event.answer.nearest if event.answer.abstained else ():
                out.print(f"  [dim]· {escape(evidence.quote)} — {escape(evidence.document)}[/dim]")
            return shown, event.answer
    raise AssertionError("a stream ends with Answered")


def _print_heading(about: str) -> None:
    out.print(f"\n[bold]{escape(about)}[/bold]" if about else "")


def _print_claim(claim: Claim, *, item: bool) -> None:
    marks = "".join(f" [{citation.number}]" for citation in claim.citations)
    note = f" ({claim.reason})" if claim.reason else ""
    bullet = "- " if item else ""
    out.print(bullet + escape(claim.text + marks) + f"[dim]{escape(note)}[/dim]")


def _print_doubtful(dossier: Dossier, answer: Answer, shown: Mapping[int, Citation]) -> None:
    """Print below a rule what was left out of the answer, and the sources not ``shown`` yet."""
    if not answer.doubtful:
        return
    words = _LESS_SURE.get(answer.language, _LESS_SURE["en"])
    out.print(f"\n[dim]{'─' * 12}[/dim]\n{words}")
    for part in by_part(answer.doubtful):
        if part.about:
            _print_heading(part.about)
        for claim in part.claims:
            _print_claim(claim, item=True)
    cited = {c.number: c for claim in answer.doubtful for c in claim.citations}
    further = {number: citation for number, citation in cited.items() if number not in shown}
    _print_sources(dossier, further, answer.language)


_LESS_SURE = {"fr": "Moins sûr :", "en": "Less certain:"}
_MAY_ANSWER = {"fr": "Répond peut-être, à vous de juger :", "en": "May answer, judge for yourself:"}


def _print_sources(dossier: Dossier, shown: Mapping[int, Citation], spoken: Language) -> None:
    """Print what was cited, each under its number, with where it is from."""
    from askdossier import text

    for number, citation in sorted(shown.items()):
        document = dossier.documents[citation.document]
        about = ", ".join(
            escape(part)
            for part in (
                document.source.author,
                document.title,
                document.source.publisher,
                document.source.date,
            )
            if part
        )
        place = escape(citation.document)
        if citation.locator is not None:
            place += f", {escape(lang.of(spoken).named(citation.locator))}"
        quote = escape(text.in_quotes(citation.quote, spoken))
        out.print(f"\\[{number}] {quote}\n    {about} ({place})")
        others = dict.fromkeys(other.document for other in citation.also)
        if others:
            label = _ALSO.get(spoken, _ALSO["en"])
            out.print(f"    [dim]{label} {escape(', '.join(others))}[/dim]")
