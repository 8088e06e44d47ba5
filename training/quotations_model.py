"""The quotation reader: one pass over an article finds quotations, a short tower reads the roles of each."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from training.labels import QUOTATION_TAGS, ROLES, follows
from training.network import Crf, Encoder, attention_bias, base_layer, gather
from training.quotations_data import MEDIA, TYPES


class QuotationReader(nn.Module):
    """`depth` layers read the article; `tower` more, the next ones of the base, read it around a quotation."""

    def __init__(self, base: Path, depth: int, tower: int) -> None:
        super().__init__()
        self.encoder = Encoder(base, depth)
        weights = load_file(base / "model.safetensors")
        self.tower = nn.ModuleList(base_layer(weights, depth + i, 384, 12, 1536, 1e-12) for i in range(tower))
        self.mark = nn.Embedding(3, 384)
        nn.init.normal_(self.mark.weight, std=0.05)
        self.norm = nn.LayerNorm(384)
        self.dropout = nn.Dropout(0.1)
        self.outer = nn.Linear(384, len(QUOTATION_TAGS))
        self.nested = nn.Linear(384, len(QUOTATION_TAGS))
        self.outer_crf = Crf(len(QUOTATION_TAGS), follows(QUOTATION_TAGS))
        self.nested_crf = Crf(len(QUOTATION_TAGS), follows(QUOTATION_TAGS))
        self.roles = nn.Linear(384, len(ROLES))
        self.kind_of = nn.Linear(768, len(TYPES))
        self.medium = nn.Linear(768, len(MEDIA))

    def read(self, ids: Tensor, mask: Tensor, firsts: Tensor) -> Tensor:
        """Vectors of words."""
        return gather(self.encoder(ids, attention_bias(mask)), firsts)

    def find(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Tag scores of both levels."""
        x = self.dropout(words)
        return self.outer(x), self.nested(x)

    def attribute(self, words: Tensor, marks: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of roles per word, of types and of media, given marks (0 outside, 1 the quotation, 2 another one)."""
        x = self.norm(words + self.mark(marks))
        bias = attention_bias(mask)
        for layer in self.tower:
            x = layer(x, bias)
        inside = (marks == 1).unsqueeze(-1).to(x.dtype)
        outside = ((marks != 1) & mask).unsqueeze(-1).to(x.dtype)
        pooled = torch.cat(
            [(x * w).sum(1) / w.sum(1).clamp(min=1) for w in (inside, outside)],
            dim=-1,
        )
        return self.roles(self.dropout(x)), self.kind_of(self.dropout(pooled)), self.medium(self.dropout(pooled))
