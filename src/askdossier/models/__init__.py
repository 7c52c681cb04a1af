"""The neural models: the only package that runs one, and the one that knows their libraries.

Importing it is cheap: torch and its kin are imported when a model is loaded or converted.
"""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

from askdossier.core import (
    Embedder,
    Entailment,
    ModelMissing,
    ModelStatus,
    Progress,
    Report,
    Reranker,
    Writer,
)
from askdossier.models import catalogue, install, installed, named, offered, suggested, writers
from askdossier.models.named import ModelRole

__all__ = [
    "ModelRole",
    "ModelStatus",
    "allow",
    "allowed",
    "damaged",
    "elsewhere",
    "folder_names",
    "is_served",
    "load_embedder",
    "load_entailment",
    "load_reranker",
    "load_writer",
    "offered",
    "on_disk",
    "origin",
    "pull",
    "statuses",
    "suggested",
    "verify",
]

# Nothing here reports anything to anybody.
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
os.environ.setdefault("DO_NOT_TRACK", "1")


def statuses(cache: Path) -> tuple[ModelStatus, ...]:
    """Say of every model of the catalogue whether it is there; reads no large file."""
    return tuple(
        ModelStatus(
            artifact.name,
            artifact.role,
            artifact.tier,
            artifact.title,
            artifact.licence,
            artifact.size,
            artifact.source,
            installed.state(artifact, cache),
            cache / artifact.name,
        )
        for artifact in catalogue.CATALOGUE
    )


def verify(cache: Path) -> tuple[str, ...]:
    """Check every byte of the models on disk; each problem names the file and what mends it."""
    return tuple(damaged(cache).values())


def damaged(cache: Path) -> dict[str, str]:
    """Check every byte of the models on disk, and of what was made of them.

    For each folder in which something is wrong, by name: what it is, and what mends it.
    """
    problems = {
        artifact.name: installed.verify(artifact, cache)
        for artifact in catalogue.CATALOGUE
        if (cache / artifact.name).exists()
    }
    for folder in installed.published(cache):
        problem = "" if folder.name in problems else installed.damage(folder)
        if problem:
            problems[folder.name] = (
                f"{problem} Delete the folder {folder}: it is made again when it is needed."
            )
    return {name: problem for name, problem in problems.items() if problem}


def on_disk(spec: str, role: ModelRole, cache: Path) -> tuple[Path, str]:
    """Where a model of the settings is on this disk, and its name with its revision.

    Sizes of the files of a known one are checked, and the SHA-256 of the small ones. Nothing is
    fetched, converted or loaded. Raises ModelMissing, which says what to do.
    """
    if role == "writer":
        return writers.local.locate(spec, cache)
    artifact = catalogue.find(spec, role) if role == "embedder" else None
    if artifact:
        return installed.locate(artifact, cache), artifact.known_as
    return named.folder(spec, role, fetch=False)


def folder_names(folder: Path, name: str) -> tuple[str, ...]:
    """Names that the folders of a model may have in the cache: its own, and those made of it."""
    key = name.replace("/", "--")
    return folder.name, key, f"{key}-encoder"


def pull(name: str | None, cache: Path, report: Report | None = None) -> tuple[Path, ...]:
    """Fetch and convert a model of the catalogue, those of a tier, or without a name the default.

    A name with a slash is a writer's id on the hub. Returns the folders. What is already there,
    whole or in part, is not fetched again. Raises ModelMissing when the name is unknown or the
    model cannot be had.
    """
    if name and "/" in name:
        return (writers.local.fetch(name, cache, report),)
    wanted = [a for a in catalogue.CATALOGUE if a.name == name or a.tier == (name or "default")]
    if not wanted:
        known = ", ".join(artifact.name for artifact in catalogue.CATALOGUE)
        raise ModelMissing(
            f"No model is called {name}. Run: askdossier models pull with {known}, or a writer's "
            "id on the hub"
        )

    def build(source: Path, target: Path, tell: Report) -> None:
        tell(Progress("convert", 0, 0, detail=source.name))
        with named.local_only():
            from askdossier.models import convert

            if source.suffix == ".gguf":
                convert.writer_from_gguf(source, target, tell)
            else:
                convert.embedder_from_e5(source, target, tell)

    folders = tuple(install.install(artifact, cache, build, report) for artifact in wanted)
    for artifact, folder in zip(wanted, folders, strict=True):
        if artifact.role == "embedder":
            _converted_embedder(folder, artifact.known_as, cache, report)
    return folders


def load_embedder(spec: str, cache: Path) -> Embedder:
    """Load ``default``, a name of the catalogue, a sentence-transformers folder or a hub id.

    On the CPU it is converted once, into the cache, where CTranslate2 knows its network: seconds.
    Raises ModelMissing, which says what to do, when it is not there or cannot be loaded.
    """
    artifact = catalogue.find(spec, "embedder")
    if artifact:
        folder = installed.locate(artifact, cache)
        name = artifact.known_as
    else:
        folder, name = named.folder(spec, "embedder")
    converted = _converted_embedder(folder, name, cache)
    if converted is not None:
        with named.loading(spec):
            from askdossier.models import encoder

            return encoder.load(converted, name)
    with named.local_only(), named.loading(spec):
        from askdossier.models import sentence_transformer

        return sentence_transformer.load(folder, name)


def load_writer(spec: str, cache: Path, report: Report | None = None) -> Writer:
    """Load what the setting ``writer`` names, by the backend that it belongs to: see ``writers``.

    Raises what the backend raises: ModelMissing, InvalidSettings, WriterFailed, ConsentMissing.
    """
    backend, named_so = writers.backend(spec)
    return backend.load(named_so, cache, report)


def elsewhere(spec: str) -> str:
    """The origin of the server on another machine that a writer's name leads to; else empty.

    Nothing is asked. Raises InvalidSettings.
    """
    backend, named_so = writers.backend(spec)
    return backend.elsewhere(named_so)


def is_served(spec: str) -> bool:
    """Whether a writer of the settings is behind a server, here or elsewhere."""
    return writers.backend(spec)[0] is not writers.local


def origin(url: str) -> str:
    """Scheme, host and port of a server's address. Raises InvalidSettings."""
    return writers.address.read(url, "https://HOST:PORT").origin


def allowed(origin: str) -> bool:
    """Whether a server was allowed to have questions and what they find."""
    return origin in writers.consent.given()


def allow(origin: str) -> None:
    """Let a server have questions and what they find, from now on. Raises OSError."""
    writers.consent.give(origin)


def load_reranker(spec: str) -> Reranker:
    """Load a cross-encoder that ranks passages: a sentence-transformers folder or a hub id.

    Raises ModelMissing, which says what to do, when it is not there or does something else.
    """
    folder, name = named.folder(spec, "reranker")
    with named.local_only(), named.loading(spec):
        from askdossier.models.reranking import LocalReranker

        return LocalReranker(folder, name)


def load_entailment(spec: str) -> Entailment:
    """Load a cross-encoder for natural language inference: a folder or a hub id.

    Raises ModelMissing, which says what to do, when it is not there or judges something else.
    """
    folder, name = named.folder(spec, "judge")
    with named.local_only(), named.loading(spec):
        from askdossier.models.entailment import LocalEntailment

        return LocalEntailment(folder, name)


def _converted_embedder(
    folder: Path, name: str, cache: Path, report: Report | None = None
) -> Path | None:
    """An embedder for CTranslate2, converted once; None where there is a GPU or no converting."""
    from askdossier.models import encoder

    if _on_gpu():
        return None

    def make(target: Path, tell: Report) -> None:
        with named.local_only(), named.loading(str(folder)):
            from askdossier.models import convert

            convert.embedder_from_folder(folder, target, tell)

    key = f"{name.replace('/', '--')}-encoder"
    needed = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    published = install.publish(key, name, cache, make, needed=needed, report=report)
    return published if encoder.is_converted(published) else None


def _on_gpu() -> bool:
    """Whether torch computes on a GPU here; it is imported only where there may be one."""
    import ctranslate2

    # CTranslate2 sees those that CUDA sees; for AMD's, torch has a build of its own.
    if ctranslate2.get_cuda_device_count() == 0 and "rocm" not in version("torch"):
        return False
    import torch

    return torch.cuda.is_available()
