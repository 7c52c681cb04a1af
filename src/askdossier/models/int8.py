"""Causal language models with weights in 8 bits, for any architecture of transformers.

Each row of a matrix has one scale, so that its largest weight is ±127; how such a matrix is
multiplied, ``kernels`` knows. A model lies on the disk as it was quantised and in memory as the
kernel wants it, never both ways at once: each matrix is laid out as it is read.
"""

from __future__ import annotations

import ctypes
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import torch
from accelerate import init_empty_weights
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedModel

from askdossier.models import kernels

FILE = "int8.safetensors"


def save(model: PreTrainedModel, folder: Path) -> None:
    """Quantise a model, in place, and write it to ``folder``."""
    _quantise(model)
    tensors = {
        name: tensor.bfloat16() if _is_plain(name, tensor) else tensor
        for name, tensor in model.state_dict().items()
    }
    for name in _tied(model):
        del tensors[name]
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, folder / FILE)
    model.config.save_pretrained(folder)


def load(folder: Path) -> PreTrainedModel:
    """Open what ``save`` wrote, for the CPU: it multiplies in 8 bits and adds in float32.

    Takes seconds, for laying the matrices out. Raises OSError, ValueError or RuntimeError when the
    folder holds something else.
    """
    model = _empty(folder, torch.float32)
    _quantise(model)
    file, twins = folder / FILE, _tied(model)
    kernel = kernels.chosen().kernel

    def lay_out(name: str) -> None:
        module: Any = model.get_submodule(name)
        weight, scale = (f"{name}.{part}" for part in ("weight", "weight" + _SCALE))
        # Opened anew for each: what was read is given back as soon as it is laid out.
        with safe_open(file, "pt") as stored:
            matrix, scales = (stored.get_tensor(twins.get(one, one)) for one in (weight, scale))
            module.lay_out(kernel, matrix, scales)
        del matrix, scales
        _give_back()

    linear = [name for name, part in model.named_modules() if isinstance(part, Int8Linear)]
    with ThreadPoolExecutor(torch.get_num_threads()) as threads:
        list(threads.map(lay_out, linear))
    with safe_open(file, "pt") as stored:
        # ``lay_out`` leaves no matrix among what a model consists of for PyTorch.
        tensors = {name: stored.get_tensor(name) for name in model.state_dict()}
    model.load_state_dict(
        {name: part.float() if _is_plain(name, part) else part for name, part in tensors.items()},
        assign=True,
    )
    return model


def _give_back() -> None:
    """Have the C library return what was freed to the system: it keeps a second model else."""
    with suppress(AttributeError, OSError, TypeError):  # not the C library of GNU
        ctypes.CDLL(None).malloc_trim(0)


def load_unpacked(folder: Path) -> PreTrainedModel:
    """Open what ``save`` wrote as plain matrices in bfloat16, for a GPU."""
    model = _empty(folder, torch.bfloat16)
    packed = load_file(folder / FILE)
    tensors = {}
    for name, tensor in packed.items():
        if not name.endswith(_SCALE):
            scale = packed.get(name + _SCALE)
            plain = tensor if scale is None else tensor * scale[:, None]
            tensors[name] = plain.bfloat16()
    model.load_state_dict(tensors, assign=True, strict=False)
    model.tie_weights()
    return model


def _empty(folder: Path, dtype: torch.dtype) -> PreTrainedModel:
    """A model without weights."""
    config = AutoConfig.from_pretrained(folder, local_files_only=True)
    with init_empty_weights(include_buffers=False):
        model: Any = AutoModelForCausalLM.from_config(config, dtype=dtype)  # type: ignore[no-untyped-call]
    empty: PreTrainedModel = model.eval()
    return empty


def _quantise(model: PreTrainedModel) -> None:
    """Replace the matrices of a model; those without data by others without data."""
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if type(child) is nn.Linear:
                setattr(parent, name, Int8Linear(child))
            elif type(child) is nn.Embedding:
                setattr(parent, name, Int8Embedding(child))


def _tied(model: Any) -> dict[str, str]:
    """Names of the tensors of the last matrix that are those of the first, with their names there.

    Few models say so in their settings where the file they come from holds both.
    """
    if not model.config.tie_word_embeddings:
        return {}
    names = {module: name for name, module in model.named_modules()}
    first, last = names[model.get_input_embeddings()], names[model.get_output_embeddings()]
    return {f"{last}.{part}": f"{first}.{part}" for part in ("weight", "weight" + _SCALE)}


_SCALE = "_scale"


def _is_plain(name: str, tensor: Tensor) -> bool:
    return tensor.is_floating_point() and not name.endswith(_SCALE)


class Int8Linear(nn.Module):
    """``x @ weight.T + bias``; ``weight`` is ``(out, in)`` in int8 with one scale for each row."""

    weight: Tensor
    weight_scale: Tensor
    bias: Tensor | None

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        weight, scale = _in_8_bits(linear.weight)
        self.register_buffer("weight", weight)
        self.register_buffer("weight_scale", scale)
        self.register_buffer("bias", None if linear.bias is None else linear.bias.detach())
        self._product: kernels.Product | None = None

    def lay_out(self, kernel: kernels.Kernel, weight: Tensor, scale: Tensor) -> None:
        """Keep weights, ``(out, in)`` in int8, and scales as the kernel wants them; only so."""
        self._product = kernel(weight, scale)
        del self.weight, self.weight_scale

    def forward(self, x: Tensor) -> Tensor:
        """Multiply ``x``, shape ``(…, in)`` in float32, once it is laid out."""
        if self._product is None:
            raise RuntimeError("the weights are not laid out")
        product = self._product(x.reshape(-1, x.shape[-1]))
        if self.bias is not None:
            product.add_(self.bias)
        return product.view(*x.shape[:-1], -1)


class Int8Embedding(nn.Module):
    """Rows of a table in int8, each with its scale."""

    weight: Tensor
    weight_scale: Tensor

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        weight, scale = _in_8_bits(table.weight)
        self.register_buffer("weight", weight)
        self.register_buffer("weight_scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """Look up rows, in float32."""
        return self.weight[ids] * self.weight_scale[ids].unsqueeze(-1)


def _in_8_bits(matrix: Tensor) -> tuple[Tensor, Tensor]:
    """The matrix in int8, and the scale of each row."""
    steps, size = _in_steps(matrix.detach().float())
    return steps.to(torch.int8), size.squeeze(1)


def _in_steps(matrix: Tensor) -> tuple[Tensor, Tensor]:
    """The matrix in whole steps, at most ±127 a row; the size of each row's steps, ``(n, 1)``."""
    size = matrix.abs().amax(1, keepdim=True).clamp_(min=1e-9).div_(127)
    return (matrix / size).round_(), size
