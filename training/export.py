"""Write what the runtime reads: ONNX graphs in 8 bits, the shared embeddings and tokenizer, labels, the manifest.

    python -m training.export sentences --base BASE
    python -m training.export quotations --base BASE --checkpoint build/training/quotations/checkpoint.pt
    python -m training.export words --base BASE --checkpoint build/training/words/checkpoint.pt

Every export also writes `shared/` and lists all files of the folder in `manifest.json`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnx import TensorProto
from safetensors.torch import load_file

from quellenlage.encoder.files import MANIFEST
from quellenlage.encoder.pieces import LONGEST, MOST
from training import pieces
from training.graphs import Graph, array
from training.labels import FEATURES, NAME_TAGS, QUOTATION_TAGS, RELATIONS, ROLES, UPOS
from training.network import Biaffine, Crf, Encoder
from training.quotations_data import AFTER, BEFORE, MEDIA, TYPES, WIDEST
from training.quotations_model import QuotationReader
from training.ranges import Ranges, of_quotations, of_texts
from training.words import LONGEST as WINDOW
from training.words_model import WordsReader

WIDTH = 384
OVERLAP = 64
"""Word pieces that two neighbouring windows of an article share, at most."""
FRAMED = MOST + 2
SENTENCE = 60
"""Word pieces of a text as long as those whose vectors are wanted."""
WEIGHTS = (".onnx", ".npy", ".json")
Made = dict[str, bytes]


def shared(base: Path, out: Path) -> None:
    """The embedding table as int8 with a scale per row, and the tokenizer."""
    table = load_file(base / "model.safetensors")["embeddings.word_embeddings.weight"].float().numpy()
    scales = (np.maximum(np.abs(table).max(axis=1), 1e-6) / 127).astype(np.float16)
    whole = np.clip(np.rint(table / scales.astype(np.float32)[:, None]), -127, 127).astype(np.int8)
    out.mkdir(parents=True, exist_ok=True)
    np.save(out / "embeddings.npy", whole)
    np.save(out / "scales.npy", scales)
    tokenizer = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))
    text = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
    (out / "tokenizer.json").write_text(text, encoding="utf-8")


def sentences(base: Path, checkpoint: Path | None, int8: bool) -> Made:
    """The base encoder as it is: the mean over the word pieces, brought to length 1."""
    encoder = Encoder(base, 12).eval()
    graph = Graph("sentences", blocks=int8)
    hidden = graph.encoder(graph.input("embedded", (1, "pieces", WIDTH)), encoder, FRAMED)
    mean = graph.op("ReduceMean", hidden, axes=[1], keepdims=0)
    graph.output(graph.op("LpNormalization", mean, axis=-1, p=2), "vector", (1, WIDTH))
    return {"encode.onnx": graph.bytes()}


def quotations(base: Path, checkpoint: Path | None, int8: bool) -> Made:
    """Two graphs: one over an article's window, one over the sentences around each quotation."""
    state = state_of(checkpoint)
    model = QuotationReader(base, depth_of(state, "encoder.layers"), depth_of(state, "tower"))
    load(model, state)
    ranges = of_quotations(model, pieces.load(base)) if int8 else None
    return {
        "read.onnx": _read_quotations(model, ranges),
        "attribute.onnx": _attribute(model, ranges),
        "settings.json": _json(
            tags=QUOTATION_TAGS,
            levels={"outer": _chain(model.outer_crf), "nested": _chain(model.nested_crf)},
            roles=ROLES,
            types=TYPES,
            media=MEDIA,
            window=LONGEST,
            overlap=OVERLAP,
            around={"before": BEFORE, "after": AFTER, "words": WIDEST},
            temperatures=dict.fromkeys(("outer", "nested", "roles", "types", "media"), 1.0),
        ),
    }


def _read_quotations(model: QuotationReader, ranges: Ranges | None) -> bytes:
    graph = Graph("quotations", ranges)
    embedded = graph.input("embedded", (1, "pieces", WIDTH))
    firsts = graph.input("firsts", ("words",), TensorProto.INT64)
    words = graph.op("Gather", graph.encoder(embedded, model.encoder, FRAMED), firsts, axis=1)
    graph.output(words, "vectors", (1, "words", WIDTH))
    for name, head in (("outer", model.outer), ("nested", model.nested)):
        graph.output(graph.linear(words, head, exact=True), name, (1, "words", len(QUOTATION_TAGS)))
    return graph.bytes()


def _attribute(model: QuotationReader, ranges: Ranges | None) -> bytes:
    graph = Graph("attribution", ranges)
    words = graph.input("vectors", (1, "words", WIDTH))
    marks = graph.input("marks", (1, "words"), TensorProto.INT64)
    mark = graph.op("Gather", graph.constant(array(model.mark.weight)), marks, axis=0)
    x = graph.norm(graph.op("Add", words, mark), model.norm)
    for layer in model.tower:
        x = graph.layer(x, layer)
    one = graph.number(1.0)
    quoted = graph.op("Equal", marks, graph.integers(1))
    inside = graph.op("Unsqueeze", graph.op("Cast", quoted, to=TensorProto.FLOAT), graph.integers(2))
    parts = []
    for weight in (inside, graph.op("Sub", one, inside)):
        total = graph.op("ReduceSum", graph.op("Mul", x, weight), graph.integers(1), keepdims=0)
        number = graph.op("Max", graph.op("ReduceSum", weight, graph.integers(1), keepdims=0), one)
        parts.append(graph.op("Div", total, number))
    pooled = graph.op("Concat", *parts, axis=-1)
    graph.output(graph.linear(x, model.roles, exact=True), "roles", (1, "words", len(ROLES)))
    graph.output(graph.linear(pooled, model.kind_of, exact=True), "types", (1, len(TYPES)))
    graph.output(graph.linear(pooled, model.medium, exact=True), "media", (1, len(MEDIA)))
    return graph.bytes()


def words(base: Path, checkpoint: Path | None, int8: bool) -> Made:
    """Two graphs: one over a window of sentences, one for the relations of the heads that were chosen."""
    state = state_of(checkpoint)
    model = WordsReader(base, depth_of(state, "encoder.layers"))
    load(model, state)
    ranges = of_texts(model, model.read, pieces.load(base), WINDOW) if int8 else None
    return {
        "read.onnx": _read_words(model, ranges),
        "relations.onnx": _relations(model.labels),
        "settings.json": _json(
            names=NAME_TAGS,
            chain=_chain(model.names_crf),
            upos=UPOS,
            features=FEATURES,
            relations=RELATIONS,
            window=WINDOW,
            temperatures=dict.fromkeys(("names", "upos", "features", "arcs"), 1.0),
        ),
    }


def _read_words(model: WordsReader, ranges: Ranges | None) -> bytes:
    graph = Graph("words", ranges)
    embedded = graph.input("embedded", (1, "pieces", WIDTH))
    firsts = graph.input("firsts", ("words",), TensorProto.INT64)
    hidden = graph.encoder(embedded, model.encoder, FRAMED)
    rows = graph.op("Gather", hidden, firsts, axis=1)
    root = graph.op("Gather", hidden, graph.integers(0), axis=1)
    heads = graph.op("Concat", root, rows, axis=1)
    for name, head in (("names", model.names), ("upos", model.upos), ("features", model.features)):
        graph.output(graph.linear(rows, head, exact=True), name, (1, "words", head.out_features))
    dependent, head = _sides(graph, model.arcs, rows, heads)
    arcs = graph.op("MatMul", dependent, graph.constant(array(model.arcs.weight)[0]))
    arcs = graph.op("MatMul", arcs, graph.op("Transpose", head, perm=[0, 2, 1]))
    graph.output(arcs, "arcs", (1, "words", "words and root"))
    for name, side in zip(("dependents", "heads"), _sides(graph, model.labels, rows, heads), strict=True):
        graph.output(side, name, (1, name, model.labels.weight.shape[1]))
    return graph.bytes()


def _sides(graph: Graph, module: Biaffine, rows: str, heads: str) -> tuple[str, str]:
    """What a biaffine head makes of dependents and heads, with a 1 behind each vector."""
    found = []
    for x, linear in ((rows, module.dependent), (heads, module.head)):
        side = graph.gelu(graph.linear(x, linear, exact=True))
        one = graph.op("Pad", side, graph.integers(0, 0, 0, 0, 0, 1), graph.number(1.0))
        found.append(one)
    return found[0], found[1]


def _relations(module: Biaffine) -> bytes:
    """Relation scores of (dependent, chosen head) pairs: a hundredth of the work for all pairs."""
    labels, width, _ = module.weight.shape
    graph = Graph("relations")
    dependents = graph.input("dependents", ("words", width))
    heads = graph.input("heads", ("words", width))
    # (dependent, label * head): one product, then a weighted sum over the head's side
    weight = array(module.weight).transpose(1, 0, 2).reshape(width, labels * width)
    left = graph.op("MatMul", dependents, graph.op("Cast", graph.constant(weight.astype(np.float16)), to=1))
    left = graph.op("Reshape", left, graph.integers(-1, labels, width))
    right = graph.op("Unsqueeze", heads, graph.integers(2))
    graph.output(graph.op("Squeeze", graph.op("MatMul", left, right), graph.integers(2)), "scores", ("words", labels))
    return graph.bytes()


EXPORTS: dict[str, Callable[[Path, Path | None, bool], Made]] = {
    "sentences": sentences,
    "quotations": quotations,
    "words": words,
}


def state_of(checkpoint: Path | None) -> dict[str, torch.Tensor]:
    """The weights in a checkpoint."""
    if checkpoint is None:
        raise SystemExit("name the trained weights with --checkpoint")
    state: dict[str, torch.Tensor] = torch.load(checkpoint, map_location="cpu", weights_only=False)["model"]
    return state


def depth_of(state: dict[str, torch.Tensor], prefix: str) -> int:
    """How many layers a checkpoint has under a prefix."""
    return 1 + max(int(key[len(prefix) + 1 :].split(".")[0]) for key in state if key.startswith(f"{prefix}."))


def load(model: torch.nn.Module, state: dict[str, torch.Tensor]) -> None:
    """Put a checkpoint into a model; the word embeddings are those of the base."""
    missing, unexpected = model.load_state_dict(state, strict=False)
    if unexpected or set(missing) != {"encoder.words.weight"}:
        raise SystemExit(f"not a checkpoint of this model: {missing} missing, {unexpected} unknown")
    model.eval()


def _chain(crf: Crf) -> dict[str, Any]:
    """Transitions (from, to), the forbidden ones null, and the scores of the first tag."""
    scores, forbidden = array(crf.transitions), array(crf.forbidden) < 0
    rows = [
        [None if barred else round(float(s), 5) for s, barred in zip(row, no, strict=True)]
        for row, no in zip(scores, forbidden, strict=True)
    ]
    return {"transitions": rows, "start": [round(float(s), 5) for s in array(crf.start)]}


def _json(**settings: Any) -> bytes:
    return (json.dumps(settings, ensure_ascii=False, indent=1) + "\n").encode()


def manifest(out: Path) -> None:
    """List every model file of the folder with size and digest."""
    files = {}
    for path in sorted(out.rglob("*")):
        if path.suffix in WEIGHTS and path.name != MANIFEST:
            content = path.read_bytes()
            files[path.relative_to(out).as_posix()] = {
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
    (out / MANIFEST).write_text(json.dumps({"files": files}, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """The command line of this module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", choices=EXPORTS)
    parser.add_argument("--base", type=Path, required=True, help="folder of the base encoder")
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--out", type=Path, default=Path("models"), help="the folder of all models")
    parser.add_argument("--temperatures", type=json.loads, default={}, help='JSON, e.g. {"names": 1.3}')
    parser.add_argument("--full", action="store_true", help="in full precision, to compare with")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    made = EXPORTS[arguments.model](arguments.base, arguments.checkpoint, not arguments.full)
    if arguments.temperatures:
        settings = json.loads(made["settings.json"])
        settings["temperatures"].update(arguments.temperatures)
        made["settings.json"] = _json(**settings)
    shared(arguments.base, arguments.out / "shared")
    folder = arguments.out / arguments.model
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (folder / name).write_bytes(content)
    manifest(arguments.out)
    for path in sorted(p for p in arguments.out.rglob("*") if p.suffix in WEIGHTS):
        print(f"{path.stat().st_size / 2**20:7.2f} MiB  {path}")


if __name__ == "__main__":
    main()
