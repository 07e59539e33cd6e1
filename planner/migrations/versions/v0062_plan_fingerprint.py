"""A go-ahead's plan without the policy: in an action's last hours another policy takes nothing back by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"


def upgrade() -> None:
    op.add_column("goahead", sa.Column("plan_fingerprint", sa.String(), nullable=True))
