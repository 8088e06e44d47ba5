"""Tables by which lists of the workbench are answered, and columns by which a line is told without its documents.

They are written before the first list is read, or with the next whole link. Tables of an earlier form (0010) go first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_EARLIER = (
    "story_articles", "origin_articles", "story_cards", "resting", "origin_cards", "entity_words", "entity_names",
    "entity_keys", "entity_cards", "doubt_cards", "conflict_cards", "event_sources", "event_stories", "event_parties",
    "event_cards", "claim_voices", "claim_links", "claim_cards", "citations", "article_agencies", "judged",
)  # fmt: skip
_COLUMNS = (
    ("event_mentions", "trigger_start", sa.Integer()),
    ("event_mentions", "trigger_end", sa.Integer()),
    ("local_entities", "forms", sa.Text()),
)
_WIDENED = (
    ("entity_members_article", "entity_members", ["article", "entity"]),
    ("accounts_article", "accounts", ["article", "local", "event"]),
)
_CLAIM_KINDS = ("evidentiality", "polarity", "channel", "medium", "quotation_type")
_BESIDE_EVENTS: tuple[tuple[str, tuple[tuple[str, sa.types.TypeEngine[str]], ...], tuple[str, ...]], ...] = (
    ("event_parties", (("entity", sa.String(length=64)),), ("actor", "recipient", "place")),
    ("event_stories", (("story", sa.String(length=64)),), ()),
    ("event_sources", (("kind", sa.String(length=8)), ("who", sa.Text())), ()),
)
_OF_FEW = (
    ("event_cards_disputed", "grade > 0", ["day", "line", "event", "grade", "hidden"]),
    ("event_cards_reprinted", "reprints > 0", ["day", "line", "event", "reprints", "articles", "hidden"]),
    ("event_cards_revised", "revised IS NOT NULL", ["day", "line", "event", "revised", "hidden"]),
    ("event_cards_several", "informants > 1", ["day", "line", "event", "informants", "hidden"]),
    ("event_cards_shown", "line IS NOT NULL", ["day", "line", "hidden"]),
    ("event_cards_sourced", "origins > 1", ["day", "line", "event", "origins", "hidden"]),
    ("event_cards_wide", "width > 1", ["last", "day", "width", "line", "hidden"]),
)


def upgrade() -> None:
    """Create tables, columns and indexes."""
    for table in _EARLIER:
        op.drop_table(table, if_exists=True)
    op.execute("DELETE FROM meta WHERE name = 'listing'")  # so that the new ones are written
    _of_articles()
    _of_events()
    _counts()
    _of_others()
    there = sa.inspect(op.get_bind())
    for table, name, type_ in _COLUMNS:
        if name not in {column["name"] for column in there.get_columns(table)}:
            op.add_column(table, sa.Column(name, type_, nullable=True))
    trigger = ["article", "trigger_start", "local"]
    op.create_index("event_mentions_trigger", "event_mentions", trigger, unique=False, if_not_exists=True)
    op.create_index(op.f("ix_aliases_target"), "aliases", ["target"], unique=False, if_not_exists=True)
    for index, table, names in _WIDENED:
        op.drop_index(index, table_name=table)
        op.create_index(index, table, names, unique=False)


def _of_articles() -> None:
    """What articles yield by themselves, and what people decided of it."""
    op.create_table(
        "judged",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
        if_not_exists=True,
    )
    op.create_table(
        "article_agencies",
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("article", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"]),
        sa.PrimaryKeyConstraint("agency", "article"),
        if_not_exists=True,
    )
    op.create_index("article_agencies_article", "article_agencies", ["article"], unique=False, if_not_exists=True)
    op.create_table(
        "citations",
        sa.Column("article", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("headline", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("agencies", sa.Text(), nullable=False),
        sa.Column("dct_method", sa.String(length=32), nullable=True),
        sa.Column("open_end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"]),
        sa.PrimaryKeyConstraint("article"),
        sa.UniqueConstraint("sequence"),
        if_not_exists=True,
    )
    op.create_index("citations_day", "citations", ["day", "sequence", "article"], unique=False, if_not_exists=True)
    op.create_index("citations_last", "citations", ["last", "day", "article"], unique=False, if_not_exists=True)
    op.create_index("citations_outlet", "citations", ["outlet", "article", "day"], unique=False, if_not_exists=True)
    op.create_table(
        "claim_cards",
        sa.Column("number", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("article", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("evidentiality", sa.String(length=16), nullable=False),
        sa.Column("polarity", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=True),
        sa.Column("medium", sa.String(length=16), nullable=True),
        sa.Column("quotation_type", sa.String(length=32), nullable=True),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("dated_by", sa.String(length=8), nullable=True),
        sa.Column("open", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"]),
        sa.PrimaryKeyConstraint("number"),
        if_not_exists=True,
    )
    op.create_index("claim_cards_article", "claim_cards", ["article", "start", "end"], unique=False, if_not_exists=True)
    op.create_index(
        "claim_cards_hidden",
        "claim_cards",
        ["hidden", "number"],
        unique=False,
        sqlite_where=sa.text("hidden = 1"),
        postgresql_where=sa.text("hidden = 1"),
        if_not_exists=True,
    )
    op.create_index(
        "claim_cards_open",
        "claim_cards",
        ["day", "number", "key", "hidden", "open"],
        unique=False,
        sqlite_where=sa.text("open = 1"),
        postgresql_where=sa.text("open = 1"),
        if_not_exists=True,
    )
    op.create_index(
        "claim_cards_scan",
        "claim_cards",
        ["day", "number", "last", "evidentiality", "polarity", "channel", "medium", "quotation_type", "hidden"],
        unique=False,
        if_not_exists=True,
    )
    for kind in _CLAIM_KINDS:
        name = f"claim_cards_{kind}"
        op.create_index(name, "claim_cards", [kind, "hidden"], unique=False, if_not_exists=True)
    op.create_index(op.f("ix_claim_cards_key"), "claim_cards", ["key"], unique=False, if_not_exists=True)
    op.create_table(
        "claim_links",
        sa.Column("claim", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("link", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("local", sa.String(length=32), nullable=False),
        sa.Column("article", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"]),
        sa.ForeignKeyConstraint(["claim"], ["claim_cards.number"]),
        sa.PrimaryKeyConstraint("claim", "link", "local"),
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_index("claim_links_member", "claim_links", ["article", "local"], unique=False, if_not_exists=True)
    op.create_table(
        "claim_voices",
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("claim", _NUMBER, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claim_cards.number"]),
        sa.PrimaryKeyConstraint("who", "role", "claim"),
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_index("claim_voices_claim", "claim_voices", ["claim", "role", "who"], unique=False, if_not_exists=True)


def _of_events() -> None:
    """Events and conflicts."""
    op.create_table(
        "event_cards",
        sa.Column("event", sa.String(length=64), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("story", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("event_type", sa.String(length=16), nullable=False),
        sa.Column("factuality", sa.String(length=16), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=True),
        sa.Column("importance", sa.Float(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("informants", sa.Integer(), nullable=False),
        sa.Column("reprints", sa.Integer(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Integer(), nullable=False),
        sa.Column("revised", sa.String(length=16), nullable=True),
        sa.Column("hidden", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"]),
        sa.PrimaryKeyConstraint("event"),
        if_not_exists=True,
    )
    op.create_index(
        "event_cards_day",
        "event_cards",
        ["day", "line", "event", "last", "hidden", "width", "month", "factuality", "event_type"],
        unique=False,
        if_not_exists=True,
    )
    op.create_index(
        "event_cards_factuality",
        "event_cards",
        ["factuality", "day", "line", "last", "event_type", "hidden", "width", "month"],
        unique=False,
        if_not_exists=True,
    )
    op.create_index(
        "event_cards_grade",
        "event_cards",
        ["grade", "day", "line", "event", "hidden"],
        unique=False,
        if_not_exists=True,
    )
    op.create_index(
        "event_cards_importance",
        "event_cards",
        ["importance", "line", "event", "hidden"],
        unique=False,
        if_not_exists=True,
    )
    op.create_index("event_cards_line", "event_cards", ["line", "event", "hidden"], unique=False, if_not_exists=True)
    op.create_index(
        "event_cards_month",
        "event_cards",
        ["month", "width", "factuality", "event_type", "line", "hidden"],
        unique=False,
        if_not_exists=True,
    )
    op.create_index(
        "event_cards_origins", "event_cards", ["origins", "line", "event", "hidden"], unique=False, if_not_exists=True
    )
    op.create_index(
        "event_cards_place",
        "event_cards",
        ["place", "line", "hidden", "event_type", "factuality", "day", "last", "event"],
        unique=False,
        if_not_exists=True,
    )
    op.create_index(
        "event_cards_informants", "event_cards", ["informants", "line", "hidden"], unique=False, if_not_exists=True
    )
    for name, where, columns in _OF_FEW:
        op.create_index(
            name,
            "event_cards",
            columns,
            unique=False,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
            if_not_exists=True,
        )
    op.create_index(
        "event_cards_type",
        "event_cards",
        ["event_type", "day", "line", "last", "factuality", "hidden", "width", "month"],
        unique=False,
        if_not_exists=True,
    )
    for name, of, more in _BESIDE_EVENTS:
        op.create_table(
            name,
            *(sa.Column(column, type_, nullable=False) for column, type_ in of),
            *(sa.Column(column, sa.Integer(), nullable=False) for column in ("day", "line")),
            sa.Column("event", sa.String(length=64), nullable=False),
            *(sa.Column(column, sa.Integer(), nullable=False) for column in (*more, "last", "month", "width")),
            sa.Column("event_type", sa.String(length=16), nullable=False),
            sa.Column("factuality", sa.String(length=16), nullable=False),
            sa.ForeignKeyConstraint(["event"], ["events.id"]),
            sa.PrimaryKeyConstraint(*(column for column, _ in of), "day", "line", "event"),
            sqlite_with_rowid=False,
            if_not_exists=True,
        )
        columns = ["event", *(column for column, _ in of), *(column for column in more if column != "place")]
        op.create_index(f"{name}_event", name, columns, unique=False, if_not_exists=True)
    op.create_table(
        "conflict_cards",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("event", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("story", sa.String(length=64), nullable=False),
        sa.Column("hidden", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"]),
        sa.ForeignKeyConstraint(["id"], ["conflicts.id"]),
        sa.PrimaryKeyConstraint("id"),
        if_not_exists=True,
    )
    op.create_index("conflict_cards_day", "conflict_cards", ["day", "id", "hidden"], unique=False, if_not_exists=True)
    op.create_index("conflict_cards_event", "conflict_cards", ["event"], unique=False, if_not_exists=True)
    op.create_index(
        "conflict_cards_grade", "conflict_cards", ["grade", "day", "id", "hidden"], unique=False, if_not_exists=True
    )


def _counts() -> None:
    """What is counted in others."""
    kind = sa.String(length=16)
    op.create_table(
        "line_months",
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("event_type", kind, nullable=False),
        sa.Column("factuality", kind, nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("revised", kind, nullable=True),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("informants", sa.Integer(), nullable=False),
        sa.Column("reprinted", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "line_days",
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("factuality", kind, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "claim_kinds",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("evidentiality", kind, nullable=False),
        sa.Column("polarity", kind, nullable=False),
        sa.Column("channel", kind, nullable=True),
        sa.Column("medium", kind, nullable=True),
        sa.Column("quotation_type", sa.String(length=32), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "entity_kinds",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        if_not_exists=True,
    )


def _of_others() -> None:
    """Entities, origins, stories, doubts."""
    op.create_table(
        "doubt_cards",
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["position"], ["doubts.position"]),
        sa.PrimaryKeyConstraint("entity", "position"),
        if_not_exists=True,
    )
    op.create_index("doubt_cards_position", "doubt_cards", ["position"], unique=False, if_not_exists=True)
    op.create_table(
        "entity_cards",
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("surname", sa.Text(), nullable=True),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("radius_km", sa.Float(), nullable=True),
        sa.Column("precision", sa.String(length=16), nullable=True),
        sa.Column("states", sa.Text(), nullable=True),
        sa.Column("card", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["entities.id"]),
        sa.PrimaryKeyConstraint("entity"),
        if_not_exists=True,
    )
    op.create_index(
        "entity_cards_articles", "entity_cards", ["articles", "entity", "kind"], unique=False, if_not_exists=True
    )
    op.create_index(
        "entity_cards_events", "entity_cards", ["events", "entity", "kind"], unique=False, if_not_exists=True
    )
    op.create_index("entity_cards_folded", "entity_cards", ["folded", "entity"], unique=False, if_not_exists=True)
    op.create_index(
        "entity_cards_kind", "entity_cards", ["kind", "articles", "entity"], unique=False, if_not_exists=True
    )
    op.create_index("entity_cards_name", "entity_cards", ["name"], unique=False, if_not_exists=True)
    op.create_index("entity_cards_surname", "entity_cards", ["surname"], unique=False, if_not_exists=True)
    op.create_table(
        "entity_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["entities.id"]),
        sa.PrimaryKeyConstraint("key", "entity"),
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_index("entity_keys_entity", "entity_keys", ["entity"], unique=False, if_not_exists=True)
    op.create_table(
        "entity_names",
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["entities.id"]),
        sa.PrimaryKeyConstraint("folded", "entity"),
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_index("entity_names_entity", "entity_names", ["entity"], unique=False, if_not_exists=True)
    op.create_table(
        "entity_words",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["entities.id"]),
        sa.PrimaryKeyConstraint("word", "entity"),
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_index("entity_words_entity", "entity_words", ["entity"], unique=False, if_not_exists=True)
    op.create_table(
        "origin_cards",
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("reprints", sa.Integer(), nullable=False),
        sa.Column("relayed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["origin"], ["origins.id"]),
        sa.PrimaryKeyConstraint("origin"),
        if_not_exists=True,
    )
    op.create_index("origin_cards_articles", "origin_cards", ["articles", "origin"], unique=False, if_not_exists=True)
    op.create_table(
        "resting",
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("reprints", sa.Integer(), nullable=False),
        sa.Column("relayed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["origin"], ["origins.id"]),
        sa.PrimaryKeyConstraint("origin", "outlet"),
        if_not_exists=True,
    )
    op.create_table(
        "story_cards",
        sa.Column("story", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"]),
        sa.PrimaryKeyConstraint("story"),
        if_not_exists=True,
    )
    op.create_index("story_cards_articles", "story_cards", ["articles", "story"], unique=False, if_not_exists=True)
    op.create_table(
        "origin_articles",
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("article", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"]),
        sa.ForeignKeyConstraint(["origin"], ["origins.id"]),
        sa.PrimaryKeyConstraint("origin", "role", "article"),
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_index("origin_articles_article", "origin_articles", ["article"], unique=False, if_not_exists=True)
    op.create_table(
        "story_articles",
        sa.Column("story", sa.String(length=64), nullable=False),
        sa.Column("article", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"]),
        sa.ForeignKeyConstraint(["story"], ["stories.id"]),
        sa.PrimaryKeyConstraint("story", "article"),
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_index("story_articles_article", "story_articles", ["article"], unique=False, if_not_exists=True)
