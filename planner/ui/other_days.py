"""Where a change breaks something: whether the days nearby would do, each tried in the same way and rolled back."""

from dataclasses import replace
from datetime import date, timedelta

from planner.errors import PlannerError
from planner.rules.other_days import OtherDay, other_days_words
from planner.rules.windows import local
from planner.services.slip_changes import NewDay, NewTime
from planner.services.slips import Listed, SlipRequest, list_consequences
from planner.ui.looks import looked_at
from planner.work import Desk

NEARBY = (-3, -2, -1, 1, 2)


def other_days(desk: Desk, request: SlipRequest, listed: Listed) -> tuple[str, ...]:
    """Lines to keep with the list: every look is a rehearsal, so that they are made once and not at each redraw."""
    change = request.change
    if not listed.breaks or not isinstance(change, NewDay | NewTime):
        return ()
    asked = change.day if isinstance(change, NewDay) else local(change.starts_at).date()
    days = [asked + timedelta(days=days) for days in NEARBY]
    tried = [(day, _breaks(desk, replace(request, change=_on(change, day), request_key=""))) for day in days]
    today = local(desk.clock()).date()
    return other_days_words([OtherDay(day, breaks) for day, breaks in tried if breaks is not None], today)


def _on(change: NewDay | NewTime, day: date) -> NewDay | NewTime:
    """The same change on another day, at its own hours."""
    if isinstance(change, NewDay):
        return NewDay(day)
    days = timedelta(days=(day - local(change.starts_at).date()).days)
    return replace(change, starts_at=change.starts_at + days, ends_at=change.ends_at + days)


def _breaks(desk: Desk, request: SlipRequest) -> tuple[str, ...] | None:
    """What would break; None of a day that cannot be at all, which nobody asked for and no record keeps."""
    with desk.writing(looked_at=looked_at(), rehearsed=True) as work:
        try:
            found = list_consequences(work, request)
        except PlannerError:
            return None
    several = len(request.actions) > 1
    return tuple(
        f"{item.action}: {item.sentence}" if several else item.sentence for item in found.consequences if item.breaks
    )
