"""Check that what a sentence joins belongs together in what it cites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from askdossier.core import Language
from askdossier.verify.belonging.antecedents import other_antecedent
from askdossier.verify.belonging.binding import rival
from askdossier.verify.belonging.cause import mistaken_cause
from askdossier.verify.belonging.compared import Compared, compared
from askdossier.verify.belonging.complements import other_amount, other_complement
from askdossier.verify.belonging.contrast import turned
from askdossier.verify.belonging.counting import miscount
from askdossier.verify.belonging.excluded import left_out
from askdossier.verify.belonging.offices import other_office
from askdossier.verify.belonging.parts import part_for_whole, whole_for_part
from askdossier.verify.belonging.pronouns import other_referent
from askdossier.verify.belonging.roles import exchanged
from askdossier.verify.belonging.speakers import misattributed
from askdossier.verify.belonging.substitution import substituted
from askdossier.verify.records import Asked, Problem, Sources, Statement, in_words

Kind = Literal["roles", "stands", "speaker", "rival", "cause", "counted", "turned", "excluded"]
Found = tuple[Kind, Mapping[str, str]]
"""What is wrong, and the words to put into its reason."""

_REASONS: Mapping[Kind, dict[Language, str]] = {
    "roles": {
        "fr": "dans la source, « {verb} » va avec « {found} », non « {claimed} »",
        "en": "in the source, “{verb}” goes with “{found}”, not “{claimed}”",
    },
    "stands": {
        "fr": "dans la source, « {pronoun} » désigne « {found} », non « {claimed} »",
        "en": "in the source, “{pronoun}” stands for “{found}”, not “{claimed}”",
    },
    "speaker": {
        "fr": "dans la source, c’est « {found} » qui le dit",
        "en": "in the source, it is “{found}” who says so",
    },
    "rival": {
        "fr": "dans la source, « {found} » y répond, non « {claimed} »",
        "en": "in the source, “{found}” stands there, not “{claimed}”",
    },
    "cause": {
        "fr": "la source donne une autre cause",
        "en": "the source gives another cause",
    },
    "turned": {
        "fr": "la source dit « {found} », non « {claimed} »",
        "en": "the source says “{found}”, not “{claimed}”",
    },
    "excluded": {
        "fr": "la source ne le dit que « {found} »",
        "en": "the source says so only “{found}”",
    },
    "counted": {
        "fr": "dans la source, « {figure} » compte « {found} », non « {claimed} »",
        "en": "in the source, “{figure}” counts “{found}”, not “{claimed}”",
    },
}


def check(statement: Statement, question: Asked | None, sources: Sources) -> Problem | None:
    """A figure, a name or a speaker that the source puts elsewhere."""
    del question
    both = compared(statement, sources)
    for kind, words in _found(both) if both else ():
        reason = in_words(_REASONS[kind], statement.language).format(**words)
        return Problem("belonging", "unsupported", reason)
    return None


def _found(both: Compared) -> Iterator[Found]:
    """What is wrong, the surest first."""
    claim, cited, around = both.claim, both.cited, both.around
    if one := exchanged(claim, cited, around):
        yield "roles", {"verb": one.verb, "found": one.found, "claimed": one.claimed}
    if other := other_referent(claim, around):
        yield "roles", {"verb": other.verb, "found": other.found, "claimed": other.claimed}
    if office := other_office(claim, cited):
        yield "roles", {
            "verb": office.verb, "found": office.found, "claimed": office.claimed,
        }  # fmt: skip
    if it := other_antecedent(claim, around):
        yield "stands", {"pronoun": it.pronoun, "found": it.found, "claimed": it.claimed}
    if out := left_out(claim, around):
        yield "excluded", {"found": out.found}
    if part := part_for_whole(claim, cited) or whole_for_part(claim, cited):
        yield "rival", {"found": part.found, "claimed": part.claimed}
    if put := substituted(claim, cited, around):
        yield "rival", {"found": put.found, "claimed": put.claimed}
    if mistaken_cause(claim, cited, around):
        yield "cause", {}
    if opposite := turned(claim, around):
        yield "turned", {"found": opposite.found, "claimed": opposite.claimed}
    if speaker := misattributed(claim, around, both.best):
        yield "speaker", {"found": speaker}
    if near := rival(claim, around):
        yield "rival", {"found": near.found, "claimed": near.claimed}
    if beside := other_complement(claim, around) or other_amount(claim, around):
        yield "rival", {"found": beside.found, "claimed": beside.claimed}
    if wrong := miscount(claim, around):
        yield "counted", {
            "figure": wrong.figure, "found": wrong.found, "claimed": wrong.claimed,
        }  # fmt: skip
