"""What a reader must know of the writer: behind an answer, and where writers are chosen."""

from __future__ import annotations

from collections.abc import Iterator

from askdossier import lang
from askdossier.core import USUAL_CONTEXT, Answer, Calibration, Language, Profile


def behind(answer: Answer) -> tuple[str, ...]:
    """Say what comes with an answer, in its language: that text left this machine, and the like."""
    writer, words = answer.writer, lang.of(answer.language).writer
    if writer is None:
        return ()
    return tuple(
        said
        for said, holds in (
            (words.left.format(server=writer.server), writer.leaves),
            (words.unread.format(count=answer.unread), answer.unread),
            (words.uncalibrated.format(name=writer.name), not writer.calibrated),
        )
        if holds
    )


def about(
    writer: Profile, language: Language, calibration: Calibration | None = None
) -> tuple[str, ...]:
    """Say what is known of a writer, a line each, beside its name."""
    return tuple(_about(writer, language, calibration))


def _about(writer: Profile, language: Language, calibration: Calibration | None) -> Iterator[str]:
    words = lang.of(language).writer
    if writer.parameters:
        yield words.size.format(count=max(1, round(writer.parameters / 1e6)))
    if writer.server:
        yield (words.away if writer.leaves else words.here).format(server=writer.server)
        if writer.context:
            yield words.context.format(count=writer.context)
        else:
            yield words.unknown_context.format(count=USUAL_CONTEXT)
        yield words.at_once.format(count=writer.at_once)
        if not writer.logprobs:
            yield words.votes
            if not writer.schema:
                yield words.free
        if not writer.prefill:
            yield words.led
        if writer.thinks:
            yield words.aloud
    if not writer.calibrated:
        yield words.uncalibrated.format(name=writer.name)
    if calibration is not None:
        yield calibrated(calibration, language)


def calibrated(learned: Calibration, language: Language) -> str:
    """Say what was learned of a writer, or that it holds no longer."""
    words = lang.of(language).writer
    return (words.calibrated if learned.current else words.outdated).format(
        date=learned.date,
        readings=learned.readings,
        strictness=learned.strictness,
        hallucination=round(100 * learned.hallucination),
        error=round(100 * learned.error),
    )
