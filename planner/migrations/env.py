"""Run by alembic with a connection that is already open; never from alembic's own command line."""

from alembic import context

import planner.models  # noqa: F401  (the tables join the catalogue when their modules load)
from planner.db import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
