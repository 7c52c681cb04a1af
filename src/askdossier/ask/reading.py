"""Let the writer read the evidence, and say what it makes of it."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from askdossier import retrieve
from askdossier.ask import draft, prompts
from askdossier.ask.case import Case, Reading, cited
from askdossier.ask.policy.signals import Signals
from askdossier.core import Choice, Claim, Event, Evidence, EvidenceFound


def read(
    case: Case, found: Sequence[retrieve.Candidate], evidence: tuple[Evidence, ...]
) -> Generator[Event, None, tuple[tuple[Evidence, ...], list[Reading]]]:
    """Let the writer read the evidence, and what comes next where that leaves great doubt.

    Gives all evidence found, and what was made of it.
    """
    yield EvidenceFound(evidence, case.clock.mark("evidence"))
    if not evidence or case.stopped():
        return evidence, []
    readings = [_reading(case, evidence)]
    case.clock.mark("judgement")
    in_doubt = readings[0].looked and case.policy.reads_on(readings[0].signals)
    if in_doubt and not case.stopped():
        further = retrieve.evidence_in(case.index, case.query, found, evidence)
        if further:
            evidence += further
            yield EvidenceFound(evidence, case.clock.mark("further_evidence"))
            readings.append(_reading(case, further))
            case.clock.mark("further_judgement")
    return evidence, readings


def _reading(case: Case, evidence: tuple[Evidence, ...]) -> Reading:
    judged = judge(case, evidence)
    signals = Signals.of(judged, evidence, case.language)
    return Reading(evidence, signals, case.policy.looked_at(judged, evidence), judged.unread)


def judge(case: Case, evidence: Sequence[Evidence]) -> Choice:
    """Ask what the writer makes of evidence, before it writes anything."""
    request = prompts.answering(case.query.text, evidence, case.language)
    return draft.answerable(case.tools.writer(), request, case.language, case.task.stop)


def checked(case: Case, claim: Claim, signals: Signals) -> float:
    """Probability that a claim answers, after a second look with nothing but what it cites."""
    asked = case.query.text, claim.text, cited(claim), case.language
    again = draft.right(case.tools.writer(), *asked, case.task.stop)
    case.clock.mark("second_judgement")
    return case.policy.confirmed(signals, again)


def confirmed(case: Case, quotes: Sequence[Evidence], signals: Signals) -> float:
    """Probability that the quotes answer, after a second look at nothing but them."""
    again = judge(case, quotes)
    case.clock.mark("second_judgement")
    return case.policy.confirmed(signals, again)
