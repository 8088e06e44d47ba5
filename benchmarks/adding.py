"""Adding to a large archive: what linking new articles around finds of what a whole link finds, and what one costs.

The last articles of an archive are taken out, the rest is linked as a whole, and they are added again one by one. What
the archive then says of them is held against a whole link of all: for every new member, account, print and article, how
much of what it lies with there it lies with here (recall), and the other way round (precision), as averages; `same` is
the share of those that join something where the whole link joins them to it, or open something where it does. Beside it
stands what an archive would say in which everything new stays alone.

Generated articles and the sample tell the same courses of events again and again; the figures of an archive of a desk
will differ, and `--archive` takes one.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from benchmarks.generated import articles

from quellenlage import pipeline
from quellenlage.article import Overrides
from quellenlage.encoder import files
from quellenlage.execution import Around, add, build, relink
from quellenlage.intake import IntakeOptions
from quellenlage.model import Capture, Conflict, Document, Linked
from quellenlage.resources import resource
from quellenlage.store import SqlArchive, open_archive

Made = tuple[Capture, Document, str]
ALWAYS = Around(least=1, most=1_000_000)
LIMIT = 2.0
"""Seconds of one article more."""

WHAT = ("entities", "events", "statements", "stories", "conflicts")


@dataclass(frozen=True)
class Agreement:
    """How far two links agree on what is new."""

    items: int
    precision: float
    recall: float
    same: float


def clock() -> str:
    """A time that is the same in every run."""
    return "2026-01-01T00:00:00Z"


def groups(linked: Linked, what: str) -> Iterator[Sequence[tuple[str, Hashable]]]:
    """Groups of one kind: of each thing, the articles and members that it holds."""
    if what == "entities":
        yield from ([(m.article, m.local) for m in e.members] for e in linked.entities)
    elif what == "events":
        yield from ([(a.member.article, a.member.local) for a in e.accounts] for e in linked.events)
    elif what == "statements":
        yield from ([(t.member.article, t.member.local) for t in s.retellings] for s in linked.statements)
    elif what == "stories":
        yield from ([(article, "") for article in s.articles] for s in linked.stories if not s.made)
    else:
        yield from ([_side(c, n) for n in range(len(c.sides))] for c in linked.conflicts)


def _side(conflict: Conflict, number: int) -> tuple[str, Hashable]:
    quoted = conflict.sides[number].evidence
    return quoted.article, (conflict.kind, quoted.start, quoted.end)


def company(found: Iterable[Sequence[tuple[str, Hashable]]], new: frozenset[str]) -> dict[Hashable, set[Hashable]]:
    """For each new item those of other articles that it lies with."""
    result: dict[Hashable, set[Hashable]] = {}
    for group in found:
        for item in group:
            if item[0] in new:
                result.setdefault(item, set()).update(other for other in group if other[0] != item[0])
    return result


def agreement(whole: Mapping[Hashable, set[Hashable]], around: Mapping[Hashable, set[Hashable]]) -> Agreement:
    """Averages over all that either of the two has."""
    precise, complete, same = [], [], []
    for item in {**whole, **around}:
        wanted, found = whole.get(item, set()), around.get(item, set())
        both = len(wanted & found)
        if found:
            precise.append(both / len(found))
        if wanted:
            complete.append(both / len(wanted))
        same.append(bool(both) or wanted == found)
    count = len(same)
    return Agreement(count, _mean(precise), _mean(complete), _mean([float(one) for one in same]))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def compared(whole: Linked, around: Linked, new: frozenset[str]) -> dict[str, tuple[Agreement, Agreement]]:
    """By kind, how the link around new articles agrees with the whole one, and how one of all alone would."""
    result = {}
    for what in WHAT:
        wanted = company(groups(whole, what), new)
        alone: dict[Hashable, set[Hashable]] = {} if what == "conflicts" else {item: set() for item in wanted}
        result[what] = agreement(wanted, company(groups(around, what), new)), agreement(wanted, alone)
    return result


def fill(archive: SqlArchive, made: Iterable[Made]) -> None:
    """Put articles into an archive."""
    waiting: list[Made] = []
    for one in made:
        waiting.append(one)
        if len(waiting) >= 100:
            archive.put_articles(waiting)
            waiting.clear()
    archive.put_articles(waiting)


def stored(path: str) -> Iterator[Made]:
    """The articles of an archive, with their documents."""
    archive = open_archive(path)
    for document in archive.documents():
        capture = archive.capture(document.article.capture)
        yield capture, document, pipeline.fingerprint(capture.id, Overrides())
    archive.close()


def sample(folder: Path) -> Iterator[Made]:
    """The articles of the bundled sample."""
    archive = open_archive(str(folder / "sample.db"), create=True)
    add(archive, [str(resource("sample"))], IntakeOptions(clock(), network=False))
    for capture in archive.captures():
        yield capture, pipeline.analyse(capture), pipeline.fingerprint(capture.id, Overrides())
    archive.close()


def generated(count: int) -> Iterator[Made]:
    """Generated articles."""
    for capture, document in articles(count):
        yield capture, document, pipeline.fingerprint(capture.id, Overrides())


def measure(folder: Path, made: Callable[[], Iterator[Made]], count: int, last: int) -> float:
    """Print how adding the last of so many articles compares; returns the median of the seconds that one took."""
    archive = open_archive(str(folder / "around.db"), create=True)
    listed = made()
    fill(archive, islice(listed, count - last))
    rest = list(islice(listed, last))
    start = time.process_time()
    relink(archive, clock=clock)
    print(f"{count - last:,} articles linked as a whole in {time.process_time() - start:.0f} s", flush=True)
    seconds = []
    for one in rest:
        archive.put_articles([one])
        start = time.process_time()
        done = build(archive, clock=clock, around=ALWAYS)
        seconds.append(time.process_time() - start)
        if done.analysed or not done.linked:
            raise SystemExit("an article was analysed, or not linked around")
    around = archive.linked()
    problems = archive.verify()
    archive.close()
    whole = open_archive(str(folder / "whole.db"), create=True)
    fill(whole, islice(made(), count))
    relink(whole, clock=clock)
    new = frozenset(document.article.id for _, document, _ in rest)
    median, most = statistics.median(seconds), max(seconds)
    print(f"{len(new)} added one by one, {median:.2f} s each (median), {most:.2f} s at most; problems: {len(problems)}")
    print(f"{'':<12}{'items':>8}{'precision':>11}{'recall':>8}{'same':>7}   alone: recall, same")
    for what, (found, alone) in compared(whole.linked(), around, new).items():
        print(f"{what:<12}{found.items:>8}{found.precision:>11.3f}{found.recall:>8.3f}{found.same:>7.3f}"
              f"{alone.recall:>16.3f}{alone.same:>7.3f}", flush=True)  # fmt: skip
    whole.close()
    return statistics.median(seconds)


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="*", default=[1000, 2000])
    parser.add_argument("--last", type=int, default=40)
    parser.add_argument("--archive", help="take the articles of this archive")
    given = parser.parse_args()
    files.choose(files.Models.RULES)
    slow = False
    with tempfile.TemporaryDirectory() as folder:
        print("the sample", flush=True)
        made = list(sample(Path(folder)))
        measure(Path(folder), lambda: iter(made), len(made), len(made) // 4)
    for count in given.articles:
        source = partial(stored, given.archive) if given.archive else partial(generated, count)
        with tempfile.TemporaryDirectory() as folder:
            slow |= measure(Path(folder), source, count, given.last) > LIMIT
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
