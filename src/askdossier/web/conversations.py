"""The conversations, kept as one JSON file each in a folder beside the index.

A file is written whole, flushed and renamed into place whenever a sentence was added, so that a
crash at any moment loses nothing that was shown. A file that cannot be read is left alone.
"""

from __future__ import annotations

import json
import logging
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from askdossier import core, files, wire
from askdossier.core import Citation, Document, DossierError, Source
from askdossier.web.turn import Turn

_log = logging.getLogger(__name__)

_FORMAT = 1
_LONGEST_NAME = 120
_PATIENCE = 10.0
"""Seconds to wait for another program that writes a conversation."""
_Version = tuple[int, int, int]
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of a conversation, and its answer as far as it came."""

    id: str
    """Sixteen hexadecimal digits, given by the browser that asked."""
    asked: datetime
    turn: Turn
    sources: Mapping[str, Document]
    """The cited documents as they were then, without their text."""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What the answer cites, and what was left out of it; each number once, in order."""
        return self.turn.citations


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions and answers in the order they were asked."""

    id: str
    name: str
    """What the user called it; empty: its first question."""
    exchanges: tuple[Exchange, ...]

    @property
    def title(self) -> str:
        """Its name, or its first question."""
        return _title(self.name, self.exchanges[0].turn.question if self.exchanges else "")

    @property
    def citations(self) -> Iterator[tuple[Exchange, Citation]]:
        """All citations of all answers, in the order in which they were given."""
        for exchange in self.exchanges:
            for citation in exchange.citations:
                yield exchange, citation


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list of conversations shows of one, and looks through for words."""

    id: str
    title: str
    updated: datetime
    questions: int
    """How many it holds."""
    said: str
    """Its title, the questions and what was answered, line by line."""


def valid_id(given: object) -> str | None:
    """``given`` when a browser may use it as an id (and so as a file name), else None."""
    return given if isinstance(given, str) and _ID.fullmatch(given) else None


class Conversations:
    """The conversations of one dossier, shared with other processes.

    Safe to use from several threads.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._others = FileLock(
            folder.with_name(f"{folder.name}.lock"), timeout=_PATIENCE, poll_interval=0.01
        )
        """Held while a file is read, changed and written, so that two programs lose nothing."""
        self._read: dict[str, tuple[_Version, Conversation]] = {}
        self._listed: dict[str, tuple[_Version, Listed]] = {}
        self._unsaved: dict[str, dict[str, tuple[Exchange, str | None]]] = {}
        """Exchanges that could not be written yet, with what each stands in place of."""
        self._deleted: set[str] = set()

    def all(self) -> list[Listed]:
        """Every conversation that holds a question, the latest first."""
        for conversation in list(self._unsaved):
            self.get(conversation)
        paths = self._folder.glob("*.json") if self._folder.is_dir() else ()
        known = (self._shown(path) for path in paths)
        return sorted(filter(None, known), key=lambda listed: listed.updated, reverse=True)

    def get(self, conversation: str) -> Conversation | None:
        """A conversation; None when there is no such one, or its file cannot be read."""
        if not valid_id(conversation):
            return None
        try:
            with self._lock:
                if conversation in self._unsaved:
                    self._save(conversation)
                return self._load(conversation)
        except (OSError, DossierError):
            _log.exception("the conversation %s cannot be read", self._path(conversation))
            return None

    def keep(self, conversation: str, exchange: Exchange, *, instead_of: str | None = None) -> None:
        """Add ``exchange`` at the end, or put it in place of the one with its id.

        ``instead_of`` takes out that exchange and those after it first. What cannot be written now
        is tried again when the conversation is next read or added to.

        Raises:
            OSError: the file cannot be read or written.
            DossierError: what it holds is no conversation; it is left as it is.
        """
        with self._lock:
            if conversation in self._deleted:
                return
            unsaved = self._unsaved.setdefault(conversation, {})
            _, before = unsaved.get(exchange.id, (exchange, None))
            unsaved[exchange.id] = exchange, instead_of or before
            self._save(conversation)

    def drop(self, conversation: str, exchange: str) -> None:
        """Take out an exchange and those after it; the file goes with the last one.

        Raises as ``keep``.
        """
        with self._alone():
            known = self._load(conversation)
            if known is None:
                return
            left = _before(known, exchange)
            if left.exchanges:
                self._write(left)
            else:
                files.remove(self._path(conversation))

    def rename(self, conversation: str, name: str) -> None:
        """Give a name; an empty one brings back the first question. Raises as ``keep``."""
        with self._alone():
            known = self._load(conversation)
            if known is not None:
                self._write(replace(known, name=" ".join(name.split())[:_LONGEST_NAME]))

    def delete(self, conversation: str) -> None:
        """Delete for good; an answer that is still being written does not bring it back.

        Raises OSError.
        """
        if not valid_id(conversation):
            return
        with self._alone():
            files.remove(self._path(conversation))
            self._deleted.add(conversation)
            self._read.pop(conversation, None)
            self._listed.pop(conversation, None)
            self._unsaved.pop(conversation, None)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else changes a conversation meanwhile. Raises OSError after a while."""
        with self._lock:
            files.make_folder(self._folder)
            with self._others:
                yield

    def _save(self, conversation: str) -> None:
        """Write what is unsaved of a conversation. Raises as ``keep``."""
        with self._alone():
            known = self._load(conversation) or Conversation(conversation, "", ())
            for exchange, instead_of in self._unsaved[conversation].values():
                known = _with(known, exchange, instead_of)
            self._write(known)
            del self._unsaved[conversation]

    def _load(self, conversation: str) -> Conversation | None:
        """A conversation as its file has it; None without one. Raises as ``keep``."""
        if not valid_id(conversation):
            return None
        path = self._path(conversation)
        try:
            version = _version(path)
            known = self._read.get(conversation)
            if known is None or known[0] != version:
                known = version, _conversation(json.loads(path.read_bytes()), conversation)
                self._read[conversation] = known
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DossierError(
                f"What {path} holds is not a conversation, and it is left as it is. Move it "
                "elsewhere, or go on in a new conversation."
            ) from error
        return known[1]

    def _shown(self, path: Path) -> Listed | None:
        """What is listed of a file; None where it holds no question or cannot be read.

        Of thousands, no more is read than that takes.
        """
        try:
            version, known = _version(path), self._listed.get(path.stem)
            if known is None or known[0] != version:
                listed = _listed(json.loads(path.read_bytes()), path.stem)
                if listed is None:
                    return None
                self._listed[path.stem] = known = version, listed
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            _log.exception("the conversation %s cannot be read", path)
            return None
        return known[1]

    def _path(self, conversation: str) -> Path:
        return self._folder / f"{conversation}.json"

    def _write(self, conversation: Conversation) -> None:
        content = json.dumps(plain(conversation), ensure_ascii=False, indent=1)
        # No character, wherever it comes from, keeps an answer from being kept.
        files.write(self._path(conversation.id), content.encode("utf-8", "replace"), private=True)
        self._read[conversation.id] = _version(self._path(conversation.id)), conversation


def _version(path: Path) -> _Version:
    """What differs as soon as a file has been replaced."""
    known = path.stat()
    return known.st_ino, known.st_mtime_ns, known.st_size


def _with(conversation: Conversation, exchange: Exchange, instead_of: str | None) -> Conversation:
    if instead_of is not None:
        conversation = _before(conversation, instead_of)
    known = {kept.id: kept for kept in conversation.exchanges}
    return replace(conversation, exchanges=tuple((known | {exchange.id: exchange}).values()))


def _before(conversation: Conversation, exchange: str) -> Conversation:
    for at, kept in enumerate(conversation.exchanges):
        if kept.id == exchange:
            return replace(conversation, exchanges=conversation.exchanges[:at])
    return conversation


# --- as JSON --------------------------------------------------------------------------------------


def plain(conversation: Conversation) -> dict[str, Any]:
    """A conversation as the JSON object that is stored; claims are as in ``docs/json.md``."""
    return {
        "format": _FORMAT,
        "id": conversation.id,
        "name": conversation.name,
        "exchanges": [_plain_exchange(exchange) for exchange in conversation.exchanges],
    }


def _plain_exchange(exchange: Exchange) -> dict[str, Any]:
    turn, answer, error = exchange.turn, exchange.turn.answer, exchange.turn.error
    return {
        "id": exchange.id,
        "asked": exchange.asked.isoformat(timespec="seconds"),
        "question": turn.question,
        "standalone": turn.standalone,
        "state": turn.state,
        "form": turn.form,
        "message": turn.message,
        "claims": [wire.dump_claim(claim) for claim in turn.claims],
        "evidence": [wire.dump_evidence(evidence) for evidence in turn.evidence],
        "answer": answer and wire.dump_said(answer),
        "error": error and {"kind": type(error).__name__, "message": str(error)},
        "sources": [
            {
                "document": document.id,
                "title": document.title,
                "language": document.language,
                "sha256": document.source.sha256,
                "url": document.source.url,
                "author": document.source.author,
                "publisher": document.source.publisher,
                "date": document.source.date,
                "licence": document.source.licence,
            }
            for document in exchange.sources.values()
        ],
    }


def _title(name: str, question: str) -> str:
    return name or " ".join(question.split())[:_LONGEST_NAME]


def _listed(read: dict[str, Any], name: str) -> Listed | None:
    """The summary of what ``plain`` wrote; None where nothing was asked. Raises as below."""
    _check_format(read)
    exchanges = read["exchanges"]
    if valid_id(name) is None or not exchanges:
        return None
    title = _title(str(read["name"]), exchanges[0]["question"])
    said = [title]
    for exchange in exchanges:
        said += [exchange["question"], *(claim["text"] for claim in exchange["claims"])]
    updated = max(datetime.fromisoformat(exchange["asked"]) for exchange in exchanges)
    return Listed(name, title, updated, len(exchanges), "\n".join(said))


def _check_format(read: dict[str, Any]) -> None:
    if read["format"] != _FORMAT:
        raise ValueError(f"format {read['format']!r} is not {_FORMAT}")


def _conversation(read: dict[str, Any], name: str) -> Conversation:
    """What ``plain`` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    _check_format(read)
    exchanges = tuple(_exchange(exchange) for exchange in read["exchanges"])
    return Conversation(name, str(read["name"]), exchanges)


def _exchange(read: dict[str, Any]) -> Exchange:
    claims, evidence = wire.load_claims(read["claims"]), wire.load_evidence(read["evidence"])
    said = read["answer"]
    turn = Turn(
        read["question"],
        read["state"],
        evidence,
        claims,
        read["standalone"],
        answer=said and wire.load_answer({**read, **said}),
        error=_error(read["error"]),
        form=read.get("form", "prose"),  # earlier versions did not keep these
        message=read.get("message", said["message"] if said else ""),
    )
    if valid_id(read["id"]) is None:
        raise ValueError(f"{read['id']!r} is not the id of an exchange")
    return Exchange(
        read["id"], datetime.fromisoformat(read["asked"]), turn, _sources(read["sources"])
    )


def _error(read: Mapping[str, str] | None) -> DossierError | None:
    if read is None:
        return None
    kind = getattr(core, read["kind"], DossierError)
    if not (isinstance(kind, type) and issubclass(kind, DossierError)):
        kind = DossierError
    return kind(read["message"])


def _sources(read: Sequence[Mapping[str, Any]]) -> dict[str, Document]:
    return {
        source["document"]: Document(
            source["document"],
            source["title"],
            "",
            source["language"],
            Source(
                source["document"],
                source["sha256"],
                source["url"],
                source["author"],
                source["publisher"],
                source["date"],
                source["licence"],
            ),
        )
        for source in read
    }
