"""Why an agency will not do what the charter says of it."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "charterobjection",
        sa.Column("charter_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["charter_id"], ["charter.id"], name=op.f("fk_charterobjection_charter_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_charterobjection_agency_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_charterobjection_person_id")),
        sa.PrimaryKeyConstraint("charter_id", "agency_id", name=op.f("pk_charterobjection")),
    )
    op.create_index(op.f("ix_charterobjection_agency_id"), "charterobjection", ["agency_id"], unique=False)
