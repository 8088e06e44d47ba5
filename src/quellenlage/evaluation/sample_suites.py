"""The sample corpus: every scorer on one half of it, and what holds across its articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quellenlage.evaluation import claims, entities, events, sample_archive, sample_gold, zones
from quellenlage.evaluation.dating import Tally as DatingTally
from quellenlage.evaluation.results import Counter, Metric, Miss, SuiteResult, prefixed, rate, worst
from quellenlage.evaluation.sample_gold import SampleArticle
from quellenlage.evaluation.timex import Tally as TimexTally
from quellenlage.evaluation.timex import expressions
from quellenlage.evaluation.values import interval, same_value
from quellenlage.model import fold


def evaluate_zones(half: str) -> SuiteResult:
    """Score the zones of one half."""
    articles = sample_gold.load().of(half)
    metrics, misses = zones.score(article.zoned for article in articles)
    gone = sum(line.places is None for article in articles for line in article.own)
    notes = (zones.NOTE, f"{gone} of {sum(len(a.own) for a in articles)} lines that count are not in the texts as read")
    return SuiteResult(
        name=f"zones-sample-{half}",
        metrics=tuple(metrics),
        worst=worst(misses) if half == "open" else (),
        data_sha256=sample_gold.data_sha256(half),
        notes=notes,
    )


def evaluate(half: str) -> SuiteResult:
    """Score everything but the zones of one half. Of the held half no single error is shown."""
    sample = sample_gold.load()
    articles = sample.of(half)
    cases = [article.case for article in articles]
    metrics, misses = _metadata(articles)
    for name, scorer in (("entities", entities.score), ("claims", claims.score), ("events", events.score)):
        found, errors = scorer(cases)
        metrics += prefixed(name, found)
        misses += errors
    timexes = TimexTally(same_value)
    for article in articles:
        misses += timexes.add(article.case.gold.name, article.timexes, expressions(article.case.document))
    metrics += prefixed("timex", timexes.metrics())
    metrics += prefixed("archive", sample_archive.score(sample, half))
    asked, missing = sum(a.spans for a in articles), sum(a.unresolved for a in articles)
    return SuiteResult(
        name=f"sample-{half}",
        metrics=tuple(metrics),
        worst=worst(misses) if half == "open" else (),
        data_sha256=sample_gold.data_sha256(half),
        notes=(
            f"{missing} of {asked} gold passages do not occur in the texts as read; they are left out",
            "archive: items that touch the held half are scored there; trivial: everything by itself",
        ),
    )


@dataclass(slots=True)
class _Dates:
    """Dates of articles that give one, and restraint on those that do not."""

    tally: DatingTally = field(default_factory=DatingTally)
    exact: int = 0
    undated: int = 0
    consistent: int = 0

    def add(self, article: SampleArticle) -> bool:
        """Count one article; false where what we say is wrong."""
        gold, dct = article.raw["dct"], article.case.document.article.dct
        if gold["value"]:
            self.exact += dct is not None and dct.value == gold["value"]
            return self.tally.add(gold["value"], dct)
        day = interval(gold.get("with_corpus_range"))
        fits = dct is None or (day is None and dct.interval.days > 1) or bool(day and dct.interval.meets(day))
        self.undated += 1
        self.consistent += fits
        return fits

    def metrics(self) -> list[Metric]:
        """All figures."""
        return [
            *self.tally.metrics(),
            rate("exact.accuracy", self.exact, len(self.tally.days)),
            rate("undated-consistent.accuracy", self.consistent, self.undated, trivial=1.0),
        ]


def _metadata(articles: Sequence[SampleArticle]) -> tuple[list[Metric], list[Miss]]:
    """Score headline, outlet, author, agencies and date."""
    right = {"headline": 0, "outlet": 0, "author": 0}
    agencies, dates = Counter(), _Dates()
    misses: list[Miss] = []
    for article in articles:
        raw, found = article.raw, article.case.document.article
        given = {
            "headline": found.headline.value if found.headline else "",
            "outlet": found.outlet.value if found.outlet else "",
            "author": found.authors[0].value if found.authors else "",
        }
        for name, value in given.items():
            right[name] += fold(value) == fold(raw[name] or "")
        wanted, have = ({fold(a) for a in side} for side in (raw["agencies"], [a.value for a in found.agencies]))
        agencies.add(len(wanted & have), len(have), len(wanted))
        if not dates.add(article):
            misses.append(
                Miss(raw["file"], 0, 1, str(raw["dct"]["value"]), found.dct.value if found.dct else "nothing")
            )
    metrics = [rate(f"{name}.accuracy", count, len(articles)) for name, count in right.items()]
    return [*metrics, *agencies.metrics("agencies", trivial=0.0), *prefixed("dct", dates.metrics())], misses
