"""Fail when a module grows over the limit: one job each, rarely more than 250 lines."""

from __future__ import annotations

import sys
from pathlib import Path

LIMIT = 500


def main() -> int:
    """Print every Python file over the limit; 1 if there is one."""
    root = Path(__file__).parent.parent
    over = []
    for folder in ("src", "tests", "tools", "benchmarks", "evaluation"):
        for path in sorted((root / folder).rglob("*.py")):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > LIMIT:
                over.append(f"{path.relative_to(root)}: {lines} lines, limit {LIMIT}")
    print("\n".join(over) or f"no module over {LIMIT} lines")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
