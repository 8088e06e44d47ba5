"""A large archive: linking and rebuilding the stories, one article more, and the chronicle of one story.

The articles are generated (`generated.py`, which says so in each of them) and enter as layers; reading texts is not in
it. Every figure stands beside its limit for 100,000 articles. Linking is measured in a process of its own, so that the
peak of its memory is its own. Exits 1 where a limit is broken.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import wraps
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from benchmarks import watched
from benchmarks.generated import articles, write_layers

from quellenlage import link, pipeline, story
from quellenlage.article import Overrides
from quellenlage.encoder import files
from quellenlage.execution import build
from quellenlage.execution.engines import engine_of
from quellenlage.store import SqlArchive, open_archive
from quellenlage.views.cli import cli

FULL = 100_000
"""Articles that the limits are for."""
LINKED, MEBIBYTES, ONE_MORE, CHRONICLE = 1800.0, 4096.0, 2.0, 0.2
"""Seconds of link and stories, peak memory, seconds of one article more, and seconds of a chronicle (p95)."""
CALLS = 200


_TOLD = 10.0
"""Seconds from which a phase is told as soon as it ends, so that one sees how far a long link got."""


def timed(modules: tuple[ModuleType | type, ...], spent: dict[str, float]) -> None:
    """Let every function that these modules take from others add up the seconds it takes."""

    def timing(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def called(*given: Any, **named: Any) -> Any:
            before, worked = time.perf_counter(), time.process_time()
            try:
                return function(*given, **named)
            finally:
                took = time.perf_counter() - before
                spent[name] += took
                if took >= _TOLD:
                    worked = time.process_time() - worked
                    print(f"{name}: {took:.0f} s, {worked:.0f} s of work, peak {peak():.0f} MiB", file=sys.stderr)

        return called

    for module in modules:
        for name, value in list(vars(module).items()):
            foreign = isinstance(value, FunctionType) and value.__module__ != module.__name__
            if foreign and value.__module__.startswith(("quellenlage.link", "quellenlage.story")):
                setattr(module, name, timing(name, value))
    others = ((SqlArchive, "put_linked"), (pipeline, "changed_anchors"), (pipeline, "copied"), (story, "_of_scenes"))
    for owner, name in others:
        setattr(owner, name, timing(name, getattr(owner, name)))


def peak() -> float:
    """Most memory that this process ever had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def clock() -> str:
    """A time that is the same in every run."""
    return "2026-01-01T00:00:00Z"


def linking(path: Path) -> dict[str, Any]:
    """Link what is new in an archive and tell its stories, as `quellenlage build` does: seconds in all and by phase."""
    phases: dict[str, float] = defaultdict(float)
    timed((link, story), phases)
    archive = open_archive(str(path))
    start = time.perf_counter()
    build(archive, clock=clock, engine=engine_of())
    spent = time.perf_counter() - start
    archive.close()
    return {"seconds": spent, "phases": phases}


def apart(path: Path) -> dict[str, Any]:
    """`linking` in a process of its own; also seconds of work and peak memory in MiB, with all that it starts."""
    done = watched.run([sys.executable, "-m", "benchmarks.archive", "--link", path])
    found: dict[str, Any] = json.loads(done.output)
    return found | {"work": done.work, "peak": done.peak}


def chronicle(path: Path, story_id: str) -> float:
    """Seconds of what `quellenlage chronicle --story S --json` does once the program is loaded."""
    start = time.perf_counter()
    with redirect_stdout(io.TextIOWrapper(io.BytesIO())):
        cli.main(["--archive", str(path), "chronicle", "--story", story_id, "--json"], standalone_mode=False)
    return time.perf_counter() - start


def main() -> int:
    """Print the figures beside their limits."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=FULL)
    parser.add_argument("--link", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    files.choose(files.Models.RULES)
    if given.link:
        json.dump(linking(given.link), sys.stdout)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return measure(Path(folder) / "archive.db", given.articles)


def measure(path: Path, count: int) -> int:
    """Make an archive of so many articles and take all figures."""
    archive = open_archive(str(path), create=True)
    start = time.perf_counter()
    write_layers(archive, count)
    size = path.stat().st_size / 2**20
    print(
        f"{count:,} articles (generated), written in {time.perf_counter() - start:.0f} s, {size:,.0f} MiB", flush=True
    )
    whole = apart(path)
    for name, seconds in sorted(whole["phases"].items(), key=lambda phase: -phase[1]):
        if seconds >= whole["seconds"] / 100:
            print(f"  {name:<34}{seconds:>10.1f}")
    linked = archive.linked()
    sizes = sorted(len(s.articles) for s in linked.stories)
    print(f"{len(linked.entities):,} entities, {len(linked.events):,} events, {len(linked.statements):,} statements, "
          f"{len(sizes):,} stories, the largest of {sizes[-1]:,} articles", flush=True)  # fmt: skip
    chosen = [s.id for s in linked.stories if len(s.articles) > 1] or [s.id for s in linked.stories]
    del linked
    calls = sorted(chronicle(path, chosen[call * len(chosen) // CALLS]) for call in range(CALLS))
    for capture, document in articles(1, first=count):
        archive.put_articles([(capture, document, pipeline.fingerprint(capture.id, Overrides()))])
    archive.close()
    one_more = apart(path)
    share = count / FULL
    rows = (
        ("link and stories, seconds", whole["seconds"], LINKED * share),
        ("peak memory, MiB", whole["peak"], MEBIBYTES),
        ("one article more, seconds", one_more["seconds"], ONE_MORE),
        ("one article more, peak MiB", one_more["peak"], MEBIBYTES),
        ("chronicle of a story, median", statistics.median(calls), CHRONICLE),
        ("chronicle of a story, p95", calls[int(0.95 * len(calls))], CHRONICLE),
    )
    for name, value, limit in rows:
        print(f"{name:<36}{value:>10.3f}  limit {limit:>8.1f}  {'ok' if value <= limit else 'BROKEN'}")
    return int(any(value > limit for _, value, limit in rows))


if __name__ == "__main__":
    sys.exit(main())
