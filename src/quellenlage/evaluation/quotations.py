"""Quotations and their roles: optimal one-to-one assignment by token overlap, then token-level scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quellenlage.encoder.files import Models
from quellenlage.evaluation import data
from quellenlage.evaluation.assignment import assign
from quellenlage.evaluation.matching import covered, overlap
from quellenlage.evaluation.results import Counter, Metric, Miss, SuiteResult, rate, worst
from quellenlage.model import Document

ROLES = ("quote", "speaker", "cue", "frame", "addressee")
SCORED = (*ROLES, "joint")
_TYPES = {
    "direct": "direct",
    "indirect": "indirect",
    "reported": "reported",
    "freeindirect": "free_indirect",
    "indirectfreeindirect": "indirect_free_indirect",
}
_MEDIA = {"S": "speech", "T": "thought", "W": "writing"}


@dataclass(frozen=True, slots=True)
class Roles:
    """Token numbers of a quotation's parts, its type, and the media it can have (the gold leaves some open)."""

    type: str
    tokens: Mapping[str, frozenset[int]]
    media: frozenset[str] = frozenset()

    def joint(self) -> frozenset[tuple[str, int]]:
        """All parts at once, each token with its role."""
        return frozenset((role, token) for role in ROLES for token in self.tokens[role])


@dataclass(slots=True)
class Tally:
    """Counts over articles: token level per role, and quotations found per type."""

    micro: dict[str, Counter] = field(default_factory=lambda: {role: Counter() for role in SCORED})
    per_article: dict[str, list[float]] = field(default_factory=lambda: {role: [] for role in SCORED})
    types: dict[str, Counter] = field(default_factory=dict)
    found: Counter = field(default_factory=Counter)
    trivial: Counter = field(default_factory=Counter)
    typed: dict[str, int] = field(default_factory=dict)
    type_right: int = 0
    medium_right: int = 0
    speech: int = 0
    medium: int = 0

    def add(self, gold: Sequence[Roles], found: Sequence[Roles], tokens: int) -> list[tuple[int, int]]:
        """Count one article of so many tokens and return which quotations were paired."""
        pairs = paired(gold, found)
        for role in SCORED:
            counter = _count(role, gold, found, pairs)
            self.micro[role].include(counter)
            if counter.gold or counter.predicted:
                self.per_article[role].append(counter.f1)
        self._count_found(gold, found, pairs)
        everything = frozenset(range(tokens))
        whole = [Roles("", {role: everything if role == "quote" else frozenset() for role in ROLES})]
        self.trivial.include(_count("quote", gold, whole, paired(gold, whole)))
        return pairs

    def _count_found(self, gold: Sequence[Roles], found: Sequence[Roles], pairs: Sequence[tuple[int, int]]) -> None:
        """A quotation counts as found where half of the tokens agree; under its type where that is right too."""
        near = [(i, j) for i, j in pairs if overlap(gold[i].tokens["quote"], found[j].tokens["quote"]) >= 0.5]
        self.found.add(len(near), len(found), len(gold))
        for item in gold:
            self.types.setdefault(item.type, Counter()).add(0, 0, 1)
        for item in found:
            self.types.setdefault(item.type, Counter()).add(0, 1, 0)
        for i, j in near:
            self.typed[gold[i].type] = self.typed.get(gold[i].type, 0) + 1
            if gold[i].type == found[j].type:
                self.types[gold[i].type].add(1, 0, 0)
                self.type_right += 1
            if gold[i].media:
                self.medium += 1
                self.medium_right += found[j].media <= gold[i].media
                self.speech += "speech" in gold[i].media

    def metrics(self) -> list[Metric]:
        """All figures."""
        listed: list[Metric] = []
        for role, counter in self.micro.items():
            listed += counter.metrics(role, trivial=self.trivial.f1 if role == "quote" else 0.0)
            values = self.per_article[role]
            listed.append(rate(f"{role}.macro-f1", sum(values), len(values)))
        listed += self.found.metrics("found")
        for type_, counter in sorted(self.types.items()):
            listed += counter.metrics(f"found.{type_}")
        always = self.speech / self.medium if self.medium else 0.0
        matched = sum(self.typed.values())
        frequent = max(self.typed.values(), default=0) / matched if matched else 0.0
        listed.append(rate("type.accuracy", self.type_right, matched, trivial=frequent))
        return [*listed, rate("medium.accuracy", self.medium_right, self.medium, trivial=always)]


def paired(gold: Sequence[Roles], found: Sequence[Roles]) -> list[tuple[int, int]]:
    """Pair quotations one to one so that the summed token F1 of their words is greatest."""
    return assign(gold, found, lambda a, b: overlap(a.tokens["quote"], b.tokens["quote"]))


def evaluate(split: str, models: Models = Models.DEFAULT) -> SuiteResult:
    """Score the quotations of one split, publication dates given as in use."""
    with data.reading_with(models):
        return _evaluate(split, "" if models is Models.DEFAULT else f"-{models}")


def _evaluate(split: str, suffix: str) -> SuiteResult:
    tally = Tally()
    misses: list[Miss] = []
    for text in data.news(split):
        tokens = text.raw["tokens"]
        gold = gold_quotations(text.raw)
        found = found_quotations(data.analysed(text.text, text.published), tokens)
        misses += _misses(text.number, tokens, gold, found, tally.add(gold, found, len(tokens)))
    return SuiteResult(
        name=f"quotations-{split}{suffix}",
        metrics=tuple(tally.metrics()),
        worst=worst(misses),
        data_sha256=data.digest(data.folder("quotations", f"{split}.jsonl")),
        notes=(
            "macro: mean over the articles in which the role occurs; trivial: the whole article one spoken quotation",
        ),
    )


def gold_quotations(raw: Mapping[str, Any]) -> list[Roles]:
    """Quotations as annotated, by token numbers."""
    return [
        Roles(
            _TYPES.get(item["type"].replace("-", "").replace(" ", "").lower(), item["type"]),
            {role: frozenset(item[role]["tokenIds"]) for role in ROLES},
            _media(item["medium"]),
        )
        for item in raw["annotations"]
    ]


def _media(name: str) -> frozenset[str]:
    """Read "Speech", "Writing", "Thought", two of their initials where it can be either, or "none"."""
    letters = name if name.isupper() else name[:1]
    return frozenset(_MEDIA[letter] for letter in letters if letter in _MEDIA)


def found_quotations(document: Document, tokens: Sequence[Mapping[str, int]]) -> list[Roles]:
    """Our quotations, by the data's token numbers."""
    places = [(token["charBegin"], token["charEnd"]) for token in tokens]
    return [
        Roles(
            str(q.type),
            {
                "quote": covered(places, q.quote),
                "speaker": covered(places, q.speaker),
                "cue": covered(places, q.cue),
                "frame": covered(places, q.frame),
                "addressee": covered(places, q.addressee),
            },
            frozenset({str(q.medium)}),
        )
        for q in document.quotations
    ]


def _count(role: str, gold: Sequence[Roles], found: Sequence[Roles], pairs: Sequence[tuple[int, int]]) -> Counter:
    def parts(item: Roles) -> frozenset[Any]:
        return item.joint() if role == "joint" else item.tokens[role]

    return Counter(
        sum(len(parts(gold[i]) & parts(found[j])) for i, j in pairs),
        sum(len(parts(item)) for item in found),
        sum(len(parts(item)) for item in gold),
    )


def _misses(
    name: str,
    tokens: Sequence[Mapping[str, int]],
    gold: Sequence[Roles],
    found: Sequence[Roles],
    pairs: Sequence[tuple[int, int]],
) -> list[Miss]:
    def place(item: Roles) -> tuple[int, int]:
        numbers = item.tokens["quote"]
        return (tokens[min(numbers)]["charBegin"], tokens[max(numbers)]["charEnd"]) if numbers else (0, 1)

    matched, used = {i for i, _ in pairs}, {j for _, j in pairs}
    missing = [Miss(name, *place(g), g.type, "nothing") for i, g in enumerate(gold) if i not in matched]
    return missing + [Miss(name, *place(f), "nothing", f.type) for j, f in enumerate(found) if j not in used]
