"""An answer as JSON, and back: the one form for the command line, conversations, exports and runs.

docs/json.md and docs/ask.schema.json describe it; keys stay. What earlier versions wrote is read
too. Reading raises KeyError, TypeError, ValueError or AttributeError for anything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from askdossier.core import Answer, Citation, Claim, Evidence, Locator, Place, Profile, Span

Read = Mapping[str, Any]
Written = dict[str, Any]


def dump_answer(answer: Answer) -> Written:
    """Write an answer, with its text for who wants nothing else."""
    said = dump_said(answer)
    return {
        "question": said.pop("question"),
        "answer": answer.text,
        "claims": [dump_claim(claim) for claim in answer.claims],
        "evidence": [dump_evidence(evidence) for evidence in answer.evidence],
        "standalone": answer.standalone,
        **said,
    }


def dump_said(answer: Answer) -> Written:
    """Write what an answer has beside its claims and evidence."""
    return {
        "question": answer.question,
        "language": answer.language,
        "abstained": answer.abstained,
        "message": answer.message,
        "asked_in": answer.asked_in,
        "cited_in": list(answer.cited_in),
        "confidence": answer.confidence,
        "possible": answer.possible and dump_evidence(answer.possible),
        "timings": dict(answer.timings),
        "writer": dump_profile(answer.writer),
        "unread": answer.unread,
        "form": answer.form,
        "remark": answer.remark,
        "doubtful": [dump_claim(claim) for claim in answer.doubtful],
    }


def load_answer(read: Read) -> Answer:
    """Read what ``dump_answer`` wrote."""
    possible = read.get("possible")  # which earlier versions did not keep
    return Answer(
        read["question"],
        read["language"],
        load_claims(read["claims"]),
        read["abstained"],
        read["message"],
        load_evidence(read["evidence"]),
        dict(read["timings"]),
        read["confidence"],
        read["standalone"],
        read.get("asked_in", ""),  # earlier versions did not look
        tuple(read.get("cited_in", ())),
        possible and _evidence(possible),
        load_profile(read.get("writer")),  # earlier versions did not keep these
        read.get("unread", 0),
        read.get("form", "prose"),  # earlier versions knew no other
        read.get("remark", ""),
        load_claims(read.get("doubtful", ())),
    )


def dump_profile(profile: Profile | None) -> Written | None:
    """Write what is known of a writer."""
    return asdict(profile) if profile else None


def load_profile(read: Read | None) -> Profile | None:
    """Read what ``dump_profile`` wrote; what a later version knows besides is passed over."""
    if read is None:
        return None
    known = {one.name for one in fields(Profile)}
    return Profile(**{key: value for key, value in read.items() if key in known})


def dump_claim(claim: Claim) -> Written:
    """Write a sentence with what supports it."""
    return {
        "text": claim.text,
        "support": claim.support,
        "reason": claim.reason,
        "about": claim.about,
        "citations": [dump_citation(citation) for citation in claim.citations],
    }


def load_claims(read: Sequence[Read]) -> tuple[Claim, ...]:
    """Read what ``dump_claim`` wrote of each."""
    return tuple(
        Claim(
            claim["text"],
            claim["support"],
            tuple(map(_citation, claim["citations"])),
            claim["reason"],
            claim.get("about", ""),
        )
        for claim in read
    )


def dump_citation(citation: Citation) -> Written:
    """Write words of the dossier, under their number."""
    return {
        "number": citation.number,
        **_dump_place(citation),
        "quote": citation.quote,
        "page": citation.page,
        "locator": asdict(citation.locator) if citation.locator is not None else None,
        "also": [_dump_place(place) for place in citation.also],
    }


def _citation(read: Read) -> Citation:
    return Citation(
        read["number"], read["document"], _span(read), read["quote"], _locator(read), _also(read)
    )


def _locator(read: Read) -> Locator | None:
    if read["page"] is None:
        return None
    return Locator(**read.get("locator", {"number": read["page"]}))  # earlier versions had pages


def dump_evidence(evidence: Evidence) -> Written:
    """Write a sentence that may answer."""
    return {
        **_dump_place(evidence),
        "quote": evidence.quote,
        "score": evidence.score,
        "passage": evidence.passage,
        "role": evidence.role,
        "asked": evidence.asked,
        "also": [_dump_place(place) for place in evidence.also],
    }


def load_evidence(read: Sequence[Read]) -> tuple[Evidence, ...]:
    """Read what ``dump_evidence`` wrote of each."""
    return tuple(map(_evidence, read))


def _evidence(one: Read) -> Evidence:
    return Evidence(
        one["document"],
        _span(one),
        one["quote"],
        one["score"],
        one["passage"],
        _also(one),
        one.get("role", "match"),  # these two earlier versions did not keep
        one.get("asked", ""),
    )


def _dump_place(place: Citation | Evidence | Place) -> Written:
    return {"document": place.document, "start": place.span.start, "end": place.span.end}


def _also(read: Read) -> tuple[Place, ...]:
    return tuple(Place(other["document"], _span(other)) for other in read["also"])


def _span(read: Read) -> Span:
    offsets = read.get("span", read)  # earlier runs wrote a span of its own
    return Span(offsets["start"], offsets["end"])
