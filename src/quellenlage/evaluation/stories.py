"""Stories against the courses of events that short articles of our own belong to, written before the rules they score.

Each half of the table is an archive of its own: articles of a dozen courses (crimes to their trials, rounds of talks,
accidents to their findings), and beside them such as share a name, a town or a kind of happening with a course and
belong to another. The limits of `story.courses` were chosen on "dev"; "report" is scored only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quellenlage.errors import Defect
from quellenlage.evaluation import data
from quellenlage.evaluation.clusters import b_cubed, harmonic
from quellenlage.evaluation.results import Metric, Miss, SuiteResult
from quellenlage.model import Document

PART = ("stories", "cases.tsv")
HALVES = ("dev", "report")
GATE = ("b-cubed.precision", "b-cubed.recall", "b-cubed.f1", "count.share")


@dataclass(frozen=True, slots=True)
class StoryCase:
    """An article with the subject it belongs to; `day` is the ISO day on which it was published."""

    subject: str
    day: str
    text: str


def table(half: str) -> Iterator[StoryCase]:
    """The articles of a half, in the order of the file.

    Raises:
        Defect: a line has not five fields, or there is no such half.
    """
    if half not in HALVES:
        raise Defect(f"no half of the table is called {half}")
    for line in data.shipped(*PART).read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        try:
            part, subject, day, headline, text = line.split("\t")
        except ValueError:
            raise Defect(f"five fields are wanted: {line[:40]}") from None
        if part == half:
            yield StoryCase(subject, day, f"{headline}\n\n{text}\n")


def evaluate(half: str) -> SuiteResult:
    """Score the stories of one half, beside those that no rule would make: all alone, all one, each month one."""
    from quellenlage.pipeline import connect

    cases: dict[str, StoryCase] = {}
    documents: list[Document] = []
    for case in table(half):
        documents.append(data.analysed(case.text, case.day))
        cases[documents[-1].article.id] = case
    found = {one: story.id for story in connect(documents, [], frozenset()).stories for one in story.articles}
    gold = {article: case.subject for article, case in cases.items()}
    trivial = {
        "alone": _f1(gold, {article: article for article in gold}),
        "one": _f1(gold, dict.fromkeys(gold, "one")),
        "month": _f1(gold, {article: case.day[:7] for article, case in cases.items()}),
    }
    subjects, stories = len(set(gold.values())), len(set(found.values()))
    metrics = [
        *b_cubed(gold, found).metrics("b-cubed", trivial=max(trivial.values())),
        Metric("count.share", round(min(subjects, stories) / max(subjects, stories), 4), subjects),
        *(Metric(f"{name}.f1", round(value, 4), len(gold)) for name, value in trivial.items()),
    ]
    return SuiteResult(
        name=f"stories-{half}",
        metrics=tuple(metrics),
        worst=tuple(_misses(gold, found)) if half == "dev" else (),
        data_sha256=data.digest(data.shipped(*PART)),
        notes=(
            f"{len(gold)} articles on {subjects} subjects make {stories} stories; count: the smaller by the larger",
            "trivial: the best of all alone, all one story, each month one story",
        ),
    )


def _f1(gold: Mapping[str, str], found: Mapping[str, str]) -> float:
    shares = b_cubed(gold, found)
    return harmonic(shares.precision / shares.predicted, shares.recall / shares.gold)


def _misses(gold: Mapping[str, str], found: Mapping[str, str]) -> Iterator[Miss]:
    """Articles that are not with the first one of their subject, and those that are with another subject's."""
    home: dict[str, str] = {}
    owner: dict[str, str] = {}
    for article, subject in gold.items():
        story = found[article]
        if home.setdefault(subject, story) != story:
            yield Miss(article, 0, 0, subject, "apart from the first")
        if owner.setdefault(story, subject) != subject:
            yield Miss(article, 0, 0, subject, f"with {owner[story]}")
