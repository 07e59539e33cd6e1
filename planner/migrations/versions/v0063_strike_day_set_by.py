"""Who set a strike day, to be told of what leaves it; the record says it of those that are there."""

from alembic import op

revision = "0063"
down_revision = "0062"
WHO = """
UPDATE strikeday SET set_by = (
    SELECT max(person_id) FROM recordline
    WHERE verb = 'set_strike_day' AND object_kind = 'strike day' AND object_ref = CAST(strikeday.id AS VARCHAR)
)
"""


def upgrade() -> None:
    key = "fk_strikeday_set_by"
    op.execute(f"ALTER TABLE strikeday ADD COLUMN set_by INTEGER CONSTRAINT {key} REFERENCES person (id)")
    op.execute(WHO)
