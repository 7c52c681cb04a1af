"""Causal language models with weights in 8 bits, for any architecture of transformers.

Each row of a matrix has one scale, so that its largest weight is ±127; each token of what is
multiplied with it has another, taken on the way: vector-wise quantisation, LLM.int8() (Dettmers et
al. 2022, arXiv:2208.07339, section 2.1) without its outlier columns. oneDNN, which PyTorch brings
along, multiplies the weights as they lie in the file, which the system maps into memory, or packed
beforehand, which takes some seconds and a copy of them.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import torch
from accelerate import init_empty_weights
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedModel

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

    Raises OSError, ValueError or RuntimeError when the folder holds something else.
    """
    model = _empty(folder, torch.float32)
    _quantise(model)
    tensors = {
        name: tensor.float() if _is_plain(name, tensor) else tensor
        for name, tensor in load_file(folder / FILE).items()
    }
    for name, twin in _tied(model).items():
        tensors[name] = tensors[twin]
    model.load_state_dict(tensors, assign=True)
    return model


def pack(model: PreTrainedModel) -> None:
    """Lay out the weights of what ``load`` gave as the processor wants them, if it has VNNI.

    Otherwise oneDNN does so anew for each product of more than one row, which for the few rows of
    proposed words is most of the work.
    """
    if _HAS_VNNI:
        linear = [module for module in model.modules() if isinstance(module, Int8Linear)]
        with ThreadPoolExecutor() as threads:
            list(threads.map(Int8Linear.pack, linear))


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
_PROCESSOR = torch.cpu.get_capabilities()
_HAS_VNNI = bool(_PROCESSOR.get("avx512_vnni") or _PROCESSOR.get("avx_vnni"))
_NO_SIGN = 128
"""Added to steps of -127 to 127, since VNNI takes them without sign on one side."""


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
        self._packed: tuple[Tensor, Tensor] | None = None

    def pack(self) -> None:
        """Keep the weights as VNNI wants them, and nowhere else: see ``pack``."""
        if self._packed is not None:
            return
        zeros = torch.zeros_like(self.weight_scale, dtype=torch.int32)
        self._packed = torch.ops.onednn.qlinear_prepack(self.weight, None), zeros
        self.weight = torch.empty(0, dtype=torch.int8)

    def forward(self, x: Tensor) -> Tensor:
        """Multiply ``x``, shape ``(…, in)`` in float32."""
        rows = x.reshape(-1, x.shape[-1])
        product: Tensor
        if self._packed is not None:
            weight, zeros = self._packed
            steps, size = _in_steps(rows)
            unsigned = steps.add_(_NO_SIGN).to(torch.uint8)
            product = torch.ops.onednn.qlinear_pointwise(
                *(unsigned, 1.0, _NO_SIGN, weight, self.weight_scale, zeros, None),
                *(1.0, 0, torch.float32, "none", [], ""),
            ).mul_(size)
        elif torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
            steps, size = _in_steps(rows)
            product = torch._int_mm(steps.to(torch.int8), self.weight.t()).float()
            product.mul_(self.weight_scale).mul_(size)
        else:  # Apple's processors
            scales = self.weight_scale.bfloat16()
            product = torch._weight_int8pack_mm(rows.bfloat16(), self.weight, scales).float()
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
