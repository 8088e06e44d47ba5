"""The log of deletions and reservations, append-only like the judgements."""

import sqlalchemy as sa
from alembic import op

from quellenlage.store import ledger

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the log; what was deleted before it was kept is in none."""
    op.create_table(
        "ledger",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
        sqlite_autoincrement=True,
        if_not_exists=True,
    )
    op.create_index("ledger_subject", "ledger", ["subject", "what"], unique=False, if_not_exists=True)
    ledger.protect(op.get_bind())
