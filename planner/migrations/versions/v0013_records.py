"""Records."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime
from planner.models.records import append_only_statements

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "recordhead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recordhead")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_notice_action_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_notice_agency_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_action_id"), "notice", ["action_id"], unique=False)
    op.create_index(op.f("ix_notice_agency_id"), "notice", ["agency_id"], unique=False)
    op.create_index(op.f("ix_notice_person_id"), "notice", ["person_id"], unique=False)
    op.create_table(
        "recordline",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "done",
                "refused",
                "viewed",
                "exported",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("object_kind", sa.String(length=40), nullable=False),
        sa.Column("object_ref", sa.String(length=80), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_recordline_action_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recordline_person_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_recordline")),
        sa.UniqueConstraint("hash", name=op.f("uq_recordline_hash")),
        sa.UniqueConstraint("previous", name=op.f("uq_recordline_previous")),
    )
    op.create_index(op.f("ix_recordline_action_id"), "recordline", ["action_id"], unique=False)
    op.create_index(op.f("ix_recordline_object_ref"), "recordline", ["object_ref"], unique=False)
    op.create_index(op.f("ix_recordline_person_id"), "recordline", ["person_id"], unique=False)
    for statement in append_only_statements(op.get_bind().dialect.name):
        op.execute(statement)
    op.execute("INSERT INTO recordhead (id, count, hash) VALUES (1, 0, '" + "0" * 64 + "')")
