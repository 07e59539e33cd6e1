"""Role offers: what is asked of whom, conditions, who passed an offer on to whom, standing commitments."""

from datetime import date, datetime

from sqlmodel import CheckConstraint, Field

from planner.db import Table, UtcDateTime, by_value
from planner.models.columns import instant, key, link, maybe_instant, maybe_link, request_key
from planner.rules.role_words import HandoverKind, Reminder
from planner.rules.words import ConditionState, OfferState


class RoleRequest(Table, table=True):
    """One post of an action asked of several agencies at once; with `seats` it is filled by the first who accept."""

    __table_args__ = (CheckConstraint("seats > 0", name="some_seats"),)
    id: int | None = key()
    action_id: int = link("action.id")
    role_id: int = link("cataloguerole.id")
    seats: int | None = None
    asked_by: int | None = maybe_link("person.id", index=False)
    asked_at: datetime = instant()
    request_key: str = Field(unique=True, max_length=80)


class StandingCommitment(Table, table=True):
    """What an agency's lead accepts in advance: a post, in a region, on some weekdays, so many actions a day.

    `weekdays` are the days' numbers, Monday 1, one after the other: "24". `with_immigration` says that it also holds
    where immigration enforcement is on site.
    """

    __table_args__ = (CheckConstraint("per_day > 0", name="some_a_day"),)
    id: int | None = key()
    operation_id: int = link("operation.id")
    agency_id: int = link("agency.id")
    lead_id: int = link("person.id")
    role_code: str = Field(max_length=60)
    region: str = link("region.code")
    weekdays: str = Field(max_length=7)
    per_day: int
    with_immigration: bool = False
    valid_from: date
    valid_to: date
    made_at: datetime = instant()
    ended_at: datetime | None = maybe_instant()


class RoleOffer(Table, table=True):
    """A post of an action, offered to an agency's named lead; only that lead's answer commits the agency.

    `filled_by` is the offer that took the last seat before this one was answered; `telephone_by` typed an answer
    given by telephone; `asked_because` is what changed when it was asked again.
    """

    id: int | None = key()
    action_id: int = link("action.id")
    role_id: int = link("cataloguerole.id")
    agency_id: int = link("agency.id")
    lead_id: int = link("person.id")
    deputy_id: int | None = maybe_link("person.id")
    state: OfferState = Field(default=OfferState.OFFERED, sa_type=by_value(OfferState))
    offered_at: datetime = instant()
    answer_by: datetime = instant()
    answered_at: datetime | None = maybe_instant()
    answered_by: int | None = maybe_link("person.id", index=False)
    reason: str | None = None
    version: int = 1
    request_key: str | None = request_key()
    request_id: int | None = maybe_link("rolerequest.id")
    filled_by: int | None = maybe_link("roleoffer.id", index=False)
    telephone_by: int | None = maybe_link("person.id", index=False)
    commitment_id: int | None = maybe_link("standingcommitment.id")
    proposal: str | None = None
    asked_because: str | None = None
    remind_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    reminded: Reminder | None = Field(default=None, sa_type=by_value(Reminder))
    chased_at: datetime | None = maybe_instant()


class Condition(Table, table=True):
    """What a partner's acceptance hangs on. `changed_to` is Silver's other wording, until the partner agrees to it;
    `confirmed_at` is when the partner said that the answer will do; `broken_text` what they report afterwards."""

    id: int | None = key()
    offer_id: int = link("roleoffer.id")
    text: str
    state: ConditionState = Field(default=ConditionState.RAISED, sa_type=by_value(ConditionState))
    answer: str | None = None
    answered_by: int | None = maybe_link("person.id", index=False)
    answered_at: datetime | None = maybe_instant()
    changed_to: str | None = None
    confirmed_at: datetime | None = maybe_instant()
    broken_text: str | None = None
    broken_at: datetime | None = maybe_instant()
    broken_by: int | None = maybe_link("person.id", index=False)


class OfferHandover(Table, table=True):
    """Who passed an offer on to whom, and why; it outlives accounts and posts."""

    id: int | None = key()
    offer_id: int = link("roleoffer.id")
    kind: HandoverKind = Field(sa_type=by_value(HandoverKind))
    from_id: int = link("person.id", index=False)
    to_id: int = link("person.id", index=False)
    by_id: int | None = maybe_link("person.id", index=False)
    at: datetime = instant()
    reason: str
