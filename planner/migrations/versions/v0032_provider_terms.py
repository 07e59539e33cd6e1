"""What providers said of their terms: notice, whom to ring out of hours, languages, and who typed it."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.create_table(
        "providerterms",
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("notice_refused", sa.Boolean(), nullable=False),
        sa.Column("out_of_hours_post", sa.String(), nullable=False),
        sa.Column("office_number", sa.String(length=20), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=True),
        sa.Column("by_telephone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.agency_id"], name=op.f("fk_providerterms_provider_id")),
        sa.ForeignKeyConstraint(["said_by"], ["person.id"], name=op.f("fk_providerterms_said_by")),
        sa.PrimaryKeyConstraint("provider_id", name=op.f("pk_providerterms")),
    )
    op.create_table(
        "unitterms",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=True),
        sa.Column("by_telephone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unitterms_unit_id")),
        sa.ForeignKeyConstraint(["said_by"], ["person.id"], name=op.f("fk_unitterms_said_by")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_unitterms")),
    )
