"""What a sync did, in lines: for the commands that index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from askdossier.cli.terminal import err, out
from askdossier.core import UNSUPPORTED, DossierError, Failure, SyncReport, told_together

if TYPE_CHECKING:
    from askdossier.dossier import Dossier

_SAVE_AS = {
    ending: f"save it as {format_}"
    for format_, endings in {
        "DOCX or PDF": ".pages .wps .wpd .sxw",
        "ODT": ".fodt",
        "CSV": ".fods .numbers",
        "PDF": ".fodp .key .djvu .xps .ps",
        "EPUB": ".mobi .azw .azw3",
        "MBOX": ".pst .ost",
        "ZIP": ".rar .7z .tar .tgz",
    }.items()
    for ending in endings.split()
}
"""What to do with files that hold text and that nothing reads, by ending."""


def known_failures(dossier: Dossier) -> frozenset[Failure]:
    """What could not be read before a sync; nothing where there is no index yet."""
    try:
        return frozenset(dossier.failures)
    except DossierError:
        return frozenset()


def print_sync(result: SyncReport, known: frozenset[Failure] = frozenset()) -> None:
    """Print what a sync did; of the files that failed before as well, only how many there are."""
    table = Table(show_header=False, box=None, pad_edge=False)
    for name in ("added", "changed", "removed", "unchanged", "failed", "stale"):
        table.add_row(name, str(len(getattr(result, name))))
    out.print(table)
    out.print(f"{result.passages} passages in the index ({result.seconds:.1f} s).")
    print_failures([failure for failure in result.failed if failure not in known], result.stale)
    if again := len(known.intersection(result.failed)):
        err.print(f"{again} could not be read before either; askdossier docs lists them.")


def print_failures(failures: Sequence[Failure], stale: Sequence[Failure]) -> None:
    """A line for each, but one for all that fail for one reason, such as an unknown kind."""
    others = []
    for failure in failures:
        advice = _SAVE_AS.get(Path(failure.path).suffix.lower())
        if failure.reason == UNSUPPORTED and advice:
            err.print(f"[yellow]{escape(failure.path)}[/yellow]: {UNSUPPORTED}; {advice}")
        else:
            others.append(failure)
    alone, together = told_together(others)
    for name, reason in (*((one.path, one.reason) for one in alone), *together):
        err.print(f"[yellow]{escape(name)}[/yellow]: {escape(reason)}")
    for failure in stale:
        err.print(
            f"[yellow]{escape(failure.path)}[/yellow] stays as it was: {escape(failure.reason)}"
        )
