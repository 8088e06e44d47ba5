"""The encoder and its heads as PyTorch modules; `export.py` writes the same graphs as ONNX.

The word embeddings are frozen: every graph that ships reads one table. All shapes are (batch, length, width).
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812  (the name that everybody reads)
from safetensors.torch import load_file
from torch import Tensor, nn


class Layer(nn.Module):
    """A transformer layer of BERT (post-norm), with fused query, key and value."""

    def __init__(self, width: int = 384, heads: int = 12, inner: int = 1536, eps: float = 1e-12) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=eps)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=eps)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """`bias` (batch, 1, 1, length) is added to the attention scores: 0 for what may be seen, else very negative."""
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        # written out: on two cores faster, forward and backward, than the fused operator with a mask
        q = q * (width // self.heads) ** -0.5
        scores = torch.matmul(q, k.transpose(-1, -2)) + bias.to(q.dtype)
        seen = torch.matmul(torch.softmax(scores, dim=-1), v)
        seen = seen.transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + self.out(seen))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Embeddings and the layers `first` to `last` (half-open) of the base encoder."""

    def __init__(self, base: Path, last: int) -> None:
        super().__init__()
        config = json.loads((base / "config.json").read_text(encoding="utf-8"))
        weights = load_file(base / "model.safetensors")
        width = config["hidden_size"]
        eps = config["layer_norm_eps"]
        self.words = nn.Embedding.from_pretrained(weights["embeddings.word_embeddings.weight"].float(), freeze=True)
        self.positions = nn.Parameter(weights["embeddings.position_embeddings.weight"].float())
        self.kind = nn.Parameter(weights["embeddings.token_type_embeddings.weight"].float()[0])
        self.norm = nn.LayerNorm(width, eps=eps)
        _copy(self.norm, weights, "embeddings.LayerNorm")
        self.layers = nn.ModuleList(
            base_layer(weights, i, width, config["num_attention_heads"], config["intermediate_size"], eps)
            for i in range(last)
        )
        self.dropout = nn.Dropout(0.1)

    def forward(self, ids: Tensor, bias: Tensor) -> Tensor:
        """Hidden states of word pieces."""
        return self.encode(self.words(ids), bias)

    def encode(self, embedded: Tensor, bias: Tensor) -> Tensor:
        """Hidden states of looked-up embeddings: what is exported."""
        x = self.dropout(self.norm(embedded + self.positions[: embedded.shape[1]] + self.kind))
        for layer in self.layers:
            x = layer(x, bias)
        return x


def base_layer(weights: dict[str, Tensor], i: int, width: int, heads: int, inner: int, eps: float) -> Layer:
    """Layer `i` of the base encoder."""
    layer = Layer(width, heads, inner, eps)
    at = f"encoder.layer.{i}"
    with torch.no_grad():
        for part in ("weight", "bias"):
            own = [weights[f"{at}.attention.self.{name}.{part}"].float() for name in ("query", "key", "value")]
            getattr(layer.qkv, part).copy_(torch.cat(own))
    for name, module in {
        "attention.output.dense": layer.out,
        "attention.output.LayerNorm": layer.norm1,
        "intermediate.dense": layer.up,
        "output.dense": layer.down,
        "output.LayerNorm": layer.norm2,
    }.items():
        _copy(module, weights, f"{at}.{name}")
    return layer


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    with torch.no_grad():
        module.weight.copy_(weights[f"{name}.weight"].float())  # type: ignore[operator, union-attr]
        module.bias.copy_(weights[f"{name}.bias"].float())  # type: ignore[operator, union-attr]  # a layer of weights


class Crf(nn.Module):
    """A linear chain over tags; gold may be a set of tags per word (a partly known annotation)."""

    def __init__(self, tags: int, follows: list[list[bool]]) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(tags, tags))
        self.register_buffer("forbidden", torch.where(torch.tensor(follows), 0.0, -1e4))
        self.start = nn.Parameter(torch.zeros(tags))

    def scores(self) -> Tensor:
        """Transition scores (from, to) with what cannot follow ruled out."""
        return self.transitions + self.forbidden  # type: ignore[operator]  # a tensor

    def loss(self, emissions: Tensor, gold: Tensor, mask: Tensor) -> Tensor:
        """Negative log likelihood per word; `gold` (batch, length, tags) is boolean, `mask` (batch, length)."""
        blocked = emissions.masked_fill(~gold, -1e4)
        return (self._total(emissions, mask) - self._total(blocked, mask)).sum() / mask.sum().clamp(min=1)

    def _total(self, emissions: Tensor, mask: Tensor) -> Tensor:
        scores = self.scores()
        # unbind: the backward pass of indexing step by step would fill a whole tensor for every word
        first, *rest = emissions.unbind(1)
        alpha = self.start + first
        for row, inside in zip(rest, mask.unsqueeze(-1).unbind(1)[1:], strict=True):
            step = torch.logsumexp(alpha.unsqueeze(2) + scores, dim=1) + row
            alpha = torch.where(inside, step, alpha)
        return torch.logsumexp(alpha, dim=1)


class Biaffine(nn.Module):
    """Scores of (dependent, head) pairs, for `labels` labels at once (Dozat & Manning 2017)."""

    def __init__(self, width: int, inner: int, labels: int) -> None:
        super().__init__()
        self.dependent = nn.Linear(width, inner)
        self.head = nn.Linear(width, inner)
        self.weight = nn.Parameter(torch.zeros(labels, inner + 1, inner + 1))
        nn.init.normal_(self.weight, std=1 / math.sqrt(inner))
        self.dropout = nn.Dropout(0.25)

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """(batch, labels, dependents, heads)."""
        d = self.dropout(F.gelu(self.dependent(dependents)))
        h = self.dropout(F.gelu(self.head(heads)))
        d = F.pad(d, (0, 1), value=1.0)
        h = F.pad(h, (0, 1), value=1.0)
        left = torch.einsum("bdi,lij->bldj", d, self.weight)
        return torch.einsum("bldj,bhj->bldh", left, h)


def attention_bias(mask: Tensor) -> Tensor:
    """The additive form of a padding mask (batch, length)."""
    return torch.where(mask, 0.0, -1e4)[:, None, None, :]


def gather(hidden: Tensor, index: Tensor) -> Tensor:
    """Rows of `hidden` (batch, length, width) at `index` (batch, words)."""
    return torch.gather(hidden, 1, index.unsqueeze(-1).expand(-1, -1, hidden.shape[-1]))


def parameter_groups(module: nn.Module, rate: float, decay: float, heads_rate: float) -> list[dict[str, object]]:
    """Layer-wise learning rates: `rate` for the top layer of the encoder, times `decay` per layer down."""
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    encoder = module.encoder
    depth = len(encoder.layers)  # type: ignore[union-attr, arg-type]  # a list of layers
    for name, parameter in module.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("encoder.layers."):
            own = rate * decay ** (depth - 1 - int(name.split(".")[2]))
        elif name.startswith("encoder."):
            own = rate * decay**depth
        elif name.startswith("tower."):
            own = rate
        else:
            own = heads_rate
        groups.setdefault((own, 0.01 if parameter.ndim > 1 else 0.0), []).append(parameter)
    return [{"params": p, "lr": lr, "weight_decay": wd} for (lr, wd), p in groups.items()]
