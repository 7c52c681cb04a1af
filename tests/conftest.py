"""Fixtures shared by all tests: the default models, loaded once, and the shared data."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psutil
import pytest
from hypothesis import settings as hypothesis_settings

from askdossier import models, settings
from askdossier.ask.policy import calibrated, probed
from askdossier.dossier import Dossier
from askdossier.settings import Settings
from fakes import FakeEmbedder, FakeWriter
from small_dossier import FILES, write

if TYPE_CHECKING:
    from askdossier.core import Embedder, Writer

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts what runs in the background so; the programs that tests interrupt inherit it.
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Speed is for benchmarks: beside another busy program any single example may be slow.
# CI draws the same examples each time, so that it fails for what a commit changed and not by the
# draw; elsewhere they are drawn anew, many of them with --hypothesis-profile=thorough.
hypothesis_settings.register_profile(
    "any machine", deadline=None, derandomize=bool(os.environ.get("CI"))
)
hypothesis_settings.register_profile("thorough", deadline=None, max_examples=2000)
hypothesis_settings.load_profile("any machine")


@pytest.fixture(autouse=True, scope="session")
def no_cards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the user has calibrated changes no test."""
    folder = tmp_path_factory.mktemp("cards")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calibrated, "folder", lambda: folder)
        yield


@pytest.fixture
def cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the cards of one test."""
    folder = tmp_path / "cards"
    monkeypatch.setattr(calibrated, "folder", lambda: folder)
    return folder


@pytest.fixture(scope="session")
def models_folder() -> Path:
    """The user's own cache of models; the default ones are fetched when they are not there."""
    cache = settings.load().models
    if any(s.tier == "default" and s.state != "ready" for s in models.statuses(cache)):
        models.pull(None, cache)
    return cache


@pytest.fixture(scope="session")
def embedder(models_folder: Path) -> Embedder:
    return models.load_embedder("default", models_folder)


@pytest.fixture(scope="session")
def writer(models_folder: Path) -> Writer:
    return models.load_writer("default", models_folder)


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The data that lies beside the checkout, and can't be part of it."""
    folder = Path(__file__).parents[1].parent / "shared"
    if not folder.is_dir():
        reason = f"the shared data is not in {folder.name}, beside the checkout"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture
def left_running() -> Callable[[], list[psutil.Process]]:
    """The processes that the test has started, with those that they have, and that go on.

    Others go on from before: the resource tracker of multiprocessing stays as long as its program.
    """
    here = psutil.Process()
    before = here.children(recursive=True)
    return lambda: [child for child in here.children(recursive=True) if child not in before]


# --- the small dossier ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def quick_syncs() -> Iterator[None]:
    """Only a power cut needs flushing, and it makes syncs several times slower."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory, quick_syncs: None) -> Settings:
    """An index of ``small_dossier.FILES``; no test changes it."""
    folder = tmp_path_factory.mktemp("dossier")
    write(folder / "corpus", FILES)
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    report = Dossier(settings, embedder=FakeEmbedder(), writer=FakeWriter()).sync()
    assert report.added == tuple(sorted(FILES))
    assert report.failed == ()
    return settings


@pytest.fixture
def heads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Heads that read the log-odds of ``small_dossier.ReadWriter``, of which the last decide."""
    head = probed.Head(np.array([[5, 0], [5, 0]], np.float32), 0.0)
    evidence, quotes = np.array([0, 0, 1], np.float32), np.array([0, 0, 0, 1], np.float32)
    looking = probed.Looking(np.array([[0, 0]]), np.array([1, 0], np.float32))
    trained = probed.Trained("fake-writer", "", head, head, evidence, quotes, looking)
    monkeypatch.setattr(probed, "trained", lambda: trained)
