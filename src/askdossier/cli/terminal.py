"""What the commands share: consoles, progress bars, options, and how errors are told."""

from __future__ import annotations

import functools
import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, ParamSpec, TypeVar

import typer
from rich.console import Console, ConsoleOptions, RenderableType
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as ProgressBars
from rich.segment import Segment

from askdossier.core import DossierError, Filter, Progress, Report, SyncStopped

P = ParamSpec("P")
R = TypeVar("R")

# Line feed and tab are kept; Unicode has a picture for each of the others below 32.
_CONTROLS = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"} | dict.fromkeys(
    [*range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD
)


def harmless(words: str) -> str:
    """``words`` without what would steer a terminal, or turn the order of what it shows.

    Texts and names of documents hold what their authors like: an escape sequence could rewrite the
    screen, or what the terminal believes to have been typed.
    """
    return words.translate(_CONTROLS)


class _Console(Console):
    """A console that shows what it is given as text alone."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            if segment.control:
                yield segment
            else:
                yield Segment(harmless(segment.text), segment.style)


class _Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return harmless(super().format(record))


if logging.lastResort is not None:  # what shows warnings where nobody has asked for more
    logging.lastResort.setFormatter(_Formatter())

# A pipe has no width of its own: tables then keep their columns on one line.
out = _Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 200)
err = _Console(stderr=True, highlight=False, soft_wrap=True)

IndexOption = Annotated[
    Path | None, typer.Option("--index", help="The folder of the index (default: index).")
]
WriterOption = Annotated[
    str | None,
    typer.Option(
        help="default, light, a causal LM folder, hub id or GGUF file, ollama:MODEL, or "
        "openai:URL#MODEL."
    ),
]
AllowOption = Annotated[
    bool,
    typer.Option(
        "--allow-server", help="Let the writer's server have the text, though it is elsewhere."
    ),
]
EmbedderOption = Annotated[
    str | None, typer.Option(help="default, or a sentence-transformers folder or hub id.")
]
RerankerOption = Annotated[
    str | None, typer.Option(help="off, or a sentence-transformers cross-encoder folder or hub id.")
]
StrictnessOption = Annotated[
    float | None,
    typer.Option(help="From 0 (answer whenever anything was found) to 1 (nearly always abstain)."),
]
DocumentOption = Annotated[
    list[str] | None, typer.Option("--doc", help="Only this document: part of its path or title.")
]
AuthorOption = Annotated[str | None, typer.Option(help="Only documents by this author.")]
PublisherOption = Annotated[str | None, typer.Option(help="Only documents of this publisher.")]
AfterOption = Annotated[
    str | None, typer.Option(help="Only documents of this date or later: 2025, 2025-06…")
]
BeforeOption = Annotated[str | None, typer.Option(help="Only documents before this date.")]
LanguageOption = Annotated[str | None, typer.Option(help="Only documents in this language: fr…")]


def chosen_filter(
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


def environment_language(environment: Mapping[str, str] = os.environ) -> Literal["fr", "en"]:
    """French where the environment's messages are French, else English."""
    named = next(
        (environment[k] for k in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(k)), ""
    )
    return "fr" if named.lower().startswith("fr") else "en"


def write(words: str) -> None:
    """Write ``words`` as they are, for other programs; on a terminal, what is harmless of them."""
    sys.stdout.write(harmless(words) if sys.stdout.isatty() else words)


def told(command: Callable[P, R]) -> Callable[P, R]:
    """Errors for the user become one line and a status, never a traceback."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except SyncStopped as stopped:
            err.print(escape(str(stopped)))
            raise typer.Exit(130) from stopped
        except DossierError as error:
            err.print(f"[red]{escape(str(error))}[/red]")
            raise typer.Exit(1) from error
        except KeyboardInterrupt as interrupt:
            err.print("Interrupted; what was saved before is untouched.")
            raise typer.Exit(130) from interrupt

    return wrapped


@contextmanager
def bars() -> Iterator[Report]:
    """Progress bars on standard error, one per stage, with the time left."""
    with ProgressBars(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[unit]} {task.fields[rate]}"),
        TimeRemainingColumn(),
        console=err,
        transient=not err.is_terminal,
    ) as shown:
        tasks: dict[str, TaskID] = {}

        def report(progress: Progress) -> None:
            if progress.stage not in tasks:
                tasks[progress.stage] = shown.add_task(
                    progress.stage, total=None, unit=progress.unit, rate=""
                )
            task = tasks[progress.stage]
            speed = next(t.speed for t in shown.tasks if t.id == task)
            shown.update(
                task,
                completed=progress.done,
                total=progress.total or None,
                unit=progress.unit,
                rate=f"({speed:.0f}/s)" if speed and progress.unit != "MB" else "",
            )

        yield report
