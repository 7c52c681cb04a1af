"""One question on its way to an answer: what is asked, what is found, what is drafted and checked.

Knows which stage comes after which; what the stages do is theirs. The index and the models are
handed in, to be loaded when they are first needed.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

import numpy as np

from askdossier import answer as answering
from askdossier import answerability, dialogue, retrieve, survey, text, verify
from askdossier.index import Index
from askdossier.records import (
    Answer,
    Answered,
    Choice,
    Claim,
    ClaimChecked,
    Embedder,
    Entailment,
    Event,
    Evidence,
    EvidenceFound,
    Filter,
    Reranker,
    Rewritten,
    Span,
    Stop,
    Turn,
    Writer,
)

_MOST_DOCUMENTS = 20
"""Documents that an answer about the whole dossier shows; it counts them all."""

_WEIGHED = 2
"""Pieces of evidence at which the writer looks that get a second judgement each."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What answers questions, each loaded at its first call."""

    index: Callable[[], Index]
    embedder: Callable[[], Embedder]
    reranker: Callable[[], Reranker | None]
    writer: Callable[[], Writer]
    judge: Callable[[Stop], Entailment | None]


def searched(index: Index, within: Filter) -> frozenset[str] | None:
    """Give the documents that a filter lets through, None for all.

    Raises InvalidFilter when it lets none through.
    """
    return None if within == Filter() else retrieve.documents(index, within)


def find(
    tools: Tools, index: Index, question: str, documents: frozenset[str] | None
) -> tuple[retrieve.Query, list[retrieve.Candidate]]:
    """Give the question made ready, and the passages found, best first.

    Their rows are those of this ``index``: the one that ``tools`` gives may be newer by now.
    """
    query = retrieve.Query.of(question, tools.embedder().embed_questions([question])[0])
    allowed = None if documents is None else index.rows_among(documents)
    return query, retrieve.retrieve(index, query, allowed, tools.reranker())


def cited(claim: Claim) -> tuple[Evidence, ...]:
    """Give the words that a claim cites as evidence, all of the same score."""
    return tuple(
        Evidence(citation.document, citation.span, citation.quote, 1.0, "")
        for citation in claim.citations
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the writer makes of evidence, before it writes anything."""

    evidence: tuple[Evidence, ...]
    signals: answerability.Signals
    looked: tuple[Evidence, ...]
    """What of it likeliest answers, by what the writer looks at."""


class Asking:
    """A question that is being answered; its ``events`` are gone through once."""

    def __init__(
        self,
        tools: Tools,
        question: str,
        within: Filter,
        history: Sequence[Turn],
        strictness: float,
        stop: Stop,
    ) -> None:
        self._tools = tools
        self._question = question
        self._within = within
        self._history = history
        self._strictness = strictness
        self._stop = stop
        self._language = text.question_language(question)
        self._started = time.perf_counter()
        self._timings: dict[str, float] = {}
        self._standalone = ""
        self._confidence: float | None = None
        self._numbers = verify.Numbering()

    def events(self) -> Iterator[Event]:
        """Answer: see ``Dossier.stream``."""
        talk = dialogue.small_talk(self._question)
        if talk is not None:
            yield EvidenceFound((), self._mark("evidence"))
            yield self._answered((), (), dialogue.reply(talk, self._language))
            return
        index = self._tools.index()
        documents = searched(index, self._within)
        self._mark("loaded")
        if self._history and dialogue.leans(self._question):
            self._standalone = self._rewritten(self._history[-1])
            yield Rewritten(self._standalone, self._mark("rewritten"))
        asked = self._standalone or self._question
        whole = dialogue.about_dossier(asked)
        if whole is None:
            yield from self._from_evidence(index, asked, documents)
        else:
            yield from self._about_all(index, whole, documents)

    def _mark(self, name: str) -> float:
        self._timings[name] = time.perf_counter() - self._started
        return self._timings[name]

    def _answered(
        self,
        claims: tuple[Claim, ...],
        evidence: tuple[Evidence, ...],
        message: str,
        *,
        abstained: bool = False,
    ) -> Answered:
        self._mark("total")
        return Answered(
            Answer(
                self._question,
                self._language,
                claims,
                abstained,
                message,
                evidence,
                self._timings,
                self._confidence,
                self._standalone,
            )
        )

    def _rewritten(self, before: Turn) -> str:
        """The follow-up as a question of its own; never with words that nobody said."""
        if dialogue.wants_more(self._question):
            return before.question
        written = answering.stand_alone(
            self._tools.writer(), self._question, before, self._language, self._stop
        )
        if dialogue.grounded(written, self._question, f"{before.question} {before.answer}"):
            return written
        return dialogue.joined(self._question, before.question, self._language)

    # --- about the dossier ------------------------------------------------------------------------

    def _about_all(
        self,
        index: Index,
        asked: dialogue.Overview | dialogue.Mentions,
        documents: frozenset[str] | None,
    ) -> Iterator[Event]:
        """Answer a question about the dossier as a whole, document by document."""
        names = frozenset(index.documents) if documents is None else documents
        if isinstance(asked, dialogue.Mentions):
            claims, said = self._mentions(index, asked, names)
        else:
            claims, said = self._overview(index, names)
        claims = tuple(_placed(index, claim) for claim in claims)
        evidence = tuple(item for claim in claims for item in cited(claim))
        yield EvidenceFound(evidence, self._mark("evidence"))
        for claim in claims:
            yield ClaimChecked(claim, self._mark("last_sentence"))
        yield self._answered(claims, evidence, said)

    def _mentions(
        self, index: Index, asked: dialogue.Mentions, names: frozenset[str]
    ) -> tuple[tuple[Claim, ...], str]:
        everywhere = survey.mentions(index, asked.phrase, literal=asked.literal)
        found = [mention for mention in everywhere if mention.document.id in names]
        shown = found[:_MOST_DOCUMENTS]
        said = dialogue.counted(asked.phrase, len(found), len(names), len(shown), self._language)
        claims = tuple(
            self._numbers.found(
                dialogue.times(mention.document.title, len(mention.spans), self._language),
                mention.document,
                mention.spans[: verify.MOST_EXTRACTS],
            )
            for mention in shown
        )
        return claims, said

    def _overview(self, index: Index, names: frozenset[str]) -> tuple[tuple[Claim, ...], str]:
        leads = (lead for lead in survey.leads(index) if lead[0].id in names)
        shown = tuple(islice(leads, _MOST_DOCUMENTS))
        claims = tuple(self._numbers.lead(document, span) for document, span in shown)
        return claims, dialogue.holding(len(names), len(shown), self._language)

    # --- from evidence ----------------------------------------------------------------------------

    def _from_evidence(
        self, index: Index, asked: str, documents: frozenset[str] | None
    ) -> Iterator[Event]:
        """Answer from the sentences that the question finds."""
        query, found = find(self._tools, index, asked, documents)
        evidence, readings = yield from self._read(index, query, found)
        claims: list[Claim] = []
        if readings and not self._stop.is_set():
            with closing(self._claims(index, query, readings)) as checked:
                for claim in checked:
                    if not claims:
                        self._mark("first_sentence")
                    claims.append(_placed(index, claim))
                    yield ClaimChecked(claims[-1], self._mark("last_sentence"))
        abstained = not claims and not self._stop.is_set()
        message = ""
        if abstained:
            languages = [index.header(item.document).language for item in evidence]
            mostly_foreign = 2 * languages.count(self._language) < len(languages)
            unknown = survey.unknown_words(index, asked, names_only=mostly_foreign)
            message = answering.abstention(self._language, unknown)
        yield self._answered(tuple(claims), evidence, message, abstained=abstained)

    def _read(
        self, index: Index, query: retrieve.Query, found: Sequence[retrieve.Candidate]
    ) -> Generator[Event, None, tuple[tuple[Evidence, ...], list[_Reading]]]:
        """Let the writer read the evidence, and what comes next where that leaves great doubt.

        Gives all evidence found, and what was made of it.
        """
        readings: list[_Reading] = []
        evidence = retrieve.evidence_in(index, query, found)
        # A question of keywords ("budget communication ?") has the language of what it finds.
        spoken = Counter(index.header(item.document).language for item in evidence)
        found_in = max(spoken, key=lambda each: spoken[each], default="")
        self._language = text.question_language(self._question, found_in)
        yield EvidenceFound(evidence, self._mark("evidence"))
        if not evidence or self._stop.is_set():
            return evidence, readings
        readings.append(self._reading(query, evidence))
        self._mark("judgement")
        in_doubt = readings[0].looked and answerability.reads_on(readings[0].signals)
        if in_doubt and not self._stop.is_set():
            further = retrieve.evidence_in(index, query, found, evidence)
            if further:
                evidence += further
                yield EvidenceFound(evidence, self._mark("further_evidence"))
                readings.append(self._reading(query, further))
                self._mark("further_judgement")
        return evidence, readings

    def _reading(self, query: retrieve.Query, evidence: tuple[Evidence, ...]) -> _Reading:
        """Let the writer read evidence, and judge whether it answers."""
        writer = self._tools.writer().name
        judged = self._judged(query.text, evidence)
        signals = answerability.Signals.of(judged, evidence, self._language, writer)
        return _Reading(evidence, signals, answerability.looked_at(judged, evidence, writer))

    def _claims(
        self, index: Index, query: retrieve.Query, readings: Sequence[_Reading]
    ) -> Generator[Claim]:
        """Draft, check, judge again: the sentences to be shown; none means abstention."""
        evidence, signals, looked = readings[0].evidence, readings[0].signals, readings[0].looked
        self._confidence = max(answerability.probability(one.signals) for one in readings)
        doubted = answerability.may_change(signals, self._strictness)
        if self._confidence < self._strictness * (answerability.HOPELESS if doubted else 1.0):
            return
        read = [item for one in readings for item in one.evidence]
        sources = _Sources(index, read, sure=len(readings) == 1)
        if dialogue.yes_or_no(query.text):
            yield from self._told(query, readings, sources)
            return
        put = partial(self._put, query, sources)
        if len(readings) > 1:
            seen = [(one.signals, item) for one in readings for item in one.looked[:_WEIGHED]]
            yield from self._weighed(query, [], seen, put)
            return
        with closing(self._drafted(query, evidence, sources, whole=doubted)) as drafted:
            first = next(drafted, None)
            if first is not None and _settled(first, looked):
                if self._holds(query, first, signals):
                    yield first
                    yield from drafted
                return
            claims = [] if first is None else [first, *drafted]
        if self._stop.is_set():
            return
        if looked:
            seen = [(signals, item) for item in looked[:_WEIGHED]]
            yield from self._weighed(query, claims, seen, put)
        elif self._confidence >= answerability.QUOTE_FROM:
            for claim in self._quoted(query, sources, *evidence):
                if self._holds(query, claim, signals):
                    yield claim

    def _holds(self, query: retrieve.Query, claim: Claim, signals: answerability.Signals) -> bool:
        """Whether the first claim may be shown, after a second judgement where there is a doubt."""
        if answerability.may_change(signals, self._strictness):
            self._confidence = self._confirmed(query, cited(claim), signals)
        return (self._confidence or 0.0) >= self._strictness and not self._stop.is_set()

    def _told(
        self, query: retrieve.Query, readings: Sequence[_Reading], sources: _Sources
    ) -> Iterator[Claim]:
        """Quote what tells yes or no: small writers affirm whatever they are asked."""
        quote = partial(self._quoted, query, sources)
        if readings[0].looked:
            options = []
            for one in readings:
                told = [item for item in one.evidence if not text.asks(item.quote)]
                seen = [item for item in one.looked if item in told][:_WEIGHED]
                best = sorted(told, key=lambda item: -item.score)[:1]
                options += [(one.signals, item) for item in dict.fromkeys([*seen, *best])]
            yield from self._weighed(query, [], options, quote)
        elif (self._confidence or 0.0) >= answerability.QUOTE_FROM:
            yield from quote(*readings[0].evidence)

    def _weighed(
        self,
        query: retrieve.Query,
        claims: Sequence[Claim],
        seen: Sequence[tuple[answerability.Signals, Evidence]],
        said_of: Callable[[Evidence], Sequence[Claim]],
    ) -> Iterator[Claim]:
        """Choose between claims and evidence that they do not cite, if any of it answers.

        What is likeliest to answer is shown: the claims, or what is ``said_of`` one piece of
        evidence alone. Each of these comes with the signals of the evidence it was read in; the
        claims are from that of the first.
        """
        options: list[tuple[float, Evidence | None]] = []
        if claims:
            options.append((self._confirmed(query, cited(claims[0]), seen[0][0]), None))
        # What was judged last is put into words without being read again: most often the first.
        others = [(of, item) for of, item in seen if not (claims and _cites(claims[0], item))]
        options += [(self._confirmed(query, (item,), of), item) for of, item in reversed(others)]
        options.sort(key=lambda option: -option[0])
        if options:
            self._confidence = options[0][0]
        for confidence, chosen in options:
            if confidence < self._strictness or self._stop.is_set():
                return
            said = claims if chosen is None else said_of(chosen)
            if said:
                self._confidence = confidence
                yield from said
                return

    def _put(self, query: retrieve.Query, sources: _Sources, item: Evidence) -> Sequence[Claim]:
        """Let the writer put one sentence of the evidence into words, or quote it."""
        self._numbers = verify.Numbering()  # those of claims that are not shown are free again
        with closing(self._drafted(query, (item,), sources, whole=True)) as drafted:
            said = list(drafted)
        if said and _cites(said[0], item):
            return said
        if self._stop.is_set():
            return ()
        self._numbers = verify.Numbering()
        return self._quoted(query, sources, item)

    def _confirmed(
        self, query: retrieve.Query, quotes: Sequence[Evidence], signals: answerability.Signals
    ) -> float:
        """Probability that the quotes answer, after a second look at nothing but them."""
        again = self._judged(query.text, quotes)
        self._mark("second_judgement")
        return answerability.confirmed(signals, again)

    def _judged(self, question: str, evidence: Sequence[Evidence]) -> Choice:
        """What the writer makes of the evidence, before it writes anything."""
        request = answering.prompt(question, evidence, self._language)
        return answering.answerable(self._tools.writer(), request, self._language, self._stop)

    def _drafted(
        self,
        query: retrieve.Query,
        evidence: Sequence[Evidence],
        sources: _Sources,
        *,
        whole: bool,
    ) -> Generator[Claim]:
        """Draft and check: the sentences that hold.

        The ``whole`` is drafted before the first sentence is checked where the writer is needed in
        between, for a second judgement or by a judge: it does one thing at a time.
        """
        shown = False
        judge = self._tools.judge(self._stop)
        request = answering.prompt(query.text, evidence, self._language)
        writer = self._tools.writer()
        with closing(answering.draft(writer, request, self._language, self._stop)) as drafted:
            for sentence in list(drafted) if whole or judge else drafted:
                if answering.refuses(sentence):
                    break
                self._mark("draft")
                checked = self._checked(sentence, query, sources, repair=not shown)
                if checked is None:
                    break
                yield from checked
                shown = shown or bool(checked)

    def _quoted(
        self, query: retrieve.Query, sources: _Sources, *evidence: Evidence
    ) -> Sequence[Claim]:
        """Let the best evidence that answers in kind speak for itself, if there is any."""
        in_kind = [
            item
            for item in evidence
            if not text.asks(item.quote) and verify.answers_in_kind(item.quote, query.text)
        ]
        if not in_kind:
            return ()
        best = max(in_kind, key=lambda item: item.score)
        return (self._numbers.claim(*verify.quoted(sources.unbroken(best.document, best.span))),)

    def _checked(
        self,
        drafted: str,
        query: retrieve.Query,
        sources: _Sources,
        *,
        repair: bool,
    ) -> tuple[Claim, ...] | None:
        """A drafted sentence with its citations, and what other documents say instead.

        When it is not supported, to ``repair`` it is to quote the words it was made from. Empty if
        that fails too; None when it answers something else, or when stopped.
        """
        embedder = self._tools.embedder()
        words = verify.verbatim(answering.without_preamble(drafted), sources.extracts)
        statement = verify.Statement(words, self._language)
        relevance = float(embedder.embed_passages([words], [()])[0][0] @ query.vector)
        read = verify.Sources(
            sources.extracts,
            list(sources.vectors @ embedder.embed_questions([words])[0]),
            list(sources.vectors @ query.vector),
        )
        verdict = verify.check(statement, verify.Asked(query.text, relevance), read)
        if verdict.elsewhere:
            return None
        judge = self._tools.judge(self._stop)
        if judge and verdict.doubted and not self._stop.is_set():
            proof = judge.entailment([(verify.premise(verdict.doubted), words)])[0]
            if self._stop.is_set():
                return None
            verdict = verify.reconsidered(verdict, answerability.log_odds(proof))
        if verdict.support == "unsupported":
            meant = verify.intended(statement, query.text, read) if repair else None
            if meant is None:
                return ()
            whole = sources.unbroken(meant.document, meant.span)
            return (self._numbers.claim(*verify.quoted(whole)),)
        same = verify.corroborated(statement, verdict, read)
        verdict = replace(verdict, extracts=(*verdict.extracts, *same))
        others: Sequence[verify.Extract] = ()
        if sources.sure:
            others = verify.differing(statement, query.text, verdict, read)
        return (
            self._numbers.claim(words, verdict),
            *(
                self._numbers.claim(*verify.quoted(other, sources.title(other.document)))
                for other in others
            ),
        )


def _settled(claim: Claim, looked: Sequence[Evidence]) -> bool:
    """Whether a first claim is made from what the writer looks at.

    Where it stands as a quote for a sentence that failed, it leaves out nothing that is weighed.
    """
    there = [_cites(claim, item) for item in looked]
    return all(there[:_WEIGHED]) or (any(there) and claim.support != "quoted")


def _cites(claim: Claim, evidence: Evidence) -> bool:
    return any(
        citation.document == evidence.document and citation.span.overlaps(evidence.span)
        for citation in claim.citations
    )


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

    def __init__(self, index: Index, evidence: Sequence[Evidence], *, sure: bool) -> None:
        self.extracts: list[verify.Extract] = []
        self.sure = sure
        """Whether they seem to be about the question, so that other figures contradict."""
        self._index = index
        vectors = []
        wanted = {item.passage for item in evidence}
        documents = dict.fromkeys(item.document for item in evidence)
        for row in (row for document in documents for row in index.rows_of(document)):
            passage = index.passages[row]
            if passage.id not in wanted:
                continue
            self.extracts += verify.extracts(index.documents[passage.document], passage)
            vectors.append(index.sentence_vectors(row))
        self.vectors = np.concatenate(vectors)
        """Shape ``(len(extracts), d)``."""

    def unbroken(self, document: str, span: Span) -> verify.Extract:
        """The extract that stands there, with the whole of what it begins to quote."""
        places = [(extract.document, extract.span) for extract in self.extracts]
        at = places.index((document, span))
        return verify.unbroken(self.extracts[at:], self._index.documents[document].text)

    def title(self, document: str) -> str:
        """How its document is called."""
        return self._index.header(document).title
