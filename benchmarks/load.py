"""Fifty readers and an ingest at once: what a reader waits for a page, and whether anything fails.

Run: python -m benchmarks.load --archive ARCHIVE [--minutes 5] [--readers 50]

A reader opens a page, reads for one to five seconds, and opens the next, as links and filters lead. Meanwhile articles
are uploaded, analysed and linked, one batch after the other, through the same server. The limit (95 of 100 pages
within 400 ms, no page and no job that fails) is compared in this run; the archive is copied first.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import httpx

LIMIT_MS = 400
PAGE = 100
STARTS = (
    "/", "/chronicle", "/chronicle?factuality=denied", "/chronicle?certainty=conflict", "/claims", "/conflicts",
    "/entities", "/sources", "/map", "/stories", "/articles", "/search?q=Minister", "/search?q=Hafen&by=text",
    "/api/v1/chronicle?limit=20",
)  # fmt: skip
LINK = re.compile(r'href="(/(?:events|articles|entities|claims|conflicts|stories|sources)/[^"#]+)')
NEWS = (
    "Testblatt {n}\n\nMiren, {day}. März 2024 – Minister {who} ist am {day}. März nach {where} gereist. "
    "„Wir bleiben dabei, auch in Sache {n}“, sagte {who}. Bei einem Unfall in {where} wurden {n} Menschen verletzt, "
    "teilte die Polizei mit.\n"
)


@dataclass
class Seen:
    """Milliseconds by kind of page, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)

    def note(self, path: str, took: float, status: int) -> None:
        """Keep one answer."""
        kind = "/" + path.lstrip("/").split("?")[0].split("/")[0]
        if path.count("/") > 1 and not path.startswith("/api"):
            kind += "/…"
        self.times.setdefault(kind, []).append(took)
        if status >= 400:
            self.errors[f"{status} {kind}"] += 1


async def reader(client: httpx.AsyncClient, seen: Seen, until: float, seed: int) -> None:
    """Open pages until the time is over."""
    chance = random.Random(seed)  # noqa: S311 - which page comes next
    links: list[str] = []
    await asyncio.sleep(chance.random() * 4)
    while time.monotonic() < until:
        path = chance.choice(links) if links and chance.random() < 0.6 else chance.choice(STARTS)
        start = time.perf_counter()
        try:
            answer = await client.get(path.replace("&amp;", "&"), follow_redirects=True)
        except httpx.HTTPError as error:
            seen.errors[type(error).__name__] += 1
            continue
        seen.note(path, (time.perf_counter() - start) * 1000, answer.status_code)
        links = LINK.findall(answer.text)[:60] or links
        await asyncio.sleep(chance.uniform(1, 5))


async def ingest(client: httpx.AsyncClient, seen: Seen, until: float) -> int:
    """Upload small batches one after the other, each as soon as the one before is analysed and linked."""
    sent = 0
    while time.monotonic() < until:
        page = await client.get("/add")
        found = re.search(r'name="csrf" content="([^"]+)"|name="csrf" value="([^"]+)"', page.text)
        token = next((one for one in found.groups() if one), "") if found else ""
        files = []
        for at in range(5):
            n = sent + at + 1
            text = NEWS.format(n=n, day=1 + n % 28, who=f"Jonas Weferling{n % 7}", where=("Miren", "Lindtal")[n % 2])
            files.append(("files", (f"neu-{n}.txt", text.encode(), "text/plain")))
        answer = await client.post("/add/files", data={"csrf": token}, files=files, headers={"X-CSRF-Token": token})
        if answer.status_code >= 400:
            seen.errors[f"upload {answer.status_code}"] += 1
        sent += 5
        await asyncio.sleep(15)
    return sent


async def measure(base: str, readers: int, minutes: float) -> tuple[Seen, int]:
    """Let them all loose."""
    seen = Seen()
    until = time.monotonic() + minutes * 60
    limits = httpx.Limits(max_connections=readers + 10)
    async with httpx.AsyncClient(base_url=base, timeout=30, limits=limits) as client:
        done = await asyncio.gather(
            ingest(client, seen, until), *(reader(client, seen, until, seed) for seed in range(readers))
        )
    return seen, int(done[0] or 0)


def work_done(base: str, seen: Seen) -> Counter[str]:
    """Count background jobs by what became of them; one that failed is an error."""
    ended: Counter[str] = Counter()
    for start in range(0, 10_000, PAGE):
        told = httpx.get(f"{base}/api/v1/jobs", params={"limit": PAGE, "offset": start}, timeout=60)
        told.raise_for_status()
        jobs = told.json()["items"]
        for job in jobs:
            ended[f"{job['kind']} {job['state']}"] += 1
            if job["state"] == "failed":
                seen.errors[f"job {job['kind']}: {job['failure']['message']}"] += 1
        if len(jobs) < PAGE:
            break
    return ended


def quantile(values: list[float], share: float) -> float:
    """The value below which this share of values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main() -> int:
    """Print a table; 1 where the limit is not kept."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--archive", required=True)
    asked.add_argument("--minutes", type=float, default=5)
    asked.add_argument("--readers", type=int, default=50)
    asked.add_argument("--port", type=int, default=8499)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "archive.db")
        shutil.copy(given.archive, path)
        program = Path(sys.executable).with_name("quellenlage")
        command = [str(program), "--archive", str(path), "serve", "--port", str(given.port)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            if server.stdout is not None:
                server.stdout.readline()
            base = f"http://127.0.0.1:{given.port}"
            for start in STARTS:
                httpx.get(base + start, timeout=60)  # tables are loaded once, before the readers come
            seen, sent = asyncio.run(measure(base, given.readers, given.minutes))
            jobs = work_done(base, seen)
        finally:
            server.terminate()
            server.wait(30)
    every = [one for times in seen.times.values() for one in times]
    print(
        f"{len(every)} pages for {given.readers} readers in {given.minutes:g} min, {sent} articles uploaded meanwhile"
    )
    print(f"{'page':<16}{'n':>7}{'median':>9}{'p95':>9}{'max':>9}  ms")
    for kind, times in sorted(seen.times.items()):
        print(f"{kind:<16}{len(times):>7}{median(times):>9.0f}{quantile(times, 0.95):>9.0f}{max(times):>9.0f}")
    worst = quantile(every, 0.95)
    print(f"{'all':<16}{len(every):>7}{median(every):>9.0f}{worst:>9.0f}{max(every):>9.0f}   limit {LIMIT_MS}")
    print("jobs: " + ", ".join(f"{count} {kind}" for kind, count in sorted(jobs.items())))
    for error, count in seen.errors.most_common():
        print(f"error: {error}: {count}")
    return int(worst > LIMIT_MS or bool(seen.errors))


if __name__ == "__main__":
    sys.exit(main())
