"""Indexes by which the part of one story is read."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the indexes."""
    for table, column in (("chronicle", "story"), ("chronicle", "event"), ("conflicts", "event")):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False, if_not_exists=True)
