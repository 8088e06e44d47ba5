"""What people's decisions do to lists before the next build: rejected claims and events, corrected speakers.

The rules are those of `execution.reading.apply_judgements`.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select, update

from quellenlage.model import Judgement, Verdict, in_force
from quellenlage.store import records, schema
from quellenlage.store.listing import tables, tallies, voices
from quellenlage.store.portions import in_parts

Word = tuple[bool, str | None]
"""Whether something is rejected, and whose words it is said to be."""


def concerns(judgement: Judgement) -> bool:
    """Whether a decision can change what lists show."""
    decided = judgement.verdict in {Verdict.REJECT, Verdict.CONFIRM, Verdict.UNDO}
    return decided or (judgement.verdict is Verdict.CORRECT and judgement.field == "speaker")


def words(connection: Connection) -> dict[str, Word]:
    """What the judgements in force say, by identifier."""
    rows = connection.execute(select(schema.judgements).order_by(schema.judgements.c.sequence))
    rejected: dict[str, bool] = {}
    speakers: dict[str, str] = {}
    for one in in_force([records.make_judgement_from(row) for row in rows]):
        if one.verdict in {Verdict.REJECT, Verdict.CONFIRM}:
            rejected[one.subject] = one.verdict is Verdict.REJECT
        elif one.verdict is Verdict.CORRECT and one.field == "speaker" and one.value is not None:
            speakers[one.subject] = one.value
    said = {key for key, out in rejected.items() if out} | set(speakers)
    return {key: (rejected.get(key, False), speakers.get(key)) for key in sorted(said)}


def sync(connection: Connection) -> set[str]:
    """Bring the table of decisions up to date; returns the articles whose claims or tellings of events it concerns."""
    table = tables.judged
    before = {row.key: (bool(row.rejected), row.speaker) for row in connection.execute(select(table))}
    now = words(connection)
    if before == now:
        return set()
    connection.execute(delete(table))
    if now:
        rows = [{"key": key, "rejected": int(out), "speaker": name} for key, (out, name) in now.items()]
        connection.execute(insert(table), rows)
    changed = {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}
    return _apply(connection, changed, now)


def _apply(connection: Connection, changed: Collection[str], now: dict[str, Word]) -> set[str]:
    cards, mentions = tables.claim_cards, schema.event_mentions
    articles: set[str] = set()
    numbers: list[int] = []
    for asked in in_parts(changed):
        tallies.take(connection, tallies.CLAIMS, cards.c.key.in_(asked))
        for row in connection.execute(
            select(cards.c.number, cards.c.key, cards.c.article).where(cards.c.key.in_(asked))
        ):
            hidden = int(now.get(row.key, (False, None))[0])
            connection.execute(update(cards).where(cards.c.number == row.number).values(hidden=hidden))
            numbers.append(row.number)
            articles.add(row.article)
        tallies.add(connection, tallies.CLAIMS, cards.c.key.in_(asked))
        articles.update(connection.scalars(select(mentions.c.article).where(mentions.c.key.in_(asked))))
    voices.rewrite(connection, numbers)
    return articles


def rejected(connection: Connection) -> frozenset[str]:
    """Identifiers of what people rejected."""
    table = tables.judged
    return frozenset(connection.scalars(select(table.c.key).where(table.c.rejected == 1)))
