"""Under which headings an operation's decision log is read."""

from alembic import op

revision = "0059"
down_revision = "0048"

# Written out: SQLite takes a column with its constraint, and no constraint afterwards.
HEADINGS = """
ALTER TABLE operation ADD COLUMN log_headings VARCHAR(40) DEFAULT 'ndm' NOT NULL
CONSTRAINT ck_operation_headings CHECK (log_headings IN ('ndm', 'jesip'))
"""


def upgrade() -> None:
    op.execute(HEADINGS)
