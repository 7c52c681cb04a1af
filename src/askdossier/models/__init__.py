"""The neural models: the only package that runs one, and the one that knows their libraries.

Importing it is cheap: torch and its kin are imported when a model is loaded or converted.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Literal

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
from askdossier.models import catalogue, install, installed

ModelRole = catalogue.Role | Literal["judge", "reranker"]

__all__ = [
    "ModelRole",
    "ModelStatus",
    "damaged",
    "folder_names",
    "load_embedder",
    "load_entailment",
    "load_reranker",
    "load_writer",
    "on_disk",
    "pull",
    "statuses",
    "verify",
]

# Nothing here reports anything to anybody.
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
os.environ.setdefault("DO_NOT_TRACK", "1")

_HUB_FILES = ["*.json", "*.safetensors", "*.txt", "*.model", "*.jinja", "model.bin"]


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
    artifact = catalogue.find(spec, role) if role in ("embedder", "writer") else None
    if artifact:
        return installed.locate(artifact, cache), _name(artifact)
    if role == "writer" and spec.endswith(".gguf"):
        return _gguf(spec)
    return _named_folder(spec, role, fetch=False)


def folder_names(folder: Path, name: str) -> tuple[str, ...]:
    """Names that the folders of a model may have in the cache: its own, and those made of it."""
    key = name.replace("/", "--")
    return folder.name, key, f"{key}-encoder"


def pull(name: str | None, cache: Path, report: Report | None = None) -> tuple[Path, ...]:
    """Fetch and convert a model of the catalogue, or without a name the default ones.

    Returns the folders. What is already there, whole or in part, is not fetched again. Raises
    ModelMissing when the name is unknown or the model cannot be had.
    """
    wanted = [
        a for a in catalogue.CATALOGUE if a.name == name or (not name and a.tier == "default")
    ]
    if not wanted:
        known = ", ".join(artifact.name for artifact in catalogue.CATALOGUE)
        raise ModelMissing(f"No model is called {name}. Run: askdossier models pull with {known}")

    def build(source: Path, target: Path, tell: Report) -> None:
        tell(Progress("convert", 0, 0, detail=source.name))
        with _local_only():
            from askdossier.models import convert

            if source.suffix == ".gguf":
                convert.writer_from_gguf(source, target, tell)
            else:
                convert.embedder_from_e5(source, target, tell)

    folders = tuple(install.install(artifact, cache, build, report) for artifact in wanted)
    for artifact, folder in zip(wanted, folders, strict=True):
        if artifact.role == "embedder":
            _converted_embedder(folder, _name(artifact), cache, report)
    return folders


def load_embedder(spec: str, cache: Path) -> Embedder:
    """Load ``default``, a name of the catalogue, a sentence-transformers folder or a hub id.

    On the CPU it is converted once, into the cache, where CTranslate2 knows its network: seconds.
    Raises ModelMissing, which says what to do, when it is not there or cannot be loaded.
    """
    artifact = catalogue.find(spec, "embedder")
    if artifact:
        folder = installed.locate(artifact, cache)
        name = _name(artifact)
    else:
        folder, name = _named_folder(spec, "embedder")
    converted = _converted_embedder(folder, name, cache)
    if converted is not None:
        with _loading(spec):
            from askdossier.models import encoder

            return encoder.load(converted, name)
    with _local_only(), _loading(spec):
        from askdossier.models import sentence_transformer

        return sentence_transformer.load(folder, name)


def load_writer(spec: str, cache: Path, report: Report | None = None) -> Writer:
    """Load ``default``, ``light``, a name of the catalogue, a GGUF file, a folder or a hub id.

    A folder holds a causal language model for transformers. On the CPU it is converted to 8 bits
    once, into the cache, as a GGUF file is anywhere; that takes minutes. Raises ModelMissing, which
    says what to do, when the model is not there or cannot be loaded.
    """
    artifact = catalogue.find(spec, "writer")
    if artifact:
        folder = installed.locate(artifact, cache)
        name = _name(artifact)
    elif spec.endswith(".gguf"):
        folder, name = _converted_gguf(spec, cache, report)
    else:
        folder, name = _named_folder(spec, "writer")
        folder = _converted_folder(folder, name, cache, report)
    with _local_only(), _loading(spec):
        return _open_writer(folder, name)


def _open_writer(folder: Path, name: str) -> Writer:
    from transformers import AutoTokenizer

    from askdossier.models import writing
    from askdossier.models.causal import CausalRuntime

    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    runtime = CausalRuntime(folder, writing.end_tokens(tokenizer))
    return writing.LocalWriter(tokenizer, runtime, f"{name} {runtime.precision}")


def load_reranker(spec: str) -> Reranker:
    """Load a cross-encoder that ranks passages: a sentence-transformers folder or a hub id.

    Raises ModelMissing, which says what to do, when it is not there or does something else.
    """
    folder, name = _named_folder(spec, "reranker")
    with _local_only(), _loading(spec):
        from askdossier.models.reranking import LocalReranker

        return LocalReranker(folder, name)


def load_entailment(spec: str) -> Entailment:
    """Load a cross-encoder for natural language inference: a folder or a hub id.

    Raises ModelMissing, which says what to do, when it is not there or judges something else.
    """
    folder, name = _named_folder(spec, "judge")
    with _local_only(), _loading(spec):
        from askdossier.models.entailment import LocalEntailment

        return LocalEntailment(folder, name)


# --- models that the user names -------------------------------------------------------------------


def _named_folder(spec: str, role: ModelRole, *, fetch: bool = True) -> tuple[Path, str]:
    """Find the folder of a model named by its path or its hub id, and name it with its revision."""
    path = Path(spec).expanduser()
    if path.is_dir():
        return path, f"{path.resolve().name}@{_fingerprint(path)}"
    known = ", ".join(a.name for a in catalogue.CATALOGUE if a.role == role)
    known = f"one of {known}, " if known else ""
    advice = f"Name {known}a folder, or the id of a model on the hub that can be reached."
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", spec):
        raise ModelMissing(f"The {role} {spec} is neither known nor a folder. {advice}")
    from huggingface_hub import snapshot_download

    for local_files_only in (True, False) if fetch else (True,):
        try:
            found = snapshot_download(
                spec, local_files_only=local_files_only, allow_patterns=_HUB_FILES
            )
        except Exception as error:  # the library raises many kinds; all mean the same here
            reason = error
        else:
            return Path(found), f"{spec}@{Path(found).name[:12]}"
    raise ModelMissing(
        f"The {role} {spec} is not on disk and the hub does not give it. {advice}"
    ) from reason


def _gguf(spec: str) -> tuple[Path, str]:
    """Find a GGUF file, and name it with its revision. Raises ModelMissing."""
    path = Path(spec).expanduser()
    if not path.is_file():
        raise ModelMissing(f"There is no file {path}. Correct the path of the GGUF model.")
    return path, f"{path.stem}@{_fingerprint(path)}"


def _converted_gguf(spec: str, cache: Path, report: Report | None) -> tuple[Path, str]:
    path, name = _gguf(spec)
    mark = name.rpartition("@")[2]

    def make(folder: Path, tell: Report) -> None:
        with _local_only(), _loading(str(path)):
            from askdossier.models import convert

            convert.writer_from_gguf(path, folder, tell)

    needed = 4 * path.stat().st_size
    return install.publish(name, f"{mark} int8", cache, make, needed=needed, report=report), name


def _converted_folder(folder: Path, name: str, cache: Path, report: Report | None) -> Path:
    """Convert a transformers folder to 8 bits, when this is the CPU."""
    import torch

    if torch.cuda.is_available():
        return folder

    def make(target: Path, tell: Report) -> None:
        with _local_only(), _loading(str(folder)):
            from askdossier.models import convert

            convert.writer_from_folder(folder, target, tell)

    key = name.replace("/", "--")
    needed = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return install.publish(key, f"{name} int8", cache, make, needed=needed, report=report)


def _converted_embedder(
    folder: Path, name: str, cache: Path, report: Report | None = None
) -> Path | None:
    """An embedder for CTranslate2, converted once; None where there is a GPU or no converting."""
    from askdossier.models import encoder

    if _on_gpu():
        return None

    def make(target: Path, tell: Report) -> None:
        with _local_only(), _loading(str(folder)):
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


def _name(artifact: catalogue.Artifact) -> str:
    return f"{artifact.name}@{artifact.sha256[:12]}"


def _fingerprint(path: Path) -> str:
    """Tell versions of a file or folder apart by names, sizes and both ends of each file."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            size = file.stat().st_size
            digest.update(f"{file.relative_to(path) if file != path else ''}\0{size}\0".encode())
            with file.open("rb") as stream:
                digest.update(stream.read(1 << 20))
                stream.seek(max(0, size - (1 << 20)))
                digest.update(stream.read())
    return digest.hexdigest()[:12]


@contextmanager
def _loading(spec: str) -> Iterator[None]:
    """Turn whatever a library raises about a bad model into an error for the user."""
    try:
        yield
    except (OSError, ValueError, KeyError, RuntimeError, TypeError, AttributeError) as error:
        reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise ModelMissing(
            f"{spec} cannot be loaded: {reason}. Run: askdossier models verify, or name another "
            "model in the settings."
        ) from error


@contextmanager
def _local_only() -> Iterator[None]:
    """Keep the libraries off the network, and from writing to the terminal."""
    from huggingface_hub import constants
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    before = constants.HF_HUB_OFFLINE
    constants.HF_HUB_OFFLINE = True
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = before
