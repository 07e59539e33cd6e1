"""Since when an action is stood down or deferred: until now its last change stood for that."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0064"
down_revision = "0063"


def upgrade() -> None:
    op.add_column("action", sa.Column("called_off_at", UtcDateTime(), nullable=True))
    op.execute("UPDATE action SET called_off_at = changed_at WHERE state IN ('stood_down', 'deferred')")
