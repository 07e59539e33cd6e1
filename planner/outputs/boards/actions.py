"""Actions as a sheet: the columns of the import first, under its own headings, then what only a reader wants."""

from collections.abc import Mapping, Sequence
from datetime import date, time

from planner import facts
from planner.inputs.action_columns import ACTIONS, exported_text, languages_of
from planner.outputs.boards.board import Row, Rows, said, spaced
from planner.outputs.tables import Cell
from planner.rules.asked import Asked
from planner.rules.checks_care import PROFILE_WORDS
from planner.rules.held import held_words
from planner.rules.markings import together
from planner.rules.readiness import Gate
from planner.rules.warrants import Countdown
from planner.rules.windows import local
from planner.rules.words import ActionState, Need, Standing
from planner.views.action_sheet import ActionSheet, SheetAction, SheetDemand, action_sheet, chosen_ids
from planner.views.actions import ActionFilter
from planner.views.powers import powers_left
from planner.work import Look

# An import passes these over: none is a heading that it knows.
FURTHER = (*("Force in full", "State", "Gate", "Go-ahead", "Power", "Strike day", "Further needs", "Handling"),)
COLUMNS = (*(column.title for column in ACTIONS.columns), *FURTHER)
OVER = (ActionState.BEGUN, ActionState.DONE, ActionState.STOOD_DOWN)


def action_rows(look: Look, asked: Asked) -> Rows:
    """Every visible action that is asked for, with its gate as of now; which they are stands at the head."""
    wanted = ActionFilter(asked.text, asked.force, to_come=asked.to_come)
    sheet = action_sheet(look, wanted, asked.operation)
    gates = facts.gates(look, chosen_ids(look, wanted, asked.operation))
    left = powers_left(look, chosen_ids(look, wanted, asked.operation))
    rows = [_row(sheet, action, gates[action.id], left) for action in sheet.actions]
    marked = together(dict.fromkeys(action.marked for action in sheet.actions))
    return Rows(rows, marked, held_words(action.reference for action in sheet.actions))


def _row(sheet: ActionSheet, action: SheetAction, gate: Gate, left: Mapping[int, Countdown]) -> Row:
    demand = sheet.demand.get(action.id, ())
    over = action.state in OVER
    return [
        *_as_imported(action, demand),
        *(action.force, said(action.state)),
        said(action.state) if over else "Ready" if gate.ready else f"{len(gate.blocking)} blocking",
        "Not given" if gate.standing is Standing.NONE else said(gate.standing),
        left[action.id].short if action.id in left and not over else None,
        *(action.strike_day, _further_needs(demand), action.handling),
    ]


def _as_imported(action: SheetAction, demand: Sequence[SheetDemand]) -> list[Cell]:
    """One cell a column of the import's layout, in its order and in its words."""
    day, start, end, end_day = _clock(action)
    cells: dict[str, Cell] = {
        "reference": action.external_reference or action.reference,
        "force": action.force_code,
        "date": day,
        "start": start,
        "end": end,
        "kind": spaced(action.kind),
        "premises": spaced(action.premises_kind),
        "end_date": end_day,
        "region": action.region,
        "premises_count": action.premises_count,
        "exploitation": spaced(action.exploitation),
        "intelligence_system": action.intelligence_system,
        "intelligence_reference": action.intelligence_reference,
        "languages": exported_text(languages_of(action.languages)) or None,
        "marking": action.marking.value,
        "operation": action.operation_code,
        "planner_reference": action.reference,
        "version": action.version,
    }
    for line in demand:
        if line.need is Need.NONE:
            steps = {"low": line.low, "likely": line.likely, "high": line.high}
            cells.update({f"{line.profile}_{step}": number for step, number in steps.items()})
    return [cells.get(column.name) for column in ACTIONS.columns]


def _clock(action: SheetAction) -> tuple[date, time, time, date | None]:
    """Day, start, end and, where it is another, the day of the end; on London's clock, to the minute."""
    begins, ends = local(action.starts_at), local(action.ends_at)
    other = ends.date() if ends.date() != begins.date() else None
    return begins.date(), time(begins.hour, begins.minute), time(ends.hour, ends.minute), other


def _further_needs(demand: Sequence[SheetDemand]) -> str | None:
    """People with a special need, of whom an import says nothing and whom it therefore leaves as they are."""
    lines = (line for line in demand if line.need is not Need.NONE)
    told = (
        f"{PROFILE_WORDS[line.profile]} ({spaced(line.need)}) {line.low}/{line.likely}/{line.high}" for line in lines
    )
    return "; ".join(told) or None
