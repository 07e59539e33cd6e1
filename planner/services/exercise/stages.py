"""An action of the exercise with how far it has come by today."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from planner.services.exercise.campaign import Drawn
from planner.services.exercise.people import Force

NEAR_DAYS, PLANNED_DAYS = 14, 35
CONFERENCE_BEFORE = timedelta(hours=40)


class Stage(NamedTuple):
    """What is there already, and whether a go-ahead is given."""

    roles: bool
    conference: bool
    care: bool
    go_ahead: bool


class Placed(NamedTuple):
    """An action with its id, for what follows from it."""

    id: int
    uid: str
    drawn: Drawn
    force: Force
    starts_at: datetime
    stage: Stage


def stage_of(drawn: Drawn, today: date) -> Stage:
    """How far an action has come: the nearer its day, the further."""
    days, roll = (drawn.day - today).days, drawn.roll
    if roll > 1:
        return Stage(False, False, False, False)
    if days < 0:
        return Stage(True, True, False, False)
    if days > PLANNED_DAYS:
        return Stage(False, False, False, False)
    if days > NEAR_DAYS:
        return Stage(roll < 0.4, roll < 0.2, roll < 0.2, False)
    ready = roll < 0.45
    return Stage(ready or roll > 0.6, ready or not 0.6 < roll < 0.75, ready or not 0.75 < roll < 0.95, roll < 0.2)
