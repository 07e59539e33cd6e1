"""Operations."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "operation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lead_agency_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column(
            "marking",
            sa.Enum(
                "OFFICIAL", "OFFICIAL-SENSITIVE", name="marking", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("exercise", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lead_agency_id"], ["agency.id"], name=op.f("fk_operation_lead_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
        sa.UniqueConstraint("code", name=op.f("uq_operation_code")),
    )
    op.create_index(op.f("ix_operation_lead_agency_id"), "operation", ["lead_agency_id"], unique=False)
    op.create_table(
        "objective",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parameter", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_objective_operation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
    )
    op.create_index(op.f("ix_objective_operation_id"), "objective", ["operation_id"], unique=False)
    op.create_table(
        "phase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "preparation",
                "awareness",
                "intelligence",
                "enforcement",
                "care",
                "review",
                name="phasekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("lead_agency_id", sa.Integer(), nullable=True),
        sa.Column("calendar_uid", sa.String(), nullable=False),
        sa.Column("calendar_sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_phase_ends_after_start")),
        sa.ForeignKeyConstraint(["lead_agency_id"], ["agency.id"], name=op.f("fk_phase_lead_agency_id")),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_phase_operation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
        sa.UniqueConstraint("calendar_uid", name=op.f("uq_phase_calendar_uid")),
        sa.UniqueConstraint("operation_id", "number", name=op.f("uq_phase_operation_id_number")),
    )
    op.create_index(op.f("ix_phase_lead_agency_id"), "phase", ["lead_agency_id"], unique=False)
    op.create_table(
        "strikeday",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_strikeday_operation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strikeday")),
        sa.UniqueConstraint("operation_id", "name", name=op.f("uq_strikeday_operation_id_name")),
    )
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("external_reference", sa.String(length=60), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "warrant", "visit", "port", name="actionkind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "premises_kind",
            sa.Enum(
                "parlour_or_sauna",
                "residential",
                "not_typed",
                "workplace",
                "port",
                name="premiseskind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("premises_count", sa.Integer(), nullable=False),
        sa.Column("force_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "requested",
                "begun",
                "done",
                "stood_down",
                "deferred",
                name="actionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "marking",
            sa.Enum(
                "OFFICIAL", "OFFICIAL-SENSITIVE", name="marking", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "exploitation",
            sa.Enum(
                "sexual",
                "labour",
                "domestic",
                "unknown",
                name="exploitation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column(
            "immigration",
            sa.Enum(
                "not_attending",
                "on_call",
                "on_site",
                name="immigration",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("intelligence_system", sa.String(), nullable=True),
        sa.Column("intelligence_reference", sa.String(), nullable=True),
        sa.Column(
            "children",
            sa.Enum(
                "unknown", "expected", "none", name="children", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("children_number", sa.Integer(), nullable=False),
        sa.Column("children_reason", sa.String(), nullable=True),
        sa.Column("children_agreed_by", sa.String(), nullable=True),
        sa.Column("zero_demand_reason", sa.String(), nullable=True),
        sa.Column("strike_day_id", sa.Integer(), nullable=True),
        sa.Column("premises_cell", sa.String(), nullable=True),
        sa.Column("compartment", sa.Boolean(), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=True),
        sa.Column("requested_at", UtcDateTime(), nullable=True),
        sa.Column("decide_by", UtcDateTime(), nullable=True),
        sa.Column("calendar_uid", sa.String(), nullable=False),
        sa.Column("calendar_sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=80), nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_action_ends_after_start")),
        sa.CheckConstraint("premises_count > 0", name=op.f("ck_action_some_premises")),
        sa.ForeignKeyConstraint(["force_id"], ["agency.id"], name=op.f("fk_action_force_id")),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_action_operation_id")),
        sa.ForeignKeyConstraint(["region"], ["region.code"], name=op.f("fk_action_region")),
        sa.ForeignKeyConstraint(["requested_by"], ["person.id"], name=op.f("fk_action_requested_by")),
        sa.ForeignKeyConstraint(["strike_day_id"], ["strikeday.id"], name=op.f("fk_action_strike_day_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("calendar_uid", name=op.f("uq_action_calendar_uid")),
        sa.UniqueConstraint(
            "operation_id", "external_reference", name=op.f("uq_action_operation_id_external_reference")
        ),
        sa.UniqueConstraint("operation_id", "reference", name=op.f("uq_action_operation_id_reference")),
        sa.UniqueConstraint("request_key", name=op.f("uq_action_request_key")),
    )
    op.create_index(op.f("ix_action_force_id"), "action", ["force_id"], unique=False)
    op.create_index(op.f("ix_action_premises_cell"), "action", ["premises_cell"], unique=False)
    op.create_index(op.f("ix_action_region"), "action", ["region"], unique=False)
    op.create_index(op.f("ix_action_starts_at"), "action", ["starts_at"], unique=False)
    op.create_index(op.f("ix_action_state"), "action", ["state"], unique=False)
    op.create_index(op.f("ix_action_strike_day_id"), "action", ["strike_day_id"], unique=False)
