"""Full text on PostgreSQL: the same sentences in the same order as SQLite's FTS5 finds them.

The server finds the rows by its index; they are ranked by BM25 with the constants of FTS5 (`ts_rank` knows nothing of
how rare a word is and would put other sentences first).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, bindparam, column, select, table, text

from quellenlage.model import ASIDE
from quellenlage.store.postgresql.ddl import LONGEST, WORDS
from quellenlage.store.profile import Term

_K1, _B = 1.2, 0.75
_RARE = 1e-6
"""What a term counts that more than half of all sentences have."""

_ASIDE = " ".join(f"WHEN zone = '{zone}' THEN {far}" for zone, far in ASIDE.items())


def can_occur(terms: Sequence[Term]) -> bool:
    """Whether the server could find such terms: words that are too long are in no index."""
    return all(len(word.encode()) <= LONGEST for term in terms for word in term.words)


def query_of(terms: Sequence[Term]) -> str:
    """Terms as the server asks for them: all of them, words of a phrase side by side."""
    return " & ".join(_phrase(term) for term in terms)


def _phrase(term: Term) -> str:
    *first, last = (f"'{word}'" for word in term.words)
    return "(" + " <-> ".join([*first, f"{last}:*" if term.prefix else last]) + ")"


def _letters(term: Term) -> str:
    """A term as it stands in a text whose words have two spaces between them and one at either end."""
    return f" {'  '.join(term.words)}" + ("" if term.prefix else " ")


def search(connection: Connection, terms: Sequence[Term], limit: int) -> list[tuple[int, float]]:
    """Rows in which all terms occur, sentences of the report first, then by BM25, then in order of capture."""
    totals = connection.execute(_TOTALS).one()
    if not totals.sentences or not totals.words or not can_occur(terms):
        return []
    given: dict[str, Any] = {"match": query_of(terms), "limit": limit, "average": totals.words / totals.sentences}
    parts = []
    for at, term in enumerate(terms):
        letters = _letters(term)
        # Of a single term the rows that are found tell how many they are; it changes nothing in their order.
        weight = 1.0 if len(terms) == 1 else _weight(_holders(connection, term), totals.sentences)
        given |= {f"letters{at}": letters, f"width{at}": len(letters), f"weight{at}": weight}
        parts.append(_PART.format(at=at, often=_OFTEN.format(at=at)))
    rows = connection.execute(text(_SEARCH.format(score=" + ".join(parts))), given).all()
    factor = _weight(rows[0].found, totals.sentences) if rows and len(terms) == 1 else 1.0
    return [(int(row.id), factor * float(row.score)) for row in rows]


_TOTALS = text("SELECT sentences, words FROM sentence_search")
_OFTEN = "CAST((length(said) - length(replace(said, :letters{at}, ''))) / :width{at} AS float8)"
_PART = (
    f":weight{{at}} * ({{often}} * CAST({_K1 + 1.0} AS float8) / "
    f"({{often}} + CAST({_K1} AS float8) * (CAST({1 - _B} AS float8) + CAST({_B} AS float8) * length / :average)))"
)
_SEARCH = (
    "SELECT id, {score} AS score, count(*) OVER () AS found FROM ("  # noqa: S608 - zones of our own
    "SELECT id, zone, length, ' ' || replace(folded, ' ', '  ') || ' ' AS said FROM sentences "
    "WHERE words @@ CAST(:match AS tsquery)) AS rows "
    f"ORDER BY CASE {_ASIDE} ELSE 0 END, score DESC, id LIMIT :limit"
)
_HOLDERS = text("SELECT count(*) FROM sentences WHERE words @@ CAST(:match AS tsquery)")


def _holders(connection: Connection, term: Term) -> int:
    return int(connection.scalar(_HOLDERS, {"match": query_of([term])}) or 0)


def _weight(holders: int, sentences: int) -> float:
    """What a term counts that so many of all sentences have."""
    weight = math.log((sentences - holders + 0.5) / (holders + 0.5))
    return weight if weight > 0 else _RARE


def matching(terms: Sequence[Term], limit: int) -> Select[tuple[int]]:
    """The question for the first rows in which all terms occur."""
    found = table("sentences", column("id", BigInteger))
    asked = query_of(terms) if can_occur(terms) else ""
    match = text("words @@ CAST(:match AS tsquery)").bindparams(bindparam("match", asked, unique=True))
    # The sum keeps the planner from walking through all sentences in order of their numbers.
    return select(found.c.id).where(match).order_by(found.c.id + 0).limit(limit)


_COUNT = text(
    "UPDATE sentence_search SET sentences = sentences + :sign * added.many, words = words + :sign * added.long "
    "FROM (SELECT count(*) AS many, coalesce(sum(length), 0) AS long FROM sentences WHERE article = :article) AS added"
)


def count(connection: Connection, article: str, sign: int) -> None:
    """Add the sentences of an article to the totals, or take them away."""
    connection.execute(_COUNT, {"article": article, "sign": sign})


def recount(connection: Connection) -> None:
    """Count all sentences anew."""
    connection.execute(_RECOUNT)


def holds(connection: Connection) -> bool:
    """Whether the index is there and usable, its words are those of the sentences, and the totals are right."""
    if not connection.scalar(_USABLE):
        return False
    if connection.execute(_TOTALS).all() != connection.execute(_COUNTED).all():
        return False
    return connection.scalar(_UNLIKE) is None


_ALL = "SELECT count(*), CAST(coalesce(sum(length), 0) AS bigint) FROM sentences"
_COUNTED = text(_ALL)
_RECOUNT = text(f"UPDATE sentence_search SET (sentences, words) = ({_ALL})")  # noqa: S608 - our own words
_UNLIKE = text(f"SELECT 1 FROM sentences WHERE words IS DISTINCT FROM {WORDS}(folded) LIMIT 1")  # noqa: S608 - as above
_USABLE = text("SELECT 1 FROM pg_index WHERE indexrelid = to_regclass('sentences_words') AND indisvalid AND indisready")
