"""The words reader: names, parts of speech, morphology and dependencies of the words of some sentences."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from training.labels import FEATURES, NAME_TAGS, RELATIONS, UPOS, follows
from training.network import Biaffine, Crf, Encoder, attention_bias, gather

ARC, LABEL = 192, 96


class WordsReader(nn.Module):
    """`depth` layers and a head for each task; column 0 of the arc scores stands for the root."""

    def __init__(self, base: Path, depth: int) -> None:
        super().__init__()
        self.encoder = Encoder(base, depth)
        self.dropout = nn.Dropout(0.15)
        self.names = nn.Linear(384, len(NAME_TAGS))
        self.names_crf = Crf(len(NAME_TAGS), follows(NAME_TAGS))
        self.upos = nn.Linear(384, len(UPOS))
        self.features = nn.Linear(384, sum(map(len, FEATURES.values())))
        self.arcs = Biaffine(384, ARC, 1)
        self.labels = Biaffine(384, LABEL, len(RELATIONS))

    def read(self, ids: Tensor, mask: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors of words, and of words behind the one that stands for the root."""
        hidden = self.encoder(ids, attention_bias(mask))
        return self.rows(hidden, firsts)

    def rows(self, hidden: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor]:
        """The rows of the words, alone and behind the root's."""
        words = self.dropout(gather(hidden, firsts))
        return words, torch.cat([hidden[:, :1], words], dim=1)

    def tag(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of name tags, parts of speech and features (one after the other)."""
        return self.names(words), self.upos(words), self.features(words)

    def parse(self, words: Tensor, heads: Tensor) -> tuple[Tensor, Tensor]:
        """Arc scores (batch, words, 1 + words) and relation scores (batch, relations, words, 1 + words)."""
        return self.arcs(words, heads).squeeze(1), self.labels(words, heads)
