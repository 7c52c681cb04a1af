"""What the chat has words for, and how it writes errors, dates and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from askdossier.core import DossierError, Locator, Pending, Support, SyncReport

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
    checked: Callable[[int], str]
    """While more sentences may come."""
    waiting: Callable[[int], str]
    stopped: str
    done: Callable[[str], str]
    nothing_found: str
    found: Callable[[int], str]
    references: str
    consulted: Callable[[int], str]
    nearest: str
    possible: str
    """Above what may answer where the program does not."""
    abstained: str
    doubtful: Callable[[int], str]
    """Above what was left out of an answer."""
    support: Mapping[Support, str]
    legend: str
    because: str
    citation: Callable[[int], str]
    source: str
    close: str
    back: str
    original: str
    licence: str
    recognised: str
    """Of a document whose text was recognised in pictures of its pages."""
    file: str
    also: str
    """Before the titles of other documents that say the same."""
    understood: str
    """Before a follow-up made to stand alone."""
    no_source: str
    panel: str
    loading: str
    empty_title: str
    empty_steps: tuple[str, ...]
    failures: Mapping[type[DossierError], tuple[str, str]]
    """What happened, and what to do."""
    said: Callable[[str], str]
    """An error's own words, in this language where it is a known one."""
    failed: str
    unexpected: str
    interrupted: str
    copy: str
    export: str
    export_as: Callable[[str], str]
    formats: Mapping[str, str]
    judge: str
    judgements: Mapping[str, str]
    retry: str
    edit: str
    undo: str
    locator: Callable[[Locator], str]
    as_image: str
    page_image: Callable[[int], str]
    no_image: str
    no_boxes: str
    source_lost: str
    source_lost_advice: str
    source_moved: str
    step: Callable[[int, int], str]
    previous: str
    next: str
    new: str
    open_side: str
    thread: str
    conversations: str
    no_conversations: str
    search_said: str
    nothing_said: str
    questions: Callable[[int], str]
    more: str
    rename: str
    delete: str
    cancel: str
    script: Mapping[str, str]
    """What the page says by itself, by the names that the script uses."""
    settings: str
    search: str
    add: str
    add_how: str
    scope: str
    scope_how: str
    after: str
    before: str
    everything: str
    nothing_here: str
    more_documents: Callable[[int], str]
    only: Callable[[str], str]
    passages: Callable[[int], str]
    take_out: str
    within_file: Callable[[str], str]
    """Where a document lies that is no file of its own."""
    describe: str
    facts: Mapping[str, str]
    """What may be stated about a document, by the names of ``library.FACTS``."""
    indexed: str
    """Before the day on which a document was indexed."""
    states: Mapping[str, str]
    """What has become of a document's file since, where it is not as it was."""
    pending: Callable[[Pending], str]
    """What an indexing would take in."""
    not_indexed: Callable[[int], str]
    removed: Callable[[int], str]
    reasons: Mapping[str, str]
    """Why a piece is taken out or a file not indexed, by the names that ``clean`` and ``index``
    give; what is not here is shown as it is."""
    languages: Mapping[str, str]
    already: Callable[[str], str]
    suggested: str
    progress: str
    stages: Mapping[str, str]
    """What is being done, by the names of ``Progress.stage``."""
    left: Callable[[float], str]
    synced: Callable[[SyncReport], str]
    reindex: str
    reindex_how: str
    interface: str
    strictness: str
    strictness_how: str
    lenient: str
    strict: str
    models: str
    models_how: str
    allow: str
    """To let a server on another machine have text."""
    another_writer: str
    """To choose one that is in no list, behind a server."""
    server_address: str
    server_examples: str
    use_writer: str
    use_writer_how: str
    shared_writer: str
    """In place of an address: who may name one."""
    abilities: Mapping[str, str]
    """What a writer behind a server can or cannot, by the names of ``Profile``."""
    yes: str
    no: str
    strict_without: str
    """No, and what comes of not being calibrated."""
    models_load: str
    """That no writer can be chosen just now."""
    writer_not_loaded: str
    old_writer_stays: str
    would_leave: Callable[[str, str], str]
    """A writer, and the server on another machine that it is at."""
    catalogue: str
    megabytes: Callable[[int], str]
    on_disk: str
    to_fetch: str
    writer: str
    embedder: str
    files: str
    corpus: str
    index: str
    models_folder: str
    accessed: str
    unsaved: Callable[[str], str]
    """An answer, for a reason."""
    unchanged: Callable[[str], str]
    """A conversation, for a reason."""
    sign_in: str
    user: str
    password: str
    wrong_password: str
    wait_to_sign_in: Callable[[float], str]
    """For so many seconds."""
    quotes: tuple[str, str]
    months: tuple[str, ...]
    decimal: str


def told(error: Exception | None, texts: Texts) -> tuple[str, str, str]:
    """An error for the reader: what happened, what to do, and the error's own words."""
    if not isinstance(error, DossierError):
        return texts.failed, texts.unexpected, ""
    heading, advice = texts.failures.get(type(error), (texts.failed, ""))
    return heading, advice, texts.said(str(error))


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


def duration(seconds: float) -> str:
    """A rough duration: seconds by tens up to a minute, then minutes."""
    if seconds < 55:
        return f"{max(10, round(seconds, -1)):.0f}\N{NO-BREAK SPACE}s"
    return f"{max(1, round(seconds / 60))}\N{NO-BREAK SPACE}min"
