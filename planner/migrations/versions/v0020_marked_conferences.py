"""Conferences carry a marking and handling of their own: at first the highest of their actions', with theirs."""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

from planner.rules.markings import Marked, together
from planner.rules.words import Marking

revision = "0020"
down_revision = "0019"

# Written out: SQLite takes a column with its constraint, and no constraint afterwards.
MARKING = """
ALTER TABLE conference ADD COLUMN marking VARCHAR(40) DEFAULT 'OFFICIAL-SENSITIVE' NOT NULL
CONSTRAINT ck_conference_marking CHECK (marking IN ('OFFICIAL', 'OFFICIAL-SENSITIVE'))
"""
ABOUT = """
SELECT conferenceaction.conference_id, action.marking, action.handling
FROM conferenceaction JOIN action ON action.id = conferenceaction.action_id ORDER BY action.id
"""


def upgrade() -> None:
    op.execute(MARKING)
    op.add_column("conference", sa.Column("handling", sa.String(), nullable=True))
    about: defaultdict[int, list[Marked]] = defaultdict(list)
    for conference, marking, handling in op.get_bind().execute(sa.text(ABOUT)):
        about[conference].append(Marked(Marking(marking), handling))
    change = sa.text("UPDATE conference SET marking = :marking, handling = :handling WHERE id = :id")
    for conference, actions in about.items():
        marked = together(actions)
        op.get_bind().execute(change, {"id": conference, "marking": marked.marking.value, "handling": marked.handling})
