"""Lists from outside with the blocking keys of their entries, and which entities they may be."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; there are no lists yet, and matches are derived."""
    op.create_table(
        "reference_lists",
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("form", sa.String(length=32), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("keyed", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.String(length=40), nullable=False),
        sa.Column("entities", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "reference_entities",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("list", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["list"], ["reference_lists.name"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_reference_entities_list"), "reference_entities", ["list"], unique=False)
    op.create_table(
        "reference_keys",
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["reference"], ["reference_entities.id"]),
        sa.PrimaryKeyConstraint("key", "reference"),
    )
    op.create_index(op.f("ix_reference_keys_reference"), "reference_keys", ["reference"], unique=False)
    op.create_table(
        "reference_matches",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_index(op.f("ix_reference_matches_entity"), "reference_matches", ["entity"], unique=False)
    op.create_index(op.f("ix_reference_matches_reference"), "reference_matches", ["reference"], unique=False)
