"""What was overridden, decided and paused, as sheets: of one operation, or of every one that the reader sees."""

from collections.abc import Iterable

from planner.outputs.boards.board import Row, Rows, held, marked_as, operation_row, said, within
from planner.rules.asked import Asked
from planner.rules.log_headings import HEADINGS, Headings, Part
from planner.rules.markings import together
from planner.views.decision_log import Entry, Log, log_of_operation
from planner.views.operation import OperationRow, operations
from planner.views.overrides import OverrideRow, overrides
from planner.views.pauses import PauseRow, pauses
from planner.work import Look

OVERRIDES = (
    *("Action", "Force", "Check", "What it said", "Why it was set aside", "By", "Given", "Until", "Taken back"),
    "State",
)
LOG = ("No.", "When", "By", "What", "About", *(HEADINGS[Headings.NDM][part] for part in Part))
PAUSES = (
    *("Operation", "Where", "From", "Until", "Why", "Asked by", "Asked", "Stands", "Force", "Goes on", "Its answer"),
    *("Answered by", "Answered", "Ended", "Why it ended"),
)
MOST = 1_000_000


def _operations(look: Look, asked: Asked) -> tuple[OperationRow, ...]:
    return (operation_row(look, asked.operation),) if asked.operation else operations(look)


def override_rows(look: Look, asked: Asked) -> Rows:
    """Newest first; those of actions that are closed to the reader are not there."""
    seen = within(look, asked)
    found = [row for one in _operations(look, asked) for row in overrides(look, one.id, per_page=None).rows]
    return Rows([_override(look, row) for row in found], marked_as(seen, (row.action for row in found)))


def _override(look: Look, row: OverrideRow) -> Row:
    state = "Taken back" if row.withdrawn_at else "Over" if row.expires_at <= look.now else "Stands"
    return (
        *(row.action, row.force, said(row.check), row.was, row.reason, row.by, row.at, row.expires_at),
        *(row.withdrawn_at, state),
    )


def log_rows(look: Look, asked: Asked) -> Rows:
    """Every decision, the newest first, under the headings of the National Decision Model whichever a page shows."""
    logs = [log_of_operation(look, one.code, per_page=MOST) for one in _operations(look, asked)]
    rows = [_entry(log, entry) for log in logs for entry in log.entries]
    return Rows(rows, together(dict.fromkeys(log.marked for log in logs)))


def _entry(log: Log, entry: Entry) -> Row:
    parts = dict(entry.parts)
    said_under = (parts.get(HEADINGS[log.headings][part]) for part in Part)
    return (entry.number, entry.at, entry.by, entry.what, entry.about, *said_under)


def pause_rows(look: Look, asked: Asked) -> Rows:
    """One row for each answer of a force; a pause that nobody has answered is one row."""
    rows = [
        row for one in _operations(look, asked) for pause in pauses(look, one.id) for row in _pause(one.code, pause)
    ]
    return Rows(rows, held(look))


def _pause(operation: str, row: PauseRow) -> Iterable[Row]:
    asked = (operation, row.where, row.from_at, row.until_at, row.reason, row.by, row.asked_at, row.stands)
    answers: list[Row] = [(each.force, each.goes_on, each.text, each.by, each.at) for each in row.answers]
    for answer in answers or [(None,) * 5]:
        yield (*asked, *answer, row.ended_at, row.ended_reason)
