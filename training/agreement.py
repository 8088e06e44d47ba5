"""How far the exported 8-bit graphs agree with full precision, and how fast each is, on articles kept for tuning.

    python -m training.agreement sentences|quotations|words --base BASE [--checkpoint FILE] [--articles 20]

Speeds are of the same windows in the same process, one after the other: on a busy machine their ratio counts.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch

from quellenlage.encoder import sessions
from quellenlage.encoder.pieces import LONGEST, article_windows
from quellenlage.encoder.viterbi import Chains, best
from training import export
from training.network import Encoder
from training.quotations_data import articles, part
from training.quotations_model import QuotationReader
from training.words_model import WordsReader

Outputs = dict[str, np.ndarray[Any, Any]]


def windows(longest: int, limit: int) -> Iterator[tuple[list[int], list[int]]]:
    """Word pieces and first pieces of the windows of some tuning articles."""
    chosen = [raw for raw in articles() if part(raw["documentName"].split()[0]) == "tune"][:limit]
    for raw in chosen:
        words = [(t["charBegin"], t["charEnd"]) for t in raw["tokens"]]
        sentences = [[words[i] for i in s["tokenIds"]] for s in raw["sentences"]]
        for window in article_windows(raw["originalText"], sentences, longest, 0):
            yield window.pieces.ids, window.pieces.firsts


def reference(name: str, base: Path, checkpoint: Path | None) -> Callable[[list[int], list[int]], Outputs]:
    """What PyTorch makes of a window in full precision."""
    if name == "sentences":
        encoder = Encoder(base, 12).eval()

        def vector(ids: list[int], firsts: list[int]) -> Outputs:
            hidden = encoder(torch.tensor([ids]), torch.zeros(1, 1, 1, len(ids)))
            return {"vector": torch.nn.functional.normalize(hidden.mean(1), dim=-1).numpy()}

        return vector
    state = export.state_of(checkpoint)
    depth = export.depth_of(state, "encoder.layers")
    if name == "quotations":
        reader = QuotationReader(base, depth, export.depth_of(state, "tower"))
        export.load(reader, state)

        def quoted(ids: list[int], firsts: list[int]) -> Outputs:
            words = reader.read(torch.tensor([ids]), torch.ones(1, len(ids)).bool(), torch.tensor([firsts]))
            outer, nested = reader.find(words)
            return {"vectors": words.numpy(), "outer": outer.numpy(), "nested": nested.numpy()}

        return quoted
    model = WordsReader(base, depth)
    export.load(model, state)

    def tagged(ids: list[int], firsts: list[int]) -> Outputs:
        words, heads = model.read(torch.tensor([ids]), torch.ones(1, len(ids)).bool(), torch.tensor([firsts]))
        values = (*model.tag(words), model.parse(words, heads)[0])
        return {key: v.numpy() for key, v in zip(("names", "upos", "features", "arcs"), values, strict=True)}

    return tagged


def graph(model: bytes) -> Callable[[list[int], list[int]], Outputs]:
    """What onnxruntime makes of it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = sessions.threads()
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    names = [one.name for one in session.get_outputs()]
    takes_firsts = len(session.get_inputs()) > 1

    def run(ids: list[int], firsts: list[int]) -> Outputs:
        inputs = {"embedded": sessions.embed(ids)}
        if takes_firsts:
            inputs["firsts"] = np.array(firsts)  # type: ignore[assignment]  # whole numbers
        return dict(zip(names, session.run(None, inputs), strict=True))

    return run


def agreement(name: str, want: Outputs, got: Outputs, settings: dict[str, Any]) -> dict[str, float]:
    """Cosines of vectors, and the share of words with the same decision."""
    found = {}
    for key in want.keys() & got.keys():
        a, b = want[key][0], got[key][0]
        if key in ("vector", "vectors"):
            a, b = np.atleast_2d(a), np.atleast_2d(b)
            found[f"{key} cosine"] = float(
                np.mean((a * b).sum(-1) / np.linalg.norm(a, axis=-1) / np.linalg.norm(b, axis=-1))
            )
        elif key in ("outer", "nested", "names"):
            chains = Chains.of([settings["chain"] if key == "names" else settings["levels"][key]])
            paths = [best(x[None].astype(np.float64), chains)[0] for x in (a, b)]
            found[f"{key} same"] = float((paths[0] == paths[1]).mean())
            found[f"{key} tagged in both / either"] = float(
                ((paths[0] > 0) & (paths[0] == paths[1])).sum() / max(1, ((paths[0] > 0) | (paths[1] > 0)).sum())
            )
        elif key == "features":
            at = np.cumsum([0, *map(len, settings["features"].values())])
            same = [a[:, i:j].argmax(1) == b[:, i:j].argmax(1) for i, j in pairwise(at)]
            found["features same"] = float(np.mean(same))
        else:
            found[f"{key} same"] = float((a.argmax(1) == b.argmax(1)).mean())
    return found


@torch.no_grad()
def main() -> None:
    """The command line of this module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", choices=export.EXPORTS)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    sessions.set_threads(arguments.threads)
    made = {kind: export.EXPORTS[arguments.model](arguments.base, arguments.checkpoint, kind) for kind in (True, False)}
    main_graph = "encode.onnx" if arguments.model == "sentences" else "read.onnx"
    readers = {
        "torch": reference(arguments.model, arguments.base, arguments.checkpoint),
        "fp32": graph(made[False][main_graph]),
        "int8": graph(made[True][main_graph]),
    }
    settings = json.loads(made[True].get("settings.json", b"{}"))
    taken = dict.fromkeys(readers, 0.0)
    total, scores = 0, {"fp32": [], "int8": []}  # type: ignore[var-annotated]  # of numbers
    longest = {"sentences": export.SENTENCE, "quotations": LONGEST, "words": export.WINDOW}[arguments.model]
    for number, (ids, firsts) in enumerate(windows(longest, arguments.articles)):
        outputs = {}
        for name, read in readers.items():
            began = time.perf_counter()
            outputs[name] = read(ids, firsts)
            if number:  # the first run allocates
                taken[name] += time.perf_counter() - began
        total += len(ids) if number else 0
        for name, rows in scores.items():
            rows.append(agreement(arguments.model, outputs["torch"], outputs[name], settings))
    for name, rows in scores.items():
        print(name, {key: round(float(np.mean([row[key] for row in rows])), 5) for key in sorted(rows[0])})
    print("pieces/s", {name: round(total / seconds) for name, seconds in taken.items()})


if __name__ == "__main__":
    main()
