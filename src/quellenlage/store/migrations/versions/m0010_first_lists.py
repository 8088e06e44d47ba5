"""Where the tables of lists were first made; 0011 makes them anew, in another form, for every archive."""

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is left to do."""
