"""A conference's decision keeps what it was taken on in plain values: a hash could not say what changed."""

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.execute("ALTER TABLE conferenceaction RENAME COLUMN fingerprint TO decided_on")
    op.execute("UPDATE conferenceaction SET decided_on = NULL")
