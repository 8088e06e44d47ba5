"""Fit the temperatures of a trained model on examples kept from training: a score of 0.8 shall be right 8 times in 10.

    python -m training.temperatures quotations --base BASE --checkpoint FILE
    python -m training.temperatures words --base BASE --checkpoint FILE

Prints JSON for `python -m training.export … --temperatures`, and on standard error
the negative log likelihood reached.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from training import pieces, words
from training.labels import QUOTATION_TAGS, ROLES
from training.network import Crf
from training.quotations import article_windows, articles, encode, marks, part
from training.quotations_model import QuotationReader
from training.words_model import WordsReader

GRID = [round(0.5 + 0.05 * i, 2) for i in range(71)]
Losses = dict[str, list[Callable[[float], Tensor]]]


def chain_loss(crf: Crf, emissions: Tensor, gold: Tensor) -> Callable[[float], Tensor]:
    """Negative log likelihood of a whole sequence at a temperature."""

    def loss(heat: float) -> Tensor:
        cooled = Crf(emissions.shape[-1], [[True] * emissions.shape[-1]] * emissions.shape[-1])
        cooled.transitions.data = crf.scores().detach() / heat
        cooled.start.data = crf.start.detach() / heat
        mask = torch.ones(emissions.shape[:2], dtype=torch.bool)
        return cooled.loss(emissions / heat, gold, mask) * emissions.shape[1]

    return loss


def label_loss(scores: Tensor, gold: Tensor) -> Callable[[float], Tensor]:
    """Cross entropy at a temperature."""
    return lambda heat: F.cross_entropy(scores / heat, gold, reduction="sum")


def binary_loss(scores: Tensor, gold: Tensor) -> Callable[[float], Tensor]:
    """Cross entropy of independent yes and no."""
    return lambda heat: F.binary_cross_entropy_with_logits(scores / heat, gold, reduction="sum")


def quotations(base: Path, checkpoint: Path) -> Losses:
    """What the quotation reader says of the articles kept for tuning."""
    state = torch.load(checkpoint, weights_only=False)["model"]
    depth = 1 + max(int(k.split(".")[2]) for k in state if k.startswith("encoder.layers."))
    tower = 1 + max(int(k.split(".")[1]) for k in state if k.startswith("tower."))
    model = QuotationReader(base, depth, tower)
    model.load_state_dict(state, strict=False)
    model.eval()
    tokenizer = pieces.load(base)
    losses: Losses = {name: [] for name in ("outer", "nested", "roles", "types", "media")}
    for raw in articles():
        if part(raw["documentName"].split()[0]) != "tune":
            continue
        for window in article_windows(tokenizer, raw):
            t = encode([window])
            vectors = model.read(t["ids"], t["mask"], t["firsts"])
            for name, crf, scores in zip(
                ("outer", "nested"), (model.outer_crf, model.nested_crf), model.find(vectors), strict=True
            ):
                losses[name].append(chain_loss(crf, scores, F.one_hot(t[name], len(QUOTATION_TAGS)).bool()))
            for item in window.marked:
                if not item.quote:
                    continue
                own = torch.tensor([marks(window, item, others=True)])
                roles, kinds, media = model.attribute(vectors[:, item.start : item.end], own, own >= 0)
                gold = torch.zeros(roles.shape)
                for r in range(len(ROLES)):
                    gold[0, [i - item.start for i in item.roles[r]], r] = 1
                losses["roles"].append(binary_loss(roles, gold))
                losses["types"].append(label_loss(kinds, torch.tensor([item.type])))
                if len(item.media) == 1:
                    losses["media"].append(label_loss(media, torch.tensor(item.media)))
    return losses


def words_reader(base: Path, checkpoint: Path) -> Losses:
    """What the words reader says of the sentences kept for tuning."""
    state = torch.load(checkpoint, weights_only=False)["model"]
    model = WordsReader(base, 1 + max(int(k.split(".")[2]) for k in state if k.startswith("encoder.layers.")))
    model.load_state_dict(state, strict=False)
    model.eval()
    _, tune = words.load(pieces.load(base))
    losses: Losses = {name: [] for name in ("names", "upos", "features", "arcs")}
    for item in (x for items in tune.values() for x in items):
        ids = torch.tensor([item.ids])
        vectors, heads = model.read(ids, ids != 1, torch.tensor([item.firsts]))
        names, upos, features = model.tag(vectors)
        if item.names is not None:
            gold = torch.zeros(names.shape, dtype=torch.bool)
            for i, tags in enumerate(item.names):
                gold[0, i, list(tags)] = True
            losses["names"].append(chain_loss(model.names_crf, names, gold))
        if item.upos is not None and item.feats is not None and item.heads is not None:
            losses["upos"].append(label_loss(upos[0], torch.tensor(item.upos)))
            at = 0
            for k, size in enumerate(words.SIZES):
                gold = torch.tensor([row[k] for row in item.feats])
                losses["features"].append(label_loss(features[0, :, at : at + size], gold))
                at += size
            arcs, _ = model.parse(vectors, heads)
            losses["arcs"].append(label_loss(arcs[0], torch.tensor([h + 1 for h in item.heads])))
    return losses


@torch.no_grad()
def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", choices=("quotations", "words"))
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    read = {"quotations": quotations, "words": words_reader}[arguments.model]
    found = {}
    for name, parts in read(arguments.base, arguments.checkpoint).items():
        totals = {heat: float(sum(one(heat) for one in parts)) for heat in (GRID[::4] if name in CHAINS else GRID)}
        found[name] = min(totals, key=lambda heat: totals[heat])
        print(name, len(parts), f"-> {totals[found[name]]:.1f}", file=sys.stderr)
    print(json.dumps(found))


CHAINS = frozenset({"outer", "nested", "names"})
"""Slow to sum: a coarser grid."""


if __name__ == "__main__":
    main()
