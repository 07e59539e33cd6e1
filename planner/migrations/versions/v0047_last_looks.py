"""When a person looked at a page last; why the go-ahead is asked for now."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0047"
down_revision = "0042"


def upgrade() -> None:
    op.create_table(
        "lastlook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("line_before", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_lastlook_action_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_lastlook_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lastlook")),
        sa.UniqueConstraint("person_id", "page", "action_id", name=op.f("uq_lastlook_person_id_page_action_id")),
    )
    op.create_index(op.f("ix_lastlook_action_id"), "lastlook", ["action_id"], unique=False)
    op.add_column("action", sa.Column("why_now", sa.String(), nullable=True))
