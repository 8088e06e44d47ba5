"""ONNX graphs written node by node: exactly the operators the runtime is fast at, and weights as 8-bit integers.

A graph holds no word embeddings: it takes them looked up. Every graph reads one window (batch 1), so that a dynamic
scale of the activations depends on that window alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from training.network import Encoder, Layer
from training.ranges import Ranges

OPSET, IR_VERSION = 17, 8
"""Old enough for every supported onnxruntime."""
CONTRIB = "com.microsoft"
SHARE = 0.8
BLOCK = 128
"""Inputs of one column of a matrix that share a scale, both its weights and what they are multiplied by."""
INT8_PRODUCTS = 4
"""`accuracy_level` of MatMulNBits: the inputs are rounded to 8 bits as well, block by block."""
Array = NDArray[Any]


def array(parameter: Any) -> Array:
    """A parameter as single precision."""
    return np.asarray(parameter.detach().float().numpy(), dtype=np.float32)


def quantised(weight: Array) -> tuple[Array, Array]:
    """A matrix (in, out) as int8 with one scale per column, symmetric."""
    scale = np.maximum(np.abs(weight).max(axis=0), 1e-12) / 127
    return np.clip(np.rint(weight / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


def quantised_in_blocks(weight: Array) -> tuple[Array, Array]:
    """A matrix (out, in) as bytes (out, blocks, `BLOCK`) with 128 for zero, and a scale per block, symmetric."""
    blocks = weight.reshape(len(weight), -1, BLOCK)
    scale = np.maximum(np.abs(blocks).max(axis=2), 1e-12) / 127
    whole = np.clip(np.rint(blocks / scale[..., None]), -127, 127) + 128
    return whole.astype(np.uint8), scale.astype(np.float32)


def smoothing(largest: Array, weight: Array) -> Array:
    """By how much each channel of an input is made smaller, and its row of the weights larger.

    With `SHARE` 0 the rows of the weights become alike, with 1 the channels; 0.8 of 0 to 1 gave the highest cosine with
    full precision (0.999; without smoothing 0.990) for the quotation reader.
    """
    factors = np.maximum(largest, 1e-3) ** SHARE / np.maximum(np.abs(weight).max(axis=1), 1e-4) ** (1 - SHARE)
    return np.asarray(factors / np.exp(np.log(factors).mean()), dtype=np.float32)


class Graph:
    """Nodes and weights under construction; methods return the names of the values they make."""

    def __init__(self, name: str, ranges: Ranges | None = None, *, blocks: bool = False) -> None:
        """With `ranges` of the inputs of linear layers, or in `blocks`, these are in 8 bits, else in full precision.

        One scale per window is enough where tags are chosen; vectors that are compared by their angle need `blocks`.
        """
        self.name, self.ranges, self.blocks = name, ranges, blocks
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.inputs: list[onnx.ValueInfoProto] = []
        self.outputs: list[onnx.ValueInfoProto] = []
        self.count = 0

    def input(self, name: str, shape: Sequence[int | str], kind: int = TensorProto.FLOAT) -> str:
        """Declare an input."""
        self.inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def output(self, value: str, name: str, shape: Sequence[int | str]) -> None:
        """Declare `value` as the output `name`."""
        self.nodes.append(helper.make_node("Identity", [value], [name]))
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def constant(self, value: Array) -> str:
        """A weight."""
        self.count += 1
        name = f"w{self.count}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def integers(self, *values: int) -> str:
        """A list of whole numbers (axes, bounds)."""
        return self.constant(np.array(values, dtype=np.int64))

    def number(self, value: float) -> str:
        """A scalar."""
        return self.constant(np.array(value, dtype=np.float32))

    def op(self, kind: str, *inputs: str, outputs: int = 1, domain: str = "", **attributes: Any) -> Any:
        """Add a node; its value's name, or the list of them where there are more."""
        self.count += 1
        names = [f"v{self.count}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, module: nn.Linear, *, exact: bool = False, smooth: bool = False) -> str:
        """A linear layer, in 8 bits unless the graph or `exact` says otherwise; `smooth` where channels differ much."""
        weight, bias = array(module.weight).T, self.constant(array(module.bias))
        if self.blocks and not exact:
            return str(self.op("Add", self._product_in_blocks(x, module), bias))
        if exact or self.ranges is None:
            return str(self.op("Add", self.op("MatMul", x, self.constant(weight)), bias))
        if smooth:
            factors = smoothing(self.ranges[module], weight)
            x, weight = self.op("Mul", x, self.constant(1 / factors)), weight * factors[:, None]
        whole, scale = quantised(weight)
        parts = (x, self.constant(whole), self.constant(scale), "", bias)
        return str(self.op("DynamicQuantizeMatMul", *parts, domain=CONTRIB))

    def _product_in_blocks(self, x: str, module: nn.Linear) -> str:
        """The product of a linear layer; its inputs are a multiple of `BLOCK`."""
        whole, scale = quantised_in_blocks(array(module.weight))
        shape = {"K": module.in_features, "N": module.out_features, "bits": 8, "block_size": BLOCK}
        parts = (x, self.constant(whole), self.constant(scale))
        return str(self.op("MatMulNBits", *parts, domain=CONTRIB, accuracy_level=INT8_PRODUCTS, **shape))

    def norm(self, x: str, module: nn.LayerNorm) -> str:
        """Layer normalisation."""
        weight, bias = self.constant(array(module.weight)), self.constant(array(module.bias))
        return str(self.op("LayerNormalization", x, weight, bias, epsilon=module.eps))

    def skip_norm(self, x: str, skip: str, module: nn.LayerNorm) -> str:
        """Layer normalisation of a sum."""
        weight, bias = self.constant(array(module.weight)), self.constant(array(module.bias))
        return str(self.op("SkipLayerNormalization", x, skip, weight, bias, domain=CONTRIB, epsilon=module.eps))

    def gelu(self, x: str) -> str:
        """The exact form, by the error function."""
        return str(self.op("Gelu", x, domain=CONTRIB))

    def layer(self, x: str, module: Layer) -> str:
        """A transformer layer."""
        q, k, v = self.op("Split", self.linear(x, module.qkv), outputs=3, axis=-1)
        seen = self.op("MultiHeadAttention", q, k, v, domain=CONTRIB, num_heads=module.heads)
        x = self.skip_norm(self.linear(seen, module.out), x, module.norm1)
        inner = self.gelu(self.linear(x, module.up, smooth=True))
        return self.skip_norm(self.linear(inner, module.down, smooth=True), x, module.norm2)

    def encoder(self, embedded: str, module: Encoder, longest: int) -> str:
        """Hidden states of looked-up embeddings; no window is longer than `longest` with its frame."""
        table = array(module.positions)[:longest] + array(module.kind)
        places = self.op("Cast", self.constant(table.astype(np.float16)), to=TensorProto.FLOAT)
        length = self.op("Slice", self.op("Shape", embedded), self.integers(1), self.integers(2))
        here = self.op("Slice", places, self.integers(0), length, self.integers(0))
        x = self.norm(self.op("Add", embedded, here), module.norm)
        for layer in module.layers:
            x = self.layer(x, layer)  # type: ignore[arg-type]  # a layer
        return x

    def bytes(self) -> bytes:
        """The finished model, checked."""
        graph = helper.make_graph(self.nodes, self.name, self.inputs, self.outputs, self.weights)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="quellenlage")
        onnx.checker.check_model(model)
        return bytes(model.SerializeToString())
