"""What else makes a clash: a premises reference as a mark, the team; on which grounds two actions clash."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0059"


def upgrade() -> None:
    for column in ("premises_mark", "team"):
        op.add_column("action", sa.Column(column, sa.String(), nullable=True))
        op.create_index(op.f(f"ix_action_{column}"), "action", [column], unique=False)
    # The sentence is made from the grounds: until now every clash was one of place or source.
    op.add_column("clash", sa.Column("grounds", sa.String(), nullable=False, server_default="near"))
    op.drop_column("clash", "reason")
