"""Train the ranker that says whom pronouns and nouns mean, on the articles of our own reading.

    python -m training.coreference                cross-validation, then weights from all articles
    python -m training.coreference --check        cross-validation alone

Every article is read as in use; where a person said whom a pronoun or noun means, the choice that the ranker faces
there becomes an example: its candidates, and the one that was meant (or none). Weights are fitted by Newton's method
on the penalised log-likelihood, which has one optimum, so that the result does not depend on a seed. Thresholds are
the lowest at which the answers of the other folds were right often enough.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from quellenlage.coreference.anaphors import Anaphor, noun_at
from quellenlage.coreference.discourse import Discourse
from quellenlage.coreference.features import Context, candidates, empty
from quellenlage.coreference.nouns import named_by, unbound
from quellenlage.coreference.ranker import Candidate, Choice, Features, Model
from quellenlage.coreference.resolve import References
from quellenlage.evaluation.gold import Case
from quellenlage.evaluation.matching import meanings
from quellenlage.evaluation.speakers import Told, told
from quellenlage.model import Span
from training.coreference_data import cases
from training.data import ROOT

OUT = "src/quellenlage/resources/de/coreference_weights.toml"
FOLDS = 10
PENALTY = 0.6
PRECISION = 0.8
"""Share of given answers that has to be right on the folds left out."""
_UNCOUNTED = frozenset({"ich", "wir", "man", "es", "mir", "mich", "uns"})


@dataclass(frozen=True, slots=True)
class Example:
    """A choice as it was faced: `right` is the candidate that was meant, None for none of them.

    `meant` says that something in the article was meant, whether or not it is among the candidates.
    """

    article: str
    anaphor: Anaphor
    candidates: tuple[Candidate, ...]
    none: Features
    right: int | None
    meant: bool


class Reader:
    """Goes through one article as the program does, with a person's answers in place of the model's."""

    def __init__(self, case: Case, items: Sequence[Told]) -> None:
        self.case, self.items = case, items
        self.means = meanings(case.gold.entities, case.document)
        self.mine = {gold: ours for ours, gold in reversed(self.means.items())}
        self.examples: list[Example] = []
        self._pronouns: dict[int, str] = {}
        self._nouns: list[tuple[int, int, str]] = []
        for entity in case.gold.entities:
            for mention in entity.mentions:
                if mention.form == "pronoun":
                    self._pronouns[mention.start] = entity.id
                elif mention.form == "noun":
                    self._nouns.append((mention.start, mention.end, entity.id))

    def examples_of(self) -> list[Example]:
        """The choices of the article."""
        references = References(self.case.document, self._choose)
        for item in self.items:
            for start in self._pronouns:
                if any(span.start <= start < span.end for span in item.phrase.speaker):
                    references.pronoun(Span(start, start + 1))
            speakers = tuple(self.mine[e] for e in sorted(item.entities) if e in self.mine)
            references.spoken(item.phrase.quote, speakers)
        for start in sorted(self._pronouns):
            references.pronoun(Span(start, start + 1))
        discourse = Discourse(self.case.document)
        for mention in unbound(self.case.document):
            anaphor = noun_at(discourse, mention.span)
            if anaphor is not None:
                listed = candidates(discourse, anaphor, Context())
                self._choose(anaphor, listed, empty(anaphor, listed))
        return self.examples

    def _meant(self, anaphor: Anaphor) -> str | None:
        if anaphor.group != "noun":
            return self._pronouns.get(anaphor.start)
        over = [(min(b, anaphor.end) - max(a, anaphor.start), e) for a, b, e in self._nouns]
        return max([o for o in over if o[0] > 0], default=(0, None))[1]

    def _choose(self, anaphor: Anaphor, listed: Sequence[Candidate], none: Features) -> Choice:
        meant = self._meant(anaphor)
        if meant is None and anaphor.group != "noun":
            return Choice(None, 1.0)
        right = next((i for i, c in enumerate(listed) if self.means.get(c.entity) == meant), None) if meant else None
        if not any(e.anaphor == anaphor for e in self.examples) and anaphor.word not in _UNCOUNTED:
            self.examples.append(Example(self.case.gold.name, anaphor, tuple(listed), none, right, meant is not None))
        return Choice(listed[right].entity if right is not None else None, 1.0)


def examples() -> Iterator[Example]:
    """All choices of all articles that were read."""
    for case, raw in cases():
        yield from Reader(case, told(case.gold, raw)).examples_of()


def fit(listed: Sequence[Example], penalty: float) -> dict[str, float]:
    """Weights that make the right answers likeliest, with a squared penalty on every weight."""
    names = sorted({f for e in listed for c in (*(c.features for c in e.candidates), e.none) for f in c})
    column = {name: i for i, name in enumerate(names)}
    rows = []
    for e in listed:
        matrix = np.zeros((len(e.candidates) + 1, len(names)))
        for i, features in enumerate([*(c.features for c in e.candidates), e.none]):
            for name, value in features.items():
                matrix[i, column[name]] = value
        rows.append((matrix, len(e.candidates) if e.right is None else e.right))
    weights = np.zeros(len(names))
    for _ in range(40):
        gradient, hessian = penalty * weights, penalty * np.eye(len(names))
        for matrix, right in rows:
            scores = matrix @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            mean = shares @ matrix
            gradient += mean - matrix[right]
            hessian += matrix.T @ (matrix * shares[:, None]) - np.outer(mean, mean)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if float(np.abs(step).max()) < 1e-6:
            break
    return {name: round(float(weights[i]), 4) for name, i in column.items() if abs(weights[i]) >= 5e-5}


def _fold(article: str) -> int:
    return int(hashlib.sha256(article.encode()).hexdigest()[:8], 16) % FOLDS


@dataclass(frozen=True, slots=True)
class Judged:
    """What a model that had not seen the article chose."""

    example: Example
    choice: Choice

    @property
    def right(self) -> bool:
        """Whether the choice is what was meant."""
        e = self.example
        return e.right is not None and self.choice.entity == e.candidates[e.right].entity


def crossed(listed: Sequence[Example], penalty: float) -> list[Judged]:
    """Every example judged by weights from the other folds."""
    judged = []
    for fold in range(FOLDS):
        here = [e for e in listed if _fold(e.article) == fold]
        chooser = Model(fit([e for e in listed if _fold(e.article) != fold], penalty), {})
        judged += [Judged(e, chooser.choose(e.candidates, e.none)) for e in here]
    return judged


def threshold(judged: Sequence[Judged], precision: float) -> float:
    """The lowest probability from which on the share of right answers reaches a precision."""
    answers = sorted((j for j in judged if j.choice.entity is not None), key=lambda j: -j.choice.probability)
    lowest, right = 1.0, 0
    for number, j in enumerate(answers, 1):
        right += j.right
        if right / number >= precision:
            lowest = j.choice.probability
    return round(lowest, 3)


def report(judged: Sequence[Judged], limits: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Counts by class: examples, those that mean something, answered and right without and with the threshold."""
    table: dict[str, dict[str, float]] = {}
    for group in sorted({j.example.anaphor.group for j in judged}):
        here = [j for j in judged if j.example.anaphor.group == group]
        open_ = [j for j in here if j.choice.entity is not None]
        given = [j for j in open_ if j.choice.probability >= limits[group]]
        table[group] = {
            "examples": len(here),
            "meant": sum(j.example.meant for j in here),
            "reachable": sum(j.example.right is not None for j in here),
            "answered": len(open_),
            "right": sum(j.right for j in open_),
            "answered_sure": len(given),
            "right_sure": sum(j.right for j in given),
            "trivial": sum(j.example.right == 0 for j in here),
        }
    return table


def by_rule(listed: Sequence[Example]) -> dict[str, float]:
    """The same counts for nouns, which rules bind; nothing is fitted, so no fold is left out."""
    answers = [(e, named_by(e.anaphor, e.candidates)) for e in listed]
    given = [(e, a) for e, a in answers if a is not None]
    right = sum(e.right is not None and e.candidates[e.right].entity == a for e, a in given)
    return {
        "examples": len(listed),
        "meant": sum(e.meant for e in listed),
        "reachable": sum(e.right is not None for e in listed),
        "answered_sure": len(given),
        "right_sure": right,
        "trivial": sum(e.right == 0 for e in listed),
    }


def main() -> int:
    """The command line of this module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="cross-validation alone, nothing is written")
    arguments = parser.parse_args()
    listed = list(examples())
    pronouns = [e for e in listed if e.anaphor.group != "noun"]
    judged = crossed(pronouns, PENALTY)
    groups: list[str] = sorted({e.anaphor.group for e in pronouns})
    limits: dict[str, float] = {
        g: threshold([j for j in judged if j.example.anaphor.group == g], PRECISION) for g in groups
    }
    counts = report(judged, limits) | {"noun": by_rule([e for e in listed if e.anaphor.group == "noun"])}
    weights = fit(pronouns, PENALTY)
    for group, row in counts.items():
        print(
            f"{group:14}",
            *(f"{name} {value:g}" for name, value in row.items()),
            f"threshold {limits.get(group, 1.0) if group in limits else 'by rules'}",
        )
    if not arguments.check:
        (ROOT / OUT).write_text(card(weights, limits, counts), encoding="utf-8")
        print(f"{len(weights)} weights written to {OUT}")
    return 0


def card(weights: Mapping[str, float], limits: Mapping[str, float], counts: Mapping[str, Mapping[str, Any]]) -> str:
    """The weights as a resource file that says what they are."""
    lines = [
        "[meta]",
        'about = "Weights of the ranker that says whom pronouns mean; their card is models/coreference/README.md"',
        'source = "own compilation: 150 articles read for this project, training/coreference.py"',
        'licence = "Apache-2.0"',
        "",
        "# Ten-fold cross-validation by article: examples, how many mean something in it, how many of them",
        "# are among the candidates; answers and right ones without and with the threshold; trivial: the nearest.",
        "# Nouns are bound by rules, counted here on the same articles that the rules were written on.",
    ]
    for group, row in counts.items():
        lines += ["", f"[cross_validation.{group}]", *(f"{name} = {value:g}" for name, value in row.items())]
    lines += ["", "[thresholds]", *(f"{group} = {limit}" for group, limit in sorted(limits.items()))]
    lines += ["", "[weights]", *(f'"{name}" = {value}' for name, value in sorted(weights.items()))]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
