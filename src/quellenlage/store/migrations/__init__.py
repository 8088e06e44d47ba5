"""Alembic migrations of the archive; run when an archive is opened."""
