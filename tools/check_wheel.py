"""Install the newest wheel into an empty environment elsewhere and run the demo there, as a user would."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path


def main(folder: str) -> int:
    """Return the exit status of the installed `quellenlage demo`, run outside the source tree."""
    wheel = max(Path(folder).resolve().glob("*.whl"), key=lambda path: path.stat().st_mtime)
    with tempfile.TemporaryDirectory() as place:
        environment = Path(place, "env")
        venv.create(environment, with_pip=True)
        python = environment / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", wheel], check=True)
        done = subprocess.run(
            [environment / "bin" / "quellenlage", "demo", "--directory", Path(place, "demo")],
            cwd=place,
            check=False,
            stdout=subprocess.PIPE,
            text=True,
        )
        page = Path(place, "demo", "chronik.html")
        if done.returncode or not page.is_file():
            print(f"the demo ended with {done.returncode}, page written: {page.is_file()}", file=sys.stderr)
            return done.returncode or 1
        print(f"{wheel.name}: demo printed {len(done.stdout.splitlines())} lines, page {page.stat().st_size} bytes")
        return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
