"""Statements and their members, across articles: derived, filled by the next build."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; a new version of the link fills them, so no rows have to be carried over."""
    op.create_table(
        "statements",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("occasions", sa.Integer(), nullable=False),
        sa.Column("printed", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "statement_members",
        sa.Column("statement", sa.String(length=64), nullable=False),
        sa.Column("article", sa.String(length=64), nullable=False),
        sa.Column("local", sa.String(length=32), nullable=False),
        sa.Column("claim", sa.String(length=64), nullable=False),
        sa.Column("occasion", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"],
            ["articles.id"],
        ),
        sa.ForeignKeyConstraint(
            ["statement"],
            ["statements.id"],
        ),
        sa.PrimaryKeyConstraint("statement", "article", "local"),
    )
    op.create_index("statement_members_article", "statement_members", ["article"], unique=False)
    op.create_index(op.f("ix_statement_members_claim"), "statement_members", ["claim"], unique=False)
