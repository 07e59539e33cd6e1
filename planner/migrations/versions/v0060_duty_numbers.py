"""The number at which a post or an agency is rung at any hour."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0044"


def upgrade() -> None:
    for table in ("person", "agency"):
        op.add_column(table, sa.Column("duty_number", sa.String(), nullable=True))
