"""Tune how much the rules count beside the quotation reader, on the articles kept from its training.

    python -m training.evidence             prints the weights for `resources/de/quotation_evidence.toml`

Coordinate search: first the weights that decide which words are quoted, by the F1 of quoted words under the best
pairing; then those of roles and types, by the F1 of all roles together. Runs with the packages of the program itself.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from quellenlage.annotate.quotations.collect import collect
from quellenlage.annotate.quotations.drafts import Draft
from quellenlage.annotate.quotations.evidence import Places, Weights, bias, weights
from quellenlage.annotate.quotations.reader import combine, places_of, settle, words_of
from quellenlage.annotate.quotations.units import read
from quellenlage.encoder import quotations as encoder
from quellenlage.evaluation import data
from quellenlage.evaluation.matching import covered, overlap
from quellenlage.evaluation.quotations import ROLES, Roles, Tally, gold_quotations
from quellenlage.model import Document
from quellenlage.pipeline import STAGES
from training.quotations_data import part

STEPS = {
    "quoted": (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0),
    "outside": (0.0, 0.3, 0.6, 1.0, 1.5, 2.0),
    "role": (0.0, 0.5, 1.0, 1.5, 2.0, 3.0),
    "not_role": (0.0, 0.3, 0.6, 1.0, 1.5),
    "threshold": (0.2, 0.3, 0.4, 0.5, 0.6, 0.7),
    "opposite": (0.0, 1.0, 2.0, 3.0, 5.0),
    "kind": (0.0, 0.1, 0.2, 0.3, 0.5, 0.8),
    "tags": (0.0, 0.25, 0.5, 1.0),
}


@dataclass(slots=True)
class Text:
    """An article with everything that does not depend on the weights."""

    document: Document
    tokens: Sequence[dict[str, Any]]
    gold: list[Roles]
    places: Places
    rules: list[Draft]
    reading: encoder.Reading
    roles: dict[tuple[tuple[int, ...], ...], list[encoder.Roles]]
    found: dict[str, list[encoder.Found]]


def load() -> Iterator[Text]:
    """The articles kept for tuning."""
    reader = encoder.Reader()
    for text in data.news("train"):
        if part(text.number) != "tune":
            continue
        document = Document(data.article(text.text))
        for stage in STAGES:
            if "quotations" in stage.writes:
                break
            document = stage.run(document)
        words = words_of(document)
        places = places_of(document.text, words)
        if not places.words:
            continue
        rules = [d for d in collect(read(document), document.text) if places.of(d.quote)]
        reading = reader.read(document.text, words)
        yield Text(document, text.raw["tokens"], gold_quotations(text.raw), places, rules, reading, {}, {})


def drafts(text: Text, use: Weights) -> list[Draft]:
    """The quotations of an article under some weights."""
    reader = encoder.Reader()
    same = json.dumps([use.quoted, use.outside])
    if same not in text.found:
        found = reader.find(text.reading, bias(text.rules, text.places, reader.tags, use))
        text.found[same] = settle(found, text.rules, text.places, use)
    found = text.found[same]
    key = tuple(one.words for one in found)
    if key not in text.roles:
        text.roles[key] = reader.attribute(text.reading, key)
    return combine(text.document, text.rules, text.places, list(zip(found, text.roles[key], strict=True)), use)


def tally(texts: Sequence[Text], use: Weights) -> Tally:
    """The figures of the suite `quotations-dev`, for these articles."""
    total = Tally()
    for text in texts:
        places = [(t["charBegin"], t["charEnd"]) for t in text.tokens]
        found = [
            Roles(str(d.type), {role: covered(places, getattr(d, role)) for role in ROLES}, frozenset({d.medium}))
            for d in drafts(text, use)
        ]
        total.add(text.gold, found, len(text.tokens))
    return total


def quoted(total: Tally) -> float:
    """What the first search maximises."""
    return total.micro["quote"].f1 + 0.5 * total.found.f1


def attributed(total: Tally) -> float:
    """What the second search maximises."""
    types = [c.f1 for c in total.types.values()]
    right = sum(total.micro[role].f1 for role in ("speaker", "cue", "frame", "addressee")) / 4
    return total.micro["joint"].f1 + right + 0.3 * sum(types) / len(types)


def search(
    texts: Sequence[Text], use: Weights, names: Sequence[str], aim: Callable[[Tally], float], rounds: int
) -> Weights:
    """Coordinate search over the named weights."""
    best = aim(tally(texts, use))
    for _ in range(rounds):
        before = best
        for name in names:
            value = getattr(use, name)
            for key in value if isinstance(value, dict) else [None]:
                for step in STEPS[name]:
                    changed = {**value, key: step} if isinstance(value, dict) else step
                    trial = dataclasses.replace(use, **{name: changed})
                    score = aim(tally(texts, trial))
                    if score > best + 1e-4:
                        best, use = score, trial
                        value = changed
        print(round(best, 4), json.dumps(dataclasses.asdict(use)), flush=True)
        if best <= before:
            break
    return use


def figures(total: Tally) -> dict[str, float]:
    """F1 of every role and type."""
    micro = {role: round(counter.f1, 4) for role, counter in total.micro.items()}
    return {**micro, **{kind: round(c.f1, 4) for kind, c in total.types.items()}, "found": round(total.found.f1, 4)}


def reliability(texts: Sequence[Text], use: Weights) -> dict[str, dict[str, float]]:
    """How often a quotation is right (half of the words shared) and how probable, by who found it."""
    kept: dict[str, list[tuple[float, bool]]] = {"agreed": [], "alone": []}
    plain = dataclasses.replace(use, agreed=1.0, alone=1.0)
    for text in texts:
        places = [(t["charBegin"], t["charEnd"]) for t in text.tokens]
        for draft in drafts(text, plain):
            own = covered(places, draft.quote)
            right = any(overlap(own, gold.tokens["quote"]) >= 0.5 for gold in text.gold)
            kept["alone" if draft.reasons[-1:] == ["encoder"] and len(set(draft.reasons)) == 1 else "agreed"].append(
                (draft.score, right)
            )
    return {
        name: {
            "found": len(rows),
            "probability": sum(p for p, _ in rows) / len(rows),
            "right": sum(r for _, r in rows) / len(rows),
        }
        for name, rows in kept.items()
        if rows
    }


def main() -> None:
    """Search and print; with `--report` only say how the present weights do."""
    texts = list(load())
    use = weights()
    if "--report" in sys.argv[1:]:
        print(len(texts), "articles", figures(tally(texts, use)), reliability(texts, use))
        return
    print(len(texts), "articles", figures(tally(texts, use)), flush=True)
    use = search(texts, use, ("quoted", "outside"), quoted, 2)
    use = search(texts, use, ("role", "not_role", "opposite", "threshold", "kind", "tags"), attributed, 2)
    print(json.dumps(dataclasses.asdict(use), indent=1))
    print(figures(tally(texts, use)))


if __name__ == "__main__":
    main()
