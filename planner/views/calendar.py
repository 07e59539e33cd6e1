"""Calendar entries by scope: an operation, a force, an agency or a person; only what the asker may see."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from planner import access
from planner.db import pick
from planner.errors import NotFound
from planner.models.accounts import Account
from planner.models.conferences import Attendance, Conference, ConferenceAction, ConferenceSeries
from planner.models.directory import Agency
from planner.models.operations import Action, Operation, Phase
from planner.models.roles import RoleOffer
from planner.models.standing import StandingGroup
from planner.outputs.calendar import calendar_file
from planner.outputs.calendar_entries import (
    ActionEntry,
    CalendarName,
    ConferenceEntry,
    DeadlineEntry,
    Due,
    Entry,
    Mailbox,
    PhaseEntry,
)
from planner.outputs.organizer import NAME, NO_MAIL, organizer
from planner.rules.markings import Marked
from planner.rules.windows import local
from planner.rules.words import (
    ANSWERED,
    ActionState,
    AttendanceState,
    ConferenceState,
    OfferState,
)
from planner.settings import load_settings
from planner.views.calendar_standing import standing_entries
from planner.views.standing_groups import visible_groups
from planner.work import Look

NAMES = {
    "operation": CalendarName.OPERATION,
    "force": CalendarName.FORCE,
    "agency": CalendarName.AGENCY,
    "person": CalendarName.MINE,
}
MAILBOX = Mailbox(name=NAME, address=NO_MAIL)
MY_NAME = "me"


def calendar_bytes(look: Look, scope: str, name: str) -> bytes:
    """The calendar file of a scope; missing and forbidden answer alike."""
    entries = entries_of(look, scope, name)
    return calendar_file(entries, name=NAMES[scope], made_by=look.actor.name, made_at=look.now)


def entries_of(look: Look, scope: str, name: str) -> tuple[Entry, ...]:
    """Actions, conferences and, for an operation, phases; deadlines of offers for a person."""
    if scope == "operation":
        operation_id = _operation(look, name)
        actions = access.visible_actions(look).where(col(Action.operation_id) == operation_id)
        groups = pick(StandingGroup.series_id).where(
            col(StandingGroup.operation_id) == operation_id, col(StandingGroup.id).in_(visible_groups(look))
        )
        met = pick(Conference.id).where(col(Conference.series_id).in_(groups))
        standing = standing_entries(look, met)
        return (*_actions(look, actions), *_conferences(look, actions), *standing, *_phases(look, operation_id))
    if scope == "force":
        force_id = _force(look, name)
        actions = access.visible_actions(look).where(col(Action.force_id) == force_id)
        return (*_actions(look, actions), *_conferences(look, actions))
    if scope in ("agency", "person"):
        return _own(look, scope, name)
    raise NotFound(f"There is no calendar {scope} {name}, or none that you can open.")


def _operation(look: Look, code: str) -> int:
    query = select(Operation.id).where(Operation.code == code, col(Operation.id).in_(_whole(look)))
    found = look.session.exec(query).first()
    if found is None:
        raise NotFound(f"There is no calendar operation {code}, or none that you can open.")
    return found


def _whole(look: Look) -> Any:
    """A SELECT of the ids of the operations whose actions and phases the reader sees."""
    if look.actor.operator:
        return access.visible_operations(look)
    return access.operations_for(look, access.Verb.SEE_ACTIONS)


def _force(look: Look, code: str) -> int:
    """A force of which the asker sees at least one action."""
    found = look.session.exec(select(Agency.id).where(Agency.code == code)).first()
    seen = access.visible_actions(look).where(col(Action.force_id) == found).limit(1)
    if found is None or look.session.execute(seen).first() is None:
        raise NotFound(f"There is no calendar force {code}, or none that you can open.")
    return found


def _own(look: Look, scope: str, name: str) -> tuple[Entry, ...]:
    """A partner's own: the actions it accepted a post at, its invitations, its open offers."""
    mine: Any
    if scope == "person":
        person_id = _person(look, name)
        mine = col(RoleOffer.lead_id) == person_id
        seats = col(Attendance.person_id) == person_id
        if person_id == look.actor.person_id:  # a lead is invited by its agency
            own = access.own_agencies(look, access.Verb.SEE_OFFERS)
            seats = sa.or_(seats, col(Attendance.agency_id).in_(own))
    else:
        agency_id = look.session.exec(select(Agency.id).where(Agency.code == name)).first()
        own = access.own_agencies(look, access.Verb.SEE_OFFERS, access.Verb.SEE_BOOKINGS)
        if agency_id is None or not (look.actor.operator or agency_id in own):
            raise NotFound(f"There is no calendar agency {name}, or none that you can open.")
        mine, seats = col(RoleOffer.agency_id) == agency_id, col(Attendance.agency_id) == agency_id
    visible = access.visible_operations(look)  # a post that has ended shows nothing of its operation any more
    here = pick(Action.id).where(col(Action.operation_id).in_(visible))
    mine = sa.and_(mine, col(RoleOffer.action_id).in_(here))
    accepted = pick(RoleOffer.action_id).where(mine, col(RoleOffer.state).in_(ANSWERED))
    held = pick(Conference.id).where(col(Conference.operation_id).in_(visible))
    invited = pick(Attendance.conference_id).where(
        seats, col(Attendance.conference_id).in_(held), col(Attendance.state) != AttendanceState.APOLOGIES
    )
    return (*_actions(look, accepted, own=True), *_conference_entries(look, invited), *_deadlines(look, mine))


def _person(look: Look, name: str) -> int:
    person_id = look.actor.person_id
    if name != MY_NAME:
        person_id = look.session.exec(select(Account.person_id).where(Account.user_name == name)).first()
    if person_id is None or not (look.actor.operator or person_id == look.actor.person_id):
        raise NotFound(f"There is no calendar person {name}, or none that you can open.")
    return person_id


def _actions(look: Look, ids: Any, *, own: bool = False) -> Iterable[Entry]:
    """Neutral titles count the actions of a day: 2 of 5. A partner's `own` lead to My part and name no action."""
    rows = look.session.exec(select(Action).where(col(Action.id).in_(ids)).order_by(Action.starts_at, Action.id)).all()  # type: ignore[arg-type]
    by_day: defaultdict[Any, list[Action]] = defaultdict(list)
    for row in rows:
        by_day[local(row.starts_at).date()].append(row)
    off = (ActionState.STOOD_DOWN, ActionState.DEFERRED)
    for day in by_day.values():
        for number, row in enumerate(day, 1):
            yield ActionEntry(
                uid=row.calendar_uid,
                sequence=row.calendar_sequence,
                changed_at=row.changed_at,
                organizer=MAILBOX,
                marked=Marked(row.marking, row.handling),
                url=f"{load_settings().public_url}/{'my_part' if own else f'action?ref={row.reference}'}",
                cancelled_at=row.changed_at if row.state in off else None,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                number=number,
                of=len(day),
            )


def _conferences(look: Look, actions: Any) -> Iterable[Entry]:
    about = pick(ConferenceAction.conference_id).where(
        col(ConferenceAction.action_id).in_(actions), col(ConferenceAction.clear_until).is_(None)
    )
    return _conference_entries(look, about)


def _conference_entries(look: Look, ids: Any) -> Iterable[Entry]:
    query = (
        select(Conference, ConferenceSeries)
        .join(ConferenceSeries, col(ConferenceSeries.id) == col(Conference.series_id))
        .where(col(Conference.id).in_(ids), col(Conference.occurrence_at).is_(None))
    )
    ours = organizer(load_settings())
    yield from standing_entries(look, ids)
    for row, series in look.session.exec(query.order_by(col(Conference.starts_at), col(Conference.id))):
        yield ConferenceEntry(
            uid=series.calendar_uid,
            sequence=series.calendar_sequence,
            changed_at=row.changed_at,
            organizer=ours,
            marked=Marked(row.marking, row.handling),
            url=f"{load_settings().public_url}/conferences",
            cancelled_at=row.changed_at if row.state is ConferenceState.CANCELLED else None,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )


def _phases(look: Look, operation_id: int) -> Iterable[Entry]:
    query = select(Phase, Operation).join(Operation).where(Phase.operation_id == operation_id)
    for row, operation in look.session.exec(query.order_by(col(Phase.number))):
        yield PhaseEntry(
            uid=row.calendar_uid,
            sequence=row.calendar_sequence,
            changed_at=row.changed_at,
            organizer=MAILBOX,
            marked=Marked(operation.marking, operation.handling),
            url=f"{load_settings().public_url}/operation",
            number=row.number,
            first_on=row.starts_on,
            last_on=row.ends_on,
        )


def _deadlines(look: Look, mine: Any) -> Iterable[Entry]:
    query = (
        select(RoleOffer, Action.calendar_uid, Action.marking, Action.handling)
        .join(Action, col(Action.id) == col(RoleOffer.action_id))
        .where(mine, col(RoleOffer.state) == OfferState.OFFERED, sa.true())
    )
    for offer, uid, *marked in look.session.exec(query.order_by(col(RoleOffer.id))):
        yield DeadlineEntry(
            uid=f"{uid}-answer-{offer.id}",
            sequence=offer.version - 1,
            changed_at=offer.offered_at,
            organizer=MAILBOX,
            marked=Marked(*marked),
            url=f"{load_settings().public_url}/my_part",
            due_on=local(offer.answer_by).date(),
            what=Due.ANSWER_OFFER,
            action_uid=uid,
        )


def own_scopes(look: Look) -> tuple[tuple[str, str, str], ...]:
    """The calendars this person can download: scope, name and words for it."""
    found = [("person", MY_NAME, "My entries")]
    own = access.own_agencies(look, access.Verb.SEE_OFFERS, access.Verb.SEE_BOOKINGS)
    agencies = look.session.exec(select(Agency.code, Agency.name).where(col(Agency.id).in_(own)))
    found += [("agency", code, name) for code, name in agencies]
    if access.may(look, access.Verb.SEE_ACTIONS):
        visible = pick(Action.force_id).where(col(Action.id).in_(access.visible_actions(look)))
        forces = look.session.exec(
            select(Agency.code, Agency.name).where(col(Agency.id).in_(visible)).order_by(col(Agency.name))
        )
        operations = look.session.exec(
            select(Operation.code, Operation.name).where(col(Operation.id).in_(_whole(look)))
        )
        found += [("operation", code, name) for code, name in operations]
        found += [("force", code, name) for code, name in forces]
    return tuple(found)
