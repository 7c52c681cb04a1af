"""The answers of a run on disk, one line each, written as soon as they are given.

A run folder holds ``run.json`` (what the answers were made with), ``answers.jsonl`` and, once all
questions are answered, the reports. A killed run goes on where it was: only a line that was being
written is lost.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path

import filelock
from pydantic import TypeAdapter, ValidationError

import askdossier
from askdossier import wire
from askdossier.core import Answer, DossierError
from askdossier.dossier import Dossier


class RunMismatch(DossierError):
    """The answers in a run folder were given by another dossier, model or setting."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the answers of one run have in common."""

    index: str
    """A digest of the documents' texts, and of the embedder's name."""
    documents: int
    embedder: str
    writer: str
    settings: Mapping[str, str | int | float | bool | None]
    """Those that are not folders."""


def identity(dossier: Dossier) -> Identity:
    """Say what a dossier answers with. Loads the models; raises as they do."""
    digest = hashlib.sha256(dossier.embedder.name.encode())
    documents = dossier.documents
    for name in sorted(documents):
        digest.update(f"\n{name}\n{documents[name].text}".encode())
    fields = type(dossier.settings).__dataclass_fields__
    chosen = {name: getattr(dossier.settings, name) for name in fields}
    return Identity(
        digest.hexdigest()[:16],
        len(documents),
        dossier.embedder.name,
        dossier.writer.name,
        {name: value for name, value in chosen.items() if not isinstance(value, Path)},
    )


@cache
def code() -> str:
    """The version of this program and a digest of its source, which tells two checkouts apart."""
    folder = Path(askdossier.__file__).parent
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.py")):
        digest.update(file.relative_to(folder).as_posix().encode() + file.read_bytes())
    try:
        version = metadata.version("askdossier")
    except metadata.PackageNotFoundError:  # run from a checkout that is not installed
        version = "checkout"
    return f"{version}+{digest.hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class Reply:
    """One question, answered."""

    id: str
    question: str
    answer: Answer
    passages: tuple[str, ...]
    """Ids of the passages retrieved, best first."""
    prompt_tokens: int
    written_tokens: int
    memory: int
    """Bytes of the whole process right after the answer."""
    code: str


_IDENTITY = TypeAdapter(Identity)


@dataclass(slots=True)
class Journal:
    """The answers given so far, by id; in memory only when ``folder`` is None."""

    folder: Path | None
    replies: dict[str, Reply] = field(default_factory=dict)

    def append(self, reply: Reply) -> None:
        """Keep an answer; it is on disk when this returns."""
        self.replies[reply.id] = reply
        if self.folder is not None:
            with _answers(self.folder).open("ab") as target:
                target.write(_dump(reply) + b"\n")
                target.flush()
                os.fsync(target.fileno())


@contextmanager
def opened(folder: Path | None, made_with: Identity) -> Iterator[Journal]:
    """Begin a run in ``folder``, or go on with the one that is there.

    Raises:
        RunMismatch: the answers there were made with something else, or another process is
            writing them. They are left as they are.
    """
    if folder is None:
        yield Journal(None)
        return
    folder.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(folder / "lock")
    try:
        with lock.acquire(timeout=0):
            _same(folder, made_with)
            yield Journal(folder, _read(folder))
    except filelock.Timeout as error:
        raise RunMismatch(
            f"Another process is evaluating into {folder}; wait, or choose another --out."
        ) from error


def _same(folder: Path, made_with: Identity) -> None:
    file = folder / "run.json"
    if not file.exists():
        file.write_bytes(_IDENTITY.dump_json(made_with, indent=1))
        return
    try:
        before = _IDENTITY.validate_json(file.read_bytes())
    except ValidationError as error:
        raise RunMismatch(f"{file} is not of this program; choose another --out.") from error
    names = {
        "the documents or the embedder": (before.index, made_with.index),
        "the writer": (before.writer, made_with.writer),
        "the settings": (dict(before.settings), dict(made_with.settings)),
    }
    changed = [name for name, (old, new) in names.items() if old != new]
    if changed:
        raise RunMismatch(
            f"Since the answers in {folder} were given, {' and '.join(changed)} changed. They are "
            "kept: choose another folder with --out (and compare with --baseline), or delete it."
        )


def _read(folder: Path) -> dict[str, Reply]:
    """The whole lines; what a killed process left of its last one is cut off."""
    file = _answers(folder)
    if not file.exists():
        return {}
    content = file.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if len(whole) < len(content):
        file.write_bytes(whole)
    replies: dict[str, Reply] = {}
    for number, line in enumerate(whole.splitlines(), 1):
        try:
            reply = _load(line)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RunMismatch(
                f"{file}, line {number} is damaged. Take the line out to have its question asked "
                "again, or choose another --out."
            ) from error
        replies[reply.id] = reply
    return replies


def _dump(reply: Reply) -> bytes:
    """A reply as one line of JSON, its answer as everywhere."""
    fields = {name: getattr(reply, name) for name in Reply.__dataclass_fields__}
    plain = fields | {"answer": wire.dump_answer(reply.answer)}
    return json.dumps(plain, ensure_ascii=False).encode()


def _load(line: bytes) -> Reply:
    """What ``_dump`` wrote; ValueError, KeyError, TypeError or AttributeError for anything else."""
    read = json.loads(line)
    answer, passages = wire.load_answer(read["answer"]), tuple(read["passages"])
    return Reply(**{**read, "answer": answer, "passages": passages})


def _answers(folder: Path) -> Path:
    return folder / "answers.jsonl"
