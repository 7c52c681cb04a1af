"""The commands below ``askdossier docs``."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from askdossier import settings as settings_module
from askdossier.cli.syncing import print_failures
from askdossier.cli.terminal import IndexOption, out, told, write
from askdossier.core import DossierError, InvalidMetadata
from askdossier.names import composed

app = typer.Typer(help="List the documents of the index, or show one.")


@app.callback(invoke_without_command=True)
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
    print_failures(dossier.failures, dossier.stale)


@app.command("show")
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


@app.command("set")
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
