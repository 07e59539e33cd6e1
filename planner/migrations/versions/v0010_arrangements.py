"""Arrangements."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "arrangement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "interpreters",
                "medical",
                "transport",
                "reception",
                "onward_route",
                "children_service",
                "on_call",
                "region_informed",
                "deconfliction",
                name="arrangementkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "confirmed",
                "withdrawn",
                name="arrangementstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("answered_post", sa.String(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("telephone", sa.Boolean(), nullable=False),
        sa.Column(
            "site",
            sa.Enum(
                "community",
                "safe_house",
                "refuge",
                "foster",
                "childrens_home",
                "health_site",
                "custody",
                "immigration_detention",
                name="sitekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("in_hours_post", sa.String(), nullable=True),
        sa.Column("out_of_hours_post", sa.String(), nullable=True),
        sa.Column("from_at", UtcDateTime(), nullable=True),
        sa.Column("until_at", UtcDateTime(), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=80), nullable=True),
        sa.CheckConstraint(
            "site IS NULL OR site NOT IN ('custody', 'immigration_detention')",
            name=op.f("ck_arrangement_never_custody"),
        ),
        sa.CheckConstraint("number >= 0", name=op.f("ck_arrangement_not_negative")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_arrangement_action_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_arrangement_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrangement")),
        sa.UniqueConstraint("request_key", name=op.f("uq_arrangement_request_key")),
    )
    op.create_index(op.f("ix_arrangement_action_id"), "arrangement", ["action_id"], unique=False)
    op.create_index(op.f("ix_arrangement_agency_id"), "arrangement", ["agency_id"], unique=False)
