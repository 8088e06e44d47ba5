"""Train the words reader.

python -m training.words training/configs/words.toml --out build/training/words --base FOLDER
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from tokenizers import Tokenizer
from torch import Tensor

from training import pieces, words_data
from training.labels import FEATURES, NAME_TAGS, RELATIONS, UPOS
from training.network import parameter_groups
from training.quotations import padded, viterbi
from training.run import Run, configuration, device, seed
from training.words_data import Example
from training.words_model import WordsReader

ANNOTATIONS = Path(__file__).parent / "annotations"
LONGEST = 254
SIZES = [len(values) for values in FEATURES.values()]


@dataclass(slots=True)
class Prepared:
    """An example cut into word pieces; `sentence` numbers the sentence of each word."""

    ids: list[int]
    firsts: list[int]
    sentence: list[int]
    names: list[tuple[int, ...]] | None
    upos: list[int] | None
    feats: list[list[int]] | None
    heads: list[int] | None
    relations: list[int] | None


def prepare(tokenizer: Tokenizer, example: Example) -> Prepared:
    """Cut one sentence."""
    cut = pieces.cut(tokenizer, example.text, example.words)
    feats = None if example.feats is None else [[f[name] for name in FEATURES] for f in example.feats]
    relations = None if example.heads is None else [RELATIONS.index(r) for r in example.relations]
    n = len(example.words)
    return Prepared(cut.ids, cut.firsts, [0] * n, example.names, example.upos, feats, example.heads, relations)


def article(tokenizer: Tokenizer, example: Example, ends: Sequence[int]) -> Iterator[Prepared]:
    """Windows of whole sentences of an article; `ends` are the word numbers after each sentence."""
    starts = [0, *ends[:-1]]
    sentences = [
        Example(example.text, example.words[a:b], example.source, (example.names or [])[a:b])
        for a, b in zip(starts, ends, strict=True)
        if b > a
    ]
    lengths = [len(pieces.cut(tokenizer, s.text, s.words).ids) for s in sentences]
    for a, b in pieces.windows(lengths, LONGEST, 0):
        inside = sentences[a:b]
        whole = prepare(
            tokenizer,
            Example(
                example.text,
                [w for s in inside for w in s.words],
                example.source,
                [n for s in inside for n in s.names or ()],
            ),
        )
        whole.sentence = [k for k, s in enumerate(inside) for _ in s.words]
        yield shortened(whole)


def shortened(item: Prepared) -> Prepared:
    """At most 512 word pieces."""
    item.ids = item.ids[:512]
    item.firsts = [min(f, len(item.ids) - 1) for f in item.firsts]
    return item


def join(items: Sequence[Prepared]) -> Prepared:
    """Sentences of one source one after another, as in an article."""
    whole = Prepared([0], [], [], [], [], [], [], [])
    for number, item in enumerate(items):
        offset, base = len(whole.ids) - 1, len(whole.firsts)
        whole.ids += item.ids[1:-1]
        whole.firsts += [f + offset for f in item.firsts]
        whole.sentence += [number] * len(item.firsts)
        for name in ("names", "upos", "feats", "relations"):
            known = getattr(item, name)
            if known is None:
                setattr(whole, name, None)
            else:
                getattr(whole, name).extend(known)
        if item.heads is None:
            whole.heads = None
        else:
            assert whole.heads is not None  # noqa: S101  (sentences of one source all have trees or none)
            whole.heads += [h if h < 0 else h + base for h in item.heads]
    whole.ids.append(2)
    return whole


def packed(items: Sequence[Prepared], chance: random.Random, longest: int) -> Iterator[Prepared]:
    """Shuffle sentences and join runs of one to six of them."""
    order = list(items)
    chance.shuffle(order)
    group: list[Prepared] = []
    total, target = 0, chance.randint(20, longest)
    for item in order:
        if group and total + len(item.ids) > target:
            yield join(group)
            group, total, target = [], 0, chance.randint(20, longest)
        group.append(item)
        total += len(item.ids)
    if group:
        yield join(group)


def batches(items: Sequence[Prepared], size: int, chance: random.Random) -> Iterator[list[Prepared]]:
    """Examples of like length."""
    group: list[Prepared] = []
    found = []
    for item in sorted(items, key=lambda x: len(x.ids) + chance.uniform(-10, 10)):
        if group and (len(group) + 1) * max(len(item.ids), *(len(g.ids) for g in group)) > size:
            found.append(group)
            group = []
        group.append(item)
    if group:
        found.append(group)
    chance.shuffle(found)
    yield from found


def loss_of(model: WordsReader, batch: Sequence[Prepared], place: torch.device) -> Tensor:
    """Losses of what the batch's source knows."""
    ids = padded([x.ids for x in batch], 1).to(place)
    firsts = padded([x.firsts for x in batch], 0).to(place)
    mask = padded([[1] * len(x.firsts) for x in batch], 0).bool().to(place)
    with torch.autocast(place.type, dtype=torch.bfloat16):
        words, heads = model.read(ids, ids != 1, firsts)
        names, upos, features = model.tag(words)
        arcs, labels = model.parse(words, heads) if batch[0].heads is not None else (None, None)
    total = torch.zeros((), device=place)
    if batch[0].names is not None:
        gold = torch.zeros(names.shape, dtype=torch.bool, device=place)
        for b, item in enumerate(batch):
            for i, tags in enumerate(item.names or ()):
                gold[b, i, list(tags)] = True
        gold[~mask] = True
        total = total + 4 * model.names_crf.loss(names.float(), gold, mask)
    if batch[0].upos is not None and batch[0].feats is not None:
        flat = mask.flatten()
        tags = padded([x.upos or [] for x in batch], 0).to(place).flatten()[flat]
        total = total + F.cross_entropy(upos.float().flatten(0, 1)[flat], tags)
        rows = torch.tensor([f for x in batch for f in x.feats or ()], device=place)
        at = 0
        scores = features.float().flatten(0, 1)[flat]
        for k, size in enumerate(SIZES):
            weight = 3.0 if k == 4 else 1.0  # mood decides what is reported speech
            total = total + weight * F.cross_entropy(scores[:, at : at + size], rows[:, k]) / 3
            at += size
    if arcs is not None and labels is not None:
        total = total + parse_loss(arcs.float(), labels.float(), batch, mask)
    return total


def parse_loss(arcs: Tensor, labels: Tensor, batch: Sequence[Prepared], mask: Tensor) -> Tensor:
    """Cross entropy of heads (within the sentence or the root), and of relations at the right heads."""
    sentence = padded([x.sentence for x in batch], -1).to(arcs.device)
    same = sentence.unsqueeze(2) == sentence.unsqueeze(1)
    allowed = F.pad(same, (1, 0), value=True)
    heads = padded([[h + 1 for h in x.heads or ()] for x in batch], 0).to(arcs.device)
    relations = padded([x.relations or [] for x in batch], 0).to(arcs.device)
    scores = arcs.masked_fill(~allowed, -1e4)[mask]
    at_head = torch.gather(labels, 3, heads[:, None, :, None].expand(-1, labels.shape[1], -1, 1)).squeeze(3)
    chosen = at_head.transpose(1, 2)[mask]
    return F.cross_entropy(scores, heads[mask]) + F.cross_entropy(chosen, relations[mask])


def spans(tags: Sequence[int]) -> set[tuple[int, int, str]]:
    """Names as (first word, end, kind); GPE and LOC are one kind here, since most sources do not part them."""
    found, start = set(), -1
    for i, tag in enumerate([*(NAME_TAGS[t] for t in tags), "O"]):
        if start >= 0 and not tag.startswith("I-"):
            kind = NAME_TAGS[tags[start]][2:]
            found.add((start, i, "LOC" if kind == "GPE" else kind))
            start = -1
        if tag.startswith("B-"):
            start = i
    return found


@torch.no_grad()
def evaluate(model: WordsReader, tune: dict[str, list[Prepared]], place: torch.device) -> dict[str, float]:
    """F1 of names per source, and what the treebank measures (greedy heads)."""
    model.eval()
    figures: dict[str, float] = {}
    for source, items in tune.items():
        hit = found_n = gold_n = 0
        count = [0] * 5
        mood = [0, 0, 0]
        for item in items:
            ids = torch.tensor([item.ids], device=place)
            firsts = torch.tensor([item.firsts], device=place)
            with torch.autocast(place.type, dtype=torch.bfloat16):
                words, heads = model.read(ids, ids != 1, firsts)
                names, upos, features = model.tag(words)
            if item.names is not None:
                found = spans(viterbi(names[0].float(), model.names_crf.scores(), model.names_crf.start))
                gold = spans([t[0] for t in item.names])
                drop = {"DERIVED", "PART"}
                found, gold = ({s for s in side if s[2] not in drop} for side in (found, gold))
                hit, found_n, gold_n = hit + len(found & gold), found_n + len(found), gold_n + len(gold)
            if item.heads is not None and item.upos is not None and item.feats is not None:
                arcs, labels = model.parse(words, heads)
                best = arcs[0].float().argmax(1)
                count[0] += len(item.heads)
                for i, head in enumerate(item.heads):
                    count[1] += int(upos[0, i].argmax()) == item.upos[i]
                    right = int(best[i]) == head + 1
                    count[2] += right
                    count[3] += right and int(labels[0, :, i, best[i]].argmax()) == (item.relations or [])[i]
                    at = sum(SIZES[:4])
                    sub = int(features[0, i, at : at + SIZES[4]].argmax()) == 2
                    gold_sub = item.feats[i][4] == 2
                    mood = [mood[0] + (sub and gold_sub), mood[1] + sub, mood[2] + gold_sub]
        if gold_n:
            figures[f"{source}.f1"] = round(2 * hit / (found_n + gold_n), 4)
        if count[0]:
            for name, value in zip(("upos", "uas", "las"), count[1:], strict=False):
                figures[f"{source}.{name}"] = round(value / count[0], 4)
            figures[f"{source}.subjunctive"] = round(2 * mood[0] / max(1, mood[1] + mood[2]), 4)
    model.train()
    return figures


def load(tokenizer: Tokenizer) -> tuple[dict[str, list[Prepared]], dict[str, list[Prepared]]]:
    """Training and tuning examples by source."""
    train: dict[str, list[Prepared]] = {"germeval": [], "ud": [], "reading": []}
    tune: dict[str, list[Prepared]] = {"germeval": [], "ud": [], "reading": []}
    sides = {"train": train, "tune": tune}
    for source, pairs in {"germeval": words_data.germeval(), "ud": words_data.treebank()}.items():
        for part, example in pairs:
            if part in sides:
                sides[part][source].append(shortened(prepare(tokenizer, example)))
    for number, (example, ends) in enumerate(words_data.own_reading(ANNOTATIONS)):
        side = tune if number % 10 == 0 else train
        side["reading"] += article(tokenizer, example, ends)
    train["wikiann"] = [shortened(prepare(tokenizer, e)) for e in words_data.wikiann()]
    return train, tune


def epoch(train: dict[str, list[Prepared]], settings: dict[str, Any], chance: random.Random) -> list[list[Prepared]]:
    """The batches of one pass: the weak sources give a sample each time."""
    found: list[list[Prepared]] = []
    for source, items in train.items():
        share = settings["share"].get(source, 1.0)
        chosen = chance.sample(items, int(len(items) * share)) if share < 1 else items
        ready = chosen if source == "reading" else list(packed(chosen, chance, LONGEST - 50))
        for _ in range(settings["repeat"].get(source, 1)):
            found += batches(ready, settings["pieces"], chance)
    chance.shuffle(found)
    return found


def main() -> None:
    """The command line of this module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of the base encoder")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    settings = configuration(arguments.config)
    torch.set_num_threads(arguments.threads)
    seed(settings["seed"])
    place = device()
    train, tune = load(pieces.load(arguments.base))
    chance = random.Random(settings["seed"])  # noqa: S311
    model = WordsReader(arguments.base, settings["depth"]).to(place)
    steps = int(len(epoch(train, settings, random.Random(0))) * settings["epochs"])  # noqa: S311
    groups = parameter_groups(model, settings["rate"], settings["decay"], settings["heads_rate"])
    run = Run(model, groups, steps, settings["warmup"], arguments.out)
    run.resume()
    print({k: len(v) for k, v in train.items()}, {k: len(v) for k, v in tune.items()}, "steps", steps, flush=True)
    print(len(UPOS), len(NAME_TAGS), len(RELATIONS), flush=True)
    model.train()
    while run.step < run.steps:
        losses: list[float] = []
        for batch in epoch(train, settings, chance):
            loss = loss_of(model, batch, place)
            losses.append(float(loss.detach()))
            run.advance(loss)
            if run.step % 50 == 0:
                print(run.step, round(sum(losses[-50:]) / len(losses[-50:]), 4), flush=True)
            if run.step >= run.steps:
                break
        run.report(loss=round(sum(losses) / len(losses), 4), **evaluate(model, tune, place))
    run.save()


if __name__ == "__main__":
    main()
