"""A go-ahead whose plan changed stays spent, also where the plan is changed back."""

from planner.migrations.adding import widen_choice

revision = "0035"
down_revision = "0034"

STATES = ("given", "suspended", "withdrawn", "spent")


def upgrade() -> None:
    widen_choice("goahead", "state", "goaheadstate", STATES)
