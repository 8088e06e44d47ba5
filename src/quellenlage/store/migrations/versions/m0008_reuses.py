"""Indexes by which what an article takes from others, and its versions, are read."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the indexes."""
    for table in ("reuses", "revisions"):
        for column in ("article", "earlier"):
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False, if_not_exists=True)
