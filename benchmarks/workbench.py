"""Lists and pages of the workbench in a large archive, each beside its limit.

A small archive that is generated, analysed and linked (`generated.py`) is multiplied at the level of its rows: every
copy has identifiers of its own, days of its own, and names of its own but for some that all copies share, as states,
capitals and agencies are named everywhere. Nothing is analysed or linked again. Then every question of
`quellenlage.model.ports.Lists` and every page of `quellenlage.views.shelves` is asked many times.

Exits 1 where a limit is broken.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sqlite3
import statistics
import struct
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.generated import write_layers

from quellenlage.encoder import files
from quellenlage.execution import build
from quellenlage.model import ConflictGrade, Entity, EntityKind, Factuality, Origin, from_json, to_json
from quellenlage.model.listing import (
    ArticleQuestion,
    ClaimQuestion,
    ConflictQuestion,
    EntityQuestion,
    LineQuestion,
)
from quellenlage.store import SqlArchive, open_archive
from quellenlage.store.listing import tables
from quellenlage.views import shelves
from quellenlage.views.records import claim_record, conflict_record, entry_record

SEED = 400
"""Articles of the archive that is multiplied."""

LIMIT = 0.150
"""Seconds of the processor that a question, or a page, may take: the first time, and further on (p95)."""

CALLS = 20
SHARED = 200
"""Of the entities of the seed, so many of the most named ones are the same in every copy."""

_IDENTIFIER = re.compile(r"\b(art|cap|clm|evm|ent|org|cfl|sty|stm|stmt|story)-([0-9a-f]{16})\b")
_DAYS = re.compile(r"\b(20[0-2]\d)-(\d\d)-(\d\d)\b")
_YEARS = 10


class Copies:
    """Writes copies of the rows of an archive, each under identifiers and on days of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-2097152"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.create_function("moved", 2, self._moved, deterministic=True)
        self._connection.create_function("told", 2, self._told, deterministic=True)
        self._connection.create_function("packed", 2, self._packed, deterministic=True)
        self._connection.create_function("later", 2, self._later, deterministic=True)
        self._connection.create_function("year_of", 1, self._year_of, deterministic=True)
        self._connection.create_function("named", 3, self._named, deterministic=True)
        rows = self._connection.execute(
            "SELECT entity FROM entity_members GROUP BY entity ORDER BY count(*) DESC LIMIT ?", (SHARED,)
        )
        self._shared = {row[0] for row in rows} | {row[0] for row in self._connection.execute("SELECT id FROM origins")}
        self._connection.execute("CREATE TEMP TABLE shared (id TEXT PRIMARY KEY)")
        self._connection.executemany("INSERT INTO shared VALUES (?)", [(one,) for one in sorted(self._shared)])
        self._last = self._one("SELECT max(sequence) FROM captures")
        self._articles = self._one("SELECT count(*) FROM articles")
        listed = " UNION ALL ".join(f"SELECT position FROM {t}" for t in ("events", "entities", "statements"))  # noqa: S608
        self._positions = self._one(f"SELECT max(position) FROM ({listed})") + 1  # noqa: S608

    def write(self, count: int) -> None:
        """Copy until there are about so many articles; then what all copies share, and the search index."""
        begun = self._connection.execute("BEGIN")
        copies = max(1, round(count / self._articles))
        indexes = dropped(self._connection, COPIED)
        statements = [self._copying(table, changes) for table, changes in COPIED.items()]
        for number in range(1, copies):
            values = {
                "n": number,
                "captures": number * self._last,
                "positions": number * self._positions,
                "days": _shift(number),
            }
            for statement in statements:
                begun.execute(statement, values)
        self._share(copies)
        for created in indexes:
            begun.execute(created)
        begun.execute("INSERT INTO sentence_search(sentence_search) VALUES ('rebuild')")
        begun.execute("COMMIT")
        self._connection.close()

    def _copying(self, table: str, changes: dict[str, str]) -> str:
        """The statement that copies a table of the seed."""
        columns = [row[1] for row in self._connection.execute(f"PRAGMA table_info({table})")]
        self._connection.execute(f"CREATE TEMP TABLE seed_{table} AS SELECT * FROM {table}")  # noqa: S608
        taken = ", ".join(changes.get(column, f'"{column}"') for column in columns)
        own = "WHERE id NOT IN (SELECT id FROM shared)" if table == "entities" else ""
        names = ", ".join(f'"{column}"' for column in columns)
        return f"INSERT INTO {table} ({names}) SELECT {taken} FROM seed_{table} {own}"  # noqa: S608

    def _one(self, question: str) -> int:
        return int(self._connection.execute(question).fetchone()[0])

    def _moved(self, identifier: str, number: int) -> str:
        if identifier in self._shared or not identifier or number == 0:
            return identifier
        prefix, _, rest = identifier.partition("-")
        return f"{prefix}-{hashlib.sha256(f'{rest} {number}'.encode()).hexdigest()[:16]}"

    def _told(self, payload: str, number: int) -> str:
        moved = _IDENTIFIER.sub(lambda found: self._moved(found.group(), number), payload)
        return _DAYS.sub(lambda found: self._later(found.group(), number), moved)

    def _packed(self, document: bytes, number: int) -> bytes:
        """The document with other identifiers and days of publication: in its first part."""
        parts = struct.Struct(">4sII")
        mark, first, second = parts.unpack_from(document)
        head = zlib.decompress(document[parts.size : parts.size + first]).decode()
        moved = zlib.compress(self._told(head, number).encode(), 1)
        return parts.pack(mark, len(moved), second) + moved + document[parts.size + first :]

    @staticmethod
    def _later(day: str | None, number: int) -> str | None:
        if day is None:
            return None
        return (date.fromisoformat(day) + timedelta(days=_shift(number))).isoformat()

    @staticmethod
    def _year_of(day: int) -> int:
        return date.fromordinal(day).year if day < tables.UNDATED else 0

    def _named(self, name: str, identifier: str, number: int) -> str:
        """A name of the copy's own: the same words with an ending that no other copy has."""
        if identifier in self._shared or number == 0:
            return name
        letters = "".join("abcdefghij"[int(digit)] for digit in str(number))
        return f"{name}{letters}"

    def _share(self, copies: int) -> None:
        """Give what all copies share its members and articles in each of them."""
        run = self._connection.execute
        for identifier in sorted(self._shared):
            table = "origins" if identifier.startswith("org-") else "entities"
            payload = run(f"SELECT payload FROM {table} WHERE id = ?", (identifier,)).fetchone()[0]  # noqa: S608
            if table == "origins":
                origin = from_json(payload, Origin)
                parts = {
                    name: [self._moved(a, n) for n in range(copies) for a in getattr(origin, name)]
                    for name in ("articles", "reprints", "relayed")
                }
                plain = {"id": origin.id, "kind": origin.kind, "name": origin.name, **parts}
            else:
                entity = from_json(payload, Entity)
                members = [
                    {"article": self._moved(m.article, n), "local": m.local}
                    for n in range(copies)
                    for m in entity.members
                ]
                plain = {
                    "id": entity.id, "kind": entity.kind, "name": entity.name, "members": members,
                    "spellings": entity.spellings, "evidence": entity.evidence, "offices": entity.offices,
                    "place": entity.place,
                }  # fmt: skip
            run(f"UPDATE {table} SET payload = ? WHERE id = ?", (to_json(plain).decode(), identifier))  # noqa: S608


def dropped(connection: sqlite3.Connection, names: Iterable[str]) -> list[str]:
    """Drop the indexes of some tables, which are made many times faster when all rows are there; how to make them."""
    listed = ", ".join(f"'{name}'" for name in names)
    asked = f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({listed})"  # noqa: S608
    found = connection.execute(asked).fetchall()
    for name, _ in found:
        connection.execute(f'DROP INDEX "{name}"')
    return [created for _, created in found]


def _shift(number: int) -> int:
    """Days by which a copy is later than the seed."""
    return number * 91 % (365 * _YEARS)


COPIED: dict[str, dict[str, str]] = {
        "captures": {
            "sequence": "sequence + :captures", "id": "moved(id, :n)", "source": "source || '#' || :n",
            "content": "x'789c030000000001'",
        },
        "articles": {
            "id": "moved(id, :n)", "capture": "moved(capture, :n)", "source": "source || '#' || :n",
            "dct_earliest": "later(dct_earliest, :n)", "dct_latest": "later(dct_latest, :n)",
            "document": "packed(document, :n)",
        },
        "sentences": {"id": "NULL", "article": "moved(article, :n)"},
        "local_entities": {"article": "moved(article, :n)"},
        "claims": {"article": "moved(article, :n)", "key": "moved(key, :n)"},
        "event_mentions": {"article": "moved(article, :n)", "key": "moved(key, :n)"},
        "citations": {
            "article": "moved(article, :n)", "sequence": "sequence + :captures", "source": "source || '#' || :n",
            "day": "day + :days * (day < 3652060)", "last": "last + :days * (last < 3652060)",
        },
        "article_agencies": {"article": "moved(article, :n)"},
        "claim_cards": {
            "number": "number + :captures * 1048576", "article": "moved(article, :n)", "key": "moved(key, :n)",
            "day": "day + :days * (day < 3652060)", "last": "last + :days * (last < 3652060)",
            "year": "year_of(day + :days * (day < 3652060))",
        },
        "claim_links": {"claim": "claim + :captures * 1048576", "article": "moved(article, :n)"},
        "entities": {
            "id": "moved(id, :n)", "position": "position + :positions", "name": "named(name, id, :n)",
            "payload": "json_set(told(payload, :n), '$.name', named(name, id, :n))",
        },
        "entity_members": {"entity": "moved(entity, :n)", "article": "moved(article, :n)"},
        "events": {
            "id": "moved(id, :n)", "position": "position + :positions", "payload": "told(payload, :n)",
            "earliest": "later(earliest, :n)", "latest": "later(latest, :n)",
        },
        "accounts": {"event": "moved(event, :n)", "article": "moved(article, :n)"},
        "conflicts": {
            "id": "moved(id, :n)", "position": "position + :positions", "event": "moved(event, :n)",
            "payload": "told(payload, :n)",
        },
        "stories": {"id": "moved(id, :n)", "position": "position + :positions", "payload": "told(payload, :n)"},
        "chronicle": {
            "position": "position + :positions", "event": "moved(event, :n)", "story": "moved(story, :n)",
            "payload": "told(payload, :n)", "earliest": "later(earliest, :n)", "latest": "later(latest, :n)",
        },
        "statements": {"id": "moved(id, :n)", "position": "position + :positions", "payload": "told(payload, :n)"},
        "statement_members": {
            "statement": "moved(statement, :n)", "article": "moved(article, :n)", "claim": "moved(claim, :n)",
        },
}  # fmt: skip
"""Tables that are copied, and what is put for which column."""


def make(path: Path, seed: Path, count: int) -> None:
    """An archive of about so many articles."""
    path.write_bytes(seed.read_bytes())
    Copies(path).write(count)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    indexes = dropped(connection, [table.name for table in (*tables.OF_LINK, tables.claim_voices)])
    archive = open_archive(str(path))
    archive.rewrite_lists()
    archive.close()
    connection.execute("PRAGMA cache_size=-1048576")
    for created in indexes:
        connection.execute(created)
    connection.close()


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whom and what is asked for."""

    most: str
    some: str
    word: str
    surname: str
    outlet: str
    origin: str
    speaker: str
    event: str
    article: str
    day: date
    last: int


def subjects(archive: SqlArchive) -> Subjects:
    """The most frequent ones of an archive."""
    named = archive.entities(EntityQuestion(), limit=40).items
    people = archive.entities(EntityQuestion(kinds=(EntityKind.PER,)), limit=1).items
    totals = archive.totals()
    return Subjects(
        most=named[0].id,
        some=named[-1].id,
        word=named[-1].name.split()[-1],
        surname=people[0].name.split()[-1],
        outlet=archive.facets(ArticleQuestion(), "outlet", 1).values[0].value,
        origin=archive.origins(limit=1).items[0].id,
        speaker=archive.facets(ClaimQuestion(), "speaker", 1).values[0].value,
        event=archive.lines(LineQuestion(), order="importance", limit=1).items[0].event,
        article=archive.articles(ArticleQuestion(), limit=1).items[0].article,
        day=totals.latest or date(2020, 1, 1),
        last=totals.lines - 60,
    )


def questions(archive: SqlArchive, of: Subjects) -> dict[str, Callable[[], object]]:
    """Every list and page, by name."""
    most, some, outlet, day = of.most, of.some, of.outlet, of.day
    lines = {
        "no filter": LineQuestion(),
        "a year": LineQuestion(first=day - timedelta(days=2000), last=day - timedelta(days=1635)),
        "who is named most": LineQuestion(entities=(most,)),
        "two entities": LineQuestion(entities=(most,), actors=(some,)),
        "type and factuality": LineQuestion(types=("CONSULT",), factualities=(Factuality.HAPPENED,)),
        "outlet, two origins": LineQuestion(outlets=(outlet,), min_origins=2),
        "in conflict": LineQuestion(grades=(ConflictGrade.CONTRADICTION,)),
        "one informant": LineQuestion(max_informants=1),
        "only reprints": LineQuestion(only_reprints=True),
        "revised": LineQuestion(revised=True),
        "words": LineQuestion(words="Soldaten"),
    }
    asked: dict[str, Callable[[], object]] = {}
    for name, question in lines.items():
        asked[f"lines: {name}"] = lambda q=question: archive.lines(q)
        asked[f"density: {name}"] = lambda q=question: archive.density(q)
    asked |= {
        "lines: newest": lambda: archive.lines(LineQuestion(), order="-time"),
        "lines: weightiest": lambda: archive.lines(LineQuestion(), order="importance"),
        "lines: last page": lambda: archive.lines(LineQuestion(), offset=of.last),
        "gaps": lambda: archive.gaps(LineQuestion()),
        "places": lambda: archive.places(LineQuestion()),
    }
    for field in ("type", "factuality", "story", "actor", "entity", "place", "origin", "outlet", "grade", "year"):
        asked[f"facets of lines: {field}"] = lambda f=field: archive.facets(LineQuestion(), f)
    for field in ("speaker", "relay", "evidentiality", "channel", "outlet", "year"):
        asked[f"facets of claims: {field}"] = lambda f=field: archive.facets(ClaimQuestion(), f)
    asked |= {
        "claims: no filter": lambda: archive.claims(ClaimQuestion()),
        "claims: newest": lambda: archive.claims(ClaimQuestion(), order="-time"),
        "claims: a speaker": lambda: archive.claims(ClaimQuestion(speakers=(of.speaker,)), order="-time"),
        "claims: about": lambda: archive.claims(ClaimQuestion(about="Soldaten Abzug")),
        "claims: unresolved": lambda: archive.claims(ClaimQuestion(unresolved=True)),
        "conflicts": lambda: archive.conflicts(ConflictQuestion()),
        "entities: all": lambda: archive.entities(EntityQuestion()),
        "entities: completion": lambda: archive.entities(EntityQuestion(of.word[:2], prefix=True), limit=10),
        "entities: another spelling": lambda: archive.entities(EntityQuestion(f"{of.surname}e", prefix=True), limit=10),
        "doubts": lambda: archive.doubts(limit=1_000),
        "co-mentions": lambda: archive.co_mentions(most),
        "articles: newest": lambda: archive.articles(ArticleQuestion()),
        "articles: outlet": lambda: archive.articles(ArticleQuestion(outlets=(outlet,))),
        "articles: entity": lambda: archive.articles(ArticleQuestion(entities=(most,))),
        "origins": archive.origins,
        "articles: origin": lambda: archive.articles(ArticleQuestion(origins=(of.origin,))),
        "resting": archive.resting,
        "stories": archive.story_cards,
        "totals": archive.totals,
    }
    return asked | pages(archive, of)


def pages(archive: SqlArchive, of: Subjects) -> dict[str, Callable[[], object]]:
    """Whole pages, put into words."""

    def chronicle(order: str) -> None:
        page = archive.lines(LineQuestion(), offset=100, order=order)  # type: ignore[arg-type]  # one of the orders
        held = shelves.holdings_of_events(archive, [line.event for line in page.items])
        for entry in held.linked.chronicle:
            entry_record(entry, held)

    def claims() -> None:
        page = archive.claims(ClaimQuestion(), offset=1000)
        held = shelves.holdings_of_claims(archive, [card.key for card in page.items])
        for claim in held.claims:
            claim_record(claim, held)

    def conflicts() -> None:
        page = archive.conflicts(ConflictQuestion())
        held = shelves.holdings_of_conflicts(archive, [card.id for card in page.items])
        for conflict in held.linked.conflicts:
            conflict_record(conflict, held)

    return {
        "page: 50 lines in time": lambda: chronicle("time"),
        "page: 50 weightiest lines": lambda: chronicle("importance"),
        "page: 50 claims": claims,
        "page: 50 conflicts": conflicts,
        "page: an event": lambda: shelves.holdings_of_events(archive, [of.event], whole=True),
        "page: who is named most": lambda: shelves.holdings_of_entity(archive, of.most),
        "page: an article": lambda: shelves.holdings_of_article(archive, of.article),
    }


def measure(path: Path, calls: int) -> Iterator[tuple[str, float, list[float]]]:
    """For every question, seconds of the processor (others may use the machine, too).

    Those of the first call in an archive just opened, in which no answer is kept yet, and those of further calls in
    order of their size.
    """
    archive = open_archive(str(path))
    of = subjects(archive)
    archive.close()
    for name in questions(archive, of):
        archive = open_archive(str(path))
        archive.citations(())
        ask = questions(archive, of)[name]
        first = _spent(ask)
        yield name, first, sorted(_spent(ask) for _ in range(calls))
        archive.close()


def _spent(ask: Callable[[], object]) -> float:
    start = time.process_time()
    ask()
    return time.process_time() - start


def report(path: Path, calls: int) -> int:
    """Print the figures of an archive; returns how many questions took too long."""
    archive = open_archive(str(path))
    counts = archive.counts()
    archive.close()
    told = ", ".join(f"{counts[name]:,} {name}" for name in ("articles", "events", "claims", "entities"))
    print(f"\n{told}\n{'':<36}{'first ms':>10}{'median ms':>10}{'p95 ms':>10}")
    broken = 0
    for name, first, further in measure(path, calls):
        median, most = statistics.median(further), further[int(0.95 * len(further))]
        kept = max(first, most) <= LIMIT
        broken += not kept
        figures = "".join(f"{1000 * seconds:>10.1f}" for seconds in (first, median, most))
        print(f"{name:<36}{figures}  {'' if kept else 'BROKEN'}", flush=True)
    return broken


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures beside their limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[2_000, 20_000, 100_000])
    parser.add_argument("--archive", type=Path, help="measure this archive, and make none")
    parser.add_argument("--calls", type=int, default=CALLS, help="further calls of each question")
    parser.add_argument("--keep", type=Path, help="folder in which the archives stay")
    given = parser.parse_args(arguments)
    if given.archive:
        return int(report(given.archive, given.calls) > 0)
    files.choose(files.Models.RULES)
    broken = 0
    with tempfile.TemporaryDirectory() as made:
        folder = given.keep or Path(made)
        seed = folder / "seed.db"
        if not seed.exists():
            archive = open_archive(str(seed), create=True)
            write_layers(archive, SEED)
            build(archive, clock=lambda: "2026-01-01T00:00:00Z")
            archive.close()
        for count in given.articles:
            path = folder / f"{count}.db"
            if not path.exists():
                start = time.perf_counter()
                make(path, seed, count)
                size = path.stat().st_size / 2**20
                print(f"made in {time.perf_counter() - start:.0f} s, {size:,.0f} MiB", flush=True)
            broken += report(path, given.calls)
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
