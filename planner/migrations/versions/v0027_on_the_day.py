"""People on the day as counts, places given by telephone, how support went on."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0027"
down_revision = "0026"

COUNTS = (
    *("encountered", "at_reception", "placed", "hospital", "childrens_service"),
    *("declined_and_signposted", "left", "arrested_and_screened"),
)
OUTCOMES = (
    *("entered_support", "declined_support", "with_childrens_service", "returned_home", "not_known"),
    *("adults_referred", "duty_to_notify", "children_referred"),
)


def upgrade() -> None:
    _taps()
    _explanations()
    _telephone()
    _outcomes()


def _choice(name: str, values: Sequence[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _taps() -> None:
    op.create_table(
        "daytap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("count", _choice("count", COUNTS), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("moved_from", _choice("moved_from", COUNTS), nullable=True),
        sa.Column("tapped_by", sa.Integer(), nullable=True),
        sa.Column("tapped_at", UtcDateTime(), nullable=False),
        sa.Column("request_key", sa.String(length=80), nullable=True),
        sa.CheckConstraint("step IN (-1, 1)", name=op.f("ck_daytap_one_at_a_time")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_daytap_action_id")),
        sa.ForeignKeyConstraint(["tapped_by"], ["person.id"], name=op.f("fk_daytap_tapped_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_daytap")),
        sa.UniqueConstraint("request_key", name=op.f("uq_daytap_request_key")),
    )
    op.create_index(op.f("ix_daytap_action_id"), "daytap", ["action_id"], unique=False)


def _explanations() -> None:
    op.create_table(
        "dayexplanation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("last_tap", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("explained_by", sa.Integer(), nullable=True),
        sa.Column("explained_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_dayexplanation_action_id")),
        sa.ForeignKeyConstraint(["explained_by"], ["person.id"], name=op.f("fk_dayexplanation_explained_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dayexplanation")),
    )
    op.create_index(op.f("ix_dayexplanation_action_id"), "dayexplanation", ["action_id"], unique=False)


def _telephone() -> None:
    op.create_table(
        "telephoneplaces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("places_said", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("typed_by", sa.Integer(), nullable=True),
        sa.Column("correction", sa.String(), nullable=True),
        sa.Column("corrected_by", sa.Integer(), nullable=True),
        sa.Column("corrected_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=80), nullable=True),
        sa.CheckConstraint("places >= 0", name=op.f("ck_telephoneplaces_none_or_more")),
        sa.CheckConstraint("places_said > 0", name=op.f("ck_telephoneplaces_some_said")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_telephoneplaces_action_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_telephoneplaces_unit_id")),
        sa.ForeignKeyConstraint(["typed_by"], ["person.id"], name=op.f("fk_telephoneplaces_typed_by")),
        sa.ForeignKeyConstraint(["corrected_by"], ["person.id"], name=op.f("fk_telephoneplaces_corrected_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telephoneplaces")),
        sa.UniqueConstraint("request_key", name=op.f("uq_telephoneplaces_request_key")),
    )
    op.create_index(op.f("ix_telephoneplaces_action_id"), "telephoneplaces", ["action_id"], unique=False)
    op.create_index(op.f("ix_telephoneplaces_unit_id"), "telephoneplaces", ["unit_id"], unique=False)


def _outcomes() -> None:
    op.create_table(
        "supportcount",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("outcome", _choice("supportoutcome", OUTCOMES), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("typed_by", sa.Integer(), nullable=True),
        sa.Column("typed_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 0", name=op.f("ck_supportcount_none_or_more")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_supportcount_action_id")),
        sa.ForeignKeyConstraint(["typed_by"], ["person.id"], name=op.f("fk_supportcount_typed_by")),
        sa.PrimaryKeyConstraint("action_id", "outcome", name=op.f("pk_supportcount")),
    )
