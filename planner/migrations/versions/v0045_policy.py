"""What care a policy asks beyond places; the policy in force at each override and at each conference's decision."""

import sqlalchemy as sa
from alembic import op

from planner.migrations.adding import add_link

revision = "0045"
down_revision = "0047"


def upgrade() -> None:
    for name in ("onward_route", "plan_to_high"):
        op.add_column("policy", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true()))
    for table in ("override", "conferenceaction"):
        add_link(table, "policy_id", "policy")
