"""The tables of an archive, in portable SQL; what only one database knows lies in its profile.

Rows hold the columns that are queried and, beside them, the model object as JSON (`document`, `payload`). The
JSON is what readers get back: `document()` and `linked()` return exactly the objects that were written, whatever
a later version adds to a dataclass, and no mapping of some forty nested fields can drift from the model. The
columns are an index over the JSON, written in the same transaction and compared with it by `verify`.

Texts are kept once, compressed, with the capture; an article has a text of its own only where it differs or
where all but the citations was deleted. Evidence stands in one table for everything that rests on words.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    Text,
)

APPLICATION = "quellenlage"
HEAD = "0013"
"""Revision of the schema this version writes: the newest file in `migrations/versions`."""

AnyRow: TypeAlias = "Row[*tuple[Any, ...]]"
"""A row of whatever columns were chosen."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

captures = Table(
    "captures",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("url", Text),
    Column("media_type", String(255), nullable=False),
    Column("encoding", String(64)),
    Column("offsets_in", String(16), nullable=False),
    Column("content", LargeBinary),
    Column("content_sha256", String(64), nullable=False),
    Column("text", LargeBinary),
    Column("text_sha256", String(64), nullable=False),
    Column("given", Text, nullable=False),
    Column("marks", Text, nullable=False),
    Column("warnings", Text, nullable=False),
    Column("captured_at", String(40), nullable=False, index=True),
    Column("text_removed", Integer, nullable=False, default=0),
    CheckConstraint("(text IS NULL) = (text_removed = 1)", name="removed_texts_are_marked"),
    Index("captures_with_text", "text_removed", "sequence", "id"),
    sqlite_autoincrement=True,
)

articles = Table(
    "articles",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("capture", String(64), ForeignKey("captures.id"), nullable=False, unique=True),
    Column("source", Text, nullable=False, index=True),
    Column("outlet", Text),
    Column("headline", Text),
    Column("language", String(16)),
    Column("dct_earliest", Date),
    Column("dct_latest", Date),
    Column("dct_method", String(32)),
    Column("text_sha256", String(64), nullable=False),
    Column("text", LargeBinary),
    Column("fingerprint", String(64), nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("recipe", Integer),
    Column("corrected", Text),
    Column("earlier", LargeBinary),
)
"""The last three tell how the document was made (`makings`), so that it can be made again in part; None if unknown."""

recipes = Table(
    "recipes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("program", String(32), nullable=False),
    Column("stages", Text, nullable=False),
)
"""What documents were made with: a version of the program, and the numbers of its stages, in order, as JSON."""

stage_identities = Table(
    "stage_identities",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("payload", Text, nullable=False),
)
"""Stages as they once were: name, version, digests of resources and models, as JSON."""


def _of_article(*, primary: bool = False) -> Column[str]:
    return Column("article", String(64), ForeignKey("articles.id"), primary_key=primary, nullable=False)


sentences = Table(
    "sentences",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _of_article(),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("zone", String(16)),
    Column("folded", Text, nullable=False),
    Index("sentences_article", "article"),
)

vectors = Table(
    "vectors",
    metadata,
    _of_article(primary=True),
    Column("model", String(64), nullable=False),
    Column("current", Integer, nullable=False),
    Column("keys", LargeBinary, nullable=False),
    Column("scales", LargeBinary, nullable=False),
    Column("components", LargeBinary, nullable=False),
)
"""Derived from texts by a model (its digest); `current` is 0 once the article was built anew, until it is encoded."""

neighbours = Table(
    "neighbours",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("capture", Integer, ForeignKey("captures.sequence"), primary_key=True, autoincrement=False, index=True),
    sqlite_with_rowid=False,
)
"""Numbers of what articles are found by that may have to do with another (`neighbours`), and who has them."""

local_entities = Table(
    "local_entities",
    metadata,
    _of_article(primary=True),
    Column("local", String(32), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("name", Text, nullable=False),
    Column("forms", Text),
)
"""`forms` tells how often the article writes which form of the name, as JSON; None where it writes none."""

claims = Table(
    "claims",
    metadata,
    _of_article(primary=True),
    Column("local", String(32), primary_key=True),
    Column("key", String(64), nullable=False, index=True),
    Column("quotation", String(32)),
    Column("evidentiality", String(16), nullable=False),
    Column("polarity", String(16), nullable=False),
    Column("score", Float, nullable=False),
)

event_mentions = Table(
    "event_mentions",
    metadata,
    _of_article(primary=True),
    Column("local", String(32), primary_key=True),
    Column("key", String(64), nullable=False, index=True),
    Column("event_type", String(16), nullable=False),
    Column("factuality", String(16), nullable=False),
    Column("earliest", Date),
    Column("latest", Date),
    Column("trigger_start", Integer),
    Column("trigger_end", Integer),
    Index("event_mentions_trigger", "article", "trigger_start", "local"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("owner_kind", String(24), nullable=False),
    Column("owner", String(64), nullable=False),
    _of_article(),
    Column("text_sha256", String(64), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("exact", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("suffix", Text, nullable=False),
    Index("evidence_article", "article"),
    Index("evidence_owner", "owner_kind", "owner"),
)

entities = Table(
    "entities",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("name", Text, nullable=False),
    Column("payload", Text, nullable=False),
)

entity_members = Table(
    "entity_members",
    metadata,
    Column("entity", String(64), ForeignKey("entities.id"), primary_key=True),
    _of_article(primary=True),
    Column("local", String(32), primary_key=True),
    Index("entity_members_article", "article", "entity"),
)

doubts = Table(
    "doubts",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("one", String(64), nullable=False, index=True),
    Column("other", String(64), nullable=False, index=True),
    Column("value", Float, nullable=False),
    Column("payload", Text, nullable=False),
)
"""Pairs that may be one, the most valuable first; `one` and `other` are identifiers of entities or of their members."""

reference_matches = Table(
    "reference_matches",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("entity", String(64), nullable=False, index=True),
    Column("reference", String(64), nullable=False, index=True),
    Column("accepted", Integer, nullable=False),
    Column("payload", Text, nullable=False),
)
"""Derived: which entries of lists the entities may be."""

reference_lists = Table(
    "reference_lists",
    metadata,
    Column("name", String(255), primary_key=True),
    Column("form", String(32), nullable=False),
    Column("source", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("keyed", String(64), nullable=False),
    Column("added_at", String(40), nullable=False),
    Column("entities", Integer, nullable=False),
)
"""Lists from outside: input, which stays whatever is built anew."""

reference_entities = Table(
    "reference_entities",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("list", String(255), ForeignKey("reference_lists.name"), nullable=False, index=True),
    Column("kind", String(8), nullable=False),
    Column("name", Text, nullable=False),
    Column("payload", Text, nullable=False),
)

reference_keys = Table(
    "reference_keys",
    metadata,
    Column("key", String(255), primary_key=True),
    Column("reference", String(64), ForeignKey("reference_entities.id"), primary_key=True, index=True),
)
"""Blocking keys of all names of an entry, of the version that its list names."""

origins = Table(
    "origins",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("payload", Text, nullable=False),
)

reuses = Table(
    "reuses",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    _of_article(),
    Column("earlier", String(64), ForeignKey("articles.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("payload", Text, nullable=False),
    Index("ix_reuses_article", "article"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    _of_article(),
    Column("earlier", String(64), ForeignKey("articles.id"), index=True),
    Column("kind", String(16), nullable=False),
    Column("payload", Text, nullable=False),
    Index("ix_revisions_article", "article"),
)
"""Derived: later versions and withdrawals of articles."""

events = Table(
    "events",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("event_type", String(16), nullable=False),
    Column("factuality", String(16), nullable=False),
    Column("earliest", Date),
    Column("latest", Date),
    Column("payload", Text, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("event", String(64), ForeignKey("events.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _of_article(),
    Column("local", String(32), nullable=False),
    Column("origin", String(64), nullable=False),
    Index("accounts_article", "article", "local", "event"),
)

conflicts = Table(
    "conflicts",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("event", String(64), ForeignKey("events.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("payload", Text, nullable=False),
)

statements = Table(
    "statements",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("occasions", Integer, nullable=False),
    Column("printed", Integer, nullable=False),
    Column("payload", Text, nullable=False),
)

statement_members = Table(
    "statement_members",
    metadata,
    Column("statement", String(64), ForeignKey("statements.id"), primary_key=True),
    _of_article(primary=True),
    Column("local", String(32), primary_key=True),
    Column("claim", String(64), nullable=False, index=True),
    Column("occasion", Integer, nullable=False),
    Column("origin", String(64), nullable=False),
    Index("statement_members_article", "article"),
)

stories = Table(
    "stories",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("payload", Text, nullable=False),
)

chronicle = Table(
    "chronicle",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("event", String(64), ForeignKey("events.id"), nullable=False, index=True),
    Column("story", String(64), ForeignKey("stories.id"), nullable=False, index=True),
    Column("earliest", Date),
    Column("latest", Date),
    Column("payload", Text, nullable=False),
)

aliases = Table(
    "aliases",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("target", String(64), nullable=False, index=True),
    Column("given_by", String(8), nullable=False),
    CheckConstraint("given_by IN ('link', 'history')", name="alias_given_by"),
)
"""`link`: of the last link; `history`: what an identifier of an earlier link became."""

judgements = Table(
    "judgements",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("verdict", String(16), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("other", String(64)),
    Column("field", String(32)),
    Column("value", Text),
    Column("note", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("made_at", String(40), nullable=False),
    Column("seal", String(64), nullable=False),
    sqlite_autoincrement=True,
)
"""Append-only; each `seal` hashes the row with the seal before it, so that a removed or changed row shows."""

activities = Table(
    "activities",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False),
    Column("stage", String(64), nullable=False),
    Column("version", String(32), nullable=False),
    Column("config_hash", String(64), nullable=False),
    Column("model_hash", String(64), nullable=False),
    Column("started_at", String(40), nullable=False),
    Column("ended_at", String(40), nullable=False),
    Column("articles", Integer, nullable=False),
)

rejections = Table(
    "rejections",
    metadata,
    Column("capture", String(64), ForeignKey("captures.id"), primary_key=True),
    Column("source", Text, nullable=False),
    Column("stage", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
)

ledger = Table(
    "ledger",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    Column("what", String(32), nullable=False),
    Column("subject", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("seal", String(64), nullable=False),
    Index("ledger_subject", "subject", "what"),
    sqlite_autoincrement=True,
)
"""What was deleted, and what was left alone since somebody reserved it; append-only like the judgements."""

suppressed = Table(
    "suppressed",
    metadata,
    Column("digest", String(64), primary_key=True),
)
