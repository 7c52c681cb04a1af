"""Write an answer: draft its sentences, check each, number what they cite."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import replace

from askdossier import text, verify
from askdossier.ask import draft
from askdossier.ask.case import Case
from askdossier.ask.citable import Citable
from askdossier.ask.forms import plain
from askdossier.ask.policy.signals import log_odds
from askdossier.core import Claim, Evidence


def drafted(
    case: Case,
    evidence: Sequence[Evidence],
    citable: Citable,
    *,
    whole: bool,
    numbers: verify.Numbering | None = None,
    complete: bool = False,
) -> Generator[Claim]:
    """Draft and check: the sentences that hold, numbered from 1 or on from what has ``numbers``.

    One that says the same words as another before it is left out. A ``complete`` answer is asked
    for where the writer is able to give one; else a sentence.

    The ``whole`` is drafted before the first sentence is checked where the writer is needed in
    between, for a second judgement or by a judge: it does one thing at a time.
    """
    numbers = numbers or verify.Numbering()
    shown: set[str] = set()
    one_by_one = not whole and case.tools.judge(case.task.stop) is None
    writer, asked = case.tools.writer(), (case.query.text, evidence, case.language)
    how = draft.manner(writer, *asked) if complete else draft.BRIEF
    sentences = draft.draft(writer, how.request(*asked), case.language, case.task.stop, how)
    with closing(sentences):
        for sentence in sentences if one_by_one else list(sentences):
            if draft.refuses(sentence):
                return
            case.clock.mark("draft")
            words = draft.without_preamble(sentence)
            if plain(words) in shown:
                continue
            said = _checked(case, words, citable, repair=not shown)
            if said is None:
                return
            for words, verdict in said:
                yield numbers.claim(words, verdict)
                shown.add(plain(words))


def quoted(case: Case, citable: Citable, *evidence: Evidence) -> tuple[Claim, ...]:
    """Let the best evidence that answers in kind speak for itself, if there is any."""
    in_kind = [
        item
        for item in evidence
        if not text.asks(item.quote) and verify.answers_in_kind(item.quote, case.query.text)
    ]
    if not in_kind:
        return ()
    best = max(in_kind, key=lambda item: item.score)
    words, verdict = citable.quoted(best.document, best.span, case.language)
    return (verify.Numbering().claim(words, verdict),)


_Said = tuple[str, verify.Verdict]


def _checked(case: Case, words: str, citable: Citable, *, repair: bool) -> list[_Said] | None:
    """A drafted sentence with its verdict, and what other documents say instead.

    When it is not supported, to ``repair`` it is to quote the words it was made from. Empty if
    that fails too; None when it answers something else, or when stopped.
    """
    words = verify.verbatim(words, citable.extracts)
    statement = verify.Statement(words, case.language)
    question, sources = _compared(case, words, citable)
    verdict = verify.check(statement, question, sources)
    if verdict.elsewhere:
        return None
    judge = case.tools.judge(case.task.stop)
    if judge and verdict.doubted and not case.stopped():
        proof = judge.entailment([(verify.premise(verdict.doubted), words)])[0]
        if case.stopped():
            return None
        verdict = verify.reconsidered(verdict, log_odds(proof))
    # One who asked in French is not told in English what stands there in French.
    if verdict.support == "unsupported" or text.other_language(words, case.language):
        meant = verify.intended(statement, question.text, sources) if repair else None
        if meant is None:
            return []
        return [citable.quoted(meant.document, meant.span, case.language)]
    # What the document tells as somebody's words is not told as its own.
    whose = citable.speaker(told := verdict.extracts[0])
    if whose is not None and not whose.is_told(words, case.language):
        return [citable.quoted(told.document, told.span, case.language)] if repair else []
    same = verify.corroborated(statement, verdict, sources)
    verdict = replace(verdict, extracts=(*verdict.extracts, *same))
    if not citable.sure:
        return [(words, verdict)]
    others = verify.differing(statement, question.text, verdict, sources)
    return _newest_first(case, (words, verdict), others, citable)


def _newest_first(
    case: Case, own: _Said, others: Sequence[verify.Extract], citable: Citable
) -> list[_Said]:
    """A sentence and what other documents say instead.

    Where the question is about today, the newest of them comes first and what is older says so.
    """
    quotes = [
        verify.quoted(other, case.language, citable.title(other.document)) for other in others
    ]
    words, verdict = own
    newer = verify.newer(verdict, others)
    if not newer or not verify.asks_now(case.query.text, case.language):
        return [own, *quotes]
    older = verify.dated(words, verdict.extracts, case.language, older=True)
    return [*quotes[: len(newer)], (older, verdict), *quotes[len(newer) :]]


def _compared(case: Case, words: str, citable: Citable) -> tuple[verify.Asked, verify.Sources]:
    """The vectors of a sentence, of its question and of what it may cite, compared."""
    embedder, asked = case.tools.embedder(), case.query.vector
    relevance = float(embedder.embed_passages([words], [()])[0][0] @ asked)
    cosines = citable.vectors @ embedder.embed_questions([words])[0]
    sources = verify.Sources(citable.extracts, list(cosines), list(citable.vectors @ asked))
    return verify.Asked(case.query.text, relevance), sources
