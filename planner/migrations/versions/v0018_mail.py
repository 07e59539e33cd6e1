"""What of a notice may leave by mail, and how far that has come."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    for column in (
        sa.Column("outside", sa.String(), nullable=True),
        sa.Column("path", sa.String(), nullable=True),
        sa.Column("mail_at", UtcDateTime(), nullable=True),
        sa.Column("mail_trouble", sa.String(), nullable=True),
        sa.Column("mailed_at", UtcDateTime(), nullable=True),
    ):
        op.add_column("notice", column)
    op.create_index(op.f("ix_notice_mail_at"), "notice", ["mail_at"], unique=False)
