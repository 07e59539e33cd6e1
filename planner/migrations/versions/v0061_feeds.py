"""Calendar feeds, where they are used, and an operation's switch for them."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0061"
down_revision = "0060"


def upgrade() -> None:
    op.add_column("operation", sa.Column("feeds_assessment", sa.String(), nullable=True))
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("scope", sa.String(20), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("choice", sa.String(120), nullable=False),
        sa.Column("label", sa.String(60), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(64), unique=True, nullable=False),
        sa.Column("calendar_uid", sa.String(), unique=True, nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("last_used_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("flagged_on", sa.Date(), nullable=True),
    )
    op.create_index("ix_feed_person_id", "feed", ["person_id"])
    op.create_table(
        "feeduse",
        sa.Column("feed_id", sa.Integer(), sa.ForeignKey("feed.id"), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("place", sa.String(16), primary_key=True),
        sa.Column("fetches", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("fetches >= 0 AND refused >= 0", name="counted"),
    )
