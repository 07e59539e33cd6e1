"""The partnership charter of an operation: versions, lines, and which agency has agreed."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    _charters()
    _lines()
    _acknowledgements()


def _charters() -> None:
    op.create_table(
        "charter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=True),
        sa.Column("drafted_at", UtcDateTime(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", UtcDateTime(), nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_charter_numbered")),
        sa.ForeignKeyConstraint(["drafted_by"], ["person.id"], name=op.f("fk_charter_drafted_by")),
        sa.ForeignKeyConstraint(["issued_by"], ["person.id"], name=op.f("fk_charter_issued_by")),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_charter_operation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charter")),
        sa.UniqueConstraint("operation_id", "number", name=op.f("uq_charter_operation_id_number")),
    )


def _lines() -> None:
    streams = ("intelligence", "enforcement", "awareness", "victim_care", "ports")
    phases = ("preparation", "awareness", "intelligence", "enforcement", "care", "review")
    op.create_table(
        "charterline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("charter_id", sa.Integer(), nullable=False),
        sa.Column("workstream", _choice("workstream", streams), nullable=False),
        sa.Column("phase", _choice("phasekind", phases), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("responsibilities", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_charterline_agency_id")),
        sa.ForeignKeyConstraint(["charter_id"], ["charter.id"], name=op.f("fk_charterline_charter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charterline")),
    )
    for column in ("agency_id", "charter_id"):
        op.create_index(op.f(f"ix_charterline_{column}"), "charterline", [column], unique=False)


def _choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _acknowledgements() -> None:
    op.create_table(
        "charteracknowledgement",
        sa.Column("charter_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_charteracknowledgement_agency_id")),
        sa.ForeignKeyConstraint(["charter_id"], ["charter.id"], name=op.f("fk_charteracknowledgement_charter_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_charteracknowledgement_person_id")),
        sa.PrimaryKeyConstraint("charter_id", "agency_id", name=op.f("pk_charteracknowledgement")),
    )
    op.create_index(op.f("ix_charteracknowledgement_agency_id"), "charteracknowledgement", ["agency_id"], unique=False)
