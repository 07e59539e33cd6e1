"""Handling instructions beside the markings of operations and actions."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    for table in ("operation", "action"):
        op.add_column(table, sa.Column("handling", sa.String(), nullable=True))
