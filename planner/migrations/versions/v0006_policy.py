"""Policy."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column(
            "nation",
            sa.Enum(
                "england",
                "wales",
                "scotland",
                "northern_ireland",
                "other_jurisdiction",
                name="nation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("force_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("nights", sa.Integer(), nullable=False),
        sa.Column("whole_stay", sa.Boolean(), nullable=False),
        sa.Column("blocks", sa.String(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("conference_lead_hours", sa.Integer(), nullable=False),
        sa.Column("margin_hours", sa.Integer(), nullable=False),
        sa.Column("clash_check_hours", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("nights > 0", name=op.f("ck_policy_some_nights")),
        sa.ForeignKeyConstraint(["force_id"], ["agency.id"], name=op.f("fk_policy_force_id")),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_policy_operation_id")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_policy_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
    )
    op.create_index(op.f("ix_policy_force_id"), "policy", ["force_id"], unique=False)
    op.create_index(op.f("ix_policy_operation_id"), "policy", ["operation_id"], unique=False)
