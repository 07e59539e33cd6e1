"""Objectives and parameters in versions, parameters that the gate checks; pauses that are asked for, with answers."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime
from planner.migrations.adding import add_choice

revision = "0046"
down_revision = "0049"


def upgrade() -> None:
    _objectives()
    _pause()
    _pauseanswer()


def _objectives() -> None:
    op.create_table(
        "objectiveset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_objectiveset_operation_id")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_objectiveset_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objectiveset")),
        sa.UniqueConstraint("operation_id", "version", name=op.f("uq_objectiveset_operation_id_version")),
    )
    kinds = ("entry_hours", "entry_days", "latest_end", "last_day", "no_immigration")
    add_choice("objective", "kind", "parameterkind", kinds)
    op.add_column("objective", sa.Column("value", sa.String(), nullable=False, server_default=""))
    op.add_column("objective", sa.Column("blocks", sa.Boolean(), nullable=False, server_default=sa.false()))


def _pause() -> None:
    op.create_table(
        "pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("from_at", UtcDateTime(), nullable=False),
        sa.Column("until_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=True),
        sa.Column("request_key", sa.String(length=80), nullable=True),
        sa.CheckConstraint("until_at > from_at", name=op.f("ck_pause_ends_after_start")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_pause_asked_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_pause_ended_by")),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_pause_operation_id")),
        sa.ForeignKeyConstraint(["region"], ["region.code"], name=op.f("fk_pause_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
        sa.UniqueConstraint("request_key", name=op.f("uq_pause_request_key")),
    )
    op.create_index(op.f("ix_pause_operation_id"), "pause", ["operation_id"], unique=False)


def _pauseanswer() -> None:
    op.create_table(
        "pauseanswer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pause_id", sa.Integer(), nullable=False),
        sa.Column("force_id", sa.Integer(), nullable=False),
        sa.Column("goes_on", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_pauseanswer_answered_by")),
        sa.ForeignKeyConstraint(["force_id"], ["agency.id"], name=op.f("fk_pauseanswer_force_id")),
        sa.ForeignKeyConstraint(["pause_id"], ["pause.id"], name=op.f("fk_pauseanswer_pause_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pauseanswer")),
    )
    op.create_index(op.f("ix_pauseanswer_pause_id"), "pauseanswer", ["pause_id"], unique=False)
