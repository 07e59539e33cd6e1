"""Roles."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "roleoffer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "offered",
                "accepted",
                "accepted_with_conditions",
                "declined",
                "withdrawn",
                name="offerstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("offered_at", UtcDateTime(), nullable=False),
        sa.Column("answer_by", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_roleoffer_action_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_roleoffer_agency_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_roleoffer_answered_by")),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name=op.f("fk_roleoffer_deputy_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["person.id"], name=op.f("fk_roleoffer_lead_id")),
        sa.ForeignKeyConstraint(["role_id"], ["cataloguerole.id"], name=op.f("fk_roleoffer_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roleoffer")),
        sa.UniqueConstraint("request_key", name=op.f("uq_roleoffer_request_key")),
    )
    op.create_index(op.f("ix_roleoffer_action_id"), "roleoffer", ["action_id"], unique=False)
    op.create_index(op.f("ix_roleoffer_agency_id"), "roleoffer", ["agency_id"], unique=False)
    op.create_index(op.f("ix_roleoffer_deputy_id"), "roleoffer", ["deputy_id"], unique=False)
    op.create_index(op.f("ix_roleoffer_lead_id"), "roleoffer", ["lead_id"], unique=False)
    op.create_index(op.f("ix_roleoffer_role_id"), "roleoffer", ["role_id"], unique=False)
    op.create_table(
        "condition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "raised", "met", "refused", name="conditionstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_condition_answered_by")),
        sa.ForeignKeyConstraint(["offer_id"], ["roleoffer.id"], name=op.f("fk_condition_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition")),
    )
    op.create_index(op.f("ix_condition_offer_id"), "condition", ["offer_id"], unique=False)
