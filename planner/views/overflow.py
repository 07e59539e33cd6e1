"""More people than places on the day: what is confirmed, given by telephone, free tonight, accepted on call."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from planner import access, facts
from planner.access import Verb
from planner.db import pick
from planner.facts_day import counted
from planner.models.care import Unit
from planner.models.directory import Agency, Person, Region
from planner.models.on_the_day import DayTap, TelephonePlaces
from planner.models.operations import Action
from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.demand import coverage, reserve_stands
from planner.rules.on_the_day import Places, more_needed, overflow_words
from planner.rules.values import Facts
from planner.rules.windows import first_night
from planner.rules.words import ActionState, ArrangementKind, ArrangementState, Profile
from planner.views.actions import units_near
from planner.views.care import capacity, sees_providers
from planner.views.on_the_day import TAB
from planner.views.today import Task
from planner.work import Look

TONIGHT = timedelta(days=1)
OWN_DAYS = timedelta(days=14)
CORRECTOR: Any = aliased(Person)


class FreeUnit(NamedTuple):
    """A unit that serves the zone: places free tonight, None: nothing stated; its provider for who may know it."""

    code: str
    whom: str
    free: int | None
    provider: str | None


class ByTelephone(NamedTuple):
    """What was said, and what is right now; `by_provider`: it corrected that itself."""

    id: int
    unit: str
    said: int
    places: int
    said_at: datetime
    typed_by: str | None
    correction: str | None
    corrected_at: datetime | None
    corrected_by: str | None
    by_provider: bool
    region: str
    provider: str | None
    version: int


class Overflow(NamedTuple):
    """Places for an action on the day, and what can be had; `units` are those that can be rung."""

    places: Places
    telephone: tuple[ByTelephone, ...]
    on_call: tuple[str, ...]
    reserve: bool
    units: tuple[FreeUnit, ...]
    may_note: bool


def overflow(look: Look, known: Facts) -> Overflow:
    """What an action that is visible has and can have tonight."""
    rows = _of_action(look, known.action.id)
    may = access.may(look, Verb.HOLD_PLACES, action=look.session.get_one(Action, known.action.id))
    return Overflow(
        Places(_confirmed(known), sum(row.places for row in rows)),
        rows,
        _on_call(known),
        reserve_stands(known),
        _units(look, known) if may else (),
        may,
    )


def _confirmed(known: Facts) -> int:
    """For adults and families: a child's place is the children's service's to find, an adult's is never a child's."""
    return sum(line.confirmed for line in coverage(known) if line.profile is not Profile.CHILD)


def _on_call(known: Facts) -> tuple[str, ...]:
    found = [
        row
        for row in known.arrangements
        if row.kind is ArrangementKind.ON_CALL and row.state is ArrangementState.CONFIRMED
    ]
    return tuple(
        f"{row.answered_post or 'A post'}: {count_words(row.number, 'place')} on call"
        + (f", until {instant_words(row.until_at)}" if row.until_at else "")
        for row in found
    )


def _units(look: Look, known: Facts) -> tuple[FreeUnit, ...]:
    """Units that serve the zone, those with most that is free tonight first, then those that stated nothing."""
    near = units_near(look, known.action.zone)
    named = _providers(look, near) if sees_providers(look) else {}
    tonight = capacity(look, first=first_night(look.now), nights=1, units=near, operation_id=known.action.operation_id)
    free = {row.unit: row.free for row in tonight}
    found = [FreeUnit(code, whom, free.get(code), named.get(code)) for code, whom in near.items()]
    return tuple(sorted(found, key=lambda unit: (unit.free is None, -(unit.free or 0), unit.code)))


def _providers(look: Look, codes: Any) -> dict[str, str]:
    query = pick(Unit.code, Agency.name).join(Agency, col(Agency.id) == col(Unit.provider_id))
    return dict(tuple(row) for row in look.session.execute(query.where(col(Unit.code).in_(codes))))


def _rows() -> Any:
    t = TelephonePlaces
    return (
        pick(
            *(t.id, Unit.code, t.places_said, t.places, t.said_at, Person.title, t.correction, t.corrected_at),
            *(CORRECTOR.title, CORRECTOR.agency_id == col(Unit.provider_id), Region.name, Agency.name, t.version),
        )
        .join(Unit, col(Unit.id) == col(t.unit_id))
        .join(Agency, col(Agency.id) == col(Unit.provider_id))
        .join(Action, col(Action.id) == col(t.action_id))
        .join(Region, col(Region.code) == col(Action.region))
        .outerjoin(Person, col(Person.id) == col(t.typed_by))
        .outerjoin(CORRECTOR, CORRECTOR.id == col(t.corrected_by))
        .order_by(col(t.id))
    )


def _made(look: Look, query: Any, *, named: bool) -> tuple[ByTelephone, ...]:
    rows = [ByTelephone._make(row) for row in look.session.execute(query)]
    return tuple(
        row._replace(
            provider=row.provider if named else None,
            by_provider=bool(row.by_provider),
            corrected_by=None if row.by_provider else row.corrected_by,
        )
        for row in rows
    )


def _of_action(look: Look, action_id: int) -> tuple[ByTelephone, ...]:
    return _made(look, _rows().where(col(TelephonePlaces.action_id) == action_id), named=sees_providers(look))


def own_telephone(look: Look) -> tuple[ByTelephone, ...]:
    """What was kept as said by the providers this person speaks for; no word of which action, or of who typed it."""
    own, mine = access.own_agencies(look, Verb.SEE_BOOKINGS), access.operations_for(look, Verb.SEE_BOOKINGS)
    query = _rows().where(
        col(Unit.provider_id).in_(own),
        col(Action.operation_id).in_(mine),
        col(TelephonePlaces.said_at) > look.now - OWN_DAYS,
    )
    return tuple(row._replace(typed_by=None, corrected_by=None) for row in _made(look, query, named=False))


def overflow_tasks(look: Look) -> tuple[Task, ...]:
    """For who may book: actions of today at which more are met than have a place."""
    if not access.may(look, Verb.HOLD_PLACES):
        return ()
    here = sa.or_(
        col(Action.state) == ActionState.BEGUN,
        sa.and_(col(Action.state) == ActionState.DONE, col(Action.ends_at) > look.now - TONIGHT),
    )
    tapped = sa.exists().where(col(DayTap.action_id) == col(Action.id))
    query = sa.select(Action).where(col(Action.id).in_(access.visible_actions(look)), here, tapped)
    actions = [a for a in look.session.execute(query).scalars() if access.may(look, Verb.HOLD_PLACES, action=a)]
    ids = [action.id or 0 for action in actions]
    found, told = counted(look, ids), _told(look, ids)
    tasks = []
    for number, known in (facts.load(look, ids) if ids else {}).items():
        totals, places = found[number].totals, Places(_confirmed(known), told.get(number, 0))
        if more_needed(totals, places):
            sentence = f"{known.action.reference}: {overflow_words(totals, places)}"
            tasks.append(Task("more_needed", sentence, "Find places", "action", known.action.reference, TAB))
    return tuple(tasks)


def _told(look: Look, ids: list[int]) -> dict[int, int]:
    t = TelephonePlaces
    query = pick(t.action_id, sa.func.sum(t.places)).where(col(t.action_id).in_(ids)).group_by(t.action_id)
    return {number: int(places) for number, places in look.session.execute(query)}
