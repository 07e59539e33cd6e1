"""A warrant from its application to its re-issue: hearing, statute and text, all premises, the fiscal's direction."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0043"
down_revision = "0045"


def upgrade() -> None:
    for column in (
        sa.Column("hearing_at", UtcDateTime(), nullable=True),
        sa.Column("statute_months", sa.Integer(), nullable=True),
        sa.Column("text_until", sa.Date(), nullable=True),
        sa.Column("all_premises", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("premises_authority", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("direction_asked_on", sa.Date(), nullable=True),
        sa.Column("direction_given_on", sa.Date(), nullable=True),
        sa.Column("former_reference", sa.String(), nullable=True),
    ):
        op.add_column("legalbasis", column)
    # What was typed was not kept apart from the rule: a later correction must not lengthen it.
    op.execute(sa.text("UPDATE legalbasis SET text_until = expires_on"))
