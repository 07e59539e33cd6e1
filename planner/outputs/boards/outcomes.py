"""The day's counts and how support went on, action by action, as a sheet: numbers alone, as on each action's page."""

from planner.outputs.boards.board import Row, Rows, marked_as, within
from planner.outputs.tables import Cell
from planner.rules.asked import Asked
from planner.rules.on_the_day import SAID, Count
from planner.rules.outcomes import OUTCOME_WORDS, SupportOutcome
from planner.views.outcomes_by_action import ActionOutcome, outcomes_by_action
from planner.work import Look

OUTCOMES = (
    *("Action", "Starts", "Force", *(SAID[count].capitalize() for count in Count), "Not accounted for", "Explained"),
    *("As of", *OUTCOME_WORDS.values(), "Kept by"),
)


def outcome_rows(look: Look, asked: Asked) -> Rows:
    """Of every visible action that has begun and at which anybody was counted or is told of."""
    seen = within(look, asked)
    found = [row for row in outcomes_by_action(look) if row.reference in seen]
    return Rows([_row(row) for row in found], marked_as(seen, (row.reference for row in found)))


def _row(row: ActionOutcome) -> Row:
    counts: list[Cell] = [row.totals.of(count) for count in Count]
    numbers: list[Cell] = [row.numbers.get(outcome, 0) if row.as_of else None for outcome in SupportOutcome]
    return (
        *(row.reference, row.starts_at, row.force, *counts, row.totals.difference, row.explanation),
        *(row.as_of, *numbers, row.kept_by),
    )
