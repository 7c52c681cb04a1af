"""Fixtures shared by all tests: the default models, loaded once, and the shared data."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from askdossier import artifacts, models

if TYPE_CHECKING:
    from askdossier.records import Embedder, Writer

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts what runs in the background so; the programs that tests interrupt inherit it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def models_folder() -> Path:
    """The user's own cache of models; the default ones are fetched when they are not there."""
    cache = artifacts.default_cache()
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
