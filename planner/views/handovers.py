"""How posts of one action passed on within their agencies."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import aliased
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.directory import Agency, Person
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import OfferHandover, RoleOffer
from planner.rules.role_words import HandoverKind
from planner.views.people import unless_hidden
from planner.work import Look

BEFORE: Any = aliased(Person)
AFTER: Any = aliased(Person)


class HandoverRow(NamedTuple):
    offer_id: int
    role: str
    agency: str
    kind: HandoverKind
    before: str
    after: str
    at: datetime
    reason: str


def handovers(look: Look, reference: str) -> tuple[HandoverRow, ...]:
    """Every deputy named and every handover of one visible action, in their order."""
    h, o = OfferHandover, RoleOffer
    agency, before, after = (unless_hidden(look, col(name)) for name in (Agency.name, BEFORE.title, AFTER.title))
    query = (
        pick(o.id, CatalogueRole.title, agency, h.kind, before, after, h.at, h.reason)
        .select_from(OfferHandover)
        .join(o, col(o.id) == col(h.offer_id))
        .join(Action, col(Action.id) == col(o.action_id))
        .join(CatalogueRole, col(CatalogueRole.id) == col(o.role_id))
        .join(Agency, col(Agency.id) == col(o.agency_id))
        .join(BEFORE, BEFORE.id == h.from_id)
        .join(AFTER, AFTER.id == h.to_id)
        .where(Action.reference == reference, col(Action.id).in_(access.visible_actions(look)))
        .order_by(h.id)
    )
    return tuple(HandoverRow._make(row) for row in look.session.execute(query))
