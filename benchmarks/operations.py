"""What the program does to a disk: each operation with what it begins from and what it leaves."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from askdossier.core import DossierError, IndexMissing, Report
from askdossier.files import REMOVED
from askdossier.index import Index
from askdossier.load.sidecar import edit, sidecar
from askdossier.models import install, installed
from askdossier.models.catalogue import Artifact
from askdossier.settings import Settings
from askdossier.web.conversations import Conversations, Exchange
from askdossier.web.headers import Headers
from askdossier.web.library import Library
from askdossier.web.preferences import remember, remembered
from askdossier.web.turn import Turn
from index_fakes import contents, sync, write
from web_fake import FakeDossier


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that is done to what lies in a folder, and may be done again."""

    name: str
    begin: Callable[[Path], None]
    """Make what there is before it."""
    act: Callable[[Path], None]
    """Raises DossierError or OSError, which its caller tells."""
    says: Callable[[Path], object]
    """What is there afterwards, as far as anybody is told."""


# --- the index ------------------------------------------------------------------------------------

OLD = {"a.txt": "Le chat dort.", "b.txt": "Le chien aboie.\n\nIl pleut.", "c/d.txt": "Il neige."}
NEW = {"a.txt": "Le chat ronronne.", "e.txt": "Du nouveau."}


def _no_index(home: Path) -> None:
    write(home / "corpus", OLD)


def _an_index(home: Path) -> None:
    _no_index(home)
    _sync(home)
    write(home / "corpus", NEW)
    (home / "corpus" / "b.txt").unlink()


def _sync(home: Path) -> None:
    sync(home / "corpus", home / "index")


def indexed(home: Path) -> object:
    """What the index says; None where there is none."""
    try:
        return contents(Index.open(home / "index", "fake-1"))
    except IndexMissing:
        return None


# --- conversations --------------------------------------------------------------------------------

_TALK, _FIRST, _SECOND = "a" * 16, "b" * 16, "c" * 16


def _kept(home: Path) -> Conversations:
    return Conversations(home / "index" / "conversations")


def _asked(name: str, question: str) -> Exchange:
    return Exchange(name, datetime(2026, 1, 1, tzinfo=UTC), Turn(question, "stopped"), {})


def _one_answer(home: Path) -> None:
    _kept(home).keep(_TALK, _asked(_FIRST, "Combien ?"))


def _another_answer(home: Path) -> None:
    _kept(home).keep(_TALK, _asked(_SECOND, "Et depuis ?"))


def _name_it(home: Path) -> None:
    _kept(home).rename(_TALK, "La criée")


def _delete_it(home: Path) -> None:
    _kept(home).delete(_TALK)


def _talks(home: Path) -> object:
    kept = _kept(home)
    known = filter(None, (kept.get(one.id) for one in kept.all()))
    return [(one.name, [e.turn.question for e in one.exchanges]) for one in known]


# --- documents ------------------------------------------------------------------------------------

_DOCUMENT = "presse/criee.md"


def _a_document(home: Path) -> None:
    write(home / "corpus", {_DOCUMENT: "La criée ferme.", f"{_DOCUMENT}.yaml": "author: Ada\n"})
    write(home / "upload", {"criee.md": "Une autre."})


def _shelf(home: Path) -> Library:
    dossier = FakeDossier(settings=Settings(corpus=home / "corpus", index=home / "index"))
    return Library(dossier, Headers(dossier))


def _add(home: Path) -> None:
    _shelf(home).add(home / "upload" / "criee.md", "criee.md")


def _take_out(home: Path) -> None:
    if (home / "corpus" / _DOCUMENT).exists():
        _shelf(home).remove(_DOCUMENT)


def _state(home: Path) -> None:
    edit(home / "corpus" / _DOCUMENT, {"author": "Ada Byron"})


def _documents(home: Path) -> object:
    """Place and words of each document; aside, the name matters to nobody.

    An empty file there has only taken a name. A sidecar follows its document in a step of its own.
    """
    corpus = home / "corpus"
    aside = [path.read_text("utf-8") for path in (corpus / REMOVED).glob("*.md")]
    found = {path: path.read_text("utf-8") for path in sorted(corpus.rglob("*.md"))}
    there = [(str(path), text) for path, text in found.items() if path.parent.name != REMOVED]
    return there, sorted(filter(None, aside))


def _stated(home: Path) -> object:
    return sidecar(home / "corpus" / _DOCUMENT).author


# --- settings and models --------------------------------------------------------------------------

_MODEL = bytes(range(256)) * 64


def _settings(home: Path) -> Settings:
    return Settings(corpus=home / "corpus", index=home / "index")


def _strict(home: Path) -> None:
    kept = Settings(corpus=home / "corpus", index=home / "index", strictness=0.75)
    remember(kept, "strictness")


def _strictness(home: Path) -> object:
    return remembered(_settings(home)).strictness


def _artifact() -> Artifact:
    return Artifact(
        name="tiny", role="writer", tier="default", title="Tiny", licence="MIT", file="tiny.gguf",
        size=len(_MODEL), sha256=hashlib.sha256(_MODEL).hexdigest(), hub=None, pieces=(),
        converted_size=0, scratch_size=0,
    )  # fmt: skip


def _downloaded(home: Path) -> None:
    folder = home / "models" / "downloads"
    folder.mkdir(parents=True)
    (folder / "tiny.gguf").write_bytes(_MODEL)


def _converted(source: Path, target: Path, report: Report) -> None:
    (target / "sub").mkdir()
    (target / "weights.bin").write_bytes(source.read_bytes()[::-1])
    (target / "sub" / "config.json").write_text("{}")


def _install(home: Path) -> None:
    downloads = home / "models" / "downloads"
    if not (downloads / "tiny.gguf").exists() and installed_model(home) is None:
        downloads.mkdir(parents=True, exist_ok=True)  # as if it were fetched again
        (downloads / "tiny.gguf").write_bytes(_MODEL)
    install.install(_artifact(), home / "models", _converted)


def installed_model(home: Path) -> object:
    """Its weights; nothing where it is told that they are not there or not whole."""
    try:
        folder = installed.locate(_artifact(), home / "models")
    except DossierError:
        return None
    return (folder / "weights.bin").read_bytes(), (folder / "sub" / "config.json").read_text()


OPERATIONS = (
    Operation("index for the first time", _no_index, _sync, indexed),
    Operation("index what has changed", _an_index, _sync, indexed),
    Operation("keep an answer", _one_answer, _another_answer, _talks),
    Operation("name a conversation", _one_answer, _name_it, _talks),
    Operation("delete a conversation", _one_answer, _delete_it, _talks),
    Operation("add a document", _a_document, _add, _documents),
    Operation("take a document out", _a_document, _take_out, _documents),
    Operation("state facts about one", _a_document, _state, _stated),
    Operation("keep a setting", _no_index, _strict, _strictness),
    Operation("install a model", _downloaded, _install, installed_model),
)
