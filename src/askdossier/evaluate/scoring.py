"""Score one answer: all its metrics, what the judge says, and what went wrong.

Knows nothing about how the answer came about: it gets the answer, the ids of the passages that were
retrieved, and the documents.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from askdossier import text
from askdossier.core import Answer, Claim, Document, Heading, Place, Span
from askdossier.evaluate import alce
from askdossier.evaluate.correctness import holds_answer, token_f1, trigram_recall
from askdossier.evaluate.gold import Expected, Located, stands
from askdossier.evaluate.journal import Reply
from askdossier.evaluate.judges import Judge, Judgement, Premise, joined
from askdossier.evaluate.points import beyond, missed, points_scores
from askdossier.evaluate.questions import Question
from askdossier.evaluate.ranking import ranking_scores
from askdossier.evaluate.report import Fault, Judged, Mark, Piece, Result, Shown

_MARKER = re.compile(r"\[(\d+)\]")


def score(
    question: Question,
    reply: Reply,
    expected: Expected,
    relevant: Collection[str],
    documents: Mapping[str, Document],
    judge: Judge,
) -> Result:
    """Score an answer.

    ``expected`` are the places of the question's evidence and points, ``relevant`` the ids of the
    passages that hold any of the evidence. Scores that do not apply are left out: citations of an
    abstention, say.
    """
    answer, gold, points = reply.answer, expected.gold, expected.points
    scores = _speed(reply)
    judged: tuple[Judged, ...] = ()
    if question.answerable:
        scores["error"] = float(answer.abstained)
        scores |= _correctness(question, answer)
        if gold:
            scores |= _against_gold(answer, gold)
            scores |= ranking_scores(reply.passages, relevant)
        if points:
            scores |= points_scores(points, answer)
        if question.lacking:
            scores["beyond"] = beyond(points, answer)
    else:
        scores["hallucination"] = float(not answer.abstained)
    if not answer.abstained:
        scores |= _language(answer)
        scores |= _validity(answer, documents)
        entailed, judged = _judged(answer, documents, judge)
        scores["alce_recall"], scores["alce_precision"] = entailed.recall, entailed.precision
    faults = _faults(question, answer, scores)
    wanted = [*gold, *(place for point in points for place in point.places)]
    return Result(
        question,
        reply,
        scores,
        judged,
        faults,
        _shown(answer, wanted, documents),
        tuple(question.points[number].name for number in missed(points, answer)),
    )


def _speed(reply: Reply) -> dict[str, float]:
    timings = reply.answer.timings
    total = timings.get("total", 0.0)
    # Between a draft and its claim nothing happens but its check. A last draft may not be shown,
    # and quotes have none.
    check = timings.get("last_sentence", 0.0) - timings.get("draft", total)
    return ({"check_s": check} if check > 0 else {}) | {
        "evidence_s": timings.get("evidence", total),
        "first_sentence_s": timings.get("first_sentence", total),
        "total_s": total,
        "prompt_tokens": float(reply.prompt_tokens),
        "written_tokens": float(reply.written_tokens),
    }


def said(answer: Answer) -> str:
    """The sentences of an answer without their marks; empty for an abstention."""
    return " ".join(claim.text for claim in answer.claims)


def _correctness(question: Question, answer: Answer) -> dict[str, float]:
    if not question.answers:
        return {}
    words = said(answer)
    return {
        "right": float(not answer.abstained and holds_answer(words, question.answers)),
        "token_f1": token_f1(words, question.answers),
        "trigram_recall": trigram_recall(words, question.answers),
    }


def _language(answer: Answer) -> dict[str, float]:
    """Share of the written sentences that are in the language of the question.

    A quote stays in the language of its document.
    """
    written = [claim.text for claim in answer.claims if claim.support != "quoted"]
    if not written or answer.asked_in:
        return {}
    right = [text.question_language(sentence) == answer.language for sentence in written]
    return {"language": sum(right) / len(right)}


def _validity(answer: Answer, documents: Mapping[str, Document]) -> dict[str, float]:
    citations = [citation for claim in answer.claims for citation in claim.citations]
    if not citations:
        return {}
    return {"valid": sum(stands(c, documents) for c in citations) / len(citations)}


def _against_gold(answer: Answer, gold: Sequence[Located]) -> dict[str, float]:
    """Citations and evidence against the gold.

    A citation counts once however often it is made, and also where the dossier says the same in
    nearly the same words: evidence does not repeat such copies.
    """
    citations = {citation for claim in answer.claims for citation in claim.citations}
    cited = {
        (Place(citation.document, citation.span), *citation.also): None for citation in citations
    }
    everywhere = [place for places in cited for place in places]
    evidence = [
        place for item in answer.evidence for place in (Place(item.document, item.span), *item.also)
    ]
    scores = {
        "cites_gold": float(any(item.touched(everywhere) for item in gold)),
        "gold_recall": sum(item.touched(everywhere) for item in gold) / len(gold),
        "evidence_recall": sum(item.touched(evidence) for item in gold) / len(gold),
    }
    if cited:
        hits = sum(any(item.touched(places) for item in gold) for places in cited)
        scores["gold_precision"] = hits / len(cited)
    return scores


# --- the judge ------------------------------------------------------------------------------------


def _judged(
    answer: Answer, documents: Mapping[str, Document], judge: Judge
) -> tuple[alce.Counted, tuple[Judged, ...]]:
    """ALCE's figures of an answer, and the judgement on each sentence."""
    joint: dict[str, Judgement] = {}
    # What is said of the whole dossier is counted, not drafted in answer to a question.
    question = None if answer.message else answer.standalone or answer.question

    def entails(sentence: str, premises: Sequence[Premise]) -> bool:
        judgement = judge.judge(sentence, answer.language, premises, question)
        joint.setdefault(sentence, judgement)  # the first question is about all of them together
        return judgement.entailed

    sentences = [_cited(claim, documents) for claim in answer.claims]
    counted = alce.count(sentences, entails)
    nothing = Judgement("unsupported", 0.0)
    judged = [
        Judged(
            claim.text,
            claim.support,
            (found := joint.get(claim.text, nothing)).support,
            found.score,
            joined([premise for premise in sentence.cited if premise is not None]),
        )
        for claim, sentence in zip(answer.claims, sentences, strict=True)
    ]
    return counted, tuple(judged)


def _cited(claim: Claim, documents: Mapping[str, Document]) -> alce.Sentence[Premise]:
    """What a claim cites; a citation that does not stand, or a mark without one, is of nothing."""
    numbers = {str(citation.number) for citation in claim.citations}
    invented = [mark for mark in _MARKER.findall(claim.text) if mark not in numbers]
    cited: list[Premise | None] = []
    for citation in claim.citations:
        if stands(citation, documents):
            cited.append(premise(documents[citation.document], citation.span))
        else:
            cited.append(None)
    return alce.Sentence(claim.text, (*cited, *(None for _ in invented)))


def premise(document: Document, span: Span) -> Premise:
    """Words of a document with its title and the headings above them, as a reader sees them."""
    above: list[Heading] = []
    for heading in document.headings:
        if heading.span.start > span.start:
            break
        above = [other for other in above if other.level < heading.level] + [heading]
    titles = dict.fromkeys([document.title, *(item.span.of(document.text) for item in above)])
    return Premise(span.of(document.text), " › ".join(titles), document.source.date or "")


# --- what went wrong ------------------------------------------------------------------------------


def _faults(question: Question, answer: Answer, scores: Mapping[str, float]) -> tuple[Fault, ...]:
    """What went wrong, the gravest first; the causes in retrieval last."""
    cited = any(claim.citations for claim in answer.claims)
    wrong = bool(
        scores.get("right") == 0 or (question.answerable and scores.get("cites_gold") == 0)
    )
    found: dict[Fault, bool] = {
        "hallucination": scores.get("hallucination") == 1,
        "abstained": scores.get("error") == 1,
        "wrong": scores.get("right") == 0 and not answer.abstained,
        "language": scores.get("language", 1) < 1,
        "invalid": scores.get("valid", 1) < 1,
        "uncited": not answer.abstained and not cited,
        "unsupported": cited and scores.get("alce_recall", 1) < 1,
        "gold_not_cited": cited and scores.get("cites_gold") == 0,
        "gold_partly_cited": cited and 0 < scores.get("gold_recall", 0) < 1,
        "beyond": scores.get("beyond", 0) > 0,
        "speaker_lost": scores.get("speakers_kept", 1) < 1,
        "point_missed": not answer.abstained and scores.get("points_covered", 1) < 1,
        "gold_not_retrieved": wrong and scores.get("recall@20") == 0,
        "gold_not_in_evidence": (
            wrong and scores.get("recall@20", 0) > 0 and scores.get("evidence_recall") == 0
        ),
    }
    return tuple(fault for fault, holds in found.items() if holds)


# --- what is shown --------------------------------------------------------------------------------

_ROUND = 80
"""Characters shown on both sides of a citation or a gold quote."""


def _shown(
    answer: Answer, gold: Sequence[Located], documents: Mapping[str, Document]
) -> tuple[Shown, ...]:
    """The stretches of the documents that hold citations or gold, overlapping ones as one."""
    cited: dict[str, list[Span]] = {}
    for claim in answer.claims:
        for citation in claim.citations:
            if stands(citation, documents):
                cited.setdefault(citation.document, []).append(citation.span)
    wanted: dict[str, list[Span]] = {}
    for item in gold:
        wanted.setdefault(item.document, []).extend(item.spans)
    found = []
    for name in dict.fromkeys([*cited, *wanted]):
        body, mine, theirs = documents[name].text, cited.get(name, []), wanted.get(name, [])
        found += [
            Shown(name, stretch.start, _pieces(body, stretch, mine, theirs))
            for stretch in _stretches(body, [*mine, *theirs])
        ]
    return tuple(found)


def _stretches(body: str, spans: Sequence[Span]) -> list[Span]:
    stretches: list[Span] = []
    for span in sorted(spans):
        start, end = max(span.start - _ROUND, 0), min(span.end + _ROUND, len(body))
        start += _cut(body[start : span.start]) if start else 0
        end -= _cut(body[span.end : end][::-1]) if end < len(body) else 0
        if stretches and start <= stretches[-1].end:
            last = stretches.pop()
            start, end = last.start, max(last.end, end)
        stretches.append(Span(start, end))
    return stretches


def _cut(context: str) -> int:
    """Characters until the first white space: a word that was cut."""
    return len(context) - len(context.lstrip()) if context[:1].isspace() else context.find(" ") + 1


def _pieces(
    body: str, stretch: Span, cited: Sequence[Span], gold: Sequence[Span]
) -> tuple[Piece, ...]:
    borders = {stretch.start, stretch.end}
    for span in (*cited, *gold):
        borders |= {b for b in (span.start, span.end) if stretch.start < b < stretch.end}
    ends = sorted(borders)
    pieces = []
    for start, end in pairwise(ends):
        here = Span(start, end)
        mine = any(span.overlaps(here) for span in cited)
        theirs = any(span.overlaps(here) for span in gold)
        marks: dict[tuple[bool, bool], Mark] = {
            (True, True): "both",
            (True, False): "cited",
            (False, True): "gold",
            (False, False): "",
        }
        pieces.append(Piece(here.of(body), marks[mine, theirs]))
    return tuple(pieces)
