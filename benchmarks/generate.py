"""Write generated articles (see `generated.py`).

python -m benchmarks.generate --articles 500 --texts FOLDER      texts, to go through the whole pipeline
python -m benchmarks.generate --articles 100000 --archive FILE   layers, which enter at `link`
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from benchmarks.generated import articles, write_layers

from quellenlage.encoder import files
from quellenlage.store import open_archive

TEXTS_UP_TO = 5_000
"""Articles up to which texts are worth their reading by every stage; more enter an archive as layers."""


def write_texts(folder: Path, count: int, seed: int = 7) -> int:
    """Write a text file an article; returns how many."""
    for capture, _ in articles(count, seed):
        path = folder / capture.source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(capture.text, encoding="utf-8")
    return count


def main() -> int:
    """Write what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--texts", type=Path, help="folder for text files")
    parser.add_argument("--archive", type=Path, help="archive to make, with layers")
    given = parser.parse_args()
    if (given.texts is None) == (given.archive is None):
        parser.error("one of --texts and --archive")
    if given.texts and given.articles > TEXTS_UP_TO:
        parser.error(f"more than {TEXTS_UP_TO} articles are made as layers: use --archive")
    files.choose(files.Models.RULES)
    start = time.perf_counter()
    if given.texts:
        written = write_texts(given.texts, given.articles, given.seed)
    else:
        archive = open_archive(str(given.archive), create=True)
        try:
            written = write_layers(archive, given.articles, given.seed)
        finally:
            archive.close()
    print(f"{written:,} articles (generated) in {time.perf_counter() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
