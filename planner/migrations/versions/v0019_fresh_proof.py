"""When a session last proved itself, and which session a step of signing in is for."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("websession", sa.Column("proved_at", UtcDateTime(), nullable=True))
    op.add_column("signinstep", sa.Column("session_hash", sa.String(length=64), nullable=True))
