"""Delegates on call, turns of command, telephoned decisions confirmed, the last hours, danger to life."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime
from planner.migrations.adding import widen_choice

revision = "0048"
down_revision = "0046"
POSTS = (
    *("national_gold", "gold", "silver", "cell", "regional_cell", "care_lead", "partner_lead", "provider_lead"),
    *("loggist", "delegate", "administrator"),
)


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _keys(table: str, **targets: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
        for column, target in targets.items()
    ]


def upgrade() -> None:
    widen_choice("appointment", "post", "post", POSTS)
    _delegations()
    _turns()
    _last_hours()
    op.add_column("goahead", sa.Column("confirmed_at", UtcDateTime(), nullable=True))
    op.add_column("action", sa.Column("began_at", UtcDateTime(), nullable=True))


def _delegations() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("force_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("from_at", UtcDateTime(), nullable=False),
        sa.Column("to_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("offered_at", UtcDateTime(), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("request_key", sa.String(length=80), nullable=True),
        sa.CheckConstraint("to_at > from_at", name=op.f("ck_delegation_ends_after_start")),
        *_keys("delegation", operation_id="operation.id", force_id="agency.id", region="region.code"),
        *_keys("delegation", giver_id="person.id", delegate_id="person.id", ended_by="person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("request_key", name=op.f("uq_delegation_request_key")),
    )
    op.create_index(op.f("ix_delegation_delegate_id"), "delegation", ["delegate_id"], unique=False)


def _turns() -> None:
    op.create_table(
        "commandturn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("force_id", sa.Integer(), nullable=False),
        sa.Column("post", _choice("commandpost", "gold", "silver"), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_at", UtcDateTime(), nullable=False),
        sa.Column("to_at", UtcDateTime(), nullable=False),
        sa.Column("handed_from", sa.Integer(), nullable=True),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("request_key", sa.String(length=80), nullable=True),
        sa.CheckConstraint("to_at > from_at", name=op.f("ck_commandturn_ends_after_start")),
        *_keys("commandturn", operation_id="operation.id", force_id="agency.id", person_id="person.id"),
        *_keys("commandturn", handed_from="commandturn.id", proposed_by="person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commandturn")),
        sa.UniqueConstraint("request_key", name=op.f("uq_commandturn_request_key")),
    )
    op.create_index(op.f("ix_commandturn_force_id"), "commandturn", ["force_id"], unique=False)
    op.create_index(op.f("ix_commandturn_person_id"), "commandturn", ["person_id"], unique=False)


def _last_hours() -> None:
    op.create_table(
        "lasthourscall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("called_at", UtcDateTime(), nullable=False),
        sa.Column("answer", _choice("answer", "continue", "hold"), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        *_keys("lasthourscall", action_id="action.id", answered_by="person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lasthourscall")),
    )
    op.create_index(op.f("ix_lasthourscall_action_id"), "lasthourscall", ["action_id"], unique=False)
    op.create_table(
        "dangerentry",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("power", sa.String(length=120), nullable=False),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("typed_by", sa.Integer(), nullable=False),
        sa.Column("typed_at", UtcDateTime(), nullable=False),
        *_keys("dangerentry", action_id="action.id", typed_by="person.id"),
        sa.PrimaryKeyConstraint("action_id", name=op.f("pk_dangerentry")),
    )
