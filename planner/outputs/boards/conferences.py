"""Conferences to come, what is still owed from any, and the meetings of standing groups, as sheets."""

from planner.outputs.boards.board import Row, Rows, held, marked_as, operation_row, said, within
from planner.rules.asked import Asked
from planner.rules.markings import together
from planner.views.conference_list import conference_list, owed, owed_at
from planner.views.standing_groups import GroupRow, MeetingRow, standing_groups
from planner.work import Look

CONFERENCES = ("No.", "Starts", "Ends", "Kind", "State", "Actions", "Decided", "Marking")
UNDERTAKINGS = (
    *("Agency", "Post", "What was undertaken", "Due", "Overdue", "Before an action", "Action"),
    *("At the conference of", "Last reminded"),
)
GROUPS = (
    *("Group", "Operation", "Region", "How often", "Members", "Last day", "Ended", "Meeting starts", "Meeting ends"),
    *("State", "Moved from"),
)


def conference_rows(look: Look, asked: Asked) -> Rows:
    """Those about a visible action to come, with the actions of each that the reader sees."""
    seen = within(look, asked)
    found = [row for row in conference_list(look) if any(each in seen for each in row.references)]
    rows: list[Row] = [
        (
            *(row.id, row.starts_at, row.ends_at, said(row.kind), said(row.state)),
            *("; ".join(row.references), f"{row.decided} of {len(row.references)}", row.marked.words),
        )
        for row in found
    ]
    about = marked_as(seen, (each for row in found for each in row.references))
    return Rows(rows, together([about, *dict.fromkeys(row.marked for row in found)]))


def undertaking_rows(look: Look, asked: Asked) -> Rows:
    """What is open: of a visible action, or of all of a visible conference."""
    seen, at = within(look, asked), owed_at(look)
    found = [
        (row, at[row.undertaken.id])
        for row in owed(look)
        if asked.operation in ("", at[row.undertaken.id].operation)
        and (row.undertaken.reference is None or row.undertaken.reference in seen)
    ]
    rows: list[Row] = [
        (
            *(row.undertaken.agency, row.undertaken.owner or None, row.undertaken.text, row.undertaken.due_at),
            *(row.undertaken.due_at < look.now, row.undertaken.before_action, row.undertaken.reference),
            *(row.met_at, row.chased_at),
        )
        for row, _ in found
    ]
    about = marked_as(seen, (row.undertaken.reference for row, _ in found))
    return Rows(rows, together([about, *dict.fromkeys(meeting.marked for _, meeting in found)]))


def group_rows(look: Look, asked: Asked) -> Rows:
    """One row for each meeting, held, to come or cancelled."""
    only = operation_row(look, asked.operation).id if asked.operation else None
    found = [group for group in standing_groups(look) if only in (None, group.operation_id)]
    return Rows([_meeting(group, row) for group in found for row in group.meetings], held(look))


def _meeting(group: GroupRow, row: MeetingRow) -> Row:
    moved = row.occurrence_at if row.occurrence_at != row.starts_at else None
    return (
        *(group.name, group.operation, group.region or "Every region", group.words, "; ".join(group.members) or None),
        *(group.until_on, group.ended_at, row.starts_at, row.ends_at, said(row.state), moved),
    )
