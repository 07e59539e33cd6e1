"""The post that sees to an undertaking."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0038"


def upgrade() -> None:
    op.add_column("undertaking", sa.Column("owner", sa.String(), nullable=False, server_default=""))
