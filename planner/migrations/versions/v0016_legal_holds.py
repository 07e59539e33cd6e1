"""Legal holds; on SQLite the record refuses to be replaced too."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime
from planner.models.records import SQLITE_REPLACE_REFUSAL

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "legalhold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("lifted_reason", sa.String(), nullable=True),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.Column("lifted_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["lifted_by"], ["person.id"], name=op.f("fk_legalhold_lifted_by")),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_legalhold_operation_id")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_legalhold_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legalhold")),
    )
    op.create_index(op.f("ix_legalhold_operation_id"), "legalhold", ["operation_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE_REPLACE_REFUSAL)
