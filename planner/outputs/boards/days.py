"""Strike days, clashes and how far each force is, as sheets."""

from planner.outputs.boards.board import Row, Rows, held, marked_as, within
from planner.rules.asked import Asked
from planner.rules.markings import together
from planner.views.clash_list import clash_list
from planner.views.coverage import by_force
from planner.views.strike_days import strike_days
from planner.work import Look

STRIKE_DAYS = ("Strike day", "Day", "Operation", "Region", "Number of actions", "Actions")
CLASHES = ("Action", "Starts", "In common, and whom to ring", "State", "Cleared")
BY_FORCE = ("Code", "Force", "Region", "To come", "Ready", "Trained officers", "Dedicated team")


def strike_day_rows(look: Look, asked: Asked) -> Rows:
    """Past ones too, each with the members that the reader sees."""
    seen = within(look, asked)
    found = [row for row in strike_days(look) if asked.operation in ("", row.operation)]
    rows: list[Row] = [
        (row.name, row.day, row.operation, row.region or "Several", len(row.members), "; ".join(row.members) or None)
        for row in found
    ]
    return Rows(rows, together([held(look), marked_as(seen, (each for row in found for each in row.members))]))


def clash_rows(look: Look, asked: Asked) -> Rows:
    """From the reader's own side: of the other action its cell and nothing else."""
    seen, found = within(look, asked), clash_list(look, asked.operation)
    rows: list[Row] = [
        (
            *(row.reference, row.starts_at, row.clash.reason, "To clear" if row.clash.open else "Cleared"),
            None if row.clash.open else row.clash.cleared_at,
        )
        for row in found
    ]
    return Rows(rows, marked_as(seen, (row.reference for row in found)))


def force_rows(look: Look, asked: Asked) -> Rows:
    """Of the actions to come that the reader sees."""
    rows: list[Row] = [
        (row.code, row.force, row.region, row.actions, row.ready, row.trained, row.dedicated_team)
        for row in by_force(look, asked.operation)
    ]
    return Rows(rows, held(look))
