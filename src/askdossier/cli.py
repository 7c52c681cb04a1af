"""The command line: ``askdossier index | ask | search | chat | mcp | docs | eval | models | …``.

Every command turns a :class:`DossierError` into one line on standard error and exit status 1;
Ctrl-C ends with status 130 and leaves the index as it was. The façade and what it needs are
imported inside the commands, so that ``askdossier --help`` does not wait for torch.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from askdossier import cli_doctor, cli_evaluate, wire
from askdossier import settings as settings_module
from askdossier.core import (
    UNSUPPORTED,
    Answered,
    Citation,
    ClaimChecked,
    DossierError,
    Event,
    EvidenceFound,
    Failure,
    Filter,
    IndexBusy,
    InvalidMetadata,
    Language,
    Progress,
    Report,
    Rewritten,
    Stop,
    SyncReport,
    SyncStopped,
    UnconfirmedRemoval,
    of_unknown_kinds,
)
from askdossier.names import composed
from askdossier.settings import Settings
from askdossier.terminal import (
    AfterOption,
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
    bars,
    err,
    out,
    told,
    write,
)

_SAVE_AS = {
    ending: f"save it as {format_}"
    for format_, endings in {
        "DOCX or PDF": ".doc .dot .rtf .pages .wps .wpd .sxw",
        "ODT": ".fodt",
        "CSV": ".xls .xlsx .xlsm .ods .fods .numbers",
        "PDF": ".ppt .pptx .odp .fodp .key .djvu .xps .ps",
        "EPUB": ".mobi .azw .azw3",
        "EML": ".msg .mbox .pst",
    }.items()
    for ending in endings.split()
}
"""What to do with files that hold text and that nothing reads, by ending."""

if TYPE_CHECKING:
    from askdossier.dossier import Dossier

app = typer.Typer(
    help="Ask a folder of documents a question; every sentence of the answer points at its words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
models_app = typer.Typer(help="Fetch, list and verify the model files.", no_args_is_help=True)
docs_app = typer.Typer(help="List the documents of the index, or show one.")
app.add_typer(models_app, name="models")
app.add_typer(docs_app, name="docs")
app.add_typer(cli_evaluate.app, name="eval")
app.command("doctor")(cli_doctor.doctor)


def _dossier(settings: Settings) -> Dossier:
    from askdossier.dossier import Dossier

    return Dossier.open(settings=settings)


# --- index ----------------------------------------------------------------------------------------


@app.command()
@told
def index(
    corpus: Annotated[Path | None, typer.Argument(help="The folder of documents.")] = None,
    index: IndexOption = None,
    embedder: EmbedderOption = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Then follow the folder, until Ctrl-C.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Let all documents leave whose files are gone.")
    ] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="Read again what could not be read before.")
    ] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Only check every byte of the index.")
    ] = False,
) -> None:
    """Read the documents of CORPUS and bring the index in step with them.

    The exit status is 3 when the index keeps documents whose files cannot be read now.
    """
    from askdossier.dossier import Dossier

    settings = settings_module.load(corpus=corpus, index=index, embedder=embedder)
    dossier = Dossier(settings)
    if verify:
        dossier.verify()
        out.print("The index is whole.")
        return
    known = _known_failures(dossier)
    try:
        with bars() as report:
            result = dossier.sync(report=report, confirmed=yes, retry=retry)
    except UnconfirmedRemoval as refused:
        if not _may_leave(refused):
            raise
        with bars() as report:
            result = dossier.sync(report=report, confirmed=refused.documents, retry=retry)
    _print_sync(result, known)
    if watch:
        _watch(dossier)
    elif result.stale:
        raise typer.Exit(_STALE)
    elif result.failed and not result.passages:
        raise typer.Exit(1)


_STALE = 3
_MOST_NAMED = 10


def _may_leave(refused: UnconfirmedRemoval) -> bool:
    """Ask whether documents may leave the index, where somebody can answer."""
    if not _somebody_is_there():
        return False
    names = sorted(refused.documents)
    for name in names[:_MOST_NAMED]:
        err.print(f"  {escape(name)}")
    if len(names) > _MOST_NAMED:
        err.print(f"  … and {len(names) - _MOST_NAMED} more")
    err.print(escape(str(refused)))
    return typer.confirm("Let them leave the index?", err=True)


def _somebody_is_there() -> bool:
    return sys.stdin.isatty() and err.is_terminal


def _watch(dossier: Dossier) -> None:
    """Sync whenever files of the corpus have changed and then kept still for half a second."""
    import watchfiles

    corpus, index = dossier.settings.corpus.resolve(), dossier.settings.index.resolve()

    def matters(_: watchfiles.Change, name: str) -> bool:
        path = Path(name)
        return not path.is_relative_to(index) and not path.name.startswith((".", "~$"))

    out.print(f"Following {escape(str(corpus))}; Ctrl-C ends it.")
    behind = True  # what has changed since the first look
    stale: tuple[Failure, ...] = ()
    try:
        for changes in watchfiles.watch(
            corpus, watch_filter=matters, step=500, rust_timeout=2000, yield_on_timeout=True
        ):
            if not changes and not behind:
                continue
            behind = False
            try:
                known = _known_failures(dossier)
                result = dossier.sync(corpus)
            except SyncStopped:
                raise
            except IndexBusy:
                behind = True  # another process is at it: look again in a moment
            except DossierError as error:
                err.print(f"[red]{escape(str(error))}[/red]")
            else:
                if result.added or result.changed or result.removed or result.stale != stale:
                    _print_sync(result, known)
                stale = result.stale
    except KeyboardInterrupt:
        out.print("No longer following the folder.")


def _known_failures(dossier: Dossier) -> frozenset[Failure]:
    try:
        return frozenset(dossier.failures)
    except DossierError:
        return frozenset()


def _print_sync(result: SyncReport, known: frozenset[Failure] = frozenset()) -> None:
    """Print what a sync did; of the files that failed before as well, only how many there are."""
    table = Table(show_header=False, box=None, pad_edge=False)
    for name in ("added", "changed", "removed", "unchanged", "failed", "stale"):
        table.add_row(name, str(len(getattr(result, name))))
    out.print(table)
    out.print(f"{result.passages} passages in the index ({result.seconds:.1f} s).")
    _print_failures([failure for failure in result.failed if failure not in known], result.stale)
    if again := len(known.intersection(result.failed)):
        err.print(f"{again} could not be read before either; askdossier docs lists them.")


def _print_failures(failures: Sequence[Failure], stale: Sequence[Failure]) -> None:
    """A line for each, but one for all files of kinds that nothing reads."""
    for failure in failures:
        advice = _SAVE_AS.get(Path(failure.path).suffix.lower())
        if failure.reason != UNSUPPORTED:
            err.print(f"[yellow]{escape(failure.path)}[/yellow]: {escape(failure.reason)}")
        elif advice:
            err.print(f"[yellow]{escape(failure.path)}[/yellow]: {UNSUPPORTED}; {advice}")
    others = [one for one in failures if Path(one.path).suffix.lower() not in _SAVE_AS]
    if found := of_unknown_kinds(others):
        err.print(f"[yellow]{escape(found)}[/yellow]: {UNSUPPORTED}")
    for failure in stale:
        err.print(
            f"[yellow]{escape(failure.path)}[/yellow] stays as it was: {escape(failure.reason)}"
        )


# --- ask ------------------------------------------------------------------------------------------


@app.command()
@told
def ask(
    question: Annotated[str, typer.Argument(help="The question; - reads it from standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    index: IndexOption = None,
    writer: WriterOption = None,
    embedder: EmbedderOption = None,
    reranker: RerankerOption = None,
    strictness: StrictnessOption = None,
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
    settings = settings_module.load(
        index=index,
        writer=writer,
        embedder=embedder,
        reranker=reranker,
        strictness=strictness,
    )
    if question == "-":
        question = sys.stdin.read()
    within = _within(doc, author, publisher, after, before, language)
    dossier = _dossier(settings)
    if as_json:
        answer = dossier.ask(question, within=within)
        write(json.dumps(wire.dump_answer(answer), ensure_ascii=False) + "\n")
        return
    shown, spoken = _print_answer(dossier.stream(question, within=within))
    _print_sources(dossier, shown, spoken)


def _print_answer(events: Iterable[Event]) -> tuple[dict[int, Citation], Language]:
    """Print an answer as it comes. Gives what it cites by number, and its language."""
    shown: dict[int, Citation] = {}
    spoken, said = "", ""
    for event in events:
        if isinstance(event, Rewritten):
            out.print(f"[dim]{escape(event.question)}[/dim]")
        elif isinstance(event, EvidenceFound) and event.message:
            said = event.message  # it comes before what it counts
            out.print(escape(said))
        elif isinstance(event, ClaimChecked):
            marks = "".join(f" [{citation.number}]" for citation in event.claim.citations)
            note = f" ({event.claim.reason})" if event.claim.reason else ""
            out.print(escape(event.claim.text + marks) + f"[dim]{escape(note)}[/dim]")
            shown |= {citation.number: citation for citation in event.claim.citations}
        elif isinstance(event, Answered):
            spoken = event.answer.language
            if event.answer.message != said:
                out.print(escape(event.answer.message))
            for evidence in event.answer.nearest if event.answer.abstained else ():
                out.print(f"  [dim]· {escape(evidence.quote)} — {escape(evidence.document)}[/dim]")
    return shown, spoken


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
        page = f", p. {citation.page}" if citation.page else ""
        place = escape(citation.document) + page
        quote = escape(text.in_quotes(citation.quote, spoken))
        out.print(f"\\[{number}] {quote}\n    {about} ({place})")
        others = dict.fromkeys(other.document for other in citation.also)
        if others:
            label = _ALSO.get(spoken, _ALSO["en"])
            out.print(f"    [dim]{label} {escape(', '.join(others))}[/dim]")


_ALSO = {"fr": "dit aussi dans", "en": "also said in"}


def _within(
    documents: list[str] | None,
    author: str | None,
    publisher: str | None,
    after: str | None,
    before: str | None,
    language: str | None,
) -> Filter:
    """What the options of a command let through."""
    from askdossier import scope

    return scope.made(
        documents=frozenset(documents or ()),
        author=author or "",
        publisher=publisher or "",
        after=after or "",
        before=before or "",
        language=language or "",
    )


# --- search ---------------------------------------------------------------------------------------


@app.command()
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
    from askdossier import cli_search

    settings = settings_module.load(index=index, embedder=embedder, reranker=reranker)
    if question == "-":
        question = sys.stdin.read()
    dossier = _dossier(settings)
    within = _within(doc, author, publisher, after, before, language)
    hits, evidence = dossier.find(question, within=within)
    if as_json:
        shown = cli_search.as_json(question, hits[:top], evidence)
        write(json.dumps(shown, ensure_ascii=False) + "\n")
        return
    for line in cli_search.lines(question, hits[:top], evidence, dossier.documents):
        out.print(escape(line))


# --- chat -----------------------------------------------------------------------------------------


@app.command()
@told
def chat(
    corpus: Annotated[
        Path | None, typer.Argument(help="Indexed first when there is no index yet.")
    ] = None,
    index: IndexOption = None,
    writer: WriterOption = None,
    embedder: EmbedderOption = None,
    strictness: StrictnessOption = None,
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 7860,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the browser.")] = False,
    host: Annotated[
        str, typer.Option(help="The address to listen on; others than this machine need a password")
    ] = "127.0.0.1",
    api: Annotated[
        bool, typer.Option("--api", help="Let other programs call search, ask and read.")
    ] = False,
    url: Annotated[
        str, typer.Option(help="Behind a proxy: the address that people open, https://…")
    ] = "",
) -> None:
    """Open the web chat on http://127.0.0.1:7860.

    Where $ASKDOSSIER_PASSWORD is set, the user askdossier signs in with it. With --host 0.0.0.0
    other machines can reach the chat, with --url a proxy: then there is always a password, and a
    new one is printed where none is set. docs/security.md shows how.
    """
    from askdossier import web
    from askdossier.dossier import Dossier

    settings = settings_module.load(
        corpus=corpus, index=index, writer=writer, embedder=embedder, strictness=strictness
    )
    settings = web.chosen(settings, strictness)
    dossier = Dossier(settings)

    def prepare(tell_page: Report, stop: Stop) -> None:
        """What may take minutes at the first start, told on the page and on the terminal."""
        with bars() as tell_terminal:

            def report(progress: Progress) -> None:
                tell_page(progress)
                tell_terminal(progress)

            _fetch_missing(settings, report)
            if not dossier.indexed:
                _print_sync(dossier.sync(report=report, stop=stop))

    web.serve(dossier, host, port, open_browser, prepare, api, url)


def _fetch_missing(settings: Settings, report: Report) -> None:
    """Fetch the chosen models of the catalogue that are not on disk yet."""
    from askdossier import models
    from askdossier.models import catalogue, installed

    chosen = (
        catalogue.find(settings.embedder, "embedder"),
        catalogue.find(settings.writer, "writer"),
    )
    for artifact in filter(None, chosen):
        if installed.state(artifact, settings.models) != "ready":
            models.pull(artifact.name, settings.models, report)


# --- tools ----------------------------------------------------------------------------------------


@app.command()
@told
def mcp(
    index: IndexOption = None,
    writer: WriterOption = None,
    embedder: EmbedderOption = None,
    strictness: StrictnessOption = None,
) -> None:
    """Give a language model the tools search, ask and read (MCP, over standard input and output).

    The program that uses them starts this command; docs/chat.md shows how.
    """
    from askdossier import web
    from askdossier.dossier import Dossier

    settings = settings_module.load(
        index=index, writer=writer, embedder=embedder, strictness=strictness
    )
    settings = web.chosen(settings, strictness)
    web.serve_tools(Dossier(settings))


# --- docs -----------------------------------------------------------------------------------------


@docs_app.callback(invoke_without_command=True)
@told
def docs(context: typer.Context, index: IndexOption = None) -> None:
    """List the documents of the index."""
    if context.invoked_subcommand is not None:
        return
    from askdossier.dossier import Dossier

    dossier = Dossier(settings_module.load(index=index))
    table = Table(box=None, pad_edge=False)
    for name in ("document", "title", "author", "date", "language", "passages"):
        table.add_column(name, overflow="fold")
    for name in dossier.listing():
        document, passages = dossier.header(name), dossier.passage_count(name)
        title = document.title + (" (recognised in a scan)" if document.source.recognised else "")
        table.add_row(
            *(
                escape(part or "")
                for part in (name, title, document.source.author, document.source.date)
            ),
            document.language,
            str(passages),
        )
    out.print(table)
    _print_failures(dossier.failures, dossier.stale)


@docs_app.command("show")
@told
def docs_show(
    file: Annotated[str, typer.Argument(help="Path relative to the corpus, as listed.")],
    removed: Annotated[
        bool, typer.Option("--removed", help="Print what was left out, and why.")
    ] = False,
    index: IndexOption = None,
) -> None:
    """Print the text of a document: the characters that all offsets refer to."""
    from askdossier.dossier import Dossier

    dossier = Dossier(settings_module.load(index=index))
    file = composed(file)
    if file not in dossier.documents:
        raise DossierError(f"{file} is not in the index; askdossier docs lists what is.")
    if not removed:
        write(dossier.documents[file].text + "\n")
        return
    for removal in dossier.removals(file):
        out.print(f"[yellow]{escape(removal.reason)}[/yellow]: {escape(removal.text)}")


@docs_app.command("set")
@told
def docs_set(
    file: Annotated[str, typer.Argument(help="Path relative to the corpus, as listed.")],
    statements: Annotated[
        list[str],
        typer.Argument(
            metavar="KEY=VALUE...",
            help="title, author, publisher, date, url, licence; KEY= takes one away.",
        ),
    ],
    index: IndexOption = None,
) -> None:
    """State who wrote a document, when, where: kept in FILE.yaml, over what the file says."""
    from askdossier.dossier import Dossier

    changes = {}
    for statement in statements:
        key, equals, value = statement.partition("=")
        if not equals:
            raise InvalidMetadata(f"{statement} says nothing. Write it as KEY=VALUE.")
        changes[key.strip()] = value
    sidecar = Dossier(settings_module.load(index=index)).set_metadata(file, changes)
    what = "written" if sidecar.exists() else "removed"
    out.print(f"{what}: {escape(str(sidecar))}. askdossier index takes it over.")


# --- models ---------------------------------------------------------------------------------------


@models_app.command("pull")
@told
def models_pull(
    name: Annotated[
        str | None, typer.Argument(help="A name from `askdossier models list`.")
    ] = None,
) -> None:
    """Fetch and convert a model; without a name, the default writer and embedder."""
    from askdossier import models

    with bars() as report:
        folders = models.pull(name, settings_module.load().models, report)
    for folder in folders:
        out.print(f"ready: {escape(str(folder))}")


@models_app.command("list")
@told
def models_list() -> None:
    """Say which models there are, their licence, size and source, and whether they are on disk."""
    from askdossier import models

    table = Table(box=None, pad_edge=False)
    for column in ("name", "role", "model", "licence", "download", "source", "state"):
        table.add_column(column, overflow="fold")
    for status in models.statuses(settings_module.load().models):
        table.add_row(
            status.name,
            f"{status.role} ({status.tier})",
            status.title,
            status.licence,
            f"{status.size / 1e6:.0f} MB",
            status.source,
            status.state,
        )
    out.print(table)


@models_app.command("verify")
@told
def models_verify() -> None:
    """Check every byte of the models on disk."""
    from askdossier import models

    problems = models.verify(settings_module.load().models)
    for problem in problems:
        err.print(f"[red]{escape(problem)}[/red]")
    if problems:
        raise typer.Exit(1)
    out.print("All models on disk are whole.")
