"""The façade: open a dossier, keep it in step with its folder, ask it questions.

The only module that wires the stages together. Models are loaded when they are first needed, and
an index is opened when it is first read, so that listing documents needs no model.
"""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from askdossier import answer as answering
from askdossier import chunk, cite, clean, dialogue, load, models, retrieve, scope, survey, text
from askdossier import settings as settings_module
from askdossier.index import Index, Prepared, sync
from askdossier.records import (
    Answer,
    Answered,
    Claim,
    ClaimChecked,
    Document,
    Embedder,
    Event,
    Evidence,
    EvidenceFound,
    Failure,
    Filter,
    Hit,
    IndexMissing,
    InvalidQuestion,
    Language,
    Passage,
    Removal,
    Report,
    Reranker,
    Rewritten,
    Span,
    Stop,
    SyncReport,
    Turn,
    Writer,
)
from askdossier.settings import Settings

LONGEST_QUESTION = 2000
"""Characters; longer questions are refused, since no part of them would get its due."""

_MOST_DOCUMENTS = 20
"""Documents that an answer about the whole dossier shows; it counts them all."""

_PREPARATION = "2"
"""Raised whenever loading, cleaning or chunking changes what comes out of a file."""


class Dossier:
    """A folder of documents that answers questions. Safe to use from several threads."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        embedder: Embedder | None = None,
        writer: Writer | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        """Nothing is read yet; the models given stand in for those of the settings."""
        self.settings = settings or settings_module.load()
        self._given_embedder, self._given_writer = embedder, writer
        self._given_reranker = reranker
        self._index: Index | None = None
        self._unchecked: Index | None = None
        """Opened for reading only, whatever embedder made it."""
        # One lock for each: listing documents must not wait for the writer to load.
        self._opening, self._embedding, self._writing, self._reranking = (
            threading.RLock() for _ in range(4)
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
            dossier._opened()
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
            return self._listed().documents
        except IndexMissing:
            return {}

    def listing(self) -> tuple[str, ...]:
        """The ids of the indexed documents, sorted. Raises IndexMissing."""
        return tuple(self._listed().documents)

    def header(self, document: str) -> Document:
        """A document without its text, which is cheap. Raises KeyError when it is not indexed."""
        return self._listed().header(document)

    def passage_around(self, document: str, span: Span) -> Passage | None:
        """The passage in which ``span`` begins; None when the document or passage is not there."""
        index = self._listed()
        if document not in index.documents:
            return None
        return retrieve.neighbourhood(index, document, span)

    def passages_of(self, document: str) -> tuple[Passage, ...]:
        """The passages of a document in reading order. Raises KeyError when it is not indexed."""
        return self._listed().passages_of(document)

    def removals(self, document: str) -> tuple[Removal, ...]:
        """What cleaning took out of a document. Raises KeyError when it is not indexed."""
        return self._listed().removals(document)

    @property
    def corpus(self) -> Path:
        """The folder that the index was made from; that of the settings when there is no index.

        Raises IndexMismatch.
        """
        try:
            return Path(self._listed().corpus)
        except IndexMissing:
            return self.settings.corpus

    def passage_count(self, document: str) -> int:
        """How many passages a document has. Raises KeyError when it is not indexed."""
        return len(self._listed().rows_of(document))

    def mentions(self, phrase: str) -> Mapping[str, tuple[Span, ...]]:
        """The sentences and headings that hold all words of a phrase, in any inflection.

        By document, those with the most first. Raises IndexMissing, IndexMismatch.
        """
        found = survey.mentions(self._listed(), phrase, literal=False)
        return {mention.document.id: mention.spans for mention in found}

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The files of the corpus that could not be indexed."""
        return self._listed().failures

    def sync(
        self,
        corpus_dir: str | Path | None = None,
        report: Report | None = None,
        stop: Stop | None = None,
    ) -> SyncReport:
        """Bring the index in step with the files below ``corpus_dir`` (default: the settings').

        Raises:
            EmptyCorpus, IndexBusy, ModelMissing, SyncStopped: see ``index.sync``.
        """
        embedder = self._embedder()

        def prepare(path: Path, relative: str) -> Prepared:
            document, removals = clean.clean(load.read(path, relative))
            passages = chunk.passages(document, embedder.count_tokens, embedder.max_tokens)
            contexts = tuple(chunk.context(document, passage) for passage in passages)
            return Prepared(document, passages, contexts, removals)

        result = sync(
            Path(corpus_dir) if corpus_dir is not None else self.settings.corpus,
            self.settings.index,
            embedder,
            prepare,
            _PREPARATION,
            supported=load.supported,
            report=report,
            stop=stop,
        )
        with self._opening:
            self._index = self._unchecked = None
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
        """
        question, within = _understood(question, within)
        return self._stream(question, stop or Stop(), within, history)

    def search(self, question: str, *, within: Filter | None = None) -> tuple[Hit, ...]:
        """The passages that a question finds, best first. Raises as ``stream``."""
        return self.find(question, within=within)[0]

    def find(
        self, question: str, *, within: Filter | None = None
    ) -> tuple[tuple[Hit, ...], tuple[Evidence, ...]]:
        """The passages, best first, and the sentences from which an answer would be drawn.

        Raises as ``stream``.
        """
        question, within = _understood(question, within)
        index = self._opened()
        documents = None if within == Filter() else retrieve.documents(index, within)
        return self._found(index, question, documents)[1:]

    def _found(
        self, index: Index, question: str, documents: frozenset[str] | None
    ) -> tuple[retrieve.Query, tuple[Hit, ...], tuple[Evidence, ...]]:
        """The question made ready, and what it finds in ``documents``, all if it is None."""
        query = retrieve.Query.of(question, self._embedder().embed_questions([question])[0])
        allowed = None if documents is None else index.rows_among(documents)
        return query, *retrieve.retrieve(index, query, allowed, self._reranker())

    def warm_up(self) -> None:
        """Load index and models now rather than at the first question. Raises as ``stream``."""
        self._opened()
        self._embedder()
        self._reranker()
        self._writer()

    def _stream(
        self, question: str, stop: Stop, within: Filter, history: Sequence[Turn]
    ) -> Iterator[Event]:
        started = time.perf_counter()
        timings: dict[str, float] = {}

        def mark(name: str) -> float:
            timings[name] = time.perf_counter() - started
            return timings[name]

        language = text.question_language(question)
        talk = dialogue.small_talk(question)
        if talk is not None:
            yield EvidenceFound((), mark("evidence"))
            mark("total")
            said = dialogue.reply(talk, language)
            yield Answered(Answer(question, language, (), False, said, (), timings))
            return
        index, documents = self._opened(), None
        if within != Filter():
            documents = retrieve.documents(index, within)
        mark("loaded")
        standalone = ""
        if history and dialogue.leans(question):
            standalone = self._standalone(question, history[-1], language, stop)
            yield Rewritten(standalone, mark("rewritten"))
        asked = standalone or question
        whole = dialogue.about_dossier(asked)
        if whole is not None:
            yield from self._survey(
                index, whole, documents, question, standalone, language, mark, timings
            )
            return
        query, _, evidence = self._found(index, asked, documents)
        yield EvidenceFound(evidence, mark("evidence"))

        claims: list[Claim] = []
        confidence: list[float] = []
        if evidence and not stop.is_set():
            checked = self._claims(index, query, evidence, language, stop, mark, confidence.append)
            with closing(checked):
                for claim in checked:
                    if not claims:
                        mark("first_sentence")
                    claims.append(claim)
                    yield ClaimChecked(claim, mark("last_sentence"))
        mark("total")
        abstained = not claims and not stop.is_set()
        yield Answered(
            Answer(
                question,
                language,
                tuple(claims),
                abstained,
                answering.abstention(language, survey.unknown_words(index, asked))
                if abstained
                else "",
                evidence,
                timings,
                confidence[0] if confidence else None,
                standalone,
            )
        )

    def _standalone(self, question: str, before: Turn, language: Language, stop: Stop) -> str:
        """A follow-up as a question of its own; never with words that nobody said."""
        if dialogue.wants_more(question):
            return before.question
        written = answering.stand_alone(self._writer(), question, before, language, stop)
        if dialogue.grounded(written, question, f"{before.question} {before.answer}"):
            return written
        return dialogue.joined(question, before.question, language)

    def _survey(
        self,
        index: Index,
        asked: dialogue.Overview | dialogue.Mentions,
        documents: frozenset[str] | None,
        question: str,
        standalone: str,
        language: Language,
        mark: Callable[[str], float],
        timings: Mapping[str, float],
    ) -> Iterator[Event]:
        """Answer a question about the dossier as a whole, document by document."""
        numbers = cite.Numbering()
        names = frozenset(index.documents) if documents is None else documents
        total = len(names)
        if isinstance(asked, dialogue.Mentions):
            everywhere = survey.mentions(index, asked.phrase, literal=asked.literal)
            found = [item for item in everywhere if item.document.id in names]
            shown = found[:_MOST_DOCUMENTS]
            said = dialogue.counted(asked.phrase, len(found), total, len(shown), language)
            claims = tuple(
                numbers.found(
                    dialogue.times(item.document.title, len(item.spans), language),
                    item.document,
                    item.spans[: cite.MOST_EXTRACTS],
                )
                for item in shown
            )
        else:
            leads = (lead for lead in survey.leads(index) if lead[0].id in names)
            some = tuple(islice(leads, _MOST_DOCUMENTS))
            said = dialogue.holding(total, len(some), language)
            claims = tuple(numbers.lead(document, span) for document, span in some)
        claims = tuple(_placed(index, claim) for claim in claims)
        evidence = tuple(
            Evidence(c.document, c.span, c.quote, 1.0, "")
            for claim in claims
            for c in claim.citations
        )
        yield EvidenceFound(evidence, mark("evidence"))
        for claim in claims:
            yield ClaimChecked(claim, mark("last_sentence"))
        mark("total")
        yield Answered(
            Answer(
                question,
                language,
                claims,
                False,
                said,
                evidence,
                timings,
                standalone=standalone,
            )
        )

    def _claims(
        self,
        index: Index,
        query: retrieve.Query,
        evidence: tuple[Evidence, ...],
        language: Language,
        stop: Stop,
        mark: Callable[[str], float],
        judged: Callable[[float], None],
    ) -> Generator[Claim]:
        """Judge, draft, check: the sentences that may be shown; none means abstention."""
        writer, embedder = self._writer(), self._embedder()
        request = answering.prompt(query.text, evidence, language)
        judgement = answering.answerable(writer, request, language, stop)
        mark("judgement")
        if stop.is_set():
            return
        best = max(evidence, key=lambda item: item.score)
        sure = answering.probability(answering.Signals(judgement, best.score, language))
        judged(sure)
        if sure < self.settings.strictness:
            return
        sources = _Sources(index, evidence)
        relevances = list(sources.vectors @ query.vector)
        closest = float(max(relevances))
        numbers = cite.Numbering()
        drafted = answering.draft(writer, request, language, stop)
        shown = False
        with closing(drafted):
            for raw in drafted:
                if answering.refuses(raw):
                    break
                mark("draft")
                sentence = cite.verbatim(answering.without_preamble(raw), sources.extracts)
                relevance = embedder.embed_passages([sentence], [()])[0][0] @ query.vector
                if answering.strays(sentence, float(relevance), closest):
                    break
                cosines = list(sources.vectors @ embedder.embed_questions([sentence])[0])
                verdict = cite.check(sentence, language, sources.extracts, cosines)
                if verdict.support == "unsupported":
                    continue
                shown = True
                same = cite.corroborated(sentence, language, verdict, sources.extracts, cosines)
                verdict = replace(verdict, extracts=(*verdict.extracts, *same))
                yield _placed(index, numbers.claim(sentence, verdict))
                for other in cite.differing(
                    sentence, query.text, verdict, sources.extracts, relevances
                ):
                    title = index.header(other.document).title
                    yield _placed(index, numbers.claim(*cite.quoted(other, title)))
        if not shown and not stop.is_set() and sure >= answering.QUOTE_FROM:
            # The writer strayed from good evidence: the evidence speaks for itself.
            yield _placed(index, numbers.claim(*cite.quoted(sources.unbroken(best))))

    # --- what is loaded ---------------------------------------------------------------------------

    @property
    def embedder(self) -> Embedder:
        """The embedder, loaded now if need be. Raises ModelMissing."""
        return self._embedder()

    @property
    def writer(self) -> Writer:
        """The writer, loaded now if need be. Raises ModelMissing."""
        return self._writer()

    def with_writer(self, writer: Writer) -> Dossier:
        """The same dossier, answering with another writer; index and embedder are shared."""
        other = copy.copy(self)
        other._given_writer = writer
        return other

    def _opened(self) -> Index:
        """The index, for questions: it must have been made with this embedder."""
        embedder = self._embedder()
        with self._opening:
            if self._index is None:
                self._index = Index.open(self.settings.index, embedder.name)
            return self._index

    def _listed(self) -> Index:
        """The index, for reading what it holds, which needs no model."""
        with self._opening:
            if self._index is not None:
                return self._index
            if self._unchecked is None:
                self._unchecked = Index.open(self.settings.index, None)
            return self._unchecked

    def _embedder(self) -> Embedder:
        with self._embedding:
            if self._given_embedder is None:
                self._given_embedder = models.load_embedder(
                    self.settings.embedder, self.settings.models
                )
            return self._given_embedder

    def _reranker(self) -> Reranker | None:
        with self._reranking:
            if self._given_reranker is None and self.settings.reranker != "off":
                self._given_reranker = models.load_reranker(self.settings.reranker)
            return self._given_reranker

    def _writer(self) -> Writer:
        with self._writing:
            if self._given_writer is None:
                self._given_writer = models.load_writer(self.settings.writer, self.settings.models)
            return self._given_writer


def _understood(question: str, within: Filter | None) -> tuple[str, Filter]:
    """The question without the filters in it, and what may be searched."""
    question, written = scope.parse(question)
    if not question:
        raise InvalidQuestion("The question is empty: write one.")
    if len(question) > LONGEST_QUESTION:
        raise InvalidQuestion(
            f"The question has {len(question)} characters; please ask in at most "
            f"{LONGEST_QUESTION}."
        )
    return question, scope.both(within, written)


def _placed(index: Index, claim: Claim) -> Claim:
    """The claim, its citations with their pages and with the places that say the same."""
    return replace(
        claim,
        citations=tuple(
            replace(
                citation,
                page=index.header(citation.document).page(citation.span.start),
                also=index.copies(citation.document, citation.span),
            )
            for citation in claim.citations
        ),
    )


class _Sources:
    """The sentences that an answer may cite: those of the passages of its evidence."""

    def __init__(self, index: Index, evidence: tuple[Evidence, ...]) -> None:
        self.extracts: list[cite.Extract] = []
        self._documents = index.documents
        vectors = []
        wanted = {item.passage for item in evidence}
        documents = dict.fromkeys(item.document for item in evidence)
        for row in (row for document in documents for row in index.rows_of(document)):
            passage = index.passages[row]
            if passage.id not in wanted:
                continue
            self.extracts += cite.extracts(index.documents[passage.document], passage)
            vectors.append(index.sentence_vectors(row))
        self.vectors = np.concatenate(vectors)
        """Shape ``(len(extracts), d)``."""

    def unbroken(self, evidence: Evidence) -> cite.Extract:
        """The extract of a piece of evidence, with the whole of what it begins to quote."""
        places = [(extract.document, extract.span) for extract in self.extracts]
        at = places.index((evidence.document, evidence.span))
        return cite.unbroken(self.extracts[at:], self._documents[evidence.document].text)
