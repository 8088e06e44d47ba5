"""Later versions and withdrawals of articles: derived, filled by the next build."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; a new version of the stories fills it, so no rows have to be carried over."""
    op.create_table(
        "revisions",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article", sa.String(length=64), nullable=False),
        sa.Column("earlier", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"]),
        sa.ForeignKeyConstraint(["earlier"], ["articles.id"]),
        sa.PrimaryKeyConstraint("position"),
    )
