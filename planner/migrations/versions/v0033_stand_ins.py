"""Who stands in for a provider's lead, until when, and who took it back."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "standin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("named_by", sa.Integer(), nullable=False),
        sa.Column("named_at", UtcDateTime(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.agency_id"], name=op.f("fk_standin_provider_id")),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_standin_operation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_standin_person_id")),
        sa.ForeignKeyConstraint(["named_by"], ["person.id"], name=op.f("fk_standin_named_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_standin_ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standin")),
    )
    op.create_index(op.f("ix_standin_provider_id"), "standin", ["provider_id"], unique=False)
    op.create_index(op.f("ix_standin_person_id"), "standin", ["person_id"], unique=False)
