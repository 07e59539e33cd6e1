"""Standing groups with their meetings, and how long one of them cleared an action."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0039"
down_revision = "0041"


def upgrade() -> None:
    op.create_table(
        "standinggroup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column(
            "rhythm",
            sa.Enum(
                *("weekly", "fortnightly", "monthly"),
                name="rhythm",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=80), nullable=True),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_standinggroup_some_minutes")),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_standinggroup_operation_id")),
        sa.ForeignKeyConstraint(["region"], ["region.code"], name=op.f("fk_standinggroup_region")),
        sa.ForeignKeyConstraint(["series_id"], ["conferenceseries.id"], name=op.f("fk_standinggroup_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standinggroup")),
        sa.UniqueConstraint("operation_id", "name", name=op.f("uq_standinggroup_operation_id_name")),
        sa.UniqueConstraint("request_key", name=op.f("uq_standinggroup_request_key")),
        sa.UniqueConstraint("series_id", name=op.f("uq_standinggroup_series_id")),
    )
    op.create_table(
        "standingmember",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_standingmember_agency_id")),
        sa.ForeignKeyConstraint(["group_id"], ["standinggroup.id"], name=op.f("fk_standingmember_group_id")),
        sa.PrimaryKeyConstraint("group_id", "agency_id", name=op.f("pk_standingmember")),
    )
    op.add_column("conference", sa.Column("occurrence_at", UtcDateTime(), nullable=True))
    op.add_column("conferenceaction", sa.Column("clear_until", UtcDateTime(), nullable=True))
