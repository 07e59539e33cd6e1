"""Standing groups as planners see them: when they meet, who has a seat, and which actions a meeting could clear."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col, select

from planner import access, facts
from planner.access import Verb
from planner.db import pick
from planner.models.conferences import Attendance, Conference
from planner.models.directory import Agency, Region
from planner.models.operations import Action, Operation
from planner.models.standing import StandingGroup, StandingMember
from planner.rules.access import SEAT
from planner.rules.standing import CLEARED_FOR, Rhythm, not_low_risk, rhythm_words
from planner.rules.words import ActionState, AgencyKind, ConferenceState
from planner.services.standing_locks import may_set
from planner.views.conferences import SeatRow
from planner.views.people import names_providers, unless_hidden
from planner.work import Look


class MeetingRow(NamedTuple):
    """One meeting of a group; `occurrence_at` is when it was first to be."""

    id: int
    series_id: int
    starts_at: datetime
    ends_at: datetime
    state: ConferenceState
    version: int
    occurrence_at: datetime


class GroupRow(NamedTuple):
    id: int
    series_id: int
    name: str
    operation: str
    region: str | None
    rhythm: Rhythm
    starts_at: datetime
    until_on: date
    ended_at: datetime | None
    version: int
    operation_id: int
    members: tuple[str, ...]
    meetings: tuple[MeetingRow, ...]
    may_set: bool

    @property
    def words(self) -> str:
        return rhythm_words(self.rhythm, self.starts_at)

    def near(self, now: datetime) -> MeetingRow:
        """The meeting that is next or under way, else the last one."""
        return next((row for row in self.meetings if row.ends_at > now), self.meetings[-1])


class GroupChoices(NamedTuple):
    """What a new group is set from: operations by code, regions by code, agencies by code."""

    operations: dict[str, str]
    regions: dict[str | None, str]
    agencies: dict[str, str]


class SeatKind(NamedTuple):
    seat: SeatRow
    kind: AgencyKind


def visible_groups(look: Look) -> Any:
    """A SELECT of the ids of the groups that a planner of their operation, or of their region, may see."""
    g: Any = select(StandingGroup.id)
    if look.actor.operator:
        return g
    reached = [
        sa.and_(
            sa.true() if held.operation_id is None else col(StandingGroup.operation_id) == held.operation_id,
            sa.true()
            if held.region is None
            else sa.or_(col(StandingGroup.region).is_(None), col(StandingGroup.region) == held.region),
        )
        for held in access.held_for(look, Verb.SEE_ACTIONS)
    ]
    return g.where(sa.or_(sa.false(), *reached))


def standing_groups(look: Look) -> tuple[GroupRow, ...]:
    """Every visible group with its members and meetings, in four queries."""
    g, m, c = StandingGroup, StandingMember, Conference
    query = (
        pick(g.id, g.series_id, g.name, Operation.name, g.region, g.rhythm, g.starts_at, g.until_on, g.ended_at)
        .add_columns(g.version, g.operation_id)
        .join(Operation, col(Operation.id) == col(g.operation_id))
        .where(col(g.id).in_(visible_groups(look)))
        .order_by(col(g.ended_at).is_not(None), g.name, g.id)
    )
    found = look.session.execute(query).all()
    series = [row.series_id for row in found]
    held = (
        pick(c.id, c.series_id, c.starts_at, c.ends_at, c.state, c.version, c.occurrence_at)
        .where(col(c.series_id).in_(series))
        .order_by(c.starts_at, c.id)
    )
    meetings = _grouped(look, held, 1, MeetingRow._make)
    named = (
        pick(m.group_id, unless_hidden(look, col(Agency.name)))
        .join(Agency, col(Agency.id) == col(m.agency_id))
        .where(col(m.group_id).in_([row.id for row in found]))
        .order_by(Agency.name)
    )
    members = _grouped(look, named, 0, lambda row: str(row[1]))
    return tuple(
        GroupRow._make(
            (
                *row[:11],
                tuple(members.get(row.id, ())),
                tuple(meetings.get(row.series_id, ())),
                may_set(look, row.operation_id, row.region),
            )
        )
        for row in found
    )


def _grouped(look: Look, query: Any, owner: int, make: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in look.session.execute(query):
        found.setdefault(row[owner], []).append(make(row))
    return found


def meeting_seats(look: Look, meeting: int) -> tuple[SeatKind, ...]:
    """Who has a seat at a meeting of a visible group; a provider whose name is hidden goes by its seat."""
    t = Attendance
    series = pick(StandingGroup.series_id).where(col(StandingGroup.id).in_(visible_groups(look)))
    code = unless_hidden(look, col(Agency.code), sa.literal(SEAT).concat(sa.cast(t.id, sa.String)))
    query = (
        pick(code, unless_hidden(look, col(Agency.name)), t.state, t.may_commit)
        .add_columns(t.victims_advocate, t.confidentiality_accepted, Agency.kind)
        .join(Agency, col(Agency.id) == col(t.agency_id))
        .join(Conference, col(Conference.id) == col(t.conference_id))
        .where(t.conference_id == meeting, col(Conference.series_id).in_(series))
        .order_by(unless_hidden(look, col(Agency.name)), t.id)
    )
    return tuple(SeatKind(SeatRow._make(row[:6]), row[6]) for row in look.session.execute(query))


def clearable(look: Look, group: GroupRow) -> dict[str, datetime]:
    """Low-risk actions of the group's operation within seven days, by reference, with when they begin."""
    operation = pick(StandingGroup.operation_id).where(col(StandingGroup.id) == group.id).scalar_subquery()
    soon = access.visible_actions(look).where(
        col(Action.operation_id) == operation,
        col(Action.state).in_((ActionState.PLANNED, ActionState.REQUESTED)),
        Action.starts_at > look.now,
        Action.starts_at <= look.now + CLEARED_FOR,
    )
    known = facts.load(look, soon).values()
    return {each.action.reference: each.action.starts_at for each in known if not not_low_risk(each)}


def group_choices(look: Look) -> GroupChoices:
    """Only what the reader may set a group of, and agencies that it may invite."""
    held = access.held_for(look, Verb.SET_STANDING_GROUP)
    operations = select(Operation.code, Operation.name).where(
        col(Operation.id).in_(access.operations_for(look, Verb.SET_STANDING_GROUP))
    )
    regions: dict[str | None, str] = {None: "All regions"} if any(post.region is None for post in held) else {}
    named = look.session.exec(select(Region.code, Region.name).order_by(Region.name))
    regions |= {code: name for code, name in named if any(post.region in (None, code) for post in held)}
    agencies = select(Agency.code, Agency.name).order_by(Agency.name)
    if not names_providers(look):
        agencies = agencies.where(Agency.kind != AgencyKind.CARE_PROVIDER)
    found = look.session.exec(operations.order_by(Operation.name)) if held else ()
    return GroupChoices(_by_code(found), regions, _by_code(look.session.exec(agencies)))


def _by_code(rows: Any) -> dict[str, str]:
    return dict(map(tuple, rows))


def kinds_among(seats: Collection[SeatKind], kinds: frozenset[AgencyKind]) -> dict[str, str]:
    """Seats of these kinds of agency, name by code."""
    return {item.seat.code: item.seat.agency for item in seats if item.kind in kinds}
