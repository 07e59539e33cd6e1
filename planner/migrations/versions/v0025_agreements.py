"""Agreements with parties, basis and categories; training by skill and in counts; when agencies can be asked."""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0025"
down_revision = "0024"

BASES = (
    *("law_enforcement", "public_task", "legal_obligation", "vital_interests", "safeguarding"),
    *("legitimate_interests", "consent"),
)
SKILLS = (
    *("recognising_victims", "first_responder", "interviewing_vulnerable_witnesses", "child_protection"),
    "working_with_interpreters",
)


def upgrade() -> None:
    _again("agreement", _agreements, ("agency_id", "covers", "reference", "valid_from", "valid_to", "review_on"))
    _again("training", _training, ("person_id", "course", "completed_on", "valid_to"))
    _counts()
    _availability()
    _disclosures()


def _again(table: str, create: Callable[[], None], columns: Sequence[str]) -> None:
    """A table to which nothing leads, made anew with what is in it: its new columns may not be empty."""
    old = sa.table(table, sa.column("id"), *(sa.column(name) for name in columns))
    kept = op.get_bind().execute(sa.select(*(old.c[name] for name in columns)).order_by(old.c.id)).mappings().all()
    op.drop_table(table)
    create()
    if kept:
        new = sa.table(table, *(sa.column(name) for name in (*columns, *_added(table, {}))))
        op.get_bind().execute(sa.insert(new), [{**row, **_added(table, dict(row))} for row in kept])


def _added(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """What the new columns say of a row that was there: as much as was agreed in words, and no more."""
    if table == "training":
        return {"skill": SKILLS[0]}
    locality = "locality" if "locality" in row.get("covers", "") else ""
    return {"purpose": "", "basis_text": "", "version": 1, "covers": locality}


def _choice(name: str, values: Sequence[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _agreements() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("police_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("basis", _choice("basis", BASES), nullable=True),
        sa.Column("basis_text", sa.String(), nullable=False),
        sa.Column("covers", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_agreement_agency_id")),
        sa.ForeignKeyConstraint(["police_id"], ["agency.id"], name=op.f("fk_agreement_police_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index(op.f("ix_agreement_agency_id"), "agreement", ["agency_id"], unique=False)
    op.create_index(op.f("ix_agreement_police_id"), "agreement", ["police_id"], unique=False)


def _training() -> None:
    op.create_table(
        "training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("skill", _choice("skill", SKILLS), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_training_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
    )
    op.create_index(op.f("ix_training_person_id"), "training", ["person_id"], unique=False)


def _counts() -> None:
    op.create_table(
        "trainingcount",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("skill", _choice("skill", SKILLS), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.CheckConstraint("number >= 0", name=op.f("ck_trainingcount_none_or_more")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_trainingcount_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainingcount")),
        sa.UniqueConstraint("agency_id", "skill", name=op.f("uq_trainingcount_agency_id_skill")),
    )


def _availability() -> None:
    op.create_table(
        "availability",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.String(length=7), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("bank_holidays", sa.Boolean(), nullable=False),
        sa.Column("actions_a_day", sa.Integer(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("actions_a_day > 0", name=op.f("ck_availability_some_a_day")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_availability_agency_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_availability_changed_by")),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_availability")),
    )


def _disclosures() -> None:
    op.create_table(
        "urgentdisclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("covers", sa.String(), nullable=False),
        sa.Column("basis", _choice("basis", BASES), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_urgentdisclosure_action_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_urgentdisclosure_agency_id")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_urgentdisclosure_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgentdisclosure")),
    )
    op.create_index(op.f("ix_urgentdisclosure_action_id"), "urgentdisclosure", ["action_id"], unique=False)
    op.create_index(op.f("ix_urgentdisclosure_agency_id"), "urgentdisclosure", ["agency_id"], unique=False)
