"""Claims: found or not, on whose word, how firmly, and whether affirmed or denied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from quellenlage.evaluation import gold
from quellenlage.evaluation.assignment import assign
from quellenlage.evaluation.gold import Case, GoldClaim
from quellenlage.evaluation.matching import covered, meanings, overlap, translated, words
from quellenlage.evaluation.results import Accuracy, Counter, Metric, Miss, SuiteResult, rate, worst
from quellenlage.model import Claim, Document, EntityKind, Span

_AFFIRMED = "affirmed"
ENOUGH = 0.5
"""Token F1 from which a claim counts as found."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold claim and ours over the same words, with our chain in gold ids."""

    gold: GoldClaim
    found: Claim
    chain: tuple[frozenset[str], ...]

    @property
    def informant_right(self) -> bool:
        """Whether the first link is the same (or both know none)."""
        return self.gold.chain[:1] == self.chain[:1]


def enough(a: frozenset[int], b: frozenset[int]) -> float:
    """F1 of two claims' tokens, 0 where they are too far apart to be the same."""
    value = overlap(a, b)
    return value if value >= ENOUGH else 0.0


def pairs(case: Case) -> list[Pair]:
    """Pair the claims of one article one to one, by the words they cover."""
    places = words(case.document.text)
    left = [covered(places, claim.spans) for claim in case.gold.claims]
    right = [covered(places, claim.spans) for claim in case.document.claims]
    means = meanings(case.gold.entities, case.document)

    return [
        Pair(
            case.gold.claims[i],
            case.document.claims[j],
            tuple(translated(link, means) for link in case.document.claims[j].chain),
        )
        for i, j in assign(left, right, enough)
    ]


_RIGHT: dict[str, Callable[[Pair], bool]] = {
    "chain": lambda pair: pair.gold.chain == pair.chain,
    "informant": lambda pair: pair.informant_right,
    "evidentiality": lambda pair: pair.gold.evidentiality == pair.found.evidentiality,
    "polarity": lambda pair: pair.gold.polarity == pair.found.polarity,
}
"""What can be right about a claim that was found. Counted over all claims as well as over the found ones: the share
among the found ones falls when harder claims are found, so it is no figure to hold anybody to."""


@dataclass(slots=True)
class Tally:
    """Counts over articles."""

    found: Counter = field(default_factory=Counter)
    sentences: Counter = field(default_factory=Counter)
    whole: dict[str, Counter] = field(default_factory=dict)
    quoted: dict[bool, Counter] = field(default_factory=lambda: {True: Counter(), False: Counter()})
    links: Counter = field(default_factory=Counter)
    exact: int = 0
    speaker_only: int = 0
    informant: int = 0
    empty: int = 0
    nearest: tuple[int, int] = (0, 0)
    evidentiality: Accuracy = field(default_factory=Accuracy)
    polarity: Accuracy = field(default_factory=Accuracy)
    long: Counter = field(default_factory=Counter)
    beyond: Counter = field(default_factory=Counter)
    not_affirmed: Counter = field(default_factory=Counter)

    def add(self, case: Case) -> list[Miss]:
        """Count one article and return its errors."""
        paired = pairs(case)
        expected, found = len(case.gold.claims), len(case.document.claims)
        self.found.add(len(paired), found, expected)
        self.sentences.add(_sentence_hits(case), len(case.document.sentences), expected)
        for label, right in _RIGHT.items():
            self.whole.setdefault(label, Counter()).add(sum(map(right, paired)), found, expected)
        self._parts(case, paired)
        for claim in case.gold.claims:
            self.quoted[claim.quoted].gold += 1
        means = meanings(case.gold.entities, case.document)
        for pair in paired:
            self.quoted[pair.gold.quoted].hits += 1
            self.exact += pair.gold.chain == pair.chain
            self.speaker_only += pair.gold.chain == pair.chain[:1]
            self.informant += pair.informant_right
            self.empty += not pair.gold.chain
            guess = _nearest_person(case.document, pair.found, means)
            exact, informant = self.nearest
            self.nearest = (exact + (pair.gold.chain == guess), informant + (pair.gold.chain[:1] == guess[:1]))
            self.links.add(len(set(pair.gold.chain) & set(pair.chain)), len(pair.chain), len(pair.gold.chain))
            self.evidentiality.add(pair.gold.evidentiality, str(pair.found.evidentiality))
            self.polarity.add(pair.gold.polarity, str(pair.found.polarity))
        return _misses(case, paired)

    def _trivial(self, label: str) -> float | None:
        """F1 of our claims with the speaker alone for a chain, or with the most frequent label for all."""
        constant = {
            "chain": self.speaker_only,
            "evidentiality": round(self.evidentiality.majority * self.evidentiality.cases),
            "polarity": round(self.polarity.majority * self.polarity.cases),
        }
        if label not in constant:
            return None
        return Counter(constant[label], self.found.predicted, self.found.gold).f1

    def _parts(self, case: Case, paired: Sequence[Pair]) -> None:
        """Count the parts that averages hide: long chains, claims that are no quotation, denied or unknown ones."""
        gold, ours = case.gold.claims, case.document.claims
        long = sum(len(p.gold.chain) > 1 and p.gold.chain == p.chain for p in paired)
        self.long.add(long, sum(len(c.chain) > 1 for c in ours), sum(len(c.chain) > 1 for c in gold))
        partner = {p.found.id: p.gold for p in paired}
        beyond = [c for c in ours if not (partner[c.id].quoted if c.id in partner else c.quotation)]
        hits = sum(not p.gold.quoted for p in paired)
        self.beyond.add(hits, len(beyond), sum(not c.quoted for c in gold))
        marked = [(p.gold.polarity, str(p.found.polarity)) for p in paired]
        self.not_affirmed.add(
            sum(a == b != _AFFIRMED for a, b in marked),
            sum(b != _AFFIRMED for _, b in marked),
            sum(a != _AFFIRMED for a, _ in marked),
        )

    def metrics(self) -> list[Metric]:
        """All figures; chains and labels only of the claims that were found."""
        cases = round(self.found.hits)
        listed = self.found.metrics("found", trivial=self.sentences.f1)
        for quoted, counter in self.quoted.items():
            name = "found.quoted.recall" if quoted else "found.unquoted.recall"
            listed.append(rate(name, counter.hits, round(counter.gold)))
        empty = self.empty / cases if cases else 0.0
        alone = self.speaker_only / cases if cases else 0.0
        exact, informant = (value / cases if cases else 0.0 for value in self.nearest)
        listed.append(rate("chain-exact.accuracy", self.exact, cases, trivial=max(empty, exact, alone)))
        listed.append(rate("informant.accuracy", self.informant, cases, trivial=max(empty, informant)))
        listed += self.links.metrics("chain-links")
        for label, counter in self.whole.items():
            listed += counter.metrics(f"found-with-{label}", trivial=self._trivial(label))
        listed += self.long.metrics("two-or-more-links", trivial=0.0)
        listed += self.beyond.metrics("beyond-quotations", trivial=0.0)
        listed += self.evidentiality.metrics("evidentiality")
        listed.append(self.evidentiality.macro("evidentiality.macro-f1"))
        listed += self.evidentiality.confusions("evidentiality")
        listed += self.polarity.metrics("polarity")
        listed += self.not_affirmed.metrics("denied-or-unknown", trivial=0.0)
        listed += self.polarity.confusions("polarity")
        return listed


def _sentence_hits(case: Case) -> int:
    """How many claims one would find by taking every sentence for one."""
    places = words(case.document.text)
    claims = [covered(places, claim.spans) for claim in case.gold.claims]
    sentences = [covered(places, (sentence.span,)) for sentence in case.document.sentences]
    return len(assign(claims, sentences, enough))


def _nearest_person(document: Document, claim: Claim, means: dict[str, str]) -> tuple[frozenset[str], ...]:
    """Guess as the informant the person named last before the claim."""
    before = [m for m in document.mentions if m.kind is EntityKind.PER and m.form == "name" and m.end <= claim.start]
    last = max(before, key=lambda m: m.start, default=None)
    return (translated((last.entity,), means),) if last else ()


def _misses(case: Case, paired: Sequence[Pair]) -> list[Miss]:
    name = case.gold.name
    matched, used = {p.gold.id for p in paired}, {p.found.id for p in paired}

    def place(spans: Sequence[Span]) -> tuple[int, int]:
        return min(s.start for s in spans), max(s.end for s in spans)

    missing = [Miss(name, *place(c.spans), c.evidentiality, "nothing") for c in case.gold.claims if c.id not in matched]
    missing += [
        Miss(name, *place(c.spans), "nothing", str(c.evidentiality)) for c in case.document.claims if c.id not in used
    ]
    return missing + [
        Miss(name, *place(p.gold.spans), f"chain {_shown(p.gold.chain)}", f"chain {_shown(p.chain)}")
        for p in paired
        if p.gold.chain != p.chain
    ]


def _shown(chain: Sequence[frozenset[str]]) -> str:
    return " < ".join("+".join(sorted(link)) for link in chain) or "empty"


def score(cases: Sequence[Case]) -> tuple[list[Metric], list[Miss]]:
    """Score the claims of some articles."""
    tally = Tally()
    misses = [miss for case in cases for miss in tally.add(case)]
    return tally.metrics(), misses


def evaluate() -> SuiteResult:
    """Score claims against the gold folder."""
    metrics, misses = score(list(gold.cases()))
    return SuiteResult(
        name="claims-gold",
        metrics=tuple(metrics),
        worst=worst(misses),
        data_sha256=gold.data_sha256(),
        notes=(
            f"a claim is found from a token F1 of {ENOUGH}; chains and labels are scored on the found ones",
            "trivial: every sentence a claim; the best of no chain, the person named last, our speaker without relays",
        ),
    )
