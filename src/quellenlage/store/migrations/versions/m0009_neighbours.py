"""Keys by which the neighbours of a new article are found, and an index of the captures that have their text.

The keys are written with the next whole link.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create table and indexes."""
    op.create_table(
        "neighbours",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("capture", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["capture"], ["captures.sequence"]),
        sa.PrimaryKeyConstraint("key", "capture"),
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_index(op.f("ix_neighbours_capture"), "neighbours", ["capture"], unique=False, if_not_exists=True)
    columns = ["text_removed", "sequence", "id"]
    op.create_index("captures_with_text", "captures", columns, unique=False, if_not_exists=True)
