"""A post of the role catalogue says who made its version, when and why, and since when it is retired."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime
from planner.migrations.adding import add_link

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("cataloguerole", sa.Column("reason", sa.String(), nullable=True))
    add_link("cataloguerole", "made_by", "person")
    op.add_column("cataloguerole", sa.Column("made_at", UtcDateTime(), nullable=True))
    op.add_column("cataloguerole", sa.Column("retired_at", UtcDateTime(), nullable=True))
