"""What each kind of arrangement is asked beside who confirmed it, and legal advice as a kind of its own."""

import sqlalchemy as sa
from alembic import op

from planner.migrations.adding import add_choice, widen_choice

revision = "0034"
down_revision = "0033"

KINDS = (
    *("interpreters", "medical", "transport", "reception", "onward_route", "children_service", "on_call"),
    *("region_informed", "deconfliction", "legal_advice"),
)


def upgrade() -> None:
    widen_choice("arrangement", "kind", "arrangementkind", KINDS)
    columns: tuple[sa.Column[object], ...] = (
        sa.Column("manager_post", sa.String(), nullable=True),
        sa.Column("convenes", sa.Boolean(), nullable=True),
        sa.Column("guardian_post", sa.String(), nullable=True),
        sa.Column("arrives_minutes", sa.Integer(), nullable=True),
    )
    for column in columns:
        op.add_column("arrangement", column)
    add_choice("arrangement", "sex", "interpretersex", ("women", "men", "both"))
    add_choice("arrangement", "conflict_said", "conflict", ("none_declared", "declared"))
