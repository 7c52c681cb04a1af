"""The list of writers to choose from, and fetching one at the commit that it names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from askdossier import models
from askdossier.cli import app
from askdossier.core import ModelMissing
from askdossier.models import suggested


def test_the_list_names_memory_licence_size_and_whether_somebody_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKDOSSIER_MODELS", str(tmp_path))
    told = CliRunner().invoke(app, ["models", "list"]).stdout
    for one in suggested.SUGGESTED:
        (line,) = [line for line in told.splitlines() if one.id in line]
        for words in (one.memory, one.licence, f"{one.bytes / 1e9:.0f} GB", one.ollama):
            assert words in line
        assert ("not yet" in line) is (not one.tried)
        assert re.fullmatch("[0-9a-f]{40}", one.revision)
    memories = " ".join(one.memory for one in suggested.SUGGESTED)
    for gigabytes in ("processor", "4 GB", "8 GB", "12 GB", "24 GB"):
        assert gigabytes in memories


def test_a_writer_of_the_list_is_fetched_at_its_commit_and_others_at_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str | None]] = []

    def no_hub(name: str, *, revision: str | None, **_: Any) -> str:
        asked.append((name, revision))
        raise OSError("no hub can be reached here")

    monkeypatch.setattr("huggingface_hub.snapshot_download", no_hub)
    first = suggested.SUGGESTED[0]
    for name in (first.id, "somebody/model"):
        with pytest.raises(ModelMissing, match="is not on disk and the hub does not give it"):
            models.pull(name, tmp_path)
    assert dict(asked) == {first.id: first.revision, "somebody/model": None}
