"""Identity within one article: which names mean the same person, body or place, from raw text and with names given.

Only mentions with a name are scored ("Dmitri Peskow", "Peskow"), aligned by overlap. A name that was missed gets
nothing on the gold side, one found where there is none gets nothing on ours, so that both cost. Pairs are counted
apart where their two mentions are spelled differently: pairs of the same letters are right without any work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from quellenlage.annotate.mentions import annotated
from quellenlage.annotate.mentions.told import Told
from quellenlage.evaluation import clusters, gold, spans
from quellenlage.evaluation.entities import Named, expected, found
from quellenlage.evaluation.gold import Case
from quellenlage.evaluation.results import Counter, Metric, Miss, SuiteResult, prefixed, rate
from quellenlage.model import Document

NAME = "identity-gold"
_NOTES = (
    "named mentions only; trivial: the same letters are the same entity, on the same mentions",
    "given: the gold's names and their kinds in place of the encoder's reading, so that binding is scored alone; the "
    "rules may still refuse a name or cut it otherwise",
    "the errors of these articles were read while the rules were written: the figures are of the development side",
)
_GIVEN = 0.999
"""How sure a name is that the gold gives."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A named mention with its letters."""

    start: int
    end: int
    kind: str
    entity: str
    letters: str


def named(mentions: Iterable[Named], text: str) -> list[Spelled]:
    """The mentions with a name, in order of the text."""
    listed = [Spelled(m.start, m.end, m.kind, m.entity, text[m.start : m.end]) for m in mentions if m.form == "name"]
    return sorted(listed, key=lambda m: (m.start, m.end))


def by_letters(mentions: Iterable[Spelled]) -> list[Spelled]:
    """The same mentions, grouped by nothing but their letters."""
    return [Spelled(m.start, m.end, m.kind, m.letters, m.letters) for m in mentions]


@dataclass(slots=True)
class Tally:
    """Counts over articles.

    `together` counts pairs that corefer and are spelled differently (gold, for recall) and pairs of differently
    spelled mentions that were put together (for precision).
    """

    bcubed: clusters.Shares = field(default_factory=clusters.Shares)
    by_kind: dict[str, clusters.Shares] = field(default_factory=dict)
    together: dict[str, tuple[Counter, Counter]] = field(default_factory=dict)
    lost: dict[tuple[str, int, int], list[str]] = field(default_factory=dict)

    def add(self, article: str, want: Sequence[Spelled], have: Sequence[Spelled]) -> None:
        """Count one article."""
        aligned = spans.overlapping([(m.start, m.end, "") for m in want], [(m.start, m.end, "") for m in have])
        ours, theirs = dict(aligned), {j: i for i, j in aligned}
        want_labels = {f"g{i}": m.entity for i, m in enumerate(want)}
        have_labels = {f"g{theirs[j]}" if j in theirs else f"f{j}": m.entity for j, m in enumerate(have)}
        self.bcubed.include(clusters.b_cubed(want_labels, have_labels))
        for kind in {m.kind for m in (*want, *have)}:
            scored = {f"g{i}" for i, m in enumerate(want) if m.kind == kind}
            scored |= {f"f{j}" for j, m in enumerate(have) if m.kind == kind and j not in theirs}
            shares = clusters.b_cubed(want_labels, have_labels, frozenset(scored))
            self.by_kind.setdefault(kind, clusters.Shares()).include(shares)
        for a, b in _different(want):
            i, j = ours.get(a), ours.get(b)
            hit = i is not None and j is not None and have[i].entity == have[j].entity
            self._recall(want[a].kind).add(hit, 0, 1)
            if not hit:
                state = "missing" if i is None or j is None else "apart"
                self._lose(article, want[a], want[b], f"{want[a].kind} together", state)
        for a, b in _different(have):
            i, j = theirs.get(a), theirs.get(b)
            hit = i is not None and j is not None and want[i].entity == want[j].entity
            self._precision(have[a].kind).add(hit, 1, 0)
            if not hit:
                state = "no name" if i is None or j is None else "apart"
                self._lose(article, have[a], have[b], state, f"{have[a].kind} together")

    def _recall(self, kind: str) -> Counter:
        return self.together.setdefault(kind, (Counter(), Counter()))[0]

    def _precision(self, kind: str) -> Counter:
        return self.together.setdefault(kind, (Counter(), Counter()))[1]

    def _lose(self, article: str, one: Spelled, other: Spelled, wanted: str, got: str) -> None:
        for mention, partner in ((one, other), (other, one)):
            place = (article, mention.start, mention.end)
            self.lost.setdefault(place, []).append(f"{wanted}/{got} {partner.start}-{partner.end}")

    def pairs(self) -> tuple[Counter, Counter]:
        """Pairs of all kinds: for recall, for precision."""
        recall, precision = Counter(), Counter()
        for one, other in self.together.values():
            recall.include(one)
            precision.include(other)
        return recall, precision

    def metrics(self, guess: Tally) -> list[Metric]:
        """All figures beside those of the guess."""
        listed = self.bcubed.metrics("b-cubed", trivial=guess.bcubed.metrics("")[2].value)
        for kind, shares in sorted(self.by_kind.items()):
            listed += shares.metrics(f"b-cubed.{kind}")
        listed += _pairs("spelled-differently", *self.pairs(), trivial=guess.pairs()[0].recall)
        for kind, (recall, precision) in sorted(self.together.items()):
            listed += _pairs(f"spelled-differently.{kind}", recall, precision)
        return listed

    def worst(self, limit: int = 10) -> tuple[Miss, ...]:
        """The mentions in most wrong pairs first, each with one of its partners."""
        ranked = sorted(self.lost.items(), key=lambda item: (-len(item[1]), item[0]))
        misses = []
        for (article, start, end), reasons in ranked[:limit]:
            wanted, _, got = min(reasons).partition("/")
            misses.append(Miss(article, start, end, wanted, f"{got} ({len(reasons)} pairs)"))
        return tuple(misses)


def _pairs(name: str, recall: Counter, precision: Counter, *, trivial: float | None = None) -> list[Metric]:
    f1 = clusters.harmonic(precision.precision, recall.recall)
    return [
        rate(f"{name}.precision", precision.hits, round(precision.predicted)),
        rate(f"{name}.recall", recall.hits, round(recall.gold), trivial=trivial),
        Metric(f"{name}.f1", round(f1, 4), round(recall.gold)),
    ]


def _different(mentions: Sequence[Spelled]) -> Iterator[tuple[int, int]]:
    """Pairs of one entity that are spelled differently."""
    for a, b in combinations(range(len(mentions)), 2):
        if mentions[a].entity == mentions[b].entity and mentions[a].letters != mentions[b].letters:
            yield a, b


def given(document: Document, mentions: Iterable[Spelled]) -> list[tuple[Told, ...]]:
    """Names of the gold in the form in which the encoder's names come; one that no words bound is left out."""
    listed = list(mentions)
    told: list[tuple[Told, ...]] = []
    for sentence in document.sentences:
        tokens = document.tokens_in(sentence.span)
        first = {token.start: k for k, token in enumerate(tokens)}
        last = {token.end: k + 1 for k, token in enumerate(tokens)}
        here: dict[int, Told] = {}
        for mention in listed:
            start, end = first.get(mention.start), last.get(mention.end)
            if start is None or end is None or any(t.start < end and start < t.end for t in here.values()):
                continue
            here[start] = Told(start, end, mention.kind, _GIVEN)
        told.append(tuple(here[start] for start in sorted(here)))
    return told


def score(cases: Iterable[Case]) -> tuple[list[Metric], tuple[Miss, ...]]:
    """Score some articles, from raw text and with the gold's names given."""
    raw, raw_guess, bound, bound_guess = Tally(), Tally(), Tally(), Tally()
    for case in cases:
        text, article = case.document.text, case.gold.name
        want = named(expected(case.gold.entities).mentions, text)
        have = named(found(case.document).mentions, text)
        raw.add(article, want, have)
        raw_guess.add(article, want, by_letters(have))
        bare = Document(case.document.article, case.document.sentences, case.document.tokens)
        document = annotated(bare, given(bare, want))
        bound.add(article, want, named(found(document).mentions, text))
        bound_guess.add(article, want, by_letters(want))
    return [*raw.metrics(raw_guess), *prefixed("given", bound.metrics(bound_guess))], raw.worst()


def evaluate() -> SuiteResult:
    """Score identity within an article against the gold folder."""
    metrics, worst = score(gold.cases())
    return SuiteResult(NAME, tuple(metrics), worst, data_sha256=gold.data_sha256(), notes=_NOTES)
