"""What the doctor has found, part by part: facts for programs and people, in no language.

The fields are what ``askdossier doctor --json`` prints; docs/json.md explains them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from askdossier.core import Calibration, Profile

State = Literal["ok", "warning", "broken"]
"""``broken``: until it is mended, questions cannot be answered, or not rightly."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, and what mends it."""

    state: Literal["warning", "broken"]
    code: str
    """Stays the same in every version and language."""
    text: str
    """In English; says what to do, as every error does."""
    command: str = ""
    """The same to paste into a shell, where a command does it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that was looked at."""

    findings: tuple[Finding, ...] = ()

    @property
    def state(self) -> State:
        """The worst of the findings."""
        return worst([finding.state for finding in self.findings])


def worst(states: Sequence[State]) -> State:
    """The worst of some states; nothing is well."""
    order: tuple[State, ...] = ("broken", "warning", "ok")
    return next((state for state in order if state in states), "ok")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unexamined(Part):
    """What could not be looked at, whichever part it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Software(Part):
    """What runs: versions, an empty one for a library that is not there."""

    askdossier: str
    python: str
    system: str
    libraries: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen(Part):
    """The settings in force."""

    writer: str
    embedder: str
    reranker: str
    judge: str
    strictness: float
    environment: Mapping[str, str]
    """Variables that change how networks compute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterPart(Part):
    """The writer: what is known of it, and where it runs; None where that cannot be told."""

    profile: Profile | None
    calibration: Calibration | None = None
    """What the user had fitted for it, if anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Processor(Part):
    """What the networks run on where there is no GPU."""

    name: str
    architecture: str
    cores: int
    """That this process may use."""
    threads: int
    """That a product of matrices is shared among."""
    features: tuple[str, ...]
    """Instructions that products are made of, as PyTorch names them."""
    capability: str
    """The best of them that PyTorch's own code uses."""
    kernel: str
    """What multiplies weights of 8 bits."""
    kernel_milliseconds: Mapping[str, float]
    """What each kernel that was tried took."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpu(Part):
    """The GPU, an empty name without one."""

    name: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory(Part):
    """Memory and disk, in bytes."""

    total: int
    available: int
    needed: int
    """For answering with the chosen writer, about."""
    models_disk_free: int
    index_disk_free: int


@dataclass(frozen=True, slots=True)
class Model:
    """A model that the settings name, or one more that is on disk."""

    role: Literal["writer", "embedder", "reranker", "judge"]
    chosen: bool
    spec: str
    """As the settings name it."""
    name: str
    """With its revision; empty when it is not on disk."""
    bytes: int
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Models(Part):
    """The models on disk."""

    folder: str
    every_byte: bool
    """Whether each byte was compared with its checksum; else sizes and small files only."""
    models: tuple[Model, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed(Part):
    """What the models do on this machine just now; None where it was not measured."""

    measured: bool
    writer_opens_seconds: float | None = None
    """Until it answers as quickly as it can."""
    embedder_opens_seconds: float | None = None
    read_tokens_per_second: float | None = None
    written_tokens_per_second: float | None = None
    question_seconds: float | None = None
    """To embed a question."""
    passages_per_second: float | None = None
    """Embedded when indexing."""
    answer_seconds_least: float | None = None
    answer_seconds_most: float | None = None
    """From a question to the end of its answer, models loaded: reckoned, not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPart(Part):
    """The index, and how far it is in step with its folder of documents."""

    folder: str
    corpus: str
    embedder: str
    """That made it; empty when there is no index that can be read."""
    documents: int = 0
    passages: int = 0
    sentences: int = 0
    bytes: int = 0
    unreadable: int = 0
    """Files that could not be indexed."""
    added: int = 0
    changed: int = 0
    removed: int = 0
    """Files since it was made."""
    outdated: bool = False
    """Whether files are read in another way now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition(Part):
    """Tesseract, which reads scans; an empty version where it is not installed."""

    version: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Port(Part):
    """The port of the chat on this machine."""

    number: int
    use: Literal["free", "askdossier", "other"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All parts by name, in the order in which they are told."""

    parts: Mapping[str, Part] = field(default_factory=dict)

    @property
    def state(self) -> State:
        """The worst of the parts."""
        return worst([part.state for part in self.parts.values()])

    @property
    def findings(self) -> tuple[tuple[str, Finding], ...]:
        """All that is wrong, with the part it belongs to, the worst first."""
        found = [(name, one) for name, part in self.parts.items() for one in part.findings]
        return tuple(sorted(found, key=lambda pair: pair[1].state != "broken"))
