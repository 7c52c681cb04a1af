"""One question on its way to an answer, read from top to bottom.

Understand, retrieve, read, decide, write, verify, number. Knows which step comes after which; what
the steps do is theirs, and what changes on the way is handed on in records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain
from typing import Any

from askdossier import lang, retrieve, text, verify
from askdossier.ask import abstention, followups, kinds, pieces, policy, reading
from askdossier.ask.case import Case, Clock, Decision, Reading, Task, Tools, cited
from askdossier.ask.citable import Citable
from askdossier.ask.kinds import (
    FromEvidence,
    OfSeveral,
    Part,
    Told,
    definition,
    rounds,
    small_talk,
)
from askdossier.core import (
    Answer,
    Answered,
    Citation,
    Claim,
    ClaimChecked,
    Event,
    Evidence,
    EvidenceFound,
    Filter,
    Language,
    Rewritten,
    Span,
)
from askdossier.index import Index


def events(tools: Tools, task: Task) -> Iterator[Event]:
    """Answer a question: see ``Dossier.stream``."""
    clock, language = Clock(), task.language

    # Understand: what is asked, of which documents, and does it stand alone?
    talk = small_talk.matches(task.question)
    if talk is not None:
        yield EvidenceFound((), clock.mark("evidence"))
        said = small_talk.answer(talk, language)
        yield _answered(clock, Answer(task.question, language, (), False, said, ()))
        return
    index = tools.index()
    documents = searched(index, task.within)
    clock.mark("loaded")
    standalone = ""
    foreign = text.foreign_language(task.question)
    if task.history and not foreign:
        standalone = followups.standing_alone(
            tools.writer, task.question, task.history, language, task.stop
        )
        if standalone:
            yield Rewritten(standalone, clock.mark("rewritten"))
    question = standalone or task.question
    blank = Answer(
        task.question,
        language,
        (),
        False,
        "",
        (),
        standalone=standalone,
        asked_in=foreign,
        writer=policy.profile(tools.writer()) if standalone else None,
    )

    query = tools.query(question)
    likely = kinds.UNKNOWN
    if not foreign:
        likely = kinds.likely(question, query.vector, tools.embedder().name)

    case = Case(tools, task, language, index, query, clock)
    yield from _answers(case, kinds.meant(question, likely), documents, blank)


def _answers(
    case: Case,
    meant: Iterable[tuple[Any, Any]],
    documents: frozenset[str] | None,
    blank: Answer,
) -> Generator[Event]:
    """Answer as the likeliest kind of question that finds what it needs."""
    names = frozenset(case.index.documents) if documents is None else documents
    undefined = None
    for kind, asked in meant:
        if kind in kinds.OF_SEVERAL:
            # Of all that belongs to the answer, piece by piece.
            parts = kind.parts(asked, case, documents)
            first = next(parts, None)
            if first is not None:
                yield from _from_pieces(case, kind, chain([first], parts), blank)
                return
        elif kind in kinds.FROM_EVIDENCE:
            # From the sentences that the question finds.
            if undefined is not None:
                case = replace(case, task=_stricter(case.task))
            found = find(case.tools, case.index, case.query, documents)
            yield from _from_evidence(case, kind, found, blank, undefined)
        else:
            # From all of the dossier, over the rows of a table, of what some document defines.
            whole = kind.answer(asked, case.index, names, case.language)
            if whole is not None and not (kind is definition and whole.abstains):
                yield from _from_all(case.index, whole, case.clock, blank)
                return
            undefined = whole


def _stricter(task: Task) -> Task:
    """For a question for a definition, of which another answer must be surer than usual."""
    return replace(task, strictness=max(task.strictness, definition.SURE))


def _from_pieces(
    case: Case, kind: OfSeveral, parts: Iterable[Part], blank: Answer
) -> Generator[Event]:
    """Part by part: choose, group, write, verify, number."""
    told = pieces.Telling()
    claims: list[Claim] = []
    said: list[str] = []
    remarks: list[str] = []
    evidence: tuple[Evidence, ...] = ()
    confidence, unread = 0.0, 0
    for part in parts:
        before, left = len(claims), 0
        said += filter(None, [part.said])
        remarks += filter(None, [part.remark])
        for found, choosing in rounds(part):
            if choosing is None:
                evidence += _further(evidence, found)
                seconds = case.clock.mark("evidence")
                yield EvidenceFound(evidence, seconds, " ".join(said), kind.form)
                continue
            case.clock.mark("judgement")
            confidence, left = max(confidence, choosing.confidence), choosing.unread
            for claim in told.claims(part.case, part.about, choosing, verbatim=part.verbatim):
                if not claims:
                    case.clock.mark("first_sentence")
                claims.append(_placed(case.index, _dated(case, claim)))
                yield ClaimChecked(claims[-1], case.clock.mark("last_sentence"))
        unread += left
        if len(claims) == before:
            said += filter(None, [part.lacking])
    abstained = not claims and not case.stopped()
    answer = replace(
        blank,
        claims=tuple(claims),
        abstained=abstained,
        message=" ".join(said) or (abstention.said(case, evidence) if abstained else ""),
        evidence=evidence,
        confidence=confidence,
        cited_in=_unknown(case.index, claims),
        writer=policy.profile(case.tools.writer()),
        unread=unread,
        form=kind.form,
        remark="" if abstained else " ".join(remarks) or pieces.remark(case, evidence),
        doubtful=() if abstained else tuple(_placed(case.index, one) for one in told.doubtful()),
    )
    yield _answered(case.clock, answer)


def _place(cited: Citation | Evidence) -> tuple[str, Span]:
    return cited.document, cited.span


def _further(evidence: Sequence[Evidence], found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """What of that found for a part was not found for one before it."""
    known = set(map(_place, evidence))
    return tuple(item for item in found if _place(item) not in known)


def _from_evidence(
    case: Case,
    kind: FromEvidence,
    found: Sequence[retrieve.Candidate],
    blank: Answer,
    undefined: Told | None = None,
) -> Generator[Event]:
    """Read, decide, write, verify, number.

    Where that brings nothing, say what is ``undefined``.
    """
    evidence = retrieve.evidence_in(case.index, case.query, found)
    case = replace(case, language=_spoken(case, evidence))
    evidence, readings = yield from reading.read(case, found, evidence)
    claims: list[Claim] = []
    confidence = None
    if readings and not case.stopped():
        decision = decide(case, readings, kind)
        confidence = decision.confidence
        with closing(decision.claims):
            for claim in decision.claims:
                if not claims:
                    case.clock.mark("first_sentence")
                claims.append(_placed(case.index, _dated(case, claim)))
                yield ClaimChecked(claims[-1], case.clock.mark("last_sentence"))
    abstained = not claims and not case.stopped()
    if abstained and undefined is not None:
        evidence = _joined(evidence, undefined.nearest)
        yield EvidenceFound(evidence, case.clock.mark("mentions"))
    answer = replace(
        blank,
        language=case.language,
        claims=tuple(claims),
        abstained=abstained,
        message=_abstaining(case, evidence, undefined) if abstained else "",
        evidence=evidence,
        confidence=confidence,
        cited_in=_unknown(case.index, claims),
        possible=abstention.offered(evidence, readings, confidence or 0.0) if abstained else None,
        writer=policy.profile(case.tools.writer()) if readings else blank.writer,
        unread=sum(one.unread for one in readings),
    )
    yield _answered(case.clock, answer)


def _joined(evidence: tuple[Evidence, ...], mentions: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence with the mentions that are none of it, which are shown with the best."""
    there = {(item.document, item.span) for item in evidence}
    best = max((item.score for item in evidence), default=1.0)
    others = (item for item in mentions if (item.document, item.span) not in there)
    return (*evidence, *(replace(item, score=best) for item in others))


def _abstaining(case: Case, evidence: Sequence[Evidence], undefined: Told | None) -> str:
    return undefined.said if undefined is not None else abstention.said(case, evidence)


def _spoken(case: Case, evidence: Sequence[Evidence]) -> Language:
    """A question of keywords ("budget communication ?") has the language of what it finds."""
    languages = Counter(case.index.header(item.document).language for item in evidence)
    found_in = max(languages, key=lambda each: languages[each], default="")
    return text.answer_language(case.task.question, found_in)


def _unknown(index: Index, claims: Sequence[Claim]) -> tuple[Language, ...]:
    """The languages without a lexicon that the documents cited are in."""
    cited_in = {
        index.header(citation.document).language for claim in claims for citation in claim.citations
    }
    return tuple(sorted(cited_in - lang.LEXICONS.keys()))


def decide(case: Case, readings: Sequence[Reading], kind: FromEvidence) -> Decision:
    """Decide whether the evidence is worth an answer, and let the kind of question answer."""
    confidence = max(case.policy.probability(one.signals) for one in readings)
    strictness = case.task.strictness
    doubted = case.policy.may_change(readings[0].signals, strictness)
    if confidence < strictness * (policy.HOPELESS if doubted else 1.0):
        return Decision(confidence)
    read = [item for one in readings for item in one.evidence]
    citable = Citable.of(case.index, read, sure=len(readings) == 1)
    return kind.answer(case, readings, citable, confidence)


def _from_all(index: Index, told: Told, clock: Clock, blank: Answer) -> Generator[Event]:
    """Tell what was found of the dossier as a whole, document by document."""
    claims = tuple(_placed(index, claim) for claim in told.claims)
    evidence = told.nearest or tuple(item for claim in claims for item in cited(claim))
    yield EvidenceFound(evidence, clock.mark("evidence"), "" if told.abstains else told.said)
    for claim in claims:
        yield ClaimChecked(claim, clock.mark("last_sentence"))
    answer = replace(blank, claims=claims, message=told.said, evidence=evidence)
    yield _answered(clock, replace(answer, abstained=told.abstains))


def _answered(clock: Clock, answer: Answer) -> Answered:
    clock.mark("total")
    return Answered(replace(answer, timings=clock.timings))


def _dated(case: Case, claim: Claim) -> Claim:
    """The claim, with the date of its document where what it cites depends on that."""
    dates = {cited.document: case.index.header(cited.document) for cited in claim.citations}
    extracts = [
        verify.Extract(
            cited.document,
            cited.span,
            cited.quote,
            dates[cited.document].language,
            "",
            dates[cited.document].source.date or "",
        )
        for cited in claim.citations
    ]
    return replace(claim, text=verify.dated(claim.text, extracts, case.language, older=False))


def _placed(index: Index, claim: Claim) -> Claim:
    """The claim, its citations with their pages and with the places that say the same."""
    return replace(
        claim,
        citations=tuple(
            replace(
                citation,
                locator=index.header(citation.document).locator(citation.span.start),
                also=index.copies(citation.document, citation.span),
            )
            for citation in claim.citations
        ),
    )


def searched(index: Index, within: Filter) -> frozenset[str] | None:
    """Give the documents that a filter lets through, None for all.

    Raises InvalidFilter when it lets none through.
    """
    return None if within == Filter() else retrieve.documents(index, within)


def find(
    tools: Tools, index: Index, query: retrieve.Query, documents: frozenset[str] | None
) -> list[retrieve.Candidate]:
    """Give the passages found, best first.

    Their rows are those of this ``index``: the one that ``tools`` gives may be newer by now.
    """
    allowed = None if documents is None else index.rows_among(documents)
    return retrieve.retrieve(index, query, allowed, tools.reranker())
