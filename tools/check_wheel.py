"""Install the newest wheel into an empty environment elsewhere, run the demo, open the workbench, as users do."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tempfile
import urllib.request
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
        opened = _open_workbench(environment / "bin" / "quellenlage", Path(place, "demo", "quellenlage.db"))
        print(f"workbench: {opened} files of the chronicle's page served")
        return 0 if opened > 3 else 1


def _open_workbench(program: Path, archive: Path) -> int:
    """How many scripts, styles and fonts that the page of the chronicle names are there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(program), "--archive", str(archive), "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        if server.stdout is None or not server.stdout.readline():
            return 0
        base = f"http://127.0.0.1:{port}"
        with urllib.request.urlopen(f"{base}/chronicle", timeout=60) as answer:  # noqa: S310 - our own server
            page = answer.read().decode()
        named = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
        for one in named:
            urllib.request.urlopen(base + one, timeout=60).close()  # noqa: S310
        return len(named)
    finally:
        server.terminate()
        server.wait(30)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
