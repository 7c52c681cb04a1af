"""Products with 8-bit matrices: the kernel that is quick on this processor, and right.

Every kernel multiplies rows of float32 with a matrix ``(out, in)`` in int8 that has one scale for
each of its rows, laid out once as the kernel wants it. Each row of what is multiplied has a scale
of its own, taken on the way, so that it comes out the same whatever stands beside it: vector-wise
quantisation, LLM.int8() (Dettmers et al. 2022, arXiv:2208.07339, section 2.1) without its outlier
columns. Without VNNI, oneDNN and FBGEMM add two neighbouring products in 16 bits, where large ones
saturate: on the default writer's matrices that costs less than steps of 7 bits would, which never
do (docs/notebook.md). Which kernel is quick differs sixty-fold between processors
(benchmarks/kernels.py), so none is taken on trust: see ``chosen``.
"""

from __future__ import annotations

import platform
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

import torch
from torch import Tensor

Product = Callable[[Tensor], Tensor]
"""Gives ``(n, out)`` for ``(n, in)``, both in float32."""
Kernel = Callable[[Tensor, Tensor], Product]
"""Lays out a matrix ``(out, in)`` in int8 with the scales ``(out,)`` of its rows."""

ROWS = (1, 32)
"""Rows at once in the race: a token that is written, and a stretch that is read."""
_SIDE = 1024
"""Rows and columns of the matrix in the race: large enough that its weights matter."""
_SLOWER = 4.0
"""A kernel that takes so many times as long as float32, whose weights here lie in the caches, is
not used: more than noise does, and less than the loops do that some processors get for a kernel."""
_AGREES = 0.99
"""Cosine with the product in float32 of the same weights, at least. Where products of 8 bits are
added in 16, as AVX2 does, the largest are cut off: 0.9999 with weights as models have them."""
_STRETCH = 256
"""Rows of a matrix at a time."""
_BLOCK = 32


@dataclass(frozen=True, slots=True)
class Choice:
    """The kernel of this process."""

    name: str
    milliseconds: Mapping[str, float]
    """What each kernel that was tried took on one thread, for a product of each of ``ROWS``."""
    refused: Mapping[str, str]
    """Why a kernel was tried and not taken."""

    @property
    def kernel(self) -> Kernel:
        """The kernel itself."""
        return KERNELS[self.name]


def onednn(weight: Tensor, scale: Tensor) -> Product:
    """oneDNN, the quickest with the instructions of VNNI or AMX; without them slow at few rows."""
    packed = torch.ops.onednn.qlinear_prepack(weight, None)
    scale, zeros = scale.clone(), torch.zeros_like(scale, dtype=torch.int32)
    no_sign = 128  # the instructions take steps of -127 to 127 without sign on one side

    def product(rows: Tensor) -> Tensor:
        size = _largest(rows).div_(127)
        steps = (rows / size).round_().add_(no_sign).to(torch.uint8)
        out: Tensor = torch.ops.onednn.qlinear_pointwise(
            *(steps, 1.0, no_sign, packed, scale, zeros, None),
            *(1.0, 0, torch.float32, "none", [], ""),
        )
        return out.mul_(size)

    return product


def fbgemm(weight: Tensor, scale: Tensor) -> Product:
    """FBGEMM, the quickest without VNNI.

    Its steps have one size for all rows, between the extremes of all: so rows are scaled to ±1
    before, and a row with both extremes comes along, lest one came out otherwise beside others.
    """
    with warnings.catch_warnings():
        # Tensors that know their own scale are to go; this one is made to be laid out, and dropped.
        warnings.filterwarnings("ignore", ".*quantized tensor creation.*")
        steps = torch._make_per_tensor_quantized_tensor(weight, 1.0, 0)
    engines: Any = torch.backends.quantized
    engines.engine = "fbgemm"  # how the next line lays out: by default, as the processor is
    packed, scale = torch.ops.quantized.linear_prepack(steps, None), scale.clone()
    extremes = torch.zeros(1, weight.shape[1])
    extremes[0, :2] = torch.tensor([1.0, -1.0])

    def product(rows: Tensor) -> Tensor:
        size = _largest(rows)
        scaled = torch.cat([rows / size, extremes])
        out: Tensor = torch.ops.quantized.linear_dynamic(scaled, packed, False)
        return out[:-1].mul_(scale).mul_(size)

    return product


def bfloat16(weight: Tensor, scale: Tensor) -> Product:
    """PyTorch's own product of bfloat16 and int8: for Arm, Apple's above all.

    It reads in blocks without looking at the ends: matrices of odd sizes go to ``float32``.
    """
    if weight.shape[0] % _BLOCK or weight.shape[1] % _BLOCK:
        return float32(weight, scale)
    weight, scale = weight.clone(), scale.bfloat16()

    def product(rows: Tensor) -> Tensor:
        return torch._weight_int8pack_mm(rows.bfloat16(), weight, scale).float()

    return product


def float32(weight: Tensor, scale: Tensor) -> Product:
    """Plain products, of weights made anew each time: for a processor that no other kernel suits.

    A stretch of them at a time, which stays in the processor's caches: no more memory than the
    other kernels take, and at worst some times slower than float32 that lies there.
    """
    stretches, scale = torch.split(weight.clone(), _STRETCH), scale.clone()

    def product(rows: Tensor) -> Tensor:
        return torch.cat([rows @ stretch.float().t() for stretch in stretches], 1).mul_(scale)

    return product


KERNELS: Mapping[str, Kernel] = MappingProxyType(
    {kernel.__name__: kernel for kernel in (onednn, fbgemm, bfloat16, float32)}
)


@cache
def chosen() -> Choice:
    """Take the first kernel that suits the processor, gives the right product and is not slow.

    Which come first follows from the processor, not from the clock: answers must not depend on what
    else runs. The clock only refuses what is slower than float32, which takes some 50 ms once.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return _race()
    finally:
        torch.set_num_threads(threads)


def _race() -> Choice:
    draw = torch.Generator().manual_seed(0)
    plain = torch.randn(_SIDE, _SIDE, generator=draw)
    scale = plain.abs().amax(1).div_(127)
    weight = (plain / scale[:, None]).round_().to(torch.int8)
    rows = {count: torch.randn(count, _SIDE, generator=draw) for count in ROWS}
    allowed = {n: _SLOWER * time for n, time in _timed(lambda x: x @ plain.t(), rows).items()}
    milliseconds = {"float32": sum(allowed.values()) / _SLOWER}
    refused: dict[str, str] = {}
    for name in _suited():
        try:
            product = KERNELS[name](weight, scale)
            wrong = min(_cosine(product(x), x @ plain.t()) for x in rows.values()) < _AGREES
        except (RuntimeError, AttributeError, NotImplementedError) as error:
            refused[name] = next(iter(str(error).splitlines()), type(error).__name__)
            continue
        if wrong:
            refused[name] = "gives another product"
            continue
        taken = _timed(product, rows)
        milliseconds[name] = sum(taken.values())
        if all(taken[n] <= allowed[n] for n in ROWS):
            return Choice(name, milliseconds, refused)
        refused[name] = "is slower than float32"
    return Choice("float32", milliseconds, refused)


def _suited() -> tuple[str, ...]:
    """Kernels by how quick they are known to be on such a processor, the quickest first."""
    processor = torch.cpu.get_capabilities()
    if platform.machine().lower() not in {"x86_64", "amd64"}:
        return ("bfloat16",)
    # What the processor has and PyTorch was told not to use does not count.
    wide = torch.backends.cpu.get_cpu_capability().startswith(("AVX512", "AMX"))
    vnni = processor.get("avx_vnni") or (wide and processor.get("avx512_vnni"))
    return ("onednn", "fbgemm") if vnni else ("fbgemm", "onednn")


def _timed(product: Product, rows: Mapping[int, Tensor]) -> dict[int, float]:
    """Milliseconds by rows at once, the best of some, on one thread: others may be at work."""
    best = {}
    for count, x in rows.items():
        taken = []
        for _ in range(10):
            start = time.perf_counter()
            product(x)
            taken.append(time.perf_counter() - start)
        best[count] = 1000 * min(taken)
    return best


def _largest(rows: Tensor) -> Tensor:
    return rows.abs().amax(1, keepdim=True).clamp_(min=1e-9)


def _cosine(one: Tensor, other: Tensor) -> float:
    return float(torch.nn.functional.cosine_similarity(one.flatten(), other.flatten(), dim=0))
