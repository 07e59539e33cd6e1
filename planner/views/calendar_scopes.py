"""Whose calendars a reader may take, and which rows each of them is made of."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col, select

from planner import access
from planner.access import Verb
from planner.actors import actor_at
from planner.db import pick
from planner.errors import NotFound
from planner.models.accounts import Account
from planner.models.conferences import Attendance, Conference, ConferenceAction
from planner.models.directory import Agency, Region
from planner.models.operations import Action, Operation
from planner.models.roles import RoleOffer
from planner.models.standing import StandingGroup
from planner.rules.calendar_choice import OFFERED, EntryKind, Scope, said_scope
from planner.rules.words import ANSWERED, AttendanceState
from planner.views.standing_groups import visible_groups
from planner.work import Look

MY_NAME = "me"


class ScopeRow(NamedTuple):
    """A calendar that a reader may take: `words` are what it is called for them, never on a phone."""

    scope: Scope
    name: str
    words: str
    kinds: tuple[EntryKind, ...]

    @property
    def names_actions(self) -> bool:
        """Whether it is a planner's, whose entries lead to the actions themselves."""
        return self.scope in (Scope.OPERATION, Scope.REGION, Scope.FORCE)


class Reach(NamedTuple):
    """The rows of one calendar, as SELECTs of ids; what is None is not in it.

    `own`: a partner's, whose actions lead to My part and name no action. `offers` is a condition on posts offered;
    a provider's nights are those of `operations`.
    """

    actions: Any = None
    meetings: Any = None
    phases: Any = None
    offers: Any = None
    provider: int | None = None
    operations: Any = None
    own: bool = False


def reach_of(look: Look, scope: Scope, name: str, within: Any = None) -> Reach:
    """What a calendar is made of; missing and forbidden answer alike. `within`: a SELECT of operations' ids."""
    operations = access.visible_operations(look) if within is None else within
    match scope:
        case Scope.OPERATION:
            return _of_operation(look, name, operations)
        case Scope.REGION:
            return _of_planners(look, scope, name, col(Action.region) == name, operations)
        case Scope.FORCE:
            force_id = look.session.exec(select(Agency.id).where(Agency.code == name)).first()
            return _of_planners(look, scope, name, col(Action.force_id) == force_id, operations)
        case Scope.PROVIDER:
            return _of_provider(look, name, operations)
        case Scope.SERIES:
            return _of_series(look, name, operations)
        case Scope.AGENCY:
            return _of_agency(look, name, operations)
    return _of_person(look, name, operations)


def own_scopes(look: Look) -> tuple[ScopeRow, ...]:
    """The calendars this person can take, their own first."""
    found = [(Scope.PERSON, MY_NAME, "My entries")]
    agencies = access.own_agencies(look, Verb.SEE_OFFERS, Verb.SEE_BOOKINGS)
    found += [(Scope.AGENCY, code, words) for code, words in _agencies(look, agencies)]
    providers = access.own_agencies(look, Verb.SEE_BOOKINGS)
    found += [(Scope.PROVIDER, code, f"{words}: places") for code, words in _agencies(look, providers)]
    if access.may(look, Verb.SEE_ACTIONS):
        found += _planners(look)
    found += _series(look)
    return tuple(ScopeRow(scope, name, words, kinds_for(look, scope)) for scope, name, words in found)


def kinds_for(look: Look, scope: Scope) -> tuple[EntryKind, ...]:
    """What may be in it for this reader: when holds end is for who sees places of care, or their own."""
    care = scope is Scope.PROVIDER or look.actor.operator or access.may(look, Verb.SEE_CARE)
    return tuple(kind for kind in OFFERED[scope] if care or kind is not EntryKind.HOLDS)


def _agencies(look: Look, ids: Sequence[int]) -> list[tuple[str, str]]:
    query = pick(Agency.code, Agency.name).where(col(Agency.id).in_(ids)).order_by(Agency.name)
    return [(code, words) for code, words in look.session.execute(query)]


def _planners(look: Look) -> list[tuple[Scope, str, str]]:
    visible = access.visible_actions(look)
    forces = pick(Action.force_id).where(col(Action.id).in_(visible))
    regions = pick(Action.region).where(col(Action.id).in_(visible))
    queries = (
        (Scope.OPERATION, pick(Operation.code, Operation.name).where(col(Operation.id).in_(_whole(look)))),
        (Scope.REGION, pick(Region.code, Region.name).where(col(Region.code).in_(regions)).order_by(Region.name)),
        (Scope.FORCE, pick(Agency.code, Agency.name).where(col(Agency.id).in_(forces)).order_by(Agency.name)),
    )
    return [(scope, code, words) for scope, query in queries for code, words in look.session.execute(query)]


def _series(look: Look) -> list[tuple[Scope, str, str]]:
    g = StandingGroup
    query = pick(g.id, g.name).where(col(g.id).in_(visible_groups(look)), col(g.ended_at).is_(None)).order_by(g.name)
    return [(Scope.SERIES, str(number), f"Meetings: {words}") for number, words in look.session.execute(query)]


def _refused(scope: Scope, name: str) -> NotFound:
    return NotFound(f"There is no such calendar ({said_scope(scope, name)}), or none that you can open.")


def _whole(look: Look) -> Any:
    """A SELECT of the ids of the operations whose actions and phases the reader sees."""
    if look.actor.operator:
        return access.visible_operations(look)
    return access.operations_for(look, Verb.SEE_ACTIONS)


def _of_operation(look: Look, code: str, operations: Any) -> Reach:
    query = select(Operation.id).where(Operation.code == code, col(Operation.id).in_(_whole(look)))
    operation_id = look.session.exec(query).first()
    if operation_id is None:
        raise _refused(Scope.OPERATION, code)
    within = sa.and_(col(Action.operation_id) == operation_id, col(Action.operation_id).in_(operations))
    actions = access.visible_actions(look).where(within)
    groups = pick(StandingGroup.series_id).where(
        col(StandingGroup.operation_id) == operation_id,
        col(StandingGroup.operation_id).in_(operations),
        col(StandingGroup.id).in_(visible_groups(look)),
    )
    met = sa.or_(col(Conference.id).in_(about(actions)), col(Conference.series_id).in_(groups))
    phases = pick(Operation.id).where(col(Operation.id) == operation_id, col(Operation.id).in_(operations))
    return Reach(actions, pick(Conference.id).where(met), phases, col(RoleOffer.action_id).in_(actions))


def _of_planners(look: Look, scope: Scope, name: str, within: Any, operations: Any) -> Reach:
    """A region's or a force's, of which the reader sees at least one action."""
    seen = access.visible_actions(look).where(within)
    if look.session.execute(seen.limit(1)).first() is None:
        raise _refused(scope, name)
    actions = seen.where(col(Action.operation_id).in_(operations))
    return Reach(actions, about(actions), None, col(RoleOffer.action_id).in_(actions))


def about(actions: Any) -> Any:
    """Conferences about these actions; a standing group that cleared one is not."""
    return pick(ConferenceAction.conference_id).where(
        col(ConferenceAction.action_id).in_(actions), col(ConferenceAction.clear_until).is_(None)
    )


def _of_person(look: Look, name: str, operations: Any) -> Reach:
    """Of the posts that the person holds now, whoever takes it for them; a lead is invited by its agency."""
    person_id = look.actor.person_id
    if name != MY_NAME:
        person_id = look.session.exec(select(Account.person_id).where(Account.user_name == name)).first()
    if person_id is None or not (look.actor.operator or person_id == look.actor.person_id):
        raise _refused(Scope.PERSON, name)
    mine = person_id == look.actor.person_id
    theirs = look if mine else Look(look.session, actor_at(look.session, person_id, look.now), look.now)
    return _own(access.own_seats(theirs, Verb.SEE_OFFERS), operations, col(RoleOffer.lead_id) == person_id)


def _of_agency(look: Look, code: str, operations: Any) -> Reach:
    agency_id = look.session.exec(select(Agency.id).where(Agency.code == code)).first()
    seats = access.own_seats(look, Verb.SEE_OFFERS, Verb.SEE_BOOKINGS)
    own = {seat for seat in seats if seat[0] == agency_id}
    if agency_id is None or not (look.actor.operator or own):
        raise _refused(Scope.AGENCY, code)
    return _own({(agency_id, None)} if look.actor.operator else own, operations)


def _own(seats: Collection[tuple[int, int | None]], operations: Any, named: Any = None) -> Reach:
    """A partner's own: the actions it accepted a post at, its invitations, its open offers; `named`: of these alone.

    What came with a post leaves with it, whatever other post its holder has in the operation.
    """

    def theirs(agency: Any, about: Any, table: Any) -> Any:
        """By the operation of what an offer or an invitation is about."""
        here = pick(table.id).where(col(table.operation_id).in_(operations))
        each = (
            sa.and_(agency == own, about.in_(here if within is None else here.where(table.operation_id == within)))
            for own, within in sorted(seats, key=str)
        )
        return sa.or_(sa.false(), *each)

    mine = theirs(col(RoleOffer.agency_id), col(RoleOffer.action_id), Action)
    mine = mine if named is None else sa.and_(mine, named)
    accepted = pick(RoleOffer.action_id).where(mine, col(RoleOffer.state).in_(ANSWERED))
    invited = pick(Attendance.conference_id).where(
        theirs(col(Attendance.agency_id), col(Attendance.conference_id), Conference),
        col(Attendance.state) != AttendanceState.APOLOGIES,
    )
    return Reach(accepted, invited, None, mine, own=True)


def _of_provider(look: Look, code: str, operations: Any) -> Reach:
    """Its own places alone: nobody else takes a provider's nights out."""
    agency_id = look.session.exec(select(Agency.id).where(Agency.code == code)).first()
    own = {within for agency, within in access.own_seats(look, Verb.SEE_BOOKINGS) if agency == agency_id}
    if agency_id is None or not own:
        raise _refused(Scope.PROVIDER, code)
    here = pick(Operation.id).where(col(Operation.id).in_(operations))
    within = here if None in own else here.where(col(Operation.id).in_(own))
    return Reach(provider=agency_id, operations=within, own=True)


def _of_series(look: Look, name: str, operations: Any) -> Reach:
    """The meetings of a standing group by its number."""
    number = int(name) if name.isascii() and name.isdigit() and len(name) < 10 else 0
    query = select(StandingGroup.series_id).where(
        StandingGroup.id == number, col(StandingGroup.id).in_(visible_groups(look))
    )
    series_id = look.session.exec(query).first()
    if series_id is None:
        raise _refused(Scope.SERIES, name)
    return Reach(
        meetings=pick(Conference.id).where(
            Conference.series_id == series_id, col(Conference.operation_id).in_(operations)
        )
    )
