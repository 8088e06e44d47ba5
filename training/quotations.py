"""Train the quotation reader.

python -m training.quotations training/configs/quotations.toml --out build/training/quotations
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from training import pieces
from training.labels import QUOTATION_TAGS, ROLES
from training.network import parameter_groups
from training.quotations_data import MEDIA, Marked, Window, article_windows, articles, part
from training.quotations_model import QuotationReader
from training.run import Run, configuration, device, seed

NEGATIVE = -100


def batches(windows: Sequence[Window], pieces_per_batch: int, chance: random.Random | None) -> Iterator[list[Window]]:
    """Windows of like length together; shuffled in coarse buckets where `chance` is given."""
    order = sorted(windows, key=lambda w: len(w.ids) + (chance.uniform(-40, 40) if chance else 0))
    groups: list[list[Window]] = [[]]
    for window in order:
        if groups[-1] and (len(groups[-1]) + 1) * max(len(window.ids), len(groups[-1][-1].ids)) > pieces_per_batch:
            groups.append([])
        groups[-1].append(window)
    if chance:
        chance.shuffle(groups)
    yield from groups


def padded(rows: Sequence[Sequence[int]], fill: int) -> Tensor:
    """Rows of unequal length as one tensor."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[fill] * (longest - len(row))] for row in rows])


def encode(batch: Sequence[Window]) -> dict[str, Tensor]:
    """The tensors of the first pass."""
    ids = padded([w.ids for w in batch], 1)
    return {
        "ids": ids,
        "mask": ids != 1,
        "firsts": padded([w.firsts for w in batch], 0),
        "words": padded([[1] * len(w.firsts) for w in batch], 0).bool(),
        "outer": padded([w.outer for w in batch], 0),
        "nested": padded([w.nested for w in batch], 0),
    }


def marks(window: Window, item: Marked, others: bool) -> list[int]:
    """The marks of a quotation's window: 1 its own words, 2 words of other quotations."""
    row = [2 if others and (window.outer[i] or window.nested[i]) else 0 for i in range(item.start, item.end)]
    for i in item.quote:
        row[i - item.start] = 1
    return row


def attribution_loss(
    model: QuotationReader, words: Tensor, chosen: list[tuple[int, Window, Marked]]
) -> tuple[Tensor, Tensor, Tensor]:
    """Losses of roles, type and medium over the given quotations (batch row, window, quotation)."""
    rows = [words[b, m.start : m.end] for b, _, m in chosen]
    x = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
    own = padded([marks(w, m, others=True) for _, w, m in chosen], 0).to(words.device)
    mask = padded([[1] * (m.end - m.start) for _, _, m in chosen], 0).bool().to(words.device)
    roles, types, media = model.attribute(x, own, mask)
    gold = torch.zeros(roles.shape, device=words.device)
    for n, (_, _, m) in enumerate(chosen):
        for r, ids in enumerate(m.roles):
            for i in ids:
                gold[n, i - m.start, r] = 1
    weight = torch.tensor([1.0, 2.0, 1.0, 3.0], device=words.device)
    each = F.binary_cross_entropy_with_logits(roles.float(), gold, reduction="none") * weight
    loss_roles = (each * mask.unsqueeze(-1)).sum() / mask.sum() * 4
    loss_type = F.cross_entropy(types.float(), torch.tensor([m.type for _, _, m in chosen], device=words.device))
    open_ = torch.tensor([[i in m.media or not m.media for i in range(len(MEDIA))] for _, _, m in chosen])
    logs = F.log_softmax(media.float(), dim=-1).masked_fill(~open_.to(words.device), -1e4)
    return loss_roles, loss_type, -torch.logsumexp(logs, dim=-1).mean()


def loss_of(model: QuotationReader, batch: Sequence[Window], place: torch.device) -> Tensor:
    """The whole loss of a batch."""
    t = {k: v.to(place) for k, v in encode(batch).items()}
    with torch.autocast(place.type, dtype=torch.bfloat16):
        words = model.read(t["ids"], t["mask"], t["firsts"])
        outer, nested = model.find(words)
        chosen = [(b, w, m) for b, w in enumerate(batch) for m in w.marked if m.quote]
        parts = attribution_loss(model, words, chosen) if chosen else ()
    gold = F.one_hot(t["outer"], len(QUOTATION_TAGS)).bool()
    inner = F.one_hot(t["nested"], len(QUOTATION_TAGS)).bool()
    total = 3 * model.outer_crf.loss(outer.float(), gold, t["words"])
    total = total + 3 * model.nested_crf.loss(nested.float(), inner, t["words"])
    if parts:
        total = total + parts[0] + 0.3 * parts[1] + 0.2 * parts[2]
    return total


def viterbi(scores: Tensor, transitions: Tensor, start: Tensor) -> list[int]:
    """The best path of one sequence."""
    alpha, back = start + scores[0], []
    for row in scores[1:]:
        best, where = (alpha.unsqueeze(1) + transitions).max(0)
        alpha = best + row
        back.append(where)
    path = [int(alpha.argmax())]
    for where in reversed(back):
        path.append(int(where[path[-1]]))
    return path[::-1]


@torch.no_grad()
def evaluate(model: QuotationReader, windows: Sequence[Window], place: torch.device) -> dict[str, float]:
    """Token-level F1 of quoted words and of roles (the quotations given), and accuracy of types."""
    model.eval()
    count = {name: [0, 0, 0] for name in ("quoted", "typed", *ROLES)}
    right = total = 0
    for batch in batches(windows, 4096, None):
        t = {k: v.to(place) for k, v in encode(batch).items()}
        with torch.autocast(place.type, dtype=torch.bfloat16):
            words = model.read(t["ids"], t["mask"], t["firsts"])
            outer, _ = model.find(words)
        for b, window in enumerate(batch):
            n = len(window.firsts)
            found = viterbi(outer[b, :n].float(), model.outer_crf.scores(), model.outer_crf.start)
            for f, g in zip(found, window.outer, strict=True):
                _add(count["quoted"], f > 0, g > 0, f > 0 and g > 0)
                _add(count["typed"], f > 0, g > 0, f > 0 and QUOTATION_TAGS[f][2:] == QUOTATION_TAGS[g][2:] and g > 0)
            for m in window.marked:
                if not m.quote:
                    continue
                own = torch.tensor([marks(window, m, others=True)], device=place)
                with torch.autocast(place.type, dtype=torch.bfloat16):
                    roles, types, _ = model.attribute(words[b : b + 1, m.start : m.end], own, own >= 0)
                right += int(types[0].argmax()) == m.type
                total += 1
                for r, role in enumerate(ROLES):
                    got = {i + m.start for i in torch.nonzero(roles[0, :, r] > 0).flatten().tolist()}
                    _add3(count[role], len(got), len(m.roles[r]), len(got & set(m.roles[r])))
    model.train()
    figures = {name: round(2 * c[2] / max(1, c[0] + c[1]), 4) for name, c in count.items()}
    return {**figures, "type": round(right / max(1, total), 4)}


def _add(row: list[int], found: bool, gold: bool, both: bool) -> None:
    _add3(row, found, gold, both)


def _add3(row: list[int], found: int, gold: int, both: int) -> None:
    row[0] += found
    row[1] += gold
    row[2] += both


def main() -> None:
    """The command line of this module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of the base encoder")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    settings: dict[str, Any] = configuration(arguments.config)
    torch.set_num_threads(arguments.threads)
    seed(settings["seed"])
    place = device()
    tokenizer = pieces.load(arguments.base)
    split: dict[str, list[Window]] = {"train": [], "tune": []}
    for raw in articles():
        split[part(raw["documentName"].split()[0])] += article_windows(tokenizer, raw)
    model = QuotationReader(arguments.base, settings["depth"], settings["tower"]).to(place)
    chance = random.Random(settings["seed"])  # noqa: S311
    per_epoch = sum(1 for _ in batches(split["train"], settings["pieces"], None))
    groups = parameter_groups(model, settings["rate"], settings["decay"], settings["heads_rate"])
    run = Run(model, groups, int(per_epoch * settings["epochs"] * 1.02), settings["warmup"], arguments.out)
    run.resume()
    print({k: len(v) for k, v in split.items()}, "steps", run.steps, flush=True)
    model.train()
    while run.step < run.steps:
        losses: list[float] = []
        for batch in batches(split["train"], settings["pieces"], chance):
            loss = loss_of(model, batch, place)
            losses.append(float(loss.detach()))
            run.advance(loss)
            if run.step % 20 == 0:
                print(run.step, round(sum(losses[-20:]) / len(losses[-20:]), 4), flush=True)
            if run.step >= run.steps:
                break
        run.report(loss=round(sum(losses) / len(losses), 4), **evaluate(model, split["tune"], place))
    run.save()


if __name__ == "__main__":
    main()
