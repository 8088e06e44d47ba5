"""How each document was made: the stages by number, what was corrected by then, layers between the stages.

Of documents made before it is not known how: they are made as a whole once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_COLUMNS = (("recipe", sa.Integer()), ("corrected", sa.Text()), ("earlier", sa.LargeBinary()))


def upgrade() -> None:
    """Create tables and columns."""
    op.create_table(
        "stage_identities",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
        if_not_exists=True,
    )
    op.create_table(
        "recipes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("program", sa.String(length=32), nullable=False),
        sa.Column("stages", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
        if_not_exists=True,
    )
    there = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("articles")}
    for name, type_ in _COLUMNS:
        if name not in there:
            op.add_column("articles", sa.Column(name, type_, nullable=True))
