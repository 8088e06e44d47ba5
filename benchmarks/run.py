"""Speed and memory, each figure beside the limit or the peer that it is held against.

Runs the installed command as a user does: one archive of the 850 news articles of the quotation corpus (add, build,
search), the start of the command line, and the bundled demo. Prints one table; exits 1 when a limit is missed.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure, lines

COMMAND = Path(sys.executable).with_name("quellenlage")
HEIDELTIME_WORDS = 500.0
"""Words a second of HeidelTime on two cores; the limit asks for a hundred times that."""


def run(*arguments: str | Path) -> tuple[float, float, str]:
    """Run the command; wall seconds, peak memory in MiB, standard output.

    Raises:
        SystemExit: it failed; its messages have been printed.
    """
    before = time.perf_counter()
    done = subprocess.run([COMMAND, *arguments], check=False, stdout=subprocess.PIPE, text=True)
    seconds = time.perf_counter() - before
    if done.returncode:
        raise SystemExit(f"quellenlage {' '.join(map(str, arguments))} ended with {done.returncode}")
    # The largest child so far: each step below needs more memory than the ones before it.
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, done.stdout


def start_up() -> list[Figure]:
    """Time from the shell's call to the end of `--help`, the best of five: the machine's other work is not ours."""
    return [Figure("--help", min(run("--help")[0] for _ in range(5)), "s", 0.4)]


def demo(folder: Path) -> list[Figure]:
    """The main job on the bundled sample."""
    return [Figure("demo", run("demo", "--directory", folder / "demo")[0], "s", 60)]


def wikinews(folder: Path, data: Path) -> list[Figure]:
    """All articles of the quotation corpus in one archive."""
    articles = folder / "wikinews.jsonl"
    words = 0
    number = 0
    with articles.open("w", encoding="utf-8") as out:
        for part in ("train", "dev"):
            for line in (data / "quotations" / f"{part}.jsonl").open(encoding="utf-8"):
                raw = json.loads(line)
                number += 1
                words += len(raw["originalText"].split())
                record = {"url": f"https://news.example/{number}", "text": raw["originalText"]}
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
    archive = folder / "wikinews.db"
    at = ("--archive", archive, "--quiet")
    add_seconds, _, _ = run("add", articles, *at)
    build_seconds, build_memory, _ = run("build", *at)
    again_seconds, _, _ = run("build", *at)
    search_seconds = min(run("search", "Ministerium", *at)[0] for _ in range(3))
    run("verify", *at)
    size = archive.stat().st_size / 2**20
    return [
        Figure(f"add {number} articles", number / add_seconds, "articles/s", 100, least=True),
        Figure("build", number / build_seconds, "articles/s", 5, least=True),
        Figure("build", words / build_seconds, "words/s", HEIDELTIME_WORDS, least=True),
        Figure("build, peak memory", build_memory, "MiB", 2048),
        Figure("build again, nothing new", again_seconds, "s", 15),
        Figure("search, whole process", search_seconds, "s", 1.5),
        Figure("archive", size / number * 1000, "MiB per 1,000 articles", 200),
    ]


def timex(data: Path) -> list[Figure]:
    """Time expressions alone, in process, after a warm-up."""
    from quellenlage.annotate.language import STAGE as LANGUAGE
    from quellenlage.annotate.timex import STAGE as TIMEX
    from quellenlage.article import Overrides, make_article
    from quellenlage.model import Document, make_capture

    documents = []
    for line in (data / "quotations" / "dev.jsonl").open(encoding="utf-8"):
        text = json.loads(line)["originalText"]
        capture = make_capture(
            source="bench",
            media_type="text/plain",
            content=text.encode(),
            text=text,
            captured_at="1970-01-01T00:00:00Z",
        )
        documents.append(LANGUAGE.run(Document(make_article(capture, "art", Overrides(dct="2015-01-01")))))
    TIMEX.run(documents[0])
    before = time.perf_counter()
    for document in documents:
        TIMEX.run(document)
    seconds = time.perf_counter() - before
    words = sum(len(document.text.split()) for document in documents)
    return [Figure("time expressions (HeidelTime 500)", words / seconds, "words/s", 100 * HEIDELTIME_WORDS, least=True)]


def main() -> int:
    """Print every figure with its limit; 1 if one is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        figures = start_up() + demo(folder)
        if (options.data / "quotations").is_dir():
            figures += timex(options.data) + wikinews(folder, options.data)
        else:
            print(f"no data at {options.data}: the 850 articles were not measured", file=sys.stderr)
    print(*lines(figures), sep="\n")
    return 0 if all(figure.kept for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
