r"""One matrix of the default writer (1536 to 8960), by every kernel, for so many rows at once.

``python benchmarks/kernels.py`` prints a Markdown table of milliseconds, the best of some, and how
near the products are to float32's of the same weights. As if the processor had AVX2 only:

    FBGEMM_ENABLE_INSTRUCTIONS=AVX2 ATEN_CPU_CAPABILITY=avx2 ONEDNN_MAX_CPU_ISA=AVX2 \
    MKL_ENABLE_INSTRUCTIONS=AVX2 python benchmarks/kernels.py
"""

from __future__ import annotations

import time
from collections.abc import Callable

import torch
from torch import Tensor

from askdossier.models import kernels
from writer import processor

ROWS = (1, 4, 12, 16, 128, 300)
_SECONDS = 0.3
"""Spent on each figure."""


def main() -> None:
    print(f"{processor()}, {torch.get_num_threads()} threads, torch {torch.__version__}\n")
    plain = torch.randn(8960, 1536)
    scale = plain.abs().amax(1).div_(127)
    weight = (plain / scale[:, None]).round_().to(torch.int8)
    products: dict[str, Callable[[Tensor], Tensor]] = {"float32 as it is": lambda x: x @ plain.t()}
    for name, kernel in kernels.KERNELS.items():
        products[name] = kernel(weight, scale)
    print("| kernel | " + " | ".join(map(str, ROWS)) + " | cosine |")
    print("|---" * (len(ROWS) + 2) + "|")
    rows = torch.randn(64, 1536)
    exact = (rows @ plain.t()).flatten()
    for name, product in products.items():
        found = product(rows).flatten()
        cosine = float(torch.nn.functional.cosine_similarity(found, exact, dim=0))
        cells = " | ".join(f"{milliseconds(product, count):.2f}" for count in ROWS)
        print(f"| {name} | {cells} | {cosine:.5f} |", flush=True)


def milliseconds(product: Callable[[Tensor], Tensor], count: int) -> float:
    rows, best = torch.randn(count, 1536), float("inf")
    product(rows)
    end = time.perf_counter() + _SECONDS
    while time.perf_counter() < end:
        start = time.perf_counter()
        product(rows)
        best = min(best, time.perf_counter() - start)
    return 1000 * best


if __name__ == "__main__":
    main()
