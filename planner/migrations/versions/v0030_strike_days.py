"""A strike day's region, and the cell's decision on places that several ask for."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0030"
down_revision = "0027"


def upgrade() -> None:
    key = op.f("fk_strikeday_region")
    op.execute(sa.text(f"ALTER TABLE strikeday ADD COLUMN region VARCHAR CONSTRAINT {key} REFERENCES region (code)"))
    op.create_table(
        "placedecision",
        sa.Column("hold_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["hold_id"], ["hold.id"], name=op.f("fk_placedecision_hold_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_placedecision_decided_by")),
        sa.PrimaryKeyConstraint("hold_id", name=op.f("pk_placedecision")),
    )
