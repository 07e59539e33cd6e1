"""Who was met at the exercise's actions that are done: counted, accounted for, and how support went on."""

from datetime import timedelta

from planner.models.on_the_day import DayExplanation, DayTap, SupportCount
from planner.rules.on_the_day import NOBODY, Count
from planner.rules.outcomes import SupportOutcome
from planner.rules.words import Profile
from planner.services.exercise.people import Cast
from planner.services.exercise.rows import Rows
from planner.services.exercise.stages import Placed

NEXT_DAY = timedelta(days=1)


def meet(rows: Rows, cast: Cast, placed: Placed) -> None:
    """As many as were likely: adults are placed, children are at the children's service."""
    lines = placed.drawn.lines
    children = sum(line.likely for line in lines if line.profile is Profile.CHILD)
    adults = sum(line.likely for line in lines) - children
    for count in [Count.ENCOUNTERED] * (adults + children) + [Count.PLACED] * adults:
        _tap(rows, placed, count)
    for _ in range(children):
        _tap(rows, placed, Count.CHILDRENS_SERVICE)
    if adults + children:
        _support(rows, cast, placed, adults, children)
        return
    at = placed.starts_at + timedelta(hours=3)
    by = placed.force.silver
    rows.add(DayExplanation, action_id=placed.id, last_tap=0, sentence=NOBODY, explained_by=by, explained_at=at)


def _tap(rows: Rows, placed: Placed, count: Count) -> None:
    at, by = placed.starts_at + timedelta(hours=1), placed.force.silver
    rows.add(DayTap, action_id=placed.id, count=count, step=1, tapped_by=by, tapped_at=at)


def _support(rows: Rows, cast: Cast, placed: Placed, adults: int, children: int) -> None:
    numbers = {
        SupportOutcome.ENTERED: adults,
        SupportOutcome.CHILDREN: children,
        SupportOutcome.REFERRED: adults,
        SupportOutcome.CHILDREN_REFERRED: children,
    }
    at = placed.starts_at + NEXT_DAY
    for outcome in SupportOutcome:
        rows.add(
            SupportCount,
            action_id=placed.id,
            outcome=outcome,
            number=numbers.get(outcome, 0),
            as_of=at.date(),
            typed_by=cast.care_lead,
            typed_at=at,
        )
