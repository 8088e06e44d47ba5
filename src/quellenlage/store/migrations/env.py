"""Alembic's entry: migrate the connection that `store.opening` hands over, inside its transaction."""

from alembic import context

from quellenlage.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
