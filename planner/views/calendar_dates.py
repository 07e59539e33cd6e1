"""Days by which something is due, and nights that are taken: what a calendar holds beside actions and meetings."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlmodel import col, select

from planner.db import pick
from planner.models.care import Hold, Reserve
from planner.models.operations import Action, LegalBasis, Operation
from planner.models.roles import RoleOffer
from planner.outputs.calendar_entries import BusyEntry, DeadlineEntry, Due, Mailbox
from planner.outputs.organizer import NAME, NO_MAIL
from planner.rules.markings import Marked
from planner.rules.windows import NOON, from_local, local
from planner.rules.words import ActionState, HoldState, OfferState
from planner.settings import load_settings
from planner.views.calendar_days import Days, begins_within, within
from planner.views.calendar_scopes import Reach
from planner.work import Look

MAILBOX = Mailbox(name=NAME, address=NO_MAIL)
OVER = (ActionState.STOOD_DOWN, ActionState.DEFERRED, ActionState.DONE)
TAKEN = (HoldState.CONFIRMED, HoldState.HELD)
GONE = (HoldState.RELEASED, HoldState.EXPIRED, HoldState.TAKEN_BACK)
_HOLDS = UUID("0c3c9a52-5c1d-4a53-8f2f-6f1b6b8d3f10")
_COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)


def deadlines(look: Look, offers: Any, days: Days | None = None) -> Iterator[DeadlineEntry]:
    """Posts that wait for an answer."""
    query = (
        select(RoleOffer, Action.calendar_uid, Action.marking, Action.handling)
        .join(Action, col(Action.id) == col(RoleOffer.action_id))
        .where(offers, col(RoleOffer.state) == OfferState.OFFERED, begins_within(RoleOffer.answer_by, days))
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


def expiries(look: Look, actions: Any, days: Days | None = None) -> Iterator[DeadlineEntry]:
    """The last lawful day of each power that is still to be used; the word warrant stands nowhere."""
    b, a = LegalBasis, Action
    query = (
        pick(b.expires_on, b.changed_at, a.calendar_uid, a.marking, a.handling)
        .join(a, col(a.id) == col(b.action_id))
        .where(
            col(a.id).in_(actions),
            col(a.state).not_in(OVER),
            col(b.expires_on).is_not(None),
            col(b.spent_at).is_(None),
            within(b.expires_on, b.expires_on, days),
        )
        .order_by(a.id)
    )
    for due_on, changed_at, uid, *marked in look.session.execute(query):
        yield DeadlineEntry(
            uid=f"{uid}-last-day",
            sequence=_sequence(changed_at),
            changed_at=changed_at,
            organizer=MAILBOX,
            marked=Marked(*marked),
            url=f"{load_settings().public_url}/action?entry={uid}",
            due_on=due_on,
            what=Due.LAST_DAY,
            action_uid=uid,
        )


def hold_ends(look: Look, reach: Reach, days: Days | None = None) -> Iterator[DeadlineEntry]:
    """When held or requested places end unless somebody confirms them; a provider's own tells nothing of the action."""
    waits = (HoldState.HELD, HoldState.REQUESTED)
    query = _holds(reach).where(col(Hold.state).in_(waits), col(Hold.expires_at).is_not(None))
    query = query.where(begins_within(Hold.expires_at, days))
    page = "my_part" if reach.own else "care"
    for hold, uid, *marked in look.session.execute(query.order_by(col(Hold.id))):
        yield DeadlineEntry(
            uid=f"{_uid(hold)}-ends",
            sequence=hold.version - 1,
            changed_at=hold.answered_at or hold.asked_at,
            organizer=MAILBOX,
            marked=_marked(marked),
            url=f"{load_settings().public_url}/{page}",
            due_on=local(hold.expires_at).date(),
            what=Due.HOLD,
            action_uid=uid if uid and not reach.own else _uid(hold),
        )


def booked_nights(look: Look, reach: Reach, days: Days | None = None) -> Iterator[BusyEntry]:
    """A provider's nights with places booked, noon to noon: the time is taken, and nothing else is told."""
    kept = sa.or_(col(Hold.state).in_(TAKEN), sa.and_(col(Hold.state).in_(GONE), col(Hold.answered_at).is_not(None)))
    for hold, _, *marked in look.session.execute(_holds(reach).where(kept).order_by(col(Hold.id))):
        if days is not None and not days.meet(hold.first_night, hold.first_night + timedelta(days=hold.nights)):
            continue
        changed_at = hold.answered_at or hold.asked_at
        yield BusyEntry(
            uid=_uid(hold),
            sequence=hold.version - 1,
            changed_at=changed_at,
            organizer=MAILBOX,
            marked=_marked(marked),
            cancelled_at=changed_at if hold.state in GONE else None,
            starts_at=from_local(hold.first_night, NOON),
            ends_at=from_local(hold.first_night + timedelta(days=hold.nights), NOON),
        )


def _holds(reach: Reach) -> Any:
    """Bookings with their action's uid, and how the action, else the reserve's operation, is marked."""
    query = (
        pick(Hold, Action.calendar_uid, Action.marking, Action.handling, Operation.marking, Operation.handling)
        .select_from(Hold)
        .outerjoin(Action, col(Action.id) == col(Hold.action_id))
        .outerjoin(Reserve, col(Reserve.id) == col(Hold.reserve_id))
        .outerjoin(Operation, col(Operation.id) == col(Reserve.operation_id))
    )
    if reach.provider is not None:
        own = col(Hold.provider_id) == reach.provider
        return query.where(own, sa.func.coalesce(Action.operation_id, Reserve.operation_id).in_(reach.operations))
    return query.where(col(Hold.action_id).in_(reach.actions))


def _marked(columns: list[Any]) -> Marked:
    marking, handling, otherwise, handled = columns
    return Marked(marking, handling) if marking else Marked(otherwise, handled)


def _uid(hold: Hold) -> str:
    """Opaque, and the same for the booking's life: nobody guesses the microsecond at which it was asked for."""
    return str(uuid5(_HOLDS, f"{hold.id}/{hold.asked_at.isoformat()}"))


def _sequence(changed_at: datetime) -> int:
    """Grows with every change of a row that counts none (RFC 5545, 3.8.7.4): whole seconds."""
    return int((changed_at - _COUNTED_FROM).total_seconds())
