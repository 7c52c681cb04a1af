"""A writer in this process: ``default``, ``light``, a folder, a hub id or a GGUF file.

A folder holds a causal language model for transformers. On the CPU it is converted to 8 bits once,
into the cache, as a GGUF file is anywhere; that takes minutes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from askdossier.core import ModelMissing, Progress, Report
from askdossier.models import catalogue, install, installed, named

if TYPE_CHECKING:
    from askdossier.models.writers.writing import LocalWriter

PREFIX = ""
EXAMPLE = "default, light, or a causal LM folder, hub id or GGUF file"


def elsewhere(spec: str) -> str:
    """Nowhere."""
    del spec
    return ""


def locate(spec: str, cache: Path) -> tuple[Path, str]:
    """Where the model is on this disk, and its name with its revision. Raises ModelMissing."""
    artifact = catalogue.find(spec, "writer")
    if artifact:
        return installed.locate(artifact, cache), artifact.known_as
    if spec.endswith(".gguf"):
        return _gguf(spec)
    return named.folder(spec, "writer", fetch=False)


def fetch(spec: str, cache: Path, report: Report | None = None) -> Path:
    """Fetch a model of the hub, and convert it where that is called for. Raises ModelMissing."""
    if report:
        report(Progress("fetch", 0, 0, detail=spec))
    folder, name = named.folder(spec, "writer")
    return _converted_folder(folder, name, cache, report)


def load(spec: str, cache: Path, report: Report | None = None) -> LocalWriter:
    """Load it, converted where that is called for. Raises ModelMissing."""
    if catalogue.find(spec, "writer"):
        folder, name = locate(spec, cache)
    elif spec.endswith(".gguf"):
        folder, name = _converted_gguf(spec, cache, report)
    else:
        folder, name = named.folder(spec, "writer")
        folder = _converted_folder(folder, name, cache, report)
    with named.local_only(), named.loading(spec):
        return _opened(folder, name)


def _opened(folder: Path, name: str) -> LocalWriter:
    from transformers import AutoTokenizer

    from askdossier.models.writers import size, writing
    from askdossier.models.writers.causal import CausalRuntime

    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    runtime = CausalRuntime(folder, writing.end_tokens(tokenizer))
    parameters = size.of_folder(folder) or size.told(name)
    return writing.LocalWriter(tokenizer, runtime, f"{name} {runtime.precision}", parameters)


def _gguf(spec: str) -> tuple[Path, str]:
    """Find a GGUF file, and name it with its revision. Raises ModelMissing."""
    path = Path(spec).expanduser()
    if not path.is_file():
        raise ModelMissing(f"There is no file {path}. Correct the path of the GGUF model.")
    return path, f"{path.stem}@{named.fingerprint(path)}"


def _converted_gguf(spec: str, cache: Path, report: Report | None) -> tuple[Path, str]:
    path, name = _gguf(spec)
    mark = name.rpartition("@")[2]

    def make(folder: Path, tell: Report) -> None:
        with named.local_only(), named.loading(str(path)):
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
        with named.local_only(), named.loading(str(folder)):
            from askdossier.models import convert

            convert.writer_from_folder(folder, target, tell)

    key = name.replace("/", "--")
    needed = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return install.publish(key, f"{name} int8", cache, make, needed=needed, report=report)
