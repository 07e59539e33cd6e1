"""Demand and law."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "actioncompartment",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_actioncompartment_action_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_actioncompartment_person_id")),
        sa.PrimaryKeyConstraint("action_id", "person_id", name=op.f("pk_actioncompartment")),
    )
    op.create_index(op.f("ix_actioncompartment_person_id"), "actioncompartment", ["person_id"], unique=False)
    op.create_table(
        "clash",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("cleared_fingerprint", sa.String(), nullable=True),
        sa.Column("cleared_by", sa.Integer(), nullable=True),
        sa.Column("cleared_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_clash_ordered_pair")),
        sa.ForeignKeyConstraint(["cleared_by"], ["person.id"], name=op.f("fk_clash_cleared_by")),
        sa.ForeignKeyConstraint(["first_id"], ["action.id"], name=op.f("fk_clash_first_id")),
        sa.ForeignKeyConstraint(["second_id"], ["action.id"], name=op.f("fk_clash_second_id")),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_clash")),
    )
    op.create_index(op.f("ix_clash_second_id"), "clash", ["second_id"], unique=False)
    op.create_table(
        "clashcheck",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("ran_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_clashcheck_action_id")),
        sa.PrimaryKeyConstraint("action_id", name=op.f("pk_clashcheck")),
    )
    op.create_table(
        "demandline",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column(
            "profile",
            sa.Enum(
                "woman", "man", "family", "child", name="profile", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "need",
            sa.Enum("none", "wheelchair", "medical", name="need", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("likely", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.CheckConstraint("low >= 0 AND low <= likely AND likely <= high", name=op.f("ck_demandline_low_likely_high")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_demandline_action_id")),
        sa.PrimaryKeyConstraint("action_id", "profile", "need", name=op.f("pk_demandline")),
    )
    op.create_table(
        "legalbasis",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column(
            "power",
            sa.Enum(
                "warrant", "other_power", "consent", name="power", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("statute", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column(
            "entries",
            sa.Enum("one", "several", name="entries", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("spent_at", UtcDateTime(), nullable=True),
        sa.Column("hour_reason", sa.String(), nullable=True),
        sa.Column("accompanying", sa.String(), nullable=False),
        sa.Column("direction_reference", sa.String(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_legalbasis_action_id")),
        sa.PrimaryKeyConstraint("action_id", name=op.f("pk_legalbasis")),
    )
