"""Whether a step of signing in began in a browser in which its owner had signed in before."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("signinstep", sa.Column("known", sa.Boolean(), nullable=True))
