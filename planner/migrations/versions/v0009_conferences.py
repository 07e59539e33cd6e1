"""Conferences."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "conferenceseries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("calendar_uid", sa.String(), nullable=False),
        sa.Column("calendar_sequence", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conferenceseries")),
        sa.UniqueConstraint("calendar_uid", name=op.f("uq_conferenceseries_calendar_uid")),
    )
    op.create_table(
        "conference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "planned",
                "emergency",
                "review",
                "standing",
                name="conferencekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "convened",
                "held",
                "cancelled",
                name="conferencestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("held_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["chair_id"], ["person.id"], name=op.f("fk_conference_chair_id")),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_conference_operation_id")),
        sa.ForeignKeyConstraint(["series_id"], ["conferenceseries.id"], name=op.f("fk_conference_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference")),
        sa.UniqueConstraint("request_key", name=op.f("uq_conference_request_key")),
    )
    op.create_index(op.f("ix_conference_operation_id"), "conference", ["operation_id"], unique=False)
    op.create_index(op.f("ix_conference_series_id"), "conference", ["series_id"], unique=False)
    op.create_index(op.f("ix_conference_starts_at"), "conference", ["starts_at"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "invited",
                "attended",
                "apologies",
                name="attendancestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("may_commit", sa.Boolean(), nullable=False),
        sa.Column("victims_advocate", sa.Boolean(), nullable=False),
        sa.Column("confidentiality_accepted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_attendance_agency_id")),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_attendance_conference_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("conference_id", "agency_id", name=op.f("uq_attendance_conference_id_agency_id")),
    )
    op.create_index(op.f("ix_attendance_agency_id"), "attendance", ["agency_id"], unique=False)
    op.create_index(op.f("ix_attendance_person_id"), "attendance", ["person_id"], unique=False)
    op.create_table(
        "conferenceaction",
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "proceed",
                "proceed_with_conditions",
                "defer",
                "do_not_proceed",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("dissent", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_conferenceaction_action_id")),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_conferenceaction_conference_id")),
        sa.PrimaryKeyConstraint("conference_id", "action_id", name=op.f("pk_conferenceaction")),
    )
    op.create_index(op.f("ix_conferenceaction_action_id"), "conferenceaction", ["action_id"], unique=False)
    op.create_table(
        "undertaking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("before_action", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "done", "dropped", name="undertakingstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_undertaking_action_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_undertaking_agency_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name=op.f("fk_undertaking_closed_by")),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_undertaking_conference_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undertaking")),
    )
    op.create_index(op.f("ix_undertaking_action_id"), "undertaking", ["action_id"], unique=False)
    op.create_index(op.f("ix_undertaking_agency_id"), "undertaking", ["agency_id"], unique=False)
    op.create_index(op.f("ix_undertaking_conference_id"), "undertaking", ["conference_id"], unique=False)
