"""Pairs of name spellings: ours beside Jaro-Winkler and nomenklatura's matcher, on the same pairs, in one run.

Thresholds of the peers are the best ones on the open half; all are then measured on the closed half. nomenklatura
needs libraries that have no wheels, so it lives in an environment of its own: `--peer PYTHON` names its interpreter
(`make bench-names` makes one). No text of the closed half is printed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from quellenlage.evaluation.name_pairs import NamePair, jaro_winkler, pairs, score
from quellenlage.names import compare
from quellenlage.names.comparison import SAME

PEER = """
import json, sys
from followthemoney import model
from nomenklatura.matching import get_algorithm
algorithm = get_algorithm("logic-v2")
config = algorithm.default_config()
schemata = {"PER": "Person", "ORG": "Organization", "GPE": "Address", "LOC": "Address"}
def make(number, side, kind, name):
    schema = schemata[kind]
    key = "full" if schema == "Address" else "name"
    return model.get_proxy({"id": f"{number}-{side}", "schema": schema, "properties": {key: [name]}})
import time
listed = json.load(sys.stdin)
start = time.perf_counter()
scores = [algorithm.compare(make(n, "a", k, a), make(n, "b", k, b), config).score for n, (k, a, b) in enumerate(listed)]
json.dump({"scores": scores, "seconds": time.perf_counter() - start}, sys.stdout)
"""
"""Run by the peer's interpreter: pairs as JSON in, scores out."""


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", metavar="PYTHON", help="interpreter of an environment that has nomenklatura")
    peer = parser.parse_args().peer
    open_half, closed_half = list(pairs("open")), list(pairs("closed"))
    print(
        f"{'matcher':<16}{'threshold':>10}{'precision':>11}{'recall':>8}{'F1':>8}{'rulers merged':>15}{'pairs/s':>10}"
    )
    _line("quellenlage", open_half, closed_half, _ours, SAME)
    _line("jaro-winkler", open_half, closed_half, _jaro_winkler, None)
    if peer is None:
        print("nomenklatura    left out: give --peer PYTHON")
        return 0
    _line("nomenklatura", open_half, closed_half, lambda listed: _nomenklatura(peer, listed), None)
    return 0


Scored = tuple[list[float], float]


def _ours(listed: Sequence[NamePair]) -> Scored:
    start = time.perf_counter()
    scores = [compare(pair.kind, pair.one, pair.other).score for pair in listed]
    return scores, time.perf_counter() - start


def _jaro_winkler(listed: Sequence[NamePair]) -> Scored:
    start = time.perf_counter()
    scores = [jaro_winkler(pair.one, pair.other) for pair in listed]
    return scores, time.perf_counter() - start


def _nomenklatura(peer: str, listed: Sequence[NamePair]) -> Scored:
    given = json.dumps([(str(pair.kind), pair.one, pair.other) for pair in listed])
    done = subprocess.run([peer, "-c", PEER], input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{peer}: {done.stderr.strip().splitlines()[-1]}; install nomenklatura there")
    answer = json.loads(done.stdout)
    return answer["scores"], answer["seconds"]


def _line(
    name: str,
    open_half: Sequence[NamePair],
    closed_half: Sequence[NamePair],
    scorer: Callable[[Sequence[NamePair]], Scored],
    threshold: float | None,
) -> None:
    if threshold is None:
        scores, _ = scorer(open_half)
        threshold = max(sorted(set(scores)), key=lambda limit: _f1(open_half, scores, limit))
    scores, seconds = scorer(closed_half)
    by_id = dict(zip((pair.id for pair in closed_half), scores, strict=True))
    counted, wrong = score(closed_half, lambda pair: by_id[pair.id] >= threshold)
    merged = sum(pair.tag == "head_of_state" and not pair.same for pair in wrong)
    all_pairs = counted["pairs"]
    print(
        f"{name:<16}{threshold:>10.3f}{all_pairs.precision:>11.3f}{all_pairs.recall:>8.3f}{all_pairs.f1:>8.3f}"
        f"{merged:>15}{len(closed_half) / seconds:>10.0f}"
    )


def _f1(listed: Sequence[NamePair], scores: Sequence[float], limit: float) -> float:
    by_id = dict(zip((pair.id for pair in listed), scores, strict=True))
    return score(listed, lambda pair: by_id[pair.id] >= limit)[0]["pairs"].f1


if __name__ == "__main__":
    sys.exit(main())
