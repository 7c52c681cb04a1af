"""What networks compute on here: the processor and what it has, the GPU, the kernel in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch

from askdossier.models import kernels


@dataclass(frozen=True, slots=True)
class Hardware:
    """As PyTorch sees it."""

    processor: str
    architecture: str
    features: tuple[str, ...]
    """Instructions that products are made of."""
    capability: str
    """The best of them that PyTorch's own code uses."""
    threads: int
    kernel: str
    """What multiplies weights of 8 bits on the processor: see ``kernels``."""
    kernel_milliseconds: Mapping[str, float]
    """What those that were tried took: see ``kernels.Choice``."""
    gpu: str
    """Empty without one."""
    gpu_bytes: int


_ARITHMETIC = ("avx", "amx", "fma", "f16c")
"""What the names of such instructions begin with on x86; elsewhere all are told."""


def look() -> Hardware:
    """Look at this machine; trying kernels takes a moment where nobody has before."""
    known = torch.cpu.get_capabilities()
    architecture = str(known.get("architecture", ""))
    x86 = architecture.startswith("x86")
    kernel = kernels.chosen()
    gpu = torch.cuda.get_device_properties(0) if torch.cuda.is_available() else None
    return Hardware(
        processor=str(known.get("cpu_name", "")).strip(),
        architecture=architecture,
        features=tuple(
            sorted(
                name
                for name, has in known.items()
                if has is True and (not x86 or name.startswith(_ARITHMETIC))
            )
        ),
        capability=torch.backends.cpu.get_cpu_capability(),
        threads=torch.get_num_threads(),
        kernel=kernel.name,
        kernel_milliseconds=kernel.milliseconds,
        gpu=gpu.name if gpu else "",
        gpu_bytes=gpu.total_memory if gpu else 0,
    )
