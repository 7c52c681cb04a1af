from __future__ import annotations

import hashlib
import http.server
import json
import os
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier import files
from askdossier.core import ModelMissing, Progress, Report
from askdossier.models import catalogue, fetch, install, installed
from askdossier.models.catalogue import Artifact, HubFile, Piece

CONTENT = bytes(range(256)) * 4 + b"end"
SIZES = (400, 400, 227)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write_wheel(folder: Path, piece: Piece, data: bytes, tags: str = "py3-none-any") -> Path:
    """A wheel that carries ``data``, and would end the process of whoever imports it."""
    package = piece.member.split("/")[0]
    path = folder / f"{package}-{piece.version}-{tags}.whl"
    info = f"{package}-{piece.version}.dist-info"
    tag_lines = "".join(f"Tag: py3-none-{p}\n" for p in tags.removeprefix("py3-none-").split("."))
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{package}/__init__.py", "raise SystemExit('imported')")
        wheel.writestr(piece.member, data)
        wheel.writestr(
            f"{info}/METADATA",
            f"Metadata-Version: 2.1\nName: {piece.project}\nVersion: {piece.version}\n",
        )
        wheel.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\n{tag_lines}")
        wheel.writestr(f"{info}/RECORD", "")
    return path


@dataclass
class Shop:
    """A package index in a folder, an artifact that it carries, and a cache to install it in."""

    wheels: Path
    cache: Path
    artifact: Artifact
    builds: list[str]

    def build(self, source: Path, target: Path, report: Report) -> None:
        report(Progress("convert", 0, 0))
        self.builds.append(source.name)
        (target / "sub").mkdir()
        (target / "weights.bin").write_bytes(source.read_bytes()[::-1])
        (target / "sub" / "config.json").write_text('{"layers": 2}')

    def install(self, report: Report | None = None) -> Path:
        return install.install(self.artifact, self.cache, self.build, report)

    def prefetch(self) -> None:
        """Put the published file where a fetch would, which spares the test running pip."""
        downloads = self.cache / "downloads"
        downloads.mkdir(parents=True, exist_ok=True)
        (downloads / self.artifact.file).write_bytes(CONTENT)

    def wheel(self, number: int) -> Path:
        return next(self.wheels.glob(f"tiny_part{number}-*.whl"))


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    pieces = []
    offset = 0
    for number, size in enumerate(SIZES, 1):
        data = CONTENT[offset : offset + size]
        member = f"tiny_part{number}/data/part.bin"
        piece = Piece(f"tiny-part{number}", "1.0", member, offset, size, sha256(data))
        write_wheel(wheels, piece, data)
        pieces.append(piece)
        offset += size
    artifact = Artifact(
        name="tiny",
        role="writer",
        tier="default",
        title="Tiny",
        licence="MIT",
        file="tiny.gguf",
        size=len(CONTENT),
        sha256=sha256(CONTENT),
        hub=None,
        pieces=tuple(pieces),
        converted_size=2000,
        scratch_size=1000,
    )
    return Shop(wheels, tmp_path / "cache", artifact, [])


# --- the catalogue --------------------------------------------------------------------------------


@pytest.mark.parametrize("artifact", catalogue.CATALOGUE, ids=lambda a: a.name)
def test_the_pieces_of_the_catalogue_make_up_their_files(artifact: Artifact) -> None:
    offset = 0
    for piece in artifact.pieces:
        assert piece.offset == offset
        assert len(bytes.fromhex(piece.sha256)) == 32
        offset += piece.size
    assert offset == artifact.size
    assert len(bytes.fromhex(artifact.sha256)) == 32
    assert len({piece.project for piece in artifact.pieces}) == len(artifact.pieces)


@given(st.binary(min_size=1, max_size=300), st.integers(1, 100))
def test_pieces_cut_a_file_without_gap_or_overlap(data: bytes, size: int) -> None:
    count = -(-len(data) // size)
    sums = ["00" * 32] * count
    cut = catalogue.pieces(
        len(data), project="p{n}", version="1", member="m{n:02}", piece_size=size, sha256=sums
    )
    pieces = list(cut)
    assert b"".join(data[p.offset : p.offset + p.size] for p in pieces) == data
    assert all(len(data[p.offset : p.offset + p.size]) == p.size > 0 for p in pieces)
    assert [p.project for p in pieces] == [f"p{n}" for n in range(1, count + 1)]


def test_each_role_has_one_default() -> None:
    for role in ("embedder", "writer"):
        default = catalogue.find("default", role)
        assert default is not None
        assert default.role == role
        assert catalogue.find(default.name) == default
    assert catalogue.find("default") is None
    assert catalogue.find("nothing", "writer") is None


# --- installing -----------------------------------------------------------------------------------


def test_install_puts_the_pieces_together_and_publishes(shop: Shop) -> None:
    assert installed.state(shop.artifact, shop.cache) == "missing"
    seen: list[Progress] = []
    folder = shop.install(seen.append)
    assert (folder / "weights.bin").read_bytes() == CONTENT[::-1]
    assert installed.state(shop.artifact, shop.cache) == "ready"
    assert installed.locate(shop.artifact, shop.cache) == folder
    assert installed.verify(shop.artifact, shop.cache) == ""
    assert not list((shop.cache / "downloads").iterdir())
    fetched = [p.done for p in seen if p.stage == "fetch"]
    assert fetched == sorted(fetched)
    assert fetched[-1] == shop.artifact.size
    assert seen[-1].stage == "convert"


def test_what_is_there_is_not_made_again(shop: Shop) -> None:
    shop.prefetch()
    shop.install()
    shutil.rmtree(shop.wheels)
    shop.install()
    assert shop.builds == ["tiny.gguf"]


def test_a_wheel_for_one_platform_is_had_on_all(shop: Shop) -> None:
    piece = replace(
        shop.artifact.pieces[0], size=len(CONTENT), sha256=sha256(CONTENT), platform="win_arm64"
    )
    shop.wheel(1).unlink()
    write_wheel(shop.wheels, piece, CONTENT, "py3-none-win_arm64")
    shop.artifact = replace(shop.artifact, pieces=(piece,))
    assert (shop.install() / "weights.bin").read_bytes() == CONTENT[::-1]


def test_a_download_is_resumed(shop: Shop) -> None:
    second = shop.wheel(2)
    aside = second.rename(second.with_suffix(".aside"))
    with pytest.raises(ModelMissing, match=r"tiny-part2==1\.0.*askdossier models pull tiny"):
        shop.install()
    assert installed.state(shop.artifact, shop.cache) == "partial"
    aside.rename(second)
    shop.wheel(1).unlink()  # it must not be needed again
    assert (shop.install() / "weights.bin").read_bytes() == CONTENT[::-1]


def test_a_piece_damaged_on_disk_is_fetched_again(shop: Shop) -> None:
    shop.wheel(3).unlink()
    with pytest.raises(ModelMissing):
        shop.install()
    partial = shop.cache / "downloads" / "tiny.gguf.partial"
    data = bytearray(partial.read_bytes())
    data[SIZES[0] + 5] ^= 1
    partial.write_bytes(data)
    write_wheel(shop.wheels, shop.artifact.pieces[2], CONTENT[-SIZES[2] :])
    assert (shop.install() / "weights.bin").read_bytes() == CONTENT[::-1]


def test_an_interrupted_conversion_leaves_nothing_half_made(shop: Shop) -> None:
    def interrupted(source: Path, target: Path, report: Report) -> None:
        shop.build(source, target, report)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        install.install(shop.artifact, shop.cache, interrupted)
    assert installed.state(shop.artifact, shop.cache) == "partial"
    shutil.rmtree(shop.wheels)  # the file itself is kept
    shop.install()
    assert installed.verify(shop.artifact, shop.cache) == ""
    assert not (shop.cache / "tiny.building").exists()


def spoil_content(shop: Shop) -> None:
    write_wheel(shop.wheels, shop.artifact.pieces[1], bytes(SIZES[1]))


def spoil_length(shop: Shop) -> None:
    write_wheel(shop.wheels, shop.artifact.pieces[1], CONTENT[SIZES[0] : SIZES[0] + 100])


def spoil_member(shop: Shop) -> None:
    other = replace(shop.artifact.pieces[1], member="tiny_part2/data/other.bin")
    write_wheel(shop.wheels, other, CONTENT[SIZES[0] : SIZES[0] + SIZES[1]])


def spoil_wheel(shop: Shop) -> None:
    wheel = shop.wheel(2)
    wheel.write_bytes(wheel.read_bytes()[:300])


def spoil_index(shop: Shop) -> None:
    shutil.rmtree(shop.wheels)


@pytest.mark.parametrize(
    "spoil", [spoil_content, spoil_length, spoil_member, spoil_wheel, spoil_index]
)
def test_bad_wheels_are_never_read_by_the_conversion(
    shop: Shop, spoil: Callable[[Shop], None]
) -> None:
    spoil(shop)
    with pytest.raises(ModelMissing, match=r"part[12].*askdossier models pull tiny.*Offline"):
        shop.install()
    assert shop.builds == []
    assert installed.state(shop.artifact, shop.cache) == "partial"


def test_a_file_of_right_pieces_must_be_the_published_one(shop: Shop) -> None:
    shop.artifact = replace(shop.artifact, sha256=sha256(b"another"))
    with pytest.raises(ModelMissing, match="not the published one"):
        shop.install()
    assert shop.builds == []


def test_a_full_disk_is_noticed_before_anything_is_fetched(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type(shutil.disk_usage(shop.wheels))(10**9, 10**9 - 3000, 3000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(ModelMissing, match=r"Make room.*ASKDOSSIER_MODELS"):
        shop.install()
    assert not (shop.cache / "downloads").exists()


def test_two_installs_at_once_make_one_model(shop: Shop) -> None:
    shop.prefetch()
    waiting = threading.Semaphore(0)

    def watch(progress: Progress) -> None:
        if progress.stage == "wait":
            waiting.release()

    def slow_build(source: Path, target: Path, report: Report) -> None:
        assert waiting.acquire(timeout=60)  # until the other two wait
        assert waiting.acquire(timeout=60)
        shop.build(source, target, report)

    def work() -> None:
        install.install(shop.artifact, shop.cache, slow_build, watch)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shop.builds == ["tiny.gguf"]
    assert installed.verify(shop.artifact, shop.cache) == ""


# --- damage ---------------------------------------------------------------------------------------


def flip_last_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("name", ["weights.bin", "sub/config.json", "manifest.json"])
@pytest.mark.parametrize("harm", [Path.unlink, truncate, flip_last_byte])
def test_damage_is_named_and_mended(shop: Shop, name: str, harm: Callable[[Path], None]) -> None:
    shop.prefetch()
    folder = shop.install()
    harm(folder / name)
    assert installed.state(shop.artifact, shop.cache) == "damaged"
    with pytest.raises(ModelMissing) as raised:
        installed.locate(shop.artifact, shop.cache)
    for message in (str(raised.value), installed.verify(shop.artifact, shop.cache)):
        assert str(folder / name) in message
        assert "askdossier models pull tiny" in message
    shop.prefetch()
    shop.install()
    assert installed.locate(shop.artifact, shop.cache) == folder


def test_damage_inside_a_large_file_is_found_when_it_is_opened_and_mended(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "_SMALL", 100)
    shop.prefetch()
    folder = shop.install()
    flip_last_byte(folder / "weights.bin")
    assert installed.state(shop.artifact, shop.cache) == "ready"
    with pytest.raises(ModelMissing, match=r"weights\.bin is damaged"):
        installed.locate(shop.artifact, shop.cache)
    assert "weights.bin is damaged" in installed.verify(shop.artifact, shop.cache)
    shop.prefetch()
    shop.install()
    assert installed.verify(shop.artifact, shop.cache) == ""


def test_a_model_is_read_whole_once_after_each_boot_or_change(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "_SMALL", 100)
    read = []

    def counted(path: Path) -> str:
        read.append(path.name)
        return sha256(path.read_bytes())

    monkeypatch.setattr(files, "sha256", counted)
    shop.prefetch()
    folder = shop.install()
    for expected in (["config.json", "weights.bin"], []):
        read.clear()
        installed.locate(shop.artifact, shop.cache)
        assert sorted(read) == expected
    for what in ("a change", "a boot"):
        if what == "a change":
            os.utime(folder / "weights.bin", ns=(1, 1))
        else:
            monkeypatch.setattr(files, "_boot", lambda: "the next one")
        installed.locate(shop.artifact, shop.cache)
        assert "weights.bin" in read
        read.clear()


def test_pip_is_not_taken_from_the_current_folder(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = tmp_path / "planted"
    planted.mkdir()
    for name in ("pip", "zipfile"):
        (planted / f"{name}.py").write_text("open('ran', 'w').close()", "utf-8")
    monkeypatch.chdir(planted)
    shop.install()
    assert not (planted / "ran").exists()


def test_a_missing_model_says_how_to_get_it(shop: Shop) -> None:
    with pytest.raises(ModelMissing, match="Run: askdossier models pull tiny"):
        installed.locate(shop.artifact, shop.cache)
    assert "is missing" in installed.verify(shop.artifact, shop.cache)


def test_a_model_made_from_another_file_is_made_again(shop: Shop) -> None:
    shop.prefetch()
    folder = shop.install()
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["origin"] = sha256(b"older")
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert installed.state(shop.artifact, shop.cache) == "damaged"
    shop.prefetch()
    shop.install()
    assert shop.builds == ["tiny.gguf"] * 2


@pytest.mark.parametrize("text", ["[]", "{}", '{"files": [], "origin": 1}', "\x00"])
def test_a_strange_manifest_is_damage(shop: Shop, text: str) -> None:
    shop.prefetch()
    folder = shop.install()
    (folder / "manifest.json").write_text(text)
    assert installed.state(shop.artifact, shop.cache) == "damaged"


# --- the hub --------------------------------------------------------------------------------------


class Hub(http.server.BaseHTTPRequestHandler):
    """Serves one file as the model hub does."""

    content = CONTENT
    announced = CONTENT
    asked: list[str]

    def do_HEAD(self) -> None:
        self._answer(self.announced)

    def do_GET(self) -> None:
        self._answer(self.announced)
        self.wfile.write(self.content)

    def _answer(self, content: bytes) -> None:
        self.asked.append(f"{self.command} {self.path}")
        found = self.path == "/owner/tiny/resolve/main/tiny-q4.gguf"
        self.send_response(200 if found else 404)
        self.send_header("Content-Length", str(len(content) if found else 0))
        self.send_header("ETag", f'"{sha256(content)}"')
        self.send_header("X-Repo-Commit", "a" * 40)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def hub(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Hub]]:
    handler = type("ThisHub", (Hub,), {"asked": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        shop.artifact = replace(shop.artifact, hub=HubFile("owner/tiny", "tiny-q4.gguf"))
        yield handler
        server.shutdown()


def test_the_hub_is_asked_first_when_it_answers(shop: Shop, hub: type[Hub]) -> None:
    shutil.rmtree(shop.wheels)
    seen: list[Progress] = []
    folder = shop.install(seen.append)
    assert (folder / "weights.bin").read_bytes() == CONTENT[::-1]
    assert any(line.startswith("GET") for line in hub.asked)
    assert (len(CONTENT), "owner/tiny") in [(p.done, p.detail) for p in seen]
    assert not list((shop.cache / "downloads").iterdir())


def test_other_bytes_from_the_hub_are_thrown_away(shop: Shop, hub: type[Hub]) -> None:
    hub.content = CONTENT[::-1]
    assert (shop.install() / "weights.bin").read_bytes() == CONTENT[::-1]
    assert shop.builds == ["tiny.gguf"]
    assert any(line.startswith("GET") for line in hub.asked)


def test_a_hub_that_announces_another_file_is_left_alone(shop: Shop, hub: type[Hub]) -> None:
    hub.announced = CONTENT + b"more"
    shop.install()
    assert not any(line.startswith("GET") for line in hub.asked)


def test_a_hub_that_refuses_is_passed_over(shop: Shop, hub: type[Hub]) -> None:
    shop.artifact = replace(shop.artifact, hub=HubFile("owner/other", "tiny-q4.gguf"))
    shop.install()
    assert hub.asked
    assert not any(line.startswith("GET") for line in hub.asked)


def test_a_silent_hub_is_passed_over(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.artifact = replace(shop.artifact, hub=HubFile("owner/tiny", "tiny-q4.gguf"))
    monkeypatch.setattr(fetch, "_HUB_PATIENCE", 0.2)
    release = threading.Event()
    monkeypatch.setattr("huggingface_hub.get_hf_file_metadata", lambda *_a, **_k: release.wait(60))
    try:
        assert (shop.install() / "weights.bin").read_bytes() == CONTENT[::-1]
    finally:
        release.set()
