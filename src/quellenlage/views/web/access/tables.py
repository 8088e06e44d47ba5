"""The tables of accounts, in portable SQL; times are whole seconds since 1970, secrets stand there as digests only."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, Text, UniqueConstraint

APPLICATION = "quellenlage accounts"
SCHEMA = "1"

metadata = MetaData()

about = Table(
    "about",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(128), nullable=False),
    Column("folded", String(128), nullable=False, unique=True),
    Column("hash", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("created_at", Integer, nullable=False),
    Column("disabled_at", Integer),
    sqlite_autoincrement=True,
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account", Integer, ForeignKey(accounts.c.id), nullable=False, index=True),
    Column("created_at", Integer, nullable=False),
    Column("seen_at", Integer, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account", Integer, ForeignKey(accounts.c.id), nullable=False),
    Column("label", String(128), nullable=False),
    Column("role", String(16), nullable=False),
    Column("created_at", Integer, nullable=False),
    Column("expires_at", Integer),
    Column("seen_at", Integer),
    UniqueConstraint("account", "label", name="token_labels"),
)
