"""What became of a provider's bookings while its page stood open: answered by a colleague, lapsed, released, filled."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlmodel import col

from planner import access
from planner.access import Verb
from planner.db import pick
from planner.models.care import Hold
from planner.models.directory import Person
from planner.rules.words import HoldState
from planner.services.care_filling import FILLED
from planner.work import Look

OWN_ANSWERS = (HoldState.CONFIRMED, HoldState.DECLINED, HoldState.TAKEN_BACK)


class Became(NamedTuple):
    """A booking's state now; `by` is a colleague's title; `filled`: it was confirmed elsewhere.

    Why the planners released it is not told: their words may name an action.
    """

    id: int
    state: HoldState
    at: datetime | None
    by: str | None
    filled: bool


def what_became(look: Look, numbers: Collection[int]) -> tuple[Became, ...]:
    """Of one's own agencies' bookings alone; a number of somebody else's answers like none."""
    own = access.own_agencies(look, Verb.SEE_BOOKINGS)
    query = (
        pick(Hold.id, Hold.state, Hold.expires_at, Hold.answered_at, Hold.reason, Person.title, Person.agency_id)
        .outerjoin(Person, col(Person.id) == col(Hold.answered_by))
        .where(col(Hold.id).in_(numbers), col(Hold.provider_id).in_(own))
        .order_by(Hold.id)
    )
    return tuple(_became(look, *row, own=own) for row in look.session.execute(query))


def _became(
    look: Look,
    number: int,
    state: HoldState,
    expires_at: datetime | None,
    answered_at: datetime | None,
    reason: str | None,
    title: str | None,
    agency_id: int | None,
    *,
    own: Collection[int],
) -> Became:
    if state is HoldState.HELD and expires_at is not None and expires_at <= look.now:
        return Became(number, HoldState.EXPIRED, expires_at, None, filled=False)
    by = title if state in OWN_ANSWERS and agency_id in own else None
    return Became(number, state, answered_at, by, filled=state is HoldState.RELEASED and reason == FILLED)
