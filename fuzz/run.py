"""Let atheris look for bytes that break intake or a stage: `python -m fuzz.run [--seconds N] [FOLDER]`.

The folder keeps what was found to lead somewhere new; it begins with one input of each small family of
`benchmarks.poison`. What breaks something is written to `build/fuzz-found` and ends the run with another status than 0.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

_SMALL = 64_000
_FOUND = Path("build/fuzz-found")


def main() -> None:
    """Fuzz until the time is over or something breaks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("build/fuzz-corpus"))
    given = parser.parse_args()
    os.environ["QUELLENLAGE_MODELS"] = "rules"

    import atheris  # type: ignore[import-untyped] # it brings no types, and is in no other environment

    with atheris.instrument_imports(include=["quellenlage.intake", "quellenlage.article", "quellenlage.annotate"]):
        from fuzz.checks import NAMES, check_bytes

    def one_input(data: bytes) -> None:
        if data:
            check_bytes(NAMES[data[0] % len(NAMES)], data[1:])

    _seed(given.folder)
    _FOUND.mkdir(parents=True, exist_ok=True)
    limits = [f"-max_total_time={given.seconds}", "-timeout=60", "-rss_limit_mb=4096", "-max_len=65536"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={_FOUND}/", str(given.folder)], one_input)
    atheris.Fuzz()


def _seed(folder: Path) -> None:
    """Begin the corpus where there is none."""
    if folder.is_dir() and any(folder.iterdir()):
        return
    from benchmarks.poison import FAMILIES, HEAVY, inputs

    from fuzz.checks import NAMES

    folder.mkdir(parents=True, exist_ok=True)
    for poison in inputs(len(HEAVY) + 3 * len(FAMILIES), first=len(HEAVY)):
        if len(poison.data) <= _SMALL:
            suffix = Path(poison.name).suffix
            number = next((n for n, name in enumerate(NAMES) if suffix and name.endswith(suffix)), 0)
            (folder / poison.name).write_bytes(bytes([number]) + poison.data)


if __name__ == "__main__":
    main()
