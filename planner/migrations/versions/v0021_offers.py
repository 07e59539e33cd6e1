"""One post asked of several agencies, standing commitments, reminders; what becomes of a condition."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime
from planner.migrations.adding import add_choice, add_link

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    _requests()
    _commitments()
    _offers()
    _conditions()
    _handovers()
    op.add_column("cataloguerole", sa.Column("concerns", sa.String(), nullable=True))


def _requests() -> None:
    op.create_table(
        "rolerequest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("request_key", sa.String(length=80), nullable=False),
        sa.CheckConstraint("seats > 0", name=op.f("ck_rolerequest_some_seats")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_rolerequest_action_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_rolerequest_asked_by")),
        sa.ForeignKeyConstraint(["role_id"], ["cataloguerole.id"], name=op.f("fk_rolerequest_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rolerequest")),
        sa.UniqueConstraint("request_key", name=op.f("uq_rolerequest_request_key")),
    )
    op.create_index(op.f("ix_rolerequest_action_id"), "rolerequest", ["action_id"], unique=False)
    op.create_index(op.f("ix_rolerequest_role_id"), "rolerequest", ["role_id"], unique=False)


def _commitments() -> None:
    op.create_table(
        "standingcommitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("role_code", sa.String(length=60), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("weekdays", sa.String(length=7), nullable=False),
        sa.Column("per_day", sa.Integer(), nullable=False),
        sa.Column("with_immigration", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("per_day > 0", name=op.f("ck_standingcommitment_some_a_day")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_standingcommitment_agency_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["person.id"], name=op.f("fk_standingcommitment_lead_id")),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_standingcommitment_operation_id")),
        sa.ForeignKeyConstraint(["region"], ["region.code"], name=op.f("fk_standingcommitment_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standingcommitment")),
    )
    for column in ("agency_id", "lead_id", "operation_id", "region"):
        op.create_index(op.f(f"ix_standingcommitment_{column}"), "standingcommitment", [column], unique=False)


def _offers() -> None:
    add_link("roleoffer", "request_id", "rolerequest", index=True)
    add_link("roleoffer", "filled_by", "roleoffer")
    add_link("roleoffer", "telephone_by", "person")
    add_link("roleoffer", "commitment_id", "standingcommitment", index=True)
    op.add_column("roleoffer", sa.Column("proposal", sa.String(), nullable=True))
    op.add_column("roleoffer", sa.Column("asked_because", sa.String(), nullable=True))
    op.add_column("roleoffer", sa.Column("remind_at", UtcDateTime(), nullable=True))
    op.create_index(op.f("ix_roleoffer_remind_at"), "roleoffer", ["remind_at"], unique=False)
    add_choice("roleoffer", "reminded", "reminder", ("half_time", "due", "deputy", "cell"))
    op.add_column("roleoffer", sa.Column("chased_at", UtcDateTime(), nullable=True))


def _conditions() -> None:
    op.add_column("condition", sa.Column("changed_to", sa.String(), nullable=True))
    op.add_column("condition", sa.Column("confirmed_at", UtcDateTime(), nullable=True))
    op.add_column("condition", sa.Column("broken_text", sa.String(), nullable=True))
    op.add_column("condition", sa.Column("broken_at", UtcDateTime(), nullable=True))
    add_link("condition", "broken_by", "person")


def _handovers() -> None:
    kinds = sa.Enum("deputy", "handover", name="handoverkind", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "offerhandover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_offerhandover_by_id")),
        sa.ForeignKeyConstraint(["from_id"], ["person.id"], name=op.f("fk_offerhandover_from_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["roleoffer.id"], name=op.f("fk_offerhandover_offer_id")),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_offerhandover_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offerhandover")),
    )
    op.create_index(op.f("ix_offerhandover_offer_id"), "offerhandover", ["offer_id"], unique=False)
