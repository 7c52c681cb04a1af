"""How many parameters a model has, by its name, its server or its files."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from askdossier.models.writers import size


@pytest.mark.parametrize(
    ("name", "billions"),
    [
        ("qwen3:4b-instruct-2507-q4_K_M", 4),
        ("Qwen3-30B-A3B-Instruct-2507-Q4_K_M", 30),
        ("qwen2.5:1.5b", 1.5),
        ("ollama mixtral:8x7b", 56),
        ("smollm2-360M-instruct", 0.36),
        ("gemma-3n-E4B-it", 4),
        ("4.3B", 4.3),
        ("mistral_7b.Q8_0", 7),
        ("qwen2_5-1_5b-instruct", None),
        ("gpt-4o-mini", None),
        ("small Q4_K_M", None),
        ("model@7bcc324af070c2 int8", None),
        ("llama-3.1-4bit", None),
        ("", None),
    ],
)
def test_a_name_tells_how_large_a_model_is(name: str, billions: float | None) -> None:
    assert size.told(name) == (None if billions is None else round(billions * 1e9))


def test_weights_are_counted_in_the_files_of_a_model(tmp_path: Path) -> None:
    header = {
        "__metadata__": {"format": "pt"},
        "a.weight": {"dtype": "I8", "shape": [4, 8], "data_offsets": [0, 32]},
        "a.weight_scale": {"dtype": "F32", "shape": [4], "data_offsets": [32, 48]},
        "b.weight": {"dtype": "BF16", "shape": [3], "data_offsets": [48, 54]},
    }
    raw = json.dumps(header).encode()
    (tmp_path / "m.safetensors").write_bytes(struct.pack("<Q", len(raw)) + raw + bytes(54))
    assert size.of_folder(tmp_path) == 35


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 40, struct.pack("<Q", 2) + b"[]"])
def test_a_damaged_file_tells_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "m.safetensors").write_bytes(content)
    assert size.of_folder(tmp_path) is None
    assert size.of_folder(tmp_path / "nowhere") is None
