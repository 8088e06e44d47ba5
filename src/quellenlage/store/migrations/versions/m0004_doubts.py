"""Pairs of entities that may be one: derived, filled by the next build."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; a new version of the link fills it, so no rows have to be carried over."""
    op.create_table(
        "doubts",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("one", sa.String(length=64), nullable=False),
        sa.Column("other", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_index(op.f("ix_doubts_one"), "doubts", ["one"], unique=False)
    op.create_index(op.f("ix_doubts_other"), "doubts", ["other"], unique=False)
