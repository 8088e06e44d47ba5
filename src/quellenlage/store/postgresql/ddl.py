"""What the tables of an archive have on PostgreSQL beyond the portable schema.

Words are compared byte by byte, as SQLite does, whatever the database sorts by otherwise: so lists stand in the same
order and pages begin with the same rows. Words have no longest length, as on SQLite. Numbers of what an archive has
twenty of for each article are of 64 bits.

Sentences are found by a vector of their folded words in order, which the server keeps by itself (a generated column
with a GIN index); the words are ours (`fold`), not those of one of the server's parsers, which take „3.500“, addresses
and hyphens apart otherwise in each version and language.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Table, func, select, text

WORDS = "quellenlage_words"
"""Function that turns folded text into the vector that is searched."""

LONGEST, MOST, CHARACTERS = 2046, 16_383, 200_000
"""Bytes of a word, words of a sentence, characters of a sentence that PostgreSQL can find again."""

_WORDS = (
    f"CREATE FUNCTION {WORDS}(folded text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ "  # noqa: S608 - our own numbers
    "SELECT coalesce(string_agg('''' || word || ''':' || place, ' '), '')::tsvector "
    f"FROM unnest(string_to_array(left(folded, {CHARACTERS}), ' ')) WITH ORDINALITY AS said(word, place) "
    f"WHERE word <> '' AND octet_length(word) <= {LONGEST} AND place <= {MOST} $$"
)
"""Folded text holds letters and digits alone (`fold`), so that nothing in it has to be escaped."""

_LENGTH = "coalesce(cardinality(string_to_array(folded, ' ')), 0)"

_SEARCH = (
    "ALTER TABLE sentences "
    f"ADD COLUMN words tsvector GENERATED ALWAYS AS ({WORDS}(folded)) STORED, "
    f"ADD COLUMN length integer GENERATED ALWAYS AS ({_LENGTH}) STORED",
    "CREATE INDEX sentences_words ON sentences USING gin (words)",
    "CREATE TABLE sentence_search (sentences bigint NOT NULL, words bigint NOT NULL)",
    "INSERT INTO sentence_search (sentences, words) SELECT count(*), coalesce(sum(length), 0) FROM sentences",
)

_NUMBERS = (
    'CREATE TABLE row_numbers (name text COLLATE "C" PRIMARY KEY, last bigint NOT NULL)',
    "CREATE FUNCTION quellenlage_next(counted text) RETURNS integer LANGUAGE sql VOLATILE AS "
    "$$ UPDATE row_numbers SET last = last + 1 WHERE name = counted RETURNING last::integer $$",
)
_WITHOUT_GAPS = ("judgements", "ledger")
"""Tables whose numbers a transaction that fails gives back: `verify` takes a gap for a row that was removed."""
_NUMBERED = text(
    "SELECT table_name FROM information_schema.columns WHERE table_schema = current_schema() "
    "AND table_name = ANY(:tables) AND column_name = 'sequence' AND column_default NOT LIKE 'quellenlage_next%'"
)

_GUARD = (
    "CREATE FUNCTION quellenlage_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'judgements are append-only' USING ERRCODE = 'restrict_violation'; END $$"
)
_PROTECT = (
    "CREATE TRIGGER judgements_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON judgements "
    "FOR EACH STATEMENT EXECUTE FUNCTION quellenlage_append_only()"
)

_LARGE = (("sentences", "id"), ("evidence", "id"))

_WORDED = text(
    "SELECT columns.table_name, columns.column_name FROM information_schema.columns AS columns "
    "JOIN information_schema.tables AS tables USING (table_schema, table_name) "
    "WHERE columns.table_schema = current_schema() AND tables.table_type = 'BASE TABLE' "
    "AND (columns.data_type = 'character varying' OR columns.data_type = 'text') "
    "AND columns.collation_name IS DISTINCT FROM 'C' AND columns.is_generated = 'NEVER' "
    "ORDER BY 1, columns.ordinal_position"
)
_WIDE = text(
    "SELECT data_type FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND table_name = :table AND column_name = :column"
)


def settle(connection: Connection) -> None:
    """Give the columns that a migration made the types which hold for this database; the others stay as they are."""
    found: dict[str, list[str]] = {}
    for table, column in connection.execute(_WORDED):
        found.setdefault(table, []).append(f'ALTER COLUMN "{column}" TYPE text COLLATE "C"')
    for table, column in _LARGE:
        if connection.scalar(_WIDE, {"table": table, "column": column}) == "integer":
            found.setdefault(table, []).append(f'ALTER COLUMN "{column}" TYPE bigint')
            connection.exec_driver_sql(f"ALTER SEQUENCE {table}_{column}_seq AS bigint")
    for table, changes in found.items():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {", ".join(changes)}')
    for table in connection.scalars(_NUMBERED, {"tables": list(_WITHOUT_GAPS)}).all():
        highest = f"SELECT '{table}', coalesce(max(sequence), 0) FROM {table}"  # noqa: S608 - one of ours
        connection.exec_driver_sql(f"INSERT INTO row_numbers {highest}")
        connection.exec_driver_sql(f"ALTER TABLE {table} ALTER COLUMN sequence SET DEFAULT quellenlage_next('{table}')")


def create_extras(connection: Connection) -> None:
    """Make what finds sentences, what numbers judgements and what keeps them as they are."""
    for statement in _NUMBERS:
        connection.exec_driver_sql(statement)
    settle(connection)  # a column that another one is made from cannot be changed any more
    for statement in (_WORDS, *_SEARCH, _GUARD, _PROTECT):
        connection.exec_driver_sql(statement)


def protect(connection: Connection) -> None:
    """Create the trigger that refuses a change."""
    connection.exec_driver_sql(_PROTECT)


def release(connection: Connection) -> None:
    """Drop the trigger; if the transaction fails, it is there again."""
    connection.exec_driver_sql("DROP TRIGGER judgements_append_only ON judgements")


def copied(connection: Connection, tables: Iterable[Table]) -> None:
    """Let numbers and totals go on from rows that came with theirs."""
    for table in tables:
        column = table.autoincrement_column
        if column is None or table.name in _WITHOUT_GAPS:
            continue
        name = connection.scalar(_SEQUENCE, {"table": table.name, "column": column.name})
        if name is not None:
            highest = connection.scalar(select(func.max(column))) or 0
            connection.execute(text("SELECT setval(:name, :next, false)"), {"name": name, "next": highest + 1})
    for name in _WITHOUT_GAPS:
        connection.exec_driver_sql(
            f"UPDATE row_numbers SET last = (SELECT coalesce(max(sequence), 0) FROM {name}) WHERE name = '{name}'"  # noqa: S608
        )


_SEQUENCE = text("SELECT pg_get_serial_sequence(:table, :column)")
