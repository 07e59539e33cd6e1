"""What else is material for a conference's decision, by policy."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0039"


def upgrade() -> None:
    op.add_column("policy", sa.Column("conference_material", sa.String(), nullable=False, server_default=""))
