"""Compare what is locked with the lists of known holes: `make audit`.

The lists lie on the network. Without it nothing can be said, which is told and is no failure; a hole that is found is
one. What is known and does not concern this project stands in `ACCEPTED`, with the reason.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
UV = ROOT / ".uv" / "bin" / "uv"
TOOL = "pip-audit==2.10.1"
ACCEPTED: Mapping[str, str] = {}
"""Identifiers of holes that do not concern this project, and why."""
_SECONDS = 600


def main() -> int:
    """Print the holes, or that the question could not be asked; 1 where there are some."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        export = [
            str(UV),
            "export",
            "--frozen",
            "--all-groups",
            "--all-extras",
            "--no-emit-project",
            "--output-file",
        ]
        subprocess.run([*export, str(listed)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        answer = asked(listed)
    if answer is None:
        return 0
    found = list(holes(answer))
    for package, version, hole in found:
        print(f"{package} {version}: {hole}")
    print(f"{len(answer.get('dependencies', []))} packages, {len(found)} known holes")
    return int(bool(found))


def asked(listed: Path) -> dict[str, Any] | None:
    """What pip-audit says of a list of requirements; None, with the reason told, where it cannot ask."""
    options = ["--disable-pip", "--require-hashes", "--vulnerability-service", "osv", "--timeout", "30"]
    command = [str(UV), "tool", "run", "--quiet", "--from", TOOL, "pip-audit", *options]
    command += ["--progress-spinner", "off", "--format", "json", "--requirement", str(listed)]
    try:
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        print(f"audit skipped: no answer within {_SECONDS} s")
        return None
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError:
        told = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        print(f"audit skipped: the lists of known holes cannot be reached ({told[-1][:200] if told else 'no answer'})")
        return None
    return answer


def holes(answer: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Package, version and hole, with the versions in which it is mended, but for what is accepted."""
    for package in answer.get("dependencies", ()):
        for hole in package.get("vulns", ()):
            names = {hole["id"], *hole.get("aliases", ())}
            if names.isdisjoint(ACCEPTED):
                mended = ", ".join(hole.get("fix_versions", ())) or "nowhere yet"
                yield package["name"], package["version"], f"{hole['id']} (mended in {mended})"


if __name__ == "__main__":
    sys.exit(main())
