"""Products of 8 bits: right with every kernel, and never slower than plain ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from askdossier.models import kernels

AVX2 = {
    "ATEN_CPU_CAPABILITY": "avx2",
    "ONEDNN_MAX_CPU_ISA": "AVX2",
    "MKL_ENABLE_INSTRUCTIONS": "AVX2",
    "FBGEMM_ENABLE_INSTRUCTIONS": "AVX2",
}
"""What makes PyTorch's libraries believe that the processor has no more."""


def matrix(out: int, width: int) -> tuple[Tensor, Tensor, Tensor]:
    """Weights in steps, the scales of their rows, and both in float32.

    The steps are small enough that no two products saturate where they are added in 16 bits.
    """
    plain = torch.randn(out, width, generator=torch.Generator().manual_seed(out))
    scale = plain.abs().amax(1).div_(60)
    steps = (plain / scale[:, None]).round_().to(torch.int8)
    return steps, scale, steps.float() * scale[:, None]


def rows_of(count: int, width: int) -> Tensor:
    """Rows of very different sizes, as hidden states are."""
    draw = torch.Generator().manual_seed(count)
    return torch.randn(count, width, generator=draw) * torch.logspace(-3, 3, count)[:, None]


def laid_out(name: str, steps: Tensor, scale: Tensor) -> kernels.Product:
    try:
        product = kernels.KERNELS[name](steps, scale)
        product(torch.randn(1, steps.shape[1]))
    except (RuntimeError, AttributeError, NotImplementedError) as error:
        pytest.skip(f"this processor has no {name}: {error}")
    return product


@pytest.mark.parametrize("name", kernels.KERNELS)
@pytest.mark.parametrize(("out", "width"), [(96, 64), (320, 512), (33, 130)])
def test_every_kernel_gives_the_product_of_the_same_weights(
    name: str, out: int, width: int
) -> None:
    steps, scale, plain = matrix(out, width)
    product = laid_out(name, steps, scale)
    for count in (1, 2, 7, 40):
        rows = rows_of(count, width)
        found, expected = product(rows), rows @ plain.t()
        assert found.shape == (count, out)
        assert found.dtype == torch.float32
        error = (found - expected).norm(dim=1) / expected.norm(dim=1)
        assert float(error.max()) < 0.03


@pytest.mark.parametrize("name", kernels.KERNELS)
@settings(deadline=None, max_examples=50)
@given(count=st.integers(1, 20), row=st.integers(0, 19))
def test_a_row_comes_out_the_same_whatever_stands_beside_it(
    name: str, count: int, row: int
) -> None:
    steps, scale, _plain = matrix(48, 64)
    product, rows = laid_out(name, steps, scale), rows_of(count, 64)
    alone = product(rows[row % count][None])[0]
    beside = product(rows)[row % count]
    assert torch.allclose(alone, beside, rtol=1e-4, atol=1e-5 * float(beside.abs().max()))


@pytest.mark.parametrize("name", kernels.KERNELS)
def test_a_row_of_zeros_gives_zeros(name: str) -> None:
    steps, scale, _plain = matrix(48, 64)
    product = laid_out(name, steps, scale)
    assert float(product(torch.zeros(3, 64)).abs().max()) < 1e-6


@pytest.mark.parametrize("name", kernels.KERNELS)
def test_a_kernel_keeps_nothing_of_what_it_was_given(name: str) -> None:
    steps, scale, plain = matrix(48, 64)
    product = laid_out(name, steps, scale)
    steps.zero_()
    scale.zero_()
    rows = rows_of(4, 64)
    assert torch.nn.functional.cosine_similarity(product(rows), rows @ plain.t()).min() > 0.999


def test_a_kernel_that_is_wrong_or_missing_or_slow_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(weight: Tensor, scale: Tensor) -> kernels.Product:
        raise RuntimeError("no such instruction\nat all")

    def wrong(weight: Tensor, scale: Tensor) -> kernels.Product:
        return lambda rows: torch.randn(len(rows), len(weight))

    def slow(weight: Tensor, scale: Tensor) -> kernels.Product:
        right = kernels.float32(weight, scale)

        def product(rows: Tensor) -> Tensor:
            for _ in range(40):
                out = right(rows)
            return out

        return product

    monkeypatch.setattr(
        kernels, "KERNELS", {"a": missing, "b": wrong, "c": slow, "float32": kernels.float32}
    )
    monkeypatch.setattr(kernels, "_suited", lambda: ("a", "b", "c"))
    choice = kernels.chosen.__wrapped__()
    assert choice.name == "float32"
    assert choice.refused == {
        "a": "no such instruction",
        "b": "gives another product",
        "c": "is slower than float32",
    }


RACE = """
import json, sys, time, torch
from askdossier.models import kernels

torch.set_num_threads(1)
plain = torch.randn(4480, 1536)
scale = plain.abs().amax(1) / 127
steps = (plain / scale[:, None]).round().to(torch.int8)
chosen = kernels.chosen()
product = chosen.kernel(steps, scale)

def best(multiply, rows):
    taken = []
    for _ in range(12):
        start = time.perf_counter()
        multiply(rows)
        taken.append(time.perf_counter() - start)
    return min(taken)

found = {}
for count in (1, 16, 256):
    rows = torch.randn(count, 1536)
    found[count] = best(product, rows) / best(lambda x: x @ plain.t(), rows)
print(json.dumps([chosen.name, torch.backends.cpu.get_cpu_capability(), found]))
"""


@pytest.mark.parametrize("instructions", [{}, AVX2], ids=["all", "AVX2"])
def test_the_chosen_kernel_is_no_slower_than_float32(instructions: dict[str, str]) -> None:
    """The fault was sixty-fold; the margin is for what else the machine does."""
    ran = subprocess.run(
        [sys.executable, "-c", RACE],
        env=os.environ | instructions,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    name, capability, ratios = json.loads(ran.stdout)
    if instructions:
        assert capability in {"AVX2", "DEFAULT"}
    assert all(ratio < 2 for ratio in ratios.values()), (name, ratios)
