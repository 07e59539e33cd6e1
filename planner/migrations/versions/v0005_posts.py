"""Posts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "post",
            sa.Enum(
                "national_gold",
                "gold",
                "silver",
                "cell",
                "regional_cell",
                "care_lead",
                "partner_lead",
                "provider_lead",
                "loggist",
                "administrator",
                name="post",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("operation_id", sa.Integer(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_appointment_agency_id")),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_appointment_operation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_appointment_person_id")),
        sa.ForeignKeyConstraint(["region"], ["region.code"], name=op.f("fk_appointment_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint(
            "person_id",
            "post",
            "operation_id",
            "region",
            "agency_id",
            "valid_from",
            name=op.f("uq_appointment_person_id_post_operation_id_region_agency_id_valid_from"),
        ),
    )
    op.create_index(op.f("ix_appointment_agency_id"), "appointment", ["agency_id"], unique=False)
    op.create_index(op.f("ix_appointment_operation_id"), "appointment", ["operation_id"], unique=False)
    op.create_index(op.f("ix_appointment_person_id"), "appointment", ["person_id"], unique=False)
    op.create_index(op.f("ix_appointment_region"), "appointment", ["region"], unique=False)
