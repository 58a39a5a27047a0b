"""The encoder of the pipeline: a BERT model under spacy-transformers' `transformer` component.

It differs from spacy-transformers' own layer in four ways. It reads spaCy's tokens, each with pieces of its own, so that no
alignment is searched; it sees capitals, which the uncased vocabulary drops, through the type embeddings; windows do not
overlap and are batched by length; and it computes in bfloat16 where that is faster, or in eight bits.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import numpy
import torch
from spacy.tokens import Doc
from spacy_transformers.data_classes import FullTransformerBatch, HFObjects, TransformerData, WordpieceBatch
from spacy_transformers.layers.hf_wrapper import HFWrapper
from spacy_transformers.layers.transformer_model import set_pytorch_transformer
from thinc.api import Model, Ragged, get_torch_default_device, torch2xp, xp2torch
from transformers import AutoTokenizer, BertModel
from transformers.file_utils import ModelOutput

from en_conflict_trf.pieces import CASES, PieceTable, Window, batches, cut

PRECISIONS = ("auto", "bfloat16", "float32", "int8")


@dataclass(frozen=True)
class Settings:
    """What the config says; kept apart from the plain attributes of the layer, which are saved and would override it."""

    name: str
    window: int
    max_batch_pieces: int
    precision: str


class HeadlessBert:
    """BertModel without its pooler, which nothing reads, behind the two constructors that spacy-transformers calls."""

    @staticmethod
    def from_config(config: Any) -> BertModel:
        """Return a model of random weights, to be overwritten by saved ones."""
        return BertModel(config, add_pooling_layer=False)

    @staticmethod
    def from_pretrained(folder: Path, **config: Any) -> BertModel:
        """Return the pretrained model; every kind of capitals starts with the embedding of the first sentence."""
        model = BertModel.from_pretrained(str(folder), add_pooling_layer=False, **config)
        old = model.embeddings.token_type_embeddings.weight.data
        model.embeddings.token_type_embeddings = torch.nn.Embedding.from_pretrained(
            old[:1].repeat(CASES, 1), freeze=False
        )
        model.config.type_vocab_size = CASES
        return model


def make_encoder(
    name: str,
    window: int = 192,
    max_batch_pieces: int = 4096,
    precision: str = "auto",
    transformer_config: dict[str, Any] | None = None,
) -> Model[list[Doc], FullTransformerBatch]:
    """Build the layer for `components.transformer.model`.

    `name` is a folder with a BERT model, or an installed package that has one in its folder `model`; it is read when training
    starts, never when a trained pipeline is loaded. `window` counts word pieces. `precision` is "float32", "bfloat16",
    "auto", which is bfloat16 on processors and GPUs that compute faster in it, or "int8": weights of eight bits on a processor,
    with activations scaled as they come. Saved weights and training are never of eight bits. Raises ValueError for any other.
    """
    if precision not in PRECISIONS:
        raise ValueError(f"precision is {precision!r}; use one of {', '.join(PRECISIONS)}")
    objects = HFObjects(None, None, None, {"use_fast": True}, dict(transformer_config or {}))
    wrapper = HFWrapper(objects, model_cls=HeadlessBert)
    return Model(
        "transformer",
        forward,
        init=init,
        layers=[wrapper],
        dims={"nO": None},
        attrs={
            "settings": Settings(name, window, max_batch_pieces, precision),
            "set_transformer": set_pytorch_transformer,
            "has_transformer": False,
            "table": None,
        },
    )


def init(model: Model[list[Doc], FullTransformerBatch], X: Any = None, Y: Any = None) -> None:  # noqa: N803
    """Read the pretrained weights, once."""
    if model.attrs["has_transformer"]:
        return
    name = model.attrs["settings"].name
    folder = Path(name) if Path(name).is_dir() else Path(str(files(name))) / "model"
    tokenizer = AutoTokenizer.from_pretrained(str(folder), use_fast=True)
    transformer = HeadlessBert.from_pretrained(folder, **model.layers[0].shims[0]._hfmodel._init_transformer_config)
    transformer.to(get_torch_default_device())
    vocab_file = getattr(tokenizer, "vocab_file", None)
    vocabulary = Path(vocab_file).read_bytes() if vocab_file else None
    set_pytorch_transformer(model, HFObjects(tokenizer, transformer, vocabulary))


def forward(
    model: Model[list[Doc], FullTransformerBatch], docs: list[Doc], is_train: bool
) -> tuple[FullTransformerBatch, Callable[[FullTransformerBatch], list[Doc]]]:
    """Encode the Docs; the vectors of a Doc are one row for each of its pieces, in order."""
    settings: Settings = model.attrs["settings"]
    shim = model.layers[0].shims[0]
    network = shim._model
    table = model.attrs["table"]
    if table is None or table.tokenizer is not shim._hfmodel.tokenizer:
        table = model.attrs["table"] = PieceTable(shim._hfmodel.tokenizer)
    windows: list[Window] = []
    pieces_of: list[list[tuple[int, ...]]] = []
    bounds = [0]
    for doc in docs:
        words = [token.text for token in doc]
        pieces = table(words)
        windows += cut(words, pieces, offset=bounds[-1], size=settings.window)
        pieces_of.append(pieces)
        bounds.append(bounds[-1] + sum(map(len, pieces)))
    network.train(is_train)
    if settings.precision == "int8" and not is_train and network.device.type == "cpu":
        network = _of_eight_bits(network)
    with torch.set_grad_enabled(is_train), _precision(network.device, settings.precision):
        rows = _encode(network, table, windows, settings.max_batch_pieces)
    output = _by_doc(torch2xp(rows.detach()), docs, pieces_of, bounds)

    def backprop(d_output: FullTransformerBatch) -> list[Doc]:
        [gradient] = d_output.model_output.values()
        torch.autograd.backward(rows, xp2torch(gradient, device=rows.device))
        return docs

    return output, backprop


def _encode(network: BertModel, table: PieceTable, windows: list[Window], max_items: int) -> torch.Tensor:
    """Return one row for each piece of the windows, in the order of their offsets."""
    found, order = [], []
    for batch in batches(windows, max_items=max_items):
        ids, cases, mask = (numpy.zeros((len(batch), len(batch[-1]) + 2), dtype="int64") for _ in range(3))
        inner = numpy.zeros(ids.shape, dtype="bool")
        for row, window in enumerate(batch):
            stop = len(window) + 1
            ids[row, 0], ids[row, 1:stop], ids[row, stop] = table.start, window.ids, table.end
            cases[row, 1:stop] = window.cases
            mask[row, : stop + 1] = 1
            inner[row, 1:stop] = True
            order.append(numpy.arange(window.offset, window.offset + len(window)))
        inputs = [torch.from_numpy(array).to(network.device) for array in (ids, mask, cases)]
        if mask.all():
            inputs[1] = None
        hidden = network(input_ids=inputs[0], attention_mask=inputs[1], token_type_ids=inputs[2]).last_hidden_state
        found.append(hidden[torch.from_numpy(inner).to(network.device)].float())
    rows = torch.cat(found)
    back = torch.from_numpy(numpy.argsort(numpy.concatenate(order))).to(rows.device)
    return rows.index_select(0, back)


def _by_doc(
    rows: Any, docs: list[Doc], pieces_of: list[list[tuple[int, ...]]], bounds: list[int]
) -> FullTransformerBatch:
    """Give each Doc its rows, in the classes that the listeners read."""
    data = []
    for doc, pieces, start, stop in zip(docs, pieces_of, bounds, bounds[1:], strict=False):
        if not len(doc):
            data.append(TransformerData.empty())
            continue
        lengths = numpy.array([len(piece) for piece in pieces], dtype="i")
        align = Ragged(numpy.arange(stop - start, dtype="i"), lengths)
        wordpieces = WordpieceBatch([], numpy.zeros((0, 0), "i"), numpy.zeros((0, 0), "f"), [], None)
        data.append(TransformerData(wordpieces, ModelOutput(last_hidden_state=rows[start:stop]), align))
    spans = [[doc[:]] for doc in docs]
    return FullTransformerBatch(spans, WordpieceBatch.empty(), ModelOutput(), align=None, cached_doc_data=data)


def _precision(device: torch.device, precision: str) -> Any:
    native = torch.cuda.is_bf16_supported() if device.type == "cuda" else _cpu_has_bfloat16()
    wanted = precision == "bfloat16" or (precision == "auto" and native)
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=wanted)


@cache
def _cpu_has_bfloat16() -> bool:
    """Whether the processor is faster in bfloat16: by AMX, or by AVX512-BF16 where that is no mere emulation in speed.

    Of the processors with AVX512-BF16 alone, AMD's double the rate of float32; Intel's, with AMX switched off, fall below it.
    """
    has_tiles, has_avx = (
        bool(check and check())
        for check in (getattr(torch.cpu, f"_is_{name}_supported", None) for name in ("amx_tile", "avx512_bf16"))
    )
    cpuinfo = Path("/proc/cpuinfo")
    made_by_amd = cpuinfo.is_file() and "AuthenticAMD" in cpuinfo.read_text(errors="ignore")[:2000]
    return has_tiles or (has_avx and made_by_amd)


def _of_eight_bits(network: BertModel) -> torch.nn.Module:
    """The network with linear layers of eight bits, a scale for each row of weights, made once for each network."""
    made = _EIGHT_BITS.get(network)
    if made is None:
        quantization = torch.ao.quantization
        spec = {torch.nn.Linear: quantization.per_channel_dynamic_qconfig}
        with warnings.catch_warnings():  # of its successor, a package of its own
            warnings.simplefilter("ignore")
            made = _EIGHT_BITS[network] = quantization.quantize_dynamic(network.eval(), spec, dtype=torch.qint8)
    return made


_EIGHT_BITS: WeakKeyDictionary[torch.nn.Module, torch.nn.Module] = WeakKeyDictionary()
