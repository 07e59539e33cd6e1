"""Invitations by mail, the replies to them, and what each agency answered."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime
from planner.migrations.adding import add_choice, add_link

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    add_choice("attendance", "answer", "invitationanswer", ("accepted", "tentative", "declined"))
    add_choice("attendance", "answered_via", "answeredvia", ("mail", "page", "hand"))
    for column in (
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answer_stamp", UtcDateTime(), nullable=True),
        sa.Column("answer_comment", sa.String(), nullable=True),
    ):
        op.add_column("attendance", column)
    add_link("attendance", "answered_by", "person")
    add_link("attendance", "deputy_id", "person")
    add_link("attendance", "substitute_id", "agency")
    _write_mail()
    _write_replies()


def _write_mail() -> None:
    table = "conferencemail"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("calendar_uid", sa.String(), nullable=False),
        sa.Column("occurrence", sa.String(length=20), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("method", _choice("mailmethod", "request", "cancel"), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("message_key", sa.String(length=64), nullable=False),
        sa.Column("mail_at", UtcDateTime(), nullable=True),
        sa.Column("mail_trouble", sa.String(), nullable=True),
        sa.Column("mailed_at", UtcDateTime(), nullable=True),
        sa.Column("mailed_to", sa.String(), nullable=True),
        sa.Column("replaced_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f(f"fk_{table}_conference_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f(f"fk_{table}_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("message_key", name=op.f(f"uq_{table}_message_key")),
        sa.UniqueConstraint(
            *("calendar_uid", "occurrence", "sequence", "agency_id", "method"),
            name=op.f(f"uq_{table}_calendar_uid_occurrence_sequence_agency_id_method"),
        ),
    )
    for column in ("conference_id", "agency_id", "mail_at"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _write_replies() -> None:
    table = "conferencereply"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("came_at", UtcDateTime(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("outcome", _choice("replyoutcome", "kept", "nothing_new", "for_a_person", "refused"), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", UtcDateTime(), nullable=True),
        sa.Column("seen_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f(f"fk_{table}_conference_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f(f"fk_{table}_agency_id")),
        sa.ForeignKeyConstraint(["seen_by"], ["person.id"], name=op.f(f"fk_{table}_seen_by")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("digest", name=op.f(f"uq_{table}_digest")),
    )
    op.create_index(op.f(f"ix_{table}_conference_id"), table, ["conference_id"], unique=False)


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
