"""The command ``askdossier index``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from askdossier import settings as settings_module
from askdossier.cli.syncing import known_failures, print_sync
from askdossier.cli.terminal import EmbedderOption, IndexOption, bars, err, out, told
from askdossier.core import DossierError, Failure, IndexBusy, SyncStopped, UnconfirmedRemoval

if TYPE_CHECKING:
    from askdossier.dossier import Dossier

_STALE = 3
"""Exit status when the index keeps documents whose files cannot be read."""
_MOST_NAMED = 10


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
    known = known_failures(dossier)
    try:
        with bars() as report:
            result = dossier.sync(report=report, confirmed=yes, retry=retry)
    except UnconfirmedRemoval as refused:
        if not _may_leave(refused):
            raise
        with bars() as report:
            result = dossier.sync(report=report, confirmed=refused.documents, retry=retry)
    print_sync(result, known)
    if watch:
        _watch(dossier)
    elif result.stale:
        raise typer.Exit(_STALE)
    elif result.failed and not result.passages:
        raise typer.Exit(1)


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
                known = known_failures(dossier)
                result = dossier.sync(corpus)
            except SyncStopped:
                raise
            except IndexBusy:
                behind = True  # another process is at it: look again in a moment
            except DossierError as error:
                err.print(f"[red]{escape(str(error))}[/red]")
            else:
                if result.added or result.changed or result.removed or result.stale != stale:
                    print_sync(result, known)
                stale = result.stale
    except KeyboardInterrupt:
        out.print("No longer following the folder.")
