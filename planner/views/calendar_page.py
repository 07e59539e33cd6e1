"""What a calendar has on some days, for its page: behind sign-in it may say more than a file, and leads to the thing.

Only the days that are shown are read, in a number of queries that does not grow with the calendar.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.access import Verb
from planner.db import pick
from planner.models.conferences import Conference
from planner.models.directory import Agency, Region
from planner.models.operations import Action, LegalBasis, Phase, StrikeDay
from planner.models.reference import BankHoliday
from planner.outputs.calendar_entries import BusyEntry, DeadlineEntry
from planner.outputs.calendar_series import is_gone
from planner.rules.calendar_choice import Scope
from planner.rules.pressure import Pressure
from planner.rules.windows import LONGEST_ACTION, local
from planner.rules.words import ActionState, ConferenceKind, ConferenceState, Nation, PhaseKind
from planner.views.calendar_dates import OVER, booked_nights, deadlines, hold_ends
from planner.views.calendar_days import Days, meets, within
from planner.views.calendar_pressure import pressures, sees_pressure
from planner.views.calendar_scopes import Reach, about, reach_of
from planner.work import Look

CAN_MOVE = (ActionState.PLANNED, ActionState.REQUESTED, ActionState.DEFERRED)


class Asked(NamedTuple):
    """Whose calendar, which of its regions and forces by their codes (empty: all), on which days."""

    scope: Scope
    name: str
    days: Days
    region: str = ""
    force: str = ""


class ActionDay(NamedTuple):
    """An action on the page; a partner's own has no reference and leads to My part."""

    id: int
    reference: str
    starts_at: datetime
    ends_at: datetime
    state: ActionState


class Meeting(NamedTuple):
    id: int
    kind: ConferenceKind
    state: ConferenceState
    starts_at: datetime
    ends_at: datetime


class PhaseDays(NamedTuple):
    number: int
    kind: PhaseKind
    first_on: date
    last_on: date


class StrikeDayOn(NamedTuple):
    """`members` are those of its actions that are in this calendar."""

    id: int
    name: str
    day: date
    members: int


class LastDay(NamedTuple):
    """The last lawful day of an action's power that is still to be used."""

    reference: str
    day: date


class PageDays(NamedTuple):
    """Everything of the days asked for; `pressure` is empty for who may not see places of care."""

    actions: tuple[ActionDay, ...]
    meetings: tuple[Meeting, ...]
    phases: tuple[PhaseDays, ...]
    strike_days: tuple[StrikeDayOn, ...]
    last_days: tuple[LastDay, ...]
    due: tuple[DeadlineEntry, ...]
    nights: tuple[BusyEntry, ...]
    holidays: Mapping[date, Mapping[str, tuple[Nation, ...]]]
    pressure: Mapping[date, Pressure]


def page_days(look: Look, asked: Asked) -> PageDays:
    """Missing and forbidden answer alike."""
    reach = _narrowed(look, reach_of(look, asked.scope, asked.name), asked)
    days, seen = asked.days, reach.actions if not reach.own else None
    meetings = _meetings(look, reach.meetings, days) if reach.meetings is not None else ()
    due = (*(deadlines(look, reach.offers, days) if reach.offers is not None and reach.own else ()),)
    provides = asked.scope is Scope.PROVIDER
    return PageDays(
        actions=_actions(look, reach, days) if reach.actions is not None else (),
        meetings=meetings,
        phases=_phases(look, reach.phases, days) if reach.phases is not None else (),
        strike_days=_strike_days(look, seen, days) if seen is not None else (),
        last_days=_last_days(look, seen, days) if seen is not None else (),
        due=(*due, *(hold_ends(look, reach, days) if provides else ())),
        nights=_nights(look, reach, days) if provides else (),
        holidays=holidays(look, days),
        pressure=_pressure(look, seen, days) if seen is not None else {},
    )


class Places(NamedTuple):
    """The regions and forces that an operation's calendar can be narrowed to, by code.

    `together`: each region and force that have an action together.
    """

    regions: dict[str, str]
    forces: dict[str, str]
    together: frozenset[tuple[str, str]] = frozenset()

    def beside(self, region: str, force: str) -> "Places":
        """What is still offered once these are chosen (empty: none): what goes with the other, and what is chosen."""
        regions = {each for each, other in self.together if force in ("", other)} | {region}
        forces = {other for each, other in self.together if region in ("", each)} | {force}
        return self._replace(
            regions={code: words for code, words in self.regions.items() if code in regions},
            forces={code: words for code, words in self.forces.items() if code in forces},
        )

    def apart(self, region: str, force: str) -> bool:
        """Whether both are chosen, and no action is of both."""
        return bool(region and force) and (region, force) not in self.together


def places_in(look: Look, scope: Scope, name: str) -> Places:
    """Of an operation's calendar alone: a region's and a force's are narrow already."""
    if scope is not Scope.OPERATION:
        return Places({}, {})
    seen = reach_of(look, scope, name).actions
    query = (
        pick(Region.code, Region.name, Agency.code, Agency.name)
        .select_from(Action)
        .join(Region, col(Region.code) == col(Action.region))
        .join(Agency, col(Agency.id) == col(Action.force_id))
        .where(col(Action.id).in_(seen))
        .distinct()
        .order_by(Region.name, Agency.name)
    )
    rows = look.session.execute(query).all()
    forces = {code: words for _, _, code, words in sorted(rows, key=lambda row: str(row[3]))}
    return Places({row[0]: row[1] for row in rows}, forces, frozenset((row[0], row[2]) for row in rows))


def movable(look: Look, ids: Collection[int]) -> frozenset[int]:
    """Which of these visible actions the reader may move: by their posts, and while nothing has begun."""
    if not access.held_for(look, Verb.PLAN):
        return frozenset()
    query = sa.select(Action).where(col(Action.id).in_(ids), col(Action.state).in_(CAN_MOVE))
    rows = look.session.execute(query).scalars()
    return frozenset(row.id or 0 for row in rows if access.may(look, Verb.PLAN, action=row))


def holidays(look: Look, days: Days) -> dict[date, dict[str, tuple[Nation, ...]]]:
    """Bank holidays by day and title, with the nations that keep them."""
    h = BankHoliday
    query = pick(h.day, h.title, h.nation).where(within(h.day, h.day, days)).order_by(h.day, h.title, h.nation)
    found: defaultdict[date, defaultdict[str, list[Nation]]] = defaultdict(lambda: defaultdict(list))
    for day, title, nation in look.session.execute(query):
        found[day][title].append(nation)
    return {day: {title: tuple(nations) for title, nations in titles.items()} for day, titles in found.items()}


def _narrowed(look: Look, reach: Reach, asked: Asked) -> Reach:
    """Of one region or force, conferences are those about its actions."""
    if asked.scope is not Scope.OPERATION or not (asked.region or asked.force):
        return reach
    seen = reach.actions
    if asked.region:
        seen = seen.where(col(Action.region) == asked.region)
    if asked.force:
        seen = seen.where(col(Action.force_id).in_(pick(Agency.id).where(Agency.code == asked.force)))
    return reach._replace(actions=seen, meetings=about(seen))


def _pressure(look: Look, actions: Any, days: Days) -> Mapping[date, Pressure]:
    """From tonight on: of a night that is over nobody finds a place any more."""
    today = local(look.now).date()
    if days.last < today or not sees_pressure(look):
        return {}
    return pressures(look, actions, days._replace(first=max(days.first, today)))


def _actions(look: Look, reach: Reach, days: Days) -> tuple[ActionDay, ...]:
    a = Action
    query = pick(a.id, a.reference, a.starts_at, a.ends_at, a.state)
    query = query.where(col(a.id).in_(reach.actions), meets(a.starts_at, a.ends_at, days, longest=LONGEST_ACTION))
    rows = map(ActionDay._make, look.session.execute(query.order_by(a.starts_at, a.reference)))
    return tuple(row._replace(reference="") if reach.own else row for row in rows)


def _meetings(look: Look, ids: Any, days: Days) -> tuple[Meeting, ...]:
    c = Conference
    query = pick(c.id, c.kind, c.state, c.starts_at, c.ends_at)
    query = query.where(col(c.id).in_(ids), meets(c.starts_at, c.ends_at, days))
    return tuple(map(Meeting._make, look.session.execute(query.order_by(c.starts_at, c.id))))


def _nights(look: Look, reach: Reach, days: Days) -> tuple[BusyEntry, ...]:
    """Those given back or taken back are shown as long as a file has them."""
    return tuple(night for night in booked_nights(look, reach, days) if not is_gone(night, look.now))


def _phases(look: Look, operations: Any, days: Days) -> tuple[PhaseDays, ...]:
    p = Phase
    query = pick(p.number, p.kind, p.starts_on, p.ends_on)
    query = query.where(col(p.operation_id).in_(operations), within(p.starts_on, p.ends_on, days))
    return tuple(map(PhaseDays._make, look.session.execute(query.order_by(p.number))))


def _strike_days(look: Look, actions: Any, days: Days) -> tuple[StrikeDayOn, ...]:
    """Those of which an action is in this calendar."""
    s = StrikeDay
    query = (
        pick(s.id, s.name, s.day, sa.func.count())
        .join(Action, col(Action.strike_day_id) == col(s.id))
        .where(col(Action.id).in_(actions), within(s.day, s.day, days))
        .group_by(s.id, s.name, s.day)
    )
    return tuple(map(StrikeDayOn._make, look.session.execute(query.order_by(s.day, s.name))))


def _last_days(look: Look, actions: Any, days: Days) -> tuple[LastDay, ...]:
    b, a = LegalBasis, Action
    query = (
        pick(a.reference, b.expires_on)
        .join(b, col(b.action_id) == col(a.id))
        .where(col(a.id).in_(actions), col(a.state).not_in(OVER), col(b.spent_at).is_(None))
        .where(within(b.expires_on, b.expires_on, days))
    )
    return tuple(map(LastDay._make, look.session.execute(query.order_by(b.expires_on, a.reference))))
