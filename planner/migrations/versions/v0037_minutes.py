"""Agenda, confidentiality and quorum of each conference; minutes line by line, dissent by agency, minutes as issued."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime
from planner.migrations.adding import add_link

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    _conferences()
    _conferencetemplate()
    _minuteline()
    _dissent()
    _minutesissue()
    _minutescopy()
    _strategydiscussion()
    _carry_dissent()


def _conferences() -> None:
    for name in ("join_link", "agenda", "confidentiality", "required_kinds"):
        op.add_column("conference", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("conference", sa.Column("quorum", sa.Integer(), nullable=True))
    op.add_column("conference", sa.Column("opened_at", UtcDateTime(), nullable=True))
    add_link("conference", "strike_day_id", "strikeday")
    add_link("conference", "review_of", "conference")
    op.add_column("conferenceaction", sa.Column("options", sa.String(), nullable=False, server_default=""))
    op.add_column("attendance", sa.Column("confidentiality_at", UtcDateTime(), nullable=True))
    add_link("attendance", "confidentiality_by", "person")
    op.add_column("undertaking", sa.Column("chased_at", UtcDateTime(), nullable=True))


def _conferencetemplate() -> None:
    op.create_table(
        "conferencetemplate",
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("agenda", sa.String(), nullable=False),
        sa.Column("confidentiality", sa.String(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_conferencetemplate_changed_by")),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_conferencetemplate_operation_id")),
        sa.PrimaryKeyConstraint("operation_id", name=op.f("pk_conferencetemplate")),
    )


def _minuteline() -> None:
    op.create_table(
        "minuteline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("typed_at", UtcDateTime(), nullable=False),
        sa.Column("typed_by", sa.Integer(), nullable=False),
        sa.Column("instead_of", sa.Integer(), nullable=True),
        sa.Column("request_key", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_minuteline_action_id")),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_minuteline_conference_id")),
        sa.ForeignKeyConstraint(["instead_of"], ["minuteline.id"], name=op.f("fk_minuteline_instead_of")),
        sa.ForeignKeyConstraint(["typed_by"], ["person.id"], name=op.f("fk_minuteline_typed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minuteline")),
        sa.UniqueConstraint("request_key", name=op.f("uq_minuteline_request_key")),
    )
    op.create_index(op.f("ix_minuteline_conference_id"), "minuteline", ["conference_id"], unique=False)


def _dissent() -> None:
    op.create_table(
        "dissent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("typed_at", UtcDateTime(), nullable=False),
        sa.Column("typed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_dissent_action_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_dissent_agency_id")),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_dissent_conference_id")),
        sa.ForeignKeyConstraint(["typed_by"], ["person.id"], name=op.f("fk_dissent_typed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dissent")),
    )
    op.create_index(op.f("ix_dissent_conference_id"), "dissent", ["conference_id"], unique=False)


def _minutesissue() -> None:
    op.create_table(
        "minutesissue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_minutesissue_conference_id")),
        sa.ForeignKeyConstraint(["issued_by"], ["person.id"], name=op.f("fk_minutesissue_issued_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutesissue")),
        sa.UniqueConstraint("conference_id", "number", name=op.f("uq_minutesissue_conference_id_number")),
    )


def _minutescopy() -> None:
    op.create_table(
        "minutescopy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=True),
        sa.Column("received_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_minutescopy_agency_id")),
        sa.ForeignKeyConstraint(["issue_id"], ["minutesissue.id"], name=op.f("fk_minutescopy_issue_id")),
        sa.ForeignKeyConstraint(["received_by"], ["person.id"], name=op.f("fk_minutescopy_received_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutescopy")),
        sa.UniqueConstraint("issue_id", "agency_id", name=op.f("uq_minutescopy_issue_id_agency_id")),
    )
    op.create_index(op.f("ix_minutescopy_agency_id"), "minutescopy", ["agency_id"], unique=False)


def _strategydiscussion() -> None:
    op.create_table(
        "strategydiscussion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("held_at", UtcDateTime(), nullable=True),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.Column("request_key", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_strategydiscussion_action_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_strategydiscussion_agency_id")),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name=op.f("fk_strategydiscussion_noted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategydiscussion")),
        sa.UniqueConstraint("request_key", name=op.f("uq_strategydiscussion_request_key")),
    )
    op.create_index(op.f("ix_strategydiscussion_action_id"), "strategydiscussion", ["action_id"], unique=False)


def _carry_dissent() -> None:
    """What was kept as one text for all becomes a dissent of nobody's in particular, when it was decided."""
    op.execute(
        "INSERT INTO dissent (conference_id, action_id, text, typed_at) "
        "SELECT conference_id, action_id, dissent, coalesce(decided_at, CURRENT_TIMESTAMP) "
        "FROM conferenceaction WHERE dissent <> ''"
    )
    op.drop_column("conferenceaction", "dissent")
