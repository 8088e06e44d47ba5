"""Compare the terms of office with the tables they were checked against.

Where the `source` of an office in `terms_of_office.toml` names a repository and a CSV file of holders, put copies
of these files into a folder as `REPOSITORY-NAME.csv` (every-politician-scrapers/france-cabinet: `france-cabinet.csv`)
and run `python -m training.terms FOLDER`. It prints every row that claims to be verified and whose days stand in no
row of that file, and returns 1 if there is one. The files are not part of the project.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from quellenlage.resources import load

_FILE = "html/holders21.csv"


def tables_of(source: str) -> list[str]:
    """Names of the repositories whose table a source names: "owner/name html/holders21.csv"."""
    parts = [part.strip() for part in source.split(";")]
    return [part.split(" ")[0].rpartition("/")[2] for part in parts if part.endswith(_FILE)]


def read_table(lines: Iterator[str]) -> tuple[set[str], set[str]]:
    """All days on which somebody of the table took office, and left it."""
    rows = list(csv.DictReader(lines))
    return {row["start"] for row in rows}, {row["end"] for row in rows if row["end"]}


def unsupported(office: Mapping[str, Any], starts: set[str], ends: set[str]) -> Iterator[str]:
    """Rows of an office that count as verified although a day of theirs is in none of its tables.

    A row that names a source of its own stands there, not in the tables.
    """
    for row in office["holders"]:
        if row.get("unverified") or "source" in row:
            continue
        start: date = row["start"]
        end: date | None = row.get("end")
        if start.isoformat() not in starts or (end and end.isoformat() not in ends):
            yield f"{office['key']}: {row['name']} {start} {end or ''}"


def main(arguments: Sequence[str]) -> int:
    """Check all offices whose tables lie in the folder; returns the exit status."""
    folder = Path(arguments[0])
    wrong: list[str] = []
    checked = missing = 0
    for office in load("de/terms_of_office.toml")["office"]:
        names = tables_of(office.get("source", ""))
        files = [folder / f"{name}.csv" for name in names]
        if not names or not all(file.is_file() for file in files):
            missing += bool(names)
            continue
        starts: set[str] = set()
        ends: set[str] = set()
        for file in files:
            begun, ended = read_table(iter(file.read_text(encoding="utf-8").splitlines()))
            starts |= begun
            ends |= ended
        wrong += unsupported(office, starts, ends)
        checked += 1
    print(f"{checked} offices compared, {missing} without their table, {len(wrong)} rows unsupported")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
