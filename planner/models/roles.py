"""Role offers and the conditions partners attach to them."""

from datetime import datetime

from sqlmodel import Field

from planner.db import Table, by_value
from planner.models.columns import instant, key, link, maybe_instant, maybe_link, request_key
from planner.rules.words import ConditionState, OfferState


class RoleOffer(Table, table=True):
    """A post of an action, offered to an agency's named lead; only that lead's answer commits the agency."""

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


class Condition(Table, table=True):
    id: int | None = key()
    offer_id: int = link("roleoffer.id")
    text: str
    state: ConditionState = Field(default=ConditionState.RAISED, sa_type=by_value(ConditionState))
    answer: str | None = None
    answered_by: int | None = maybe_link("person.id", index=False)
    answered_at: datetime | None = maybe_instant()
