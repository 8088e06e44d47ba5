"""Sentences with names, parts of speech, morphology and dependencies, for the open encoder.

The names of the European Parliament corpus are left out: it is free for research only, and these weights are open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from quellenlage.evaluation.running import running
from quellenlage.evaluation.splits import part
from training.data import data_path, read_jsonl
from training.labels import FEATURES, NAME_TAGS, UPOS, relation

_NAME = {tag: i for i, tag in enumerate(NAME_TAGS)}
WIKIPEDIA_KINDS = {"PER": ("PER",), "ORG": ("ORG",), "LOC": ("GPE", "LOC")}
GERMEVAL_KINDS = {"PER": ("PER",), "ORG": ("ORG",), "LOC": ("GPE", "LOC"), "OTH": ("MISC",)}


@dataclass(slots=True)
class Example:
    """A sentence (or article): its text, its words as offsets, and what is known of each word.

    `names` holds, per word, the numbers of the tags it can have; heads are word numbers within the example, -1 for
    the root, -2 where the tree is not known.
    """

    text: str
    words: list[tuple[int, int]]
    source: str
    names: list[tuple[int, ...]] | None = None
    upos: list[int] | None = None
    feats: list[dict[str, int]] | None = None
    heads: list[int] | None = None
    relations: list[str] = field(default_factory=list)


def _choices(kinds: dict[str, tuple[str, ...]], tag: str, inside: bool, outside: tuple[str, ...]) -> tuple[int, ...]:
    if tag == "O":
        return tuple(_NAME[t] for t in ("O", *(f"{s}-{k}" for k in outside for s in "BI")))
    label = tag[2:]
    if label.endswith("deriv"):
        found: tuple[str, ...] = ("DERIVED",)
    elif label.endswith("part"):
        found = ("PART",)
    else:
        found = kinds[label]
    return tuple(_NAME[f"{'I' if inside else 'B'}-{kind}"] for kind in found)


def germeval() -> Iterator[tuple[str, Example]]:
    """GermEval 2014: outer names, with the part each sentence belongs to."""
    rows: list[list[str]] = []
    for line in [*data_path("ner/germeval14-dev.tsv").read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#\t"):
            continue
        if line.strip():
            rows.append(line.split("\t"))
        elif rows:
            tokens = [r[1] for r in rows]
            text, words = running(tokens)
            names = [_choices(GERMEVAL_KINDS, r[2], r[2].startswith("I-"), ()) for r in rows]
            yield part(" ".join(tokens)), Example(text, words, "germeval", names)
            rows = []


def wikiann() -> Iterator[Example]:
    """Wikipedia's links as names: weak, and silent on everything but PER, ORG, LOC."""
    for rows in _blocks(data_path("ner/wikiann-de-train.conll"), None):
        if any(len(r) != 3 for r in rows):
            continue
        text, words = running([r[1] for r in rows])
        names = [_choices(WIKIPEDIA_KINDS, r[2], r[2].startswith("I-"), ("MISC", "DERIVED", "PART")) for r in rows]
        yield Example(text, words, "wikiann", names)


def _blocks(path: Path, separator: str | None) -> Iterator[list[list[str]]]:
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            rows.append(line.split(separator))
        elif rows:
            yield rows
            rows = []


def treebank() -> Iterator[tuple[str, Example]]:
    """PUD and GSD; a contraction ("im") is one word, with the analysis of its preposition."""
    for name in ("ud/de_gsd-dev.conllu", "ud/de_pud.conllu"):
        for block in data_path(name).read_text(encoding="utf-8").strip().split("\n\n"):
            lines = block.splitlines()
            key = next(line for line in lines if line.startswith("# sent_id"))
            text = next(line for line in lines if line.startswith("# text = "))[9:]
            yield part(key), _tree(text, [line.split("\t") for line in lines if not line.startswith("#")])


def _tree(text: str, rows: list[list[str]]) -> Example:
    surface: list[tuple[str, list[list[str]]]] = []
    ends, contraction = 0, ""
    for row in rows:
        if "-" in row[0]:
            ends, contraction = int(row[0].split("-")[1]), row[1]
            surface.append((contraction, []))
        elif "." in row[0]:
            continue
        elif int(row[0]) <= ends and contraction:
            surface[-1][1].append(row)
        else:
            surface.append((row[1], [row]))
    owner = {row[0]: i for i, (_, group) in enumerate(surface) for row in group}
    words, upos, feats, heads, relations, at = [], [], [], [], [], 0
    for i, (form, group) in enumerate(surface):
        at = text.index(form, at)
        words.append((at, at + len(form)))
        at += len(form)
        main = next((r for r in group if owner.get(r[6], -1) != i), group[0])
        values = dict(p.split("=", 1) for r in reversed(group) if r[5] != "_" for p in r[5].split("|"))
        if main[3] in ("VERB", "AUX") and "Mood" in values:
            values["VerbForm"] = "Fin"  # one of the two treebanks leaves it out
        upos.append(UPOS.index(main[3]) if main[3] in UPOS else UPOS.index("X"))
        feats.append({f: known.index(values[f]) if values.get(f) in known else 0 for f, known in FEATURES.items()})
        heads.append(-1 if main[6] == "0" else owner[main[6]])
        relations.append(relation(main[7]))
    return Example(text, words, "ud", None, upos, feats, heads, relations)


def own_reading(folder: Path) -> Iterator[tuple[Example, list[int]]]:
    """Our own annotations: whole articles, with the number of words at the end of each sentence."""
    documents = {d["documentName"].split()[0]: d for d in read_jsonl(data_path("quotations/train.jsonl"))}
    for path in sorted(folder.glob("reading-*.jsonl")):
        for record in read_jsonl(path):
            document = documents[record["doc"]]
            words = [(t["charBegin"], t["charEnd"]) for t in document["tokens"]]
            names: list[tuple[int, ...]] = [(0,)] * len(words)
            for entity in record["entities"]:
                for mention in entity["mentions"]:
                    kind = {"derived": "DERIVED", "part": "PART", "name": entity["kind"]}.get(mention["form"])
                    if kind is None or f"B-{kind}" not in _NAME:
                        continue
                    inside = [i for i, (a, b) in enumerate(words) if a >= mention["start"] and b <= mention["end"]]
                    for i in inside:
                        names[i] = (_NAME[f"{'B' if i == inside[0] else 'I'}-{kind}"],)
            ends = [s["tokenIds"][-1] + 1 for s in document["sentences"] if s["tokenIds"]]
            yield Example(document["originalText"], words, "reading", names), ends
