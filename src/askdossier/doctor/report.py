"""A diagnosis as JSON, and as lines for the terminal.

The user's own folder is written ``~`` in both: such a report is meant to be sent to somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from askdossier.doctor.parts import (
    Chosen,
    Diagnosis,
    Gpu,
    IndexPart,
    Memory,
    Model,
    Models,
    Part,
    Port,
    Processor,
    Recognition,
    Software,
    Speed,
    State,
    WriterPart,
)
from askdossier.doctor.texts import Words
from askdossier.lang import notes

T = TypeVar("T")

_COLOURS: Mapping[State, str] = {"ok": "green", "warning": "yellow", "broken": "red"}


def as_json(diagnosis: Diagnosis, home: Path) -> dict[str, object]:
    """What ``doctor --json`` prints; documented in docs/json.md and kept stable."""
    parts = {name: {"state": part.state, **asdict(part)} for name, part in diagnosis.parts.items()}
    return _everywhere({"state": diagnosis.state, "parts": parts}, home)


def _everywhere(value: T, home: Path) -> T:
    """The same with short paths, and numbers of at most three decimals."""
    made: object = value
    if isinstance(value, str):
        made = shortened(value, home)
    elif isinstance(value, float):
        made = round(value, 3)
    elif isinstance(value, Mapping):
        made = {key: _everywhere(one, home) for key, one in value.items()}
    elif isinstance(value, Sequence):
        made = [_everywhere(one, home) for one in value]
    return made  # type: ignore[return-value]


def shortened(text: str, home: Path) -> str:
    """Write ``~`` for the user's folder where a path begins with it, so that a shell reads it."""
    if home == Path(home.anchor):
        return text
    own = re.escape(str(home))
    text = re.sub(rf"'{own}/", "~/'", text)  # in quotes, ~ is but a character
    return re.sub(rf"(?<![\w/.~-]){own}(?![\w.-])", "~", text)


# --- for the terminal -----------------------------------------------------------------------------


def lines(diagnosis: Diagnosis, words: Words, home: Path) -> RenderableType:
    """Part by part what was found, then all that is wrong, then what that comes to."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, part in diagnosis.parts.items():
        told = shortened("\n".join(_told(part, words)) or words["unexamined"], home)
        table.add_row(_state(part.state, words), words.parts[name], Text(told))
    shown: list[RenderableType] = [table]
    for name, finding in diagnosis.findings:
        head = Text.assemble("\n", _state(finding.state, words), f" · {words.parts[name]}")
        said = shortened(words.said(finding.text), home)
        shown += [head, Text(f"  {said}")]  # on one line: commands are to be copied
    return Group(*shown, Text(f"\n{_summary(diagnosis, words)}"))


def _state(state: State, words: Words) -> Text:
    return Text(words[state], style=_COLOURS[state])


def _summary(diagnosis: Diagnosis, words: Words) -> str:
    states = [finding.state for _, finding in diagnosis.findings]
    broken, warnings = states.count("broken"), states.count("warning")
    if not states:
        return words["all_well"]
    return words["broken_sum" if broken else "warning_sum"].format(broken=broken, warnings=warnings)


def _told(part: Part, words: Words) -> Iterator[str]:
    match part:
        case Software():
            yield f"{part.askdossier} · Python {part.python} · {part.system}"
            yield ", ".join(f"{k} {v or words['absent']}" for k, v in part.libraries.items())
        case Chosen():
            names = ("writer", "embedder", "reranker", "judge")
            models = (f"{words[name]} {getattr(part, name)}" for name in names)
            strictness = words.number(part.strictness, 2)
            yield ", ".join((*models, f"{words['strictness']} {strictness}"))
            yield from (f"{name}={value}" for name, value in part.environment.items())
        case Processor():
            yield words["processor"].format(
                name=part.name, cores=part.cores, threads=part.threads, best=part.capability
            )
            yield ", ".join(part.features)
            tried = ", ".join(
                f"{name} {words.number(ms, 1)} ms" for name, ms in part.kernel_milliseconds.items()
            )
            yield words["kernel"].format(name=part.kernel) + (f" ({tried})" if tried else "")
        case Gpu():
            yield f"{part.name}, {words.size(part.bytes)}" if part.name else words["no_gpu"]
        case Memory():
            yield words["memory"].format(
                total=words.size(part.total),
                free=words.size(part.available),
                needed=words.size(part.needed),
            )
            yield words["disk"].format(
                models=words.size(part.models_disk_free), index=words.size(part.index_disk_free)
            )
        case Models():
            yield from (_model(model, words) for model in part.models)
            yield f"{part.folder} ({words['every_byte' if part.every_byte else 'sizes']})"
        case WriterPart():
            if part.profile:
                yield part.profile.name
                yield from notes.about(part.profile, words.language, part.calibration)
        case Speed():
            yield from _speed(part, words)
        case IndexPart():
            yield part.folder
            if part.embedder:
                yield words["index"].format(
                    documents=part.documents,
                    passages=part.passages,
                    sentences=part.sentences,
                    size=words.size(part.bytes),
                    embedder=part.embedder,
                )
                behind = part.added or part.changed or part.removed or part.outdated
                yield f"{words['behind' if behind else 'in_step']} {part.corpus}"
        case Recognition():
            languages = "+".join(part.languages) or words["absent"]
            yield f"Tesseract {part.version} ({languages})" if part.version else words["absent"]
        case Port():
            yield f"{part.number}, {words[f'port_{part.use}']}"


def _model(model: Model, words: Words) -> str:
    spec = "" if model.spec == model.name else f"{model.spec} "
    name = f"({model.name}) " if model.name and spec else f"{model.name} "
    size = words.size(model.bytes) if model.bytes else words["absent"]
    unused = "" if model.chosen else f", {words['unused']}"
    return f"{words[model.role]} {spec}{name.strip()}, {size}{unused}".replace(" ,", ",")


def _speed(part: Speed, words: Words) -> Iterator[str]:
    if not part.measured:
        yield words["not_measured"]
        return
    spelled = {
        name: "?" if value is None else words.number(value, 0 if value >= 100 else 1)
        for name, value in (
            ("read", part.read_tokens_per_second),
            ("written", part.written_tokens_per_second),
            ("writer", part.writer_opens_seconds),
            ("embedder", part.embedder_opens_seconds),
            ("passages", part.passages_per_second),
            ("least", part.answer_seconds_least),
            ("most", part.answer_seconds_most),
        )
    }
    for line in ("tokens", "passages", "opening", "answer"):
        if line != "answer" or part.answer_seconds_least is not None:
            yield words[f"speed_{line}"].format(**spelled)
