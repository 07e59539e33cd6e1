"""How early a conference must be over: working days of the action's nation, and the hours of an emergency."""

from alembic import op

revision = "0038"
down_revision = "0037"

# Written out: SQLite takes a column with its constraint, and no constraint afterwards.
DAYS = """
ALTER TABLE policy ADD COLUMN conference_lead_days INTEGER DEFAULT '0' NOT NULL
CONSTRAINT ck_policy_some_lead_days CHECK (conference_lead_days BETWEEN 0 AND 10)
"""
EMERGENCY = "ALTER TABLE policy ADD COLUMN conference_emergency_hours INTEGER DEFAULT '2' NOT NULL"


def upgrade() -> None:
    op.execute(DAYS)
    op.execute(EMERGENCY)
