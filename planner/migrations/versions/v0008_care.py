"""Care."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "provider",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(), nullable=True),
        sa.Column("standard_checked_on", sa.Date(), nullable=True),
        sa.Column("notice_hours", sa.Integer(), nullable=False),
        sa.Column("unasked_hold_hours", sa.Integer(), nullable=True),
        sa.Column("last_confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_provider_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_provider")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "site",
            sa.Enum(
                "community",
                "safe_house",
                "refuge",
                "foster",
                "childrens_home",
                "health_site",
                "custody",
                "immigration_detention",
                name="sitekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("criteria", sa.String(), nullable=False),
        sa.Column("cooperation_required", sa.Boolean(), nullable=False),
        sa.CheckConstraint("site NOT IN ('custody', 'immigration_detention')", name=op.f("ck_unit_never_custody")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.agency_id"], name=op.f("fk_unit_provider_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
    )
    op.create_index(op.f("ix_unit_provider_id"), "unit", ["provider_id"], unique=False)
    op.create_table(
        "place",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_place_numbered_from_one")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_place_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "number", name=op.f("pk_place")),
    )
    op.create_table(
        "reserve",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("strike_day_id", sa.Integer(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("request_key", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_reserve_operation_id")),
        sa.ForeignKeyConstraint(["region"], ["region.code"], name=op.f("fk_reserve_region")),
        sa.ForeignKeyConstraint(["strike_day_id"], ["strikeday.id"], name=op.f("fk_reserve_strike_day_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reserve")),
        sa.UniqueConstraint("request_key", name=op.f("uq_reserve_request_key")),
    )
    op.create_index(op.f("ix_reserve_operation_id"), "reserve", ["operation_id"], unique=False)
    op.create_index(op.f("ix_reserve_region"), "reserve", ["region"], unique=False)
    op.create_index(op.f("ix_reserve_strike_day_id"), "reserve", ["strike_day_id"], unique=False)
    op.create_table(
        "unitexploitation",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "exploitation",
            sa.Enum(
                "sexual",
                "labour",
                "domestic",
                "unknown",
                name="exploitation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unitexploitation_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "exploitation", name=op.f("pk_unitexploitation")),
    )
    op.create_table(
        "unitneed",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "need",
            sa.Enum("none", "wheelchair", "medical", name="need", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unitneed_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "need", name=op.f("pk_unitneed")),
    )
    op.create_table(
        "unitprofile",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "profile",
            sa.Enum(
                "woman", "man", "family", "child", name="profile", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unitprofile_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "profile", name=op.f("pk_unitprofile")),
    )
    op.create_table(
        "unitzone",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unitzone_unit_id")),
        sa.ForeignKeyConstraint(["zone"], ["zone.code"], name=op.f("fk_unitzone_zone")),
        sa.PrimaryKeyConstraint("unit_id", "zone", name=op.f("pk_unitzone")),
    )
    op.create_table(
        "hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("reserve_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "held",
                "confirmed",
                "declined",
                "released",
                "expired",
                "taken_back",
                name="holdstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("first_night", sa.Date(), nullable=False),
        sa.Column("nights", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=80), nullable=True),
        sa.Column("request_fingerprint", sa.String(), nullable=True),
        sa.CheckConstraint("(action_id IS NULL) <> (reserve_id IS NULL)", name=op.f("ck_hold_one_purpose")),
        sa.CheckConstraint("nights > 0", name=op.f("ck_hold_some_nights")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_hold_action_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_hold_answered_by")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_hold_asked_by")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.agency_id"], name=op.f("fk_hold_provider_id")),
        sa.ForeignKeyConstraint(["reserve_id"], ["reserve.id"], name=op.f("fk_hold_reserve_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
        sa.UniqueConstraint("request_key", name=op.f("uq_hold_request_key")),
    )
    op.create_index(op.f("ix_hold_action_id"), "hold", ["action_id"], unique=False)
    op.create_index(op.f("ix_hold_provider_id"), "hold", ["provider_id"], unique=False)
    op.create_index(op.f("ix_hold_reserve_id"), "hold", ["reserve_id"], unique=False)
    op.create_index(op.f("ix_hold_state"), "hold", ["state"], unique=False)
    op.create_table(
        "opennight",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_opennight_operation_id")),
        sa.ForeignKeyConstraint(
            ["unit_id", "number"], ["place.unit_id", "place.number"], name=op.f("fk_opennight_unit_id_number")
        ),
        sa.PrimaryKeyConstraint("unit_id", "number", "night", name=op.f("pk_opennight")),
    )
    op.create_index(op.f("ix_opennight_operation_id"), "opennight", ["operation_id"], unique=False)
    op.create_table(
        "reserveshare",
        sa.Column("reserve_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_reserveshare_action_id")),
        sa.ForeignKeyConstraint(["reserve_id"], ["reserve.id"], name=op.f("fk_reserveshare_reserve_id")),
        sa.PrimaryKeyConstraint("reserve_id", "action_id", name=op.f("pk_reserveshare")),
    )
    op.create_index(op.f("ix_reserveshare_action_id"), "reserveshare", ["action_id"], unique=False)
    op.create_table(
        "claim",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("hold_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hold_id"], ["hold.id"], name=op.f("fk_claim_hold_id")),
        sa.ForeignKeyConstraint(
            ["unit_id", "number", "night"],
            ["opennight.unit_id", "opennight.number", "opennight.night"],
            name=op.f("fk_claim_unit_id_number_night"),
        ),
        sa.PrimaryKeyConstraint("unit_id", "number", "night", name=op.f("pk_claim")),
    )
    op.create_index(op.f("ix_claim_hold_id"), "claim", ["hold_id"], unique=False)
    op.create_table(
        "holdline",
        sa.Column("hold_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "profile",
            sa.Enum(
                "woman", "man", "family", "child", name="profile", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "need",
            sa.Enum("none", "wheelchair", "medical", name="need", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.CheckConstraint("places > 0", name=op.f("ck_holdline_some_places")),
        sa.ForeignKeyConstraint(["hold_id"], ["hold.id"], name=op.f("fk_holdline_hold_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_holdline_unit_id")),
        sa.PrimaryKeyConstraint("hold_id", "unit_id", "profile", "need", name=op.f("pk_holdline")),
    )
    op.create_index(op.f("ix_holdline_unit_id"), "holdline", ["unit_id"], unique=False)
