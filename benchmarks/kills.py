"""Kill a build again and again, and see that it comes to the same end.

A build runs in a process of its own, with rules alone, and tells of each article and of the link. It is ended with
SIGKILL at a chosen moment: after some articles, or some time into the link, where what is linked is written in one
transaction. The next one goes on with what is missing. What came of it is compared by the digest of a whole export.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ANALYSED, LINKED, DONE = "analysed", "linking", "done"
"""What the process tells, a line each."""
_SHARE = 0.7
"""So many of the kills fall into the analysis, while there is some to do; the others into the link."""
_EARLIER = 0.8
"""How much earlier a link is killed, of the time it was given, after one that came to its end before that."""
_WAIT = 600.0
"""Seconds within which a killed process must be gone."""


@dataclass(frozen=True, slots=True)
class Killed:
    """What was killed: how often while articles were analysed and while they were linked, and articles kept each time.

    `problems` are what `verify` found at any time: there must be none.
    """

    analysing: int
    linking: int
    kept: tuple[int, ...]
    problems: tuple[str, ...]


def digest(path: Path) -> str:
    """SHA-256 of all records of an export with full texts, without the times of runs and captures, which differ."""
    from quellenlage.store import open_archive
    from quellenlage.views.exports.jsonl import records

    archive = open_archive(str(path))
    told = hashlib.sha256()
    try:
        for record in records(archive, full_text=True):
            if record["record"] != "activity":
                told_of = {name: value for name, value in record.items() if name != "captured_at"}
                told.update(json.dumps(told_of, sort_keys=True, default=str).encode())
    finally:
        archive.close()
    return told.hexdigest()


def problems(path: Path) -> list[str]:
    """What `verify` says."""
    from quellenlage.store import open_archive

    archive = open_archive(str(path))
    try:
        return [str(problem) for problem in archive.verify()]
    finally:
        archive.close()


def kept(path: Path) -> int:
    """Articles that are analysed and written."""
    from quellenlage.store import open_archive

    archive = open_archive(str(path))
    try:
        return archive.counts()["articles"]
    finally:
        archive.close()


class Build:
    """A build in a process of its own."""

    def __init__(self, path: Path) -> None:
        root = Path(__file__).parents[1]
        environment = {**os.environ, "PYTHONPATH": f"{root}:{root / 'src'}"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.kills", str(path)],
            cwd=root,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.last = ""

    def told(self) -> str:
        """What it tells next; empty when it ended."""
        stream = self._process.stdout
        self.last = stream.readline().strip() if stream else ""
        return self.last

    def kill(self) -> bool:
        """End it at once; False where it had come to its end."""
        over = self._process.poll() == 0
        self._process.send_signal(signal.SIGKILL)
        rest, _ = self._process.communicate(timeout=_WAIT)
        return not over and DONE not in rest.split()

    def finish(self) -> float:
        """Let it come to its end; returns the seconds that the link took, without what the process takes to end."""
        times = {}
        while told := self.told():
            times[told] = time.monotonic()
        status = self._process.wait()
        if status:
            raise SystemExit(f"the build ended with status {status}")
        return max(0.0, times[DONE] - times.get(LINKED, times[DONE]))


def disturbed(path: Path, times: int, link_seconds: float, chance: random.Random, check_every: int = 10) -> Killed:
    """Kill builds of an archive so many times, then let one finish; `link_seconds` is how long its link takes.

    Where a link is faster than that and comes to its end, the archive is put back to where it was before, and the next
    one is killed earlier: there would be nothing left to kill.
    """
    from quellenlage.store import open_archive

    archive = open_archive(str(path))
    articles = len(archive.capture_ids())
    archive.close()
    step = max(1.0, 2 * articles / (_SHARE * times))
    left: list[int] = []
    found: list[str] = []
    analysing = linking = 0
    while len(left) < times:
        number = len(left)
        last = bool(left) and left[-1] >= articles - step - 1
        if last:
            _copied(path, _before(path))
        build = Build(path)
        for _ in range(chance.randint(1, round(step))):
            if build.told() in {LINKED, DONE, ""}:
                break
        in_link = build.last == LINKED
        time.sleep(chance.uniform(0.0, link_seconds) if in_link else chance.uniform(0.0, 0.05))
        if not build.kill():
            if not last:
                break
            link_seconds *= _EARLIER
            _copied(_before(path), path)
            continue
        analysing, linking = analysing + (not in_link), linking + in_link
        left.append(kept(path))
        if number % check_every == check_every - 1:
            found += problems(path)
    Build(path).finish()
    return Killed(analysing, linking, tuple(left), (*found, *problems(path)))


def _before(path: Path) -> Path:
    return path.with_name(f"before-{path.name}")


def _copied(path: Path, to: Path) -> None:
    """Copy an archive that nobody has open, with what a killed process left beside it."""
    for ending in ("", "-wal"):
        one, other = (Path(f"{name}{ending}") for name in (path, to))
        other.unlink(missing_ok=True)
        if one.exists():
            shutil.copyfile(one, other)
    Path(f"{to}-shm").unlink(missing_ok=True)


def main(arguments: Sequence[str]) -> int:
    """Build the archive at a path with rules alone, telling of each step."""
    from quellenlage.encoder import files
    from quellenlage.execution import Silent, build
    from quellenlage.store import open_archive

    class Telling(Silent):
        def start(self, total: int | None, label: str) -> None:
            if label == "link":
                print(LINKED, flush=True)

        def advance(self, steps: int = 1) -> None:
            print(ANALYSED, flush=True)

    files.choose(files.Models.RULES)
    archive = open_archive(arguments[0])
    build(archive, clock=lambda: "2026-01-01T00:00:00Z", progress=Telling())
    archive.close()
    print(DONE, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
