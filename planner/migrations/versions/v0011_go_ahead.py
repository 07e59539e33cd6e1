"""Go ahead."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "goahead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "given",
                "suspended",
                "withdrawn",
                name="goaheadstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("typed_by", sa.Integer(), nullable=True),
        sa.Column("condition", sa.String(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("change_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_goahead_action_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_goahead_changed_by")),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_goahead_given_by")),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_goahead_policy_id")),
        sa.ForeignKeyConstraint(["requested_by"], ["person.id"], name=op.f("fk_goahead_requested_by")),
        sa.ForeignKeyConstraint(["typed_by"], ["person.id"], name=op.f("fk_goahead_typed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goahead")),
        sa.UniqueConstraint("request_key", name=op.f("uq_goahead_request_key")),
    )
    op.create_index(op.f("ix_goahead_action_id"), "goahead", ["action_id"], unique=False)
    op.create_table(
        "override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("check", sa.String(length=40), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_override_action_id")),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_override_given_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_override")),
    )
    op.create_index(op.f("ix_override_action_id"), "override", ["action_id"], unique=False)
