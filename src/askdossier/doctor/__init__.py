"""What works on this machine and what does not: ``askdossier doctor``.

``checks`` looks at one part after the other and ``speed`` tries the models; both give the facts of
``parts``, which ``report`` puts into words, in the languages of ``texts``.
"""

from __future__ import annotations

from collections.abc import Callable

from askdossier.core import DossierError, ModelMissing
from askdossier.doctor.parts import Diagnosis, Finding, Part, Speed, Unexamined
from askdossier.settings import Settings

__all__ = ["Diagnosis", "examine"]


def examine(settings: Settings, *, port: int, quick: bool = False, problem: str = "") -> Diagnosis:
    """Look at everything that an answer needs.

    ``port`` is the one that the chat would listen on. ``quick`` leaves out what takes more than a
    few seconds: reading every byte of the models, and measuring their speed. ``problem`` says why
    these settings are not the user's own, if they could not be read. Raises nothing of its own:
    what cannot be looked at is a finding.
    """
    from askdossier.doctor import checks, speed

    parts: dict[str, Part] = {}

    def look(name: str, check: Callable[[], Part]) -> None:
        parts[name] = _guarded(check)

    embedder = _embedder_name(settings)

    def measured() -> Part:
        nonlocal embedder
        looked = ("memory", "models", "writer")
        found = [finding for name in looked for finding in parts[name].findings]
        if quick or any(one.state == "broken" or one.code == "memory_low" for one in found):
            return Speed(measured=False)
        tried, embedder = speed.measure(settings)
        return tried

    look("software", checks.software)
    look("settings", lambda: checks.chosen(settings, problem))
    look("processor", checks.processor)
    look("gpu", checks.gpu)
    look("memory", lambda: checks.memory(settings))
    look("models", lambda: checks.models(settings, thorough=not quick))
    look("writer", lambda: checks.writer(settings))
    look("speed", measured)
    look("index", lambda: checks.index(settings, embedder))
    look("recognition", checks.recognition)
    look("port", lambda: checks.port(port))
    return Diagnosis(parts)


def _embedder_name(settings: Settings) -> str:
    """What the name of the embedder begins with; its precision is known once it is loaded."""
    from askdossier import models

    try:
        return models.on_disk(settings.embedder, "embedder", settings.models)[1]
    except ModelMissing:
        return ""


def _guarded(check: Callable[[], Part]) -> Part:
    """A doctor must not fall ill himself: whatever a check raises is what it has found."""
    try:
        return check()
    except DossierError as error:
        return Unexamined(findings=(Finding("broken", "failed", str(error)),))
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        text = f"This could not be looked at ({said}). Please report it, with all that stands here."
        return Unexamined(findings=(Finding("broken", "failed", text),))
