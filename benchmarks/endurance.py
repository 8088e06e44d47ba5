"""What an archive survives: kills at random moments of a build, and inputs that nobody means well with.

python -m benchmarks.endurance --kills 100 --articles 2000      the same archive as an undisturbed build, by its export
python -m benchmarks.endurance --poisoned 10000                 each taken or refused, within seconds and memory

Articles are generated and read with rules alone. Exits 1 where anything was lost, hung, or cost more than is allowed.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generated import articles
from benchmarks.kills import Build, digest, disturbed, problems
from benchmarks.poison import Poison, inputs
from benchmarks.poisoned import MEBIBYTES, SECONDS, Fate, fates

from quellenlage.encoder import files
from quellenlage.execution import build
from quellenlage.model import Capture
from quellenlage.store import open_archive

_SLOWEST = 12
_SOUND = 40
"""Sound articles among the poisoned ones, of which nothing may be lost."""


def killed(folder: Path, count: int, times: int, seed: int) -> bool:
    """Kill a build of so many articles so often; whether nothing came of it."""
    whole, broken = folder / "whole.db", folder / "killed.db"
    archive = open_archive(str(whole), create=True)
    for capture, _ in articles(count, seed):
        archive.add_capture(capture)
    archive.close()
    shutil.copyfile(whole, broken)
    start = time.monotonic()
    link = Build(whole).finish()
    print(
        f"{count:,} articles (generated): undisturbed build {time.monotonic() - start:.0f} s, of it link {link:.0f} s"
    )
    start = time.monotonic()
    done = disturbed(broken, times, link, random.Random(seed))  # noqa: S311 - when to kill is no secret
    same = digest(whole) == digest(broken)
    rising = list(done.kept) == sorted(done.kept)
    print(
        f"killed {done.analysing} times while analysing, {done.linking} while linking, "
        f"in {time.monotonic() - start:.0f} s: "
        f"{'same' if same else 'ANOTHER'} export, {len(done.problems)} problems, "
        f"{'no article' if rising else 'ARTICLES'} lost on the way"
    )
    return same and rising and not done.problems and done.analysing + done.linking == times


def poisoned(folder: Path, count: int, seed: int, first: int = 0) -> bool:
    """Take in and analyse so many poisoned inputs, then build the archive; whether all survived it."""
    inbox, path = folder / "inbox", folder / "poisoned.db"
    inbox.mkdir()
    sound = [capture for capture, _ in articles(_SOUND, seed)]
    archive = open_archive(str(path), create=True)
    for capture in sound:
        archive.add_capture(capture)
    archive.close()
    told: list[Fate] = []
    for fate in fates(_announced(count, seed, first), inbox, path):
        told.append(fate)
        if fate.broken:
            print(f"BROKEN {fate.name}: {fate.broken}", flush=True)
    return _told(told) & _rest(path, sound)


def _announced(count: int, seed: int, first: int) -> Iterator[Poison]:
    for poison in inputs(count, seed, first):
        if poison.number % 1000 == 0:
            print(f"from {poison.number:,}", flush=True)
        yield poison


def _told(told: list[Fate]) -> bool:
    """Print what the inputs cost; whether all of them survived."""
    taken = sum(fate.taken > 0 for fate in told)
    broken = sum(bool(fate.broken) for fate in told)
    work = sum(fate.seconds for fate in told)
    print(
        f"{len(told):,} poisoned inputs: {taken:,} taken, {len(told) - taken:,} refused, "
        f"{broken} broken, {work:,.0f} s of work"
    )
    print(f"limits: {SECONDS:.0f} s and {MEBIBYTES:,.0f} MiB an input; the dearest:")
    for fate in sorted(told, key=lambda fate: -fate.seconds)[:_SLOWEST]:
        print(f"  {fate.name:<32}{fate.seconds:>8.1f} s{fate.mebibytes:>8.0f} MiB")
    most = max(told, key=lambda fate: fate.mebibytes)
    print(f"most memory: {most.name} {most.mebibytes:,.0f} MiB")
    return not broken


def _rest(path: Path, sound: list[Capture]) -> bool:
    """Build what was taken, beside sound articles; whether these are all there and nothing is unsound."""
    archive = open_archive(str(path))
    start = time.process_time()
    report = build(archive, clock=lambda: "2026-01-01T00:00:00Z")
    print(
        f"built in {time.process_time() - start:.0f} s: {report.counts['articles']:,} articles, "
        f"{len(report.rejected)} rejected"
    )
    there = set(archive.capture_ids())
    archive.close()
    found = problems(path)
    lost = [capture.source for capture in sound if capture.id not in there]
    print(f"{len(lost)} sound articles lost, {len(found)} problems")
    return not lost and not found and not report.rejected


def main() -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--poisoned", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="leave out the poisoned inputs before this number")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    files.choose(files.Models.RULES)
    good = True
    with tempfile.TemporaryDirectory() as folder:
        if given.kills:
            good &= killed(Path(folder), given.articles, given.kills, given.seed)
        if given.poisoned:
            good &= poisoned(Path(folder), given.poisoned, given.seed, given.first)
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
