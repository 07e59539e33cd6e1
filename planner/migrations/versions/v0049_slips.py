"""Changes of plan: what was listed, what followed, and how it is undone."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0049"
down_revision = "0043"


def upgrade() -> None:
    op.create_table(
        "slip",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("strike_day_id", sa.Integer(), sa.ForeignKey("strikeday.id"), nullable=True),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("undone_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("request_key", sa.String(80), unique=True, nullable=True),
        sa.Column("request_fingerprint", sa.String(), nullable=False),
    )
    op.create_index("ix_slip_strike_day_id", "slip", ["strike_day_id"])
    op.create_table(
        "slipaction",
        sa.Column("slip_id", sa.Integer(), sa.ForeignKey("slip.id"), primary_key=True),
        sa.Column("action_id", sa.Integer(), sa.ForeignKey("action.id"), primary_key=True),
        sa.Column("listed", sa.String(), nullable=False),
    )
    op.create_index("ix_slipaction_action_id", "slipaction", ["action_id"])
