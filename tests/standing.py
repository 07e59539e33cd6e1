"""A standing group with its meetings, and one of them held."""

from datetime import date, datetime, time, timedelta

from planner.rules.standing import Rhythm
from planner.rules.windows import from_local
from planner.rules.words import AttendanceState
from planner.services import attendance
from planner.services.standing_groups import GroupRequest, set_group
from planner.views.standing_groups import GroupRow, standing_groups
from tests.builders import NOW, World

HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
FIRST = from_local(date(2026, 11, 24), time(10))  # an hour after NOW
MEMBERS = ("force", "ngo", "health", "children")


def a_request(key: str = "group", **changes: object) -> GroupRequest:
    said = {
        "operation": "OP1",
        "name": "Strategic group",
        "starts_at": FIRST,
        "minutes": 60,
        "rhythm": Rhythm.WEEKLY,
        "until_on": date(2027, 4, 30),
        "agencies": MEMBERS,
        "request_key": key,
    }
    return GroupRequest(**(said | changes))  # type: ignore[arg-type]


def a_group(world: World, who: str = "cell", **changes: object) -> GroupRow:
    with world.desk(who).writing() as work:
        set_group(work, a_request(**changes))
    return group_of(world, who)


def group_of(world: World, name: str = "cell", at: datetime = NOW) -> GroupRow:
    with world.desk(name, at).reading() as look:
        return standing_groups(look)[0]


def hold(world: World, meeting: int, *codes: str, at: datetime = NOW) -> tuple[str, ...]:
    came = [attendance.Seat(code, AttendanceState.ATTENDED, True, code == "ngo", True) for code in codes or MEMBERS]
    with world.desk("cell", at).writing() as work:
        return attendance.record_attendance(work, meeting, came, held_now=True)
