"""The façade: open a dossier, keep it in step with its folder, ask it questions.

The only module that wires the stages together. Models are loaded when they are first needed, and
an index is opened when it is first read, so that listing documents needs no model. What reads files
and what answers is imported where that is done, which most commands never do.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from askdossier import models, retrieve, scope, survey
from askdossier import settings as settings_module
from askdossier.core import (
    Answer,
    Answered,
    Calibration,
    Document,
    Embedder,
    Entailment,
    Event,
    Evidence,
    Failure,
    Filter,
    Hit,
    IndexMissing,
    InvalidQuestion,
    InvalidSettings,
    ModelStatus,
    PageImage,
    Passage,
    Pending,
    Profile,
    Removal,
    Report,
    Reranker,
    Span,
    Stop,
    Suggestion,
    SyncReport,
    Turn,
    Writer,
    WriterOffer,
)
from askdossier.index import Index, pending, read_dates, sync
from askdossier.lang import parse
from askdossier.loaded import Loaded
from askdossier.settings import Settings

LONGEST_QUESTION = 2000
"""Characters; longer questions are refused, since no part of them would get its due."""


class Dossier:
    """A folder of documents that answers questions. Safe to use from several threads.

    All that other programs may ask of one, and so it is long: each method hands on what it is given
    to the stage that does it, and says beside it what comes back and what is raised.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        embedder: Embedder | None = None,
        writer: Writer | None = None,
        reranker: Reranker | None = None,
        judge: Entailment | None = None,
    ) -> None:
        """Nothing is read yet; the models given stand in for those of the settings."""
        self.settings = settings or settings_module.load()
        self._named: tuple[str, ...] = (self.settings.writer,)
        """The writers that were in use so far, as the settings name them."""
        self._loaded = Loaded(
            self.settings, embedder=embedder, writer=writer, reranker=reranker, judge=judge
        )

    @classmethod
    def open(cls, index_dir: str | Path | None = None, settings: Settings | None = None) -> Dossier:
        """Open the dossier whose index is in ``index_dir`` (default: that of the settings).

        A folder without an index may be opened and then synced.

        Raises:
            IndexMismatch: the index was made with another embedder or schema, or is damaged.
        """
        settings = settings or settings_module.load()
        if index_dir is not None:
            settings = replace(settings, index=Path(index_dir))
        dossier = cls(settings)
        if dossier.indexed:
            dossier._loaded.index()
        return dossier

    # --- documents --------------------------------------------------------------------------------

    @property
    def indexed(self) -> bool:
        """True when there is an index, in whatever state."""
        return Index.exists(self.settings.index)

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by id (path relative to the corpus); empty without an index."""
        try:
            return self._loaded.listed().documents
        except IndexMissing:
            return {}

    def listing(self) -> tuple[str, ...]:
        """The ids of the indexed documents, sorted. Raises IndexMissing."""
        return tuple(self._loaded.listed().documents)

    def header(self, document: str) -> Document:
        """A document without its text, which is cheap. Raises KeyError when it is not indexed."""
        return self._loaded.listed().header(document)

    def passage_around(self, document: str, span: Span) -> Passage | None:
        """The passage in which ``span`` begins; None when the document or passage is not there."""
        index = self._loaded.listed()
        if document not in index.documents:
            return None
        return retrieve.neighbourhood(index, document, span)

    def passages_of(self, document: str) -> tuple[Passage, ...]:
        """The passages of a document in reading order. Raises KeyError when it is not indexed."""
        return self._loaded.listed().passages_of(document)

    def passages_touching(self, document: str, span: Span) -> tuple[Passage, ...]:
        """The passages that share a character with a span. Raises KeyError when not indexed."""
        index = self._loaded.listed()
        return tuple(index.passages[row] for row in index.rows_touching(document, span))

    def removals(self, document: str) -> tuple[Removal, ...]:
        """What cleaning took out of a document. Raises KeyError when it is not indexed."""
        return self._loaded.listed().removals(document)

    @property
    def corpus(self) -> Path:
        """The folder that the index was made from; that of the settings when there is no index.

        Raises IndexMismatch.
        """
        try:
            return Path(self._loaded.listed().corpus)
        except IndexMissing:
            return self.settings.corpus

    def passage_count(self, document: str) -> int:
        """How many passages a document has. Raises KeyError when it is not indexed."""
        return len(self._loaded.listed().rows_of(document))

    def mentions(self, phrase: str) -> Mapping[str, tuple[Span, ...]]:
        """The sentences and headings that hold all words of a phrase, in any inflection.

        By document, those with the most first. Raises IndexMissing, IndexMismatch.
        """
        found = survey.mentions(self._loaded.listed(), phrase, literal=False)
        return {mention.document.id: mention.spans for mention in found}

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The files of the corpus that could not be indexed."""
        return self._loaded.listed().failures

    @property
    def stale(self) -> tuple[Failure, ...]:
        """The documents whose files cannot be read: the index has them as they were before."""
        return self._loaded.listed().stale

    def verify(self) -> None:
        """Read every byte of the index. Raises IndexMissing; IndexMismatch when one is wrong."""
        Index.verify(self.settings.index)

    def dates(self) -> Mapping[str, datetime]:
        """When each document was indexed, as far as that is known."""
        return read_dates(self.settings.index)

    def pending(self) -> Pending:
        """How the files differ from the index: nothing is read that has kept its size and times.

        Raises:
            IndexMissing, IndexMismatch: there is no index that could be compared.
            EmptyCorpus: the folder is gone or cannot be opened.
        """
        from askdossier import load, preparation

        listed = self._loaded.listed()
        return pending(
            Path(listed.corpus),
            self.settings.index,
            listed.manifest,
            preparation.key(),
            supported=load.supported,
        )

    def page_image(self, document: str, span: Span) -> PageImage | None:
        """The page on which ``span`` begins as an image, with its words marked.

        None for a document that has no pages to look at. Raises:
            KeyError: the document is not indexed.
            UnreadableDocument: its file is no longer the one that was indexed, or the page cannot
                be shown.
        """
        from askdossier import originals

        return originals.page_image(
            self.documents[document], self.corpus, self.file_of(document), span
        )

    def file_of(self, document: str) -> str:
        """The file of the corpus in which a document lies: itself, where it is one.

        A message of a mailbox, a file of an archive or an attachment lies in one, and comes and
        goes with it.
        """
        return self._loaded.listed().file_of(document)

    def set_metadata(self, file: str, changes: Mapping[str, str]) -> Path:
        """State something about a file of the corpus, in its sidecar; the next sync reads it.

        ``file`` is relative to the corpus. Keys are title, author, publisher, date, url and
        licence; an empty value takes a statement away. Returns the sidecar's path.

        Raises:
            InvalidMetadata: there is no such document in the corpus, or a key or value makes no
                sense.
            UnreadableDocument: the sidecar that is there cannot be read.
            DossierError: it cannot be written.
        """
        from askdossier import originals

        whole = self.file_of(file) if self.indexed else file
        return originals.state(self.corpus, file, whole, changes)

    def sync(
        self,
        corpus_dir: str | Path | None = None,
        report: Report | None = None,
        stop: Stop | None = None,
        *,
        confirmed: bool | Collection[str] = False,
        retry: bool = False,
    ) -> SyncReport:
        """Bring the index in step with the files below ``corpus_dir`` (default: the settings').

        ``confirmed`` names the documents that may leave, as an ``UnconfirmedRemoval`` has named
        them, or is true for all; ``retry`` reads again what could not be read.

        Raises:
            UnconfirmedRemoval, EmptyCorpus, IndexBusy, ModelMissing, SyncStopped: see
                ``index.sync``.
        """
        from askdossier import load, preparation
        from askdossier.preparing import Preparing

        embedder, halt = self._loaded.embedder(), stop or Stop()
        with Preparing(embedder, report, halt) as preparing:
            result = sync(
                Path(corpus_dir) if corpus_dir is not None else self.settings.corpus,
                self.settings.index,
                embedder,
                preparing.file,
                preparation.key(),
                supported=load.supported,
                report=report,
                stop=halt,
                confirmed=confirmed,
                retry=retry,
                ahead=preparing.ahead,
            )
        self._loaded.let_go()
        return result

    # --- questions --------------------------------------------------------------------------------

    def ask(
        self,
        question: str,
        stop: Stop | None = None,
        *,
        within: Filter | None = None,
        history: Sequence[Turn] = (),
    ) -> Answer:
        """Answer a question, when the whole answer is wanted at once; otherwise as ``stream``."""
        for event in self.stream(question, stop, within=within, history=history):
            if isinstance(event, Answered):
                return event.answer
        raise AssertionError("a stream ends with Answered")

    def stream(
        self,
        question: str,
        stop: Stop | None = None,
        *,
        within: Filter | None = None,
        history: Sequence[Turn] = (),
    ) -> Iterator[Event]:
        """Answer a question as events: the evidence, each checked sentence, the whole answer.

        Evidence comes again, with more behind it, where the writer has to read on.

        Only the documents that ``within`` lets through are searched; filters written in the
        question (``scope.parse``) are taken out of it and hold as well.

        ``history`` holds the turns before it, oldest first: a question that leans on the last one
        ("et lui ?") is first made to stand alone, which a ``Rewritten`` event tells.
        Setting ``stop`` or closing the iterator ends the computation; a stopped stream still ends
        with what has been checked so far.

        Raises:
            InvalidQuestion: the question is empty or longer than ``LONGEST_QUESTION``.
            InvalidFilter: a filter is not understood, or lets no document through.
            IndexMissing, IndexMismatch: there is no index, or not one for this embedder.
            ModelMissing: a model is not on disk.
            WriterFailed: the writer's server cannot be asked, or broke off.
            ConsentMissing: it is on another machine and was not allowed.
        """
        from askdossier import ask

        question, within = _understood(question, within)
        task = ask.Task(question, within, history, self.settings.strictness, stop or Stop())
        return ask.events(self._loaded.tools, task)

    def possible_questions(self) -> tuple[Suggestion, ...]:
        """Questions that the documents may answer, none of them asked yet; empty without an index.

        Raises IndexMismatch.
        """
        from askdossier import ask

        return ask.possible(self.documents.values())

    def answers_surely(self, suggestion: Suggestion, stop: Stop) -> bool:
        """Ask a question, and say whether its answer is certain. False too when stopped.

        Raises as ``stream``.
        """
        from askdossier import ask

        return ask.sure(self.ask(suggestion.question, stop), suggestion) and not stop.is_set()

    def search(self, question: str, *, within: Filter | None = None) -> tuple[Hit, ...]:
        """The passages that a question finds, best first. Raises as ``stream``."""
        return tuple(one.hit for one in self._found(question, within)[2])

    def find(
        self, question: str, *, within: Filter | None = None
    ) -> tuple[tuple[Hit, ...], tuple[Evidence, ...]]:
        """The passages, best first, and the sentences from which an answer would be drawn.

        Raises as ``stream``.
        """
        index, query, found = self._found(question, within)
        return tuple(one.hit for one in found), retrieve.evidence_in(index, query, found)

    def _found(
        self, question: str, within: Filter | None
    ) -> tuple[Index, retrieve.Query, list[retrieve.Candidate]]:
        from askdossier import ask

        question, within = _understood(question, within)
        index = self._loaded.index()
        documents = ask.searched(index, within)
        query = self._loaded.tools.query(question)
        return index, query, ask.find(self._loaded.tools, index, query, documents)

    def warm_up(self) -> None:
        """Load index and models, and make them ready for many questions. Raises as ``stream``."""
        index = self._loaded.index()
        self._loaded.embedder()
        self._loaded.reranker()
        self._loaded.writer()
        self._loaded.judge(Stop())
        parse.warm_up({index.header(name).language for name in index.documents})

    # --- what is loaded ---------------------------------------------------------------------------

    @property
    def embedder(self) -> Embedder:
        """The embedder, loaded now if need be. Raises ModelMissing."""
        return self._loaded.embedder()

    @property
    def writer(self) -> Writer:
        """The writer, loaded now if need be.

        Raises:
            ModelMissing: it is not on disk.
            WriterFailed: its server cannot be asked.
            ConsentMissing: its server is on another machine and was not allowed.
        """
        return self._loaded.writer()

    @property
    def profile(self) -> Profile:
        """What is known of the writer, loaded now if need be. Raises as ``writer``."""
        from askdossier.ask import policy

        return policy.profile(self._loaded.writer())

    @property
    def calibration(self) -> Calibration | None:
        """What the user had fitted for the writer, loaded now if need be; None for nothing.

        Raises as ``writer``.
        """
        from askdossier.ask import policy

        return policy.calibration(self._loaded.writer().name)

    def allow(self, origin: str) -> None:
        """Let a server on another machine have questions and what they find, from now on.

        ``origin`` is that of a ``ConsentMissing``. Raises OSError.
        """
        models.allow(origin)

    def models(self) -> tuple[ModelStatus, ...]:
        """The models of the catalogue, and which of them are on this machine; reads no weights."""
        return models.statuses(self.settings.models)

    def writers(self) -> tuple[WriterOffer, ...]:
        """The writers that can be chosen; none is loaded. An Ollama here is asked for its list."""
        named = self._named
        with suppress(InvalidSettings):  # told where they are read to be used
            named = (*named, settings_module.load().writer)
        return models.offered.offers(self.settings.models, named)

    def check_choice(self, spec: str, *, shared: bool) -> None:
        """Raise InvalidSettings unless somebody who uses the program may choose a writer.

        ``shared``: several people do. Any program that holds the dossier may choose all.
        """
        listed = {offer.spec for offer in self.writers()}
        models.offered.check(spec, listed, shared=shared)

    def choose_writer(self, spec: str) -> None:
        """Answer with another writer from the next question on, named as in the settings.

        What is being answered keeps the old one, which is let go of with the last such answer;
        until then both are in memory. Raises as ``writer``, and InvalidSettings: the old one stays.
        """
        writer = models.load_writer(spec, self.settings.models)
        before, self._loaded = self._loaded, self._loaded.with_writer(writer)
        before.leave_writer()
        self.settings = replace(self.settings, writer=spec)
        self._named = (*dict.fromkeys((*self._named, spec)),)

    def pinned(self) -> Dossier:
        """The same dossier, which keeps its writer whichever is chosen for this one."""
        return copy.copy(self)

    def with_writer(self, writer: Writer) -> Dossier:
        """The same dossier, answering with another writer; index and embedder are shared."""
        other = copy.copy(self)
        other._loaded = self._loaded.with_writer(writer)
        return other


def portable(writer: str) -> bool:
    """Whether a writer's name means the same in every folder, and fetches nothing from a hub."""
    return models.offered.portable(writer)


def check_question(question: str) -> None:
    """Raise InvalidQuestion when a question is too long to be looked at, filters and all."""
    if len(question) > LONGEST_QUESTION:
        raise InvalidQuestion(
            f"The question has {len(question)} characters; please ask in at most "
            f"{LONGEST_QUESTION}."
        )


def _understood(question: str, within: Filter | None) -> tuple[str, Filter]:
    """The question without the filters in it, and what may be searched."""
    check_question(question)
    question, written = scope.parse(question)
    if not question:
        raise InvalidQuestion("The question is empty: write one.")
    return question, scope.both(within, written)
