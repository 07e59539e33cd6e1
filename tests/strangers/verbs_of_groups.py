"""The verbs of standing groups: set, ended, and what one of their meetings clears."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from planner.models.conferences import Conference
from planner.rules.standing import Rhythm
from planner.rules.words import AttendanceState, Children
from planner.services import attendance, standing_clearing, standing_groups
from planner.work import Work
from tests.builders import NOW, World, an_action
from tests.strangers.scene import Scene
from tests.strangers.verbs import HOUR, Verb

CALM = "WM-0003"
MEMBERS = ("force", "ngo", "children")


def _request(operation: Any, key: str) -> standing_groups.GroupRequest:
    first, until = NOW + HOUR, (NOW + timedelta(weeks=4)).date()
    return standing_groups.GroupRequest(str(operation), key, first, 60, Rhythm.WEEKLY, until, MEMBERS, key)


def _group(world: World, now: Scene) -> Scene:
    with world.desk("cell").writing() as work:
        group = standing_groups.set_group(work, _request("OP1", "Strategic group"))
        return {**now, "group": group.id or 0}


def _meeting(world: World, now: Scene) -> Scene:
    """Its first meeting was held, quorate; an action at which nobody is likely is to come."""
    with_group = _group(world, now)
    an_action(world, CALM, children=Children.NONE, zero_demand_reason="A lock-up, empty.")
    with world.desk("cell").writing() as work:
        series = select(Conference.id).where(col(Conference.occurrence_at).is_not(None))
        meeting = work.session.exec(series.order_by(col(Conference.starts_at))).first() or 0
        seats = [attendance.Seat(code, AttendanceState.ATTENDED, True, code == "ngo", True) for code in MEMBERS]
        attendance.record_attendance(work, meeting, seats, held_now=True)
    return {**with_group, "meeting": meeting}


def _clear(work: Work, meeting: Any) -> object:
    request = standing_clearing.ClearRequest(meeting, (CALM,), "children", "ngo", "Nobody is there.")
    return standing_clearing.clear_actions(work, request)


GROUPS = (
    Verb("set_group", "cell", "operation", lambda w, x: standing_groups.set_group(w, _request(x, "Another group"))),
    Verb(
        "end_group",
        "cell",
        "group",
        lambda w, x: standing_groups.end_group(w, x, 1, reason="The campaign is over."),
        _group,
    ),
    Verb("clear_actions", "cell", "meeting", _clear, _meeting),
)
