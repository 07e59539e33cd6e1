"""The same places asked of several units at once; what a provider offers instead; how many people came."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime
from planner.migrations.adding import add_link

revision = "0026"
down_revision = "0025"

PROFILES = ("woman", "man", "family", "child")
NEEDS = ("none", "wheelchair", "medical")


def upgrade() -> None:
    op.create_table(
        "placerequest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("first_night", sa.Date(), nullable=False),
        sa.Column("nights", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("request_key", sa.String(length=80), nullable=True),
        sa.Column("request_fingerprint", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_placerequest_action_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_placerequest_asked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placerequest")),
        sa.UniqueConstraint("request_key", name=op.f("uq_placerequest_request_key")),
    )
    op.create_index(op.f("ix_placerequest_action_id"), "placerequest", ["action_id"], unique=False)
    _lines()
    add_link("hold", "request_id", "placerequest", index=True)
    add_link("hold", "instead_of", "hold")
    op.add_column("hold", sa.Column("last_arrival_at", UtcDateTime(), nullable=True))
    op.create_index(op.f("ix_hold_last_arrival_at"), "hold", ["last_arrival_at"], unique=False)
    op.add_column("holdline", sa.Column("arrived", sa.Integer(), nullable=True))


def _lines() -> None:
    op.create_table(
        "placerequestline",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("profile", _choice("profile", PROFILES), nullable=False),
        sa.Column("need", _choice("need", NEEDS), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.CheckConstraint("places > 0", name=op.f("ck_placerequestline_some_places")),
        sa.ForeignKeyConstraint(["request_id"], ["placerequest.id"], name=op.f("fk_placerequestline_request_id")),
        sa.PrimaryKeyConstraint("request_id", "profile", "need", name=op.f("pk_placerequestline")),
    )


def _choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
