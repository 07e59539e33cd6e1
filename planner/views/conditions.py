"""Conditions of partners as planners see them: those of visible actions alone, and whose turn it is."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col, select

from planner import access
from planner.db import pick
from planner.models.directory import Agency
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import Condition, RoleOffer
from planner.rules.role_words import Turn
from planner.rules.words import ConditionState, OfferState
from planner.views.people import unless_hidden
from planner.work import Look


class ConditionRow(NamedTuple):
    id: int
    action_id: int
    reference: str
    starts_at: datetime
    role: str
    agency: str
    text: str
    state: ConditionState
    answer: str | None
    raised_at: datetime | None = None
    answered_at: datetime | None = None
    changed_to: str | None = None
    confirmed: bool = False
    broken: str | None = None

    @property
    def turn(self) -> Turn:
        """Whose word it waits for; nobody's once it is agreed, refused or reported as broken."""
        if self.broken:
            return Turn.BROKEN
        if self.state is ConditionState.REFUSED:
            return Turn.REFUSED
        if self.confirmed:
            return Turn.AGREED
        return Turn.PLANNERS if self.answer is None else Turn.PARTNER

    @property
    def since(self) -> datetime | None:
        """Since when it waits."""
        return self.raised_at if self.turn is Turn.PLANNERS else self.answered_at


def conditions(look: Look, reference: str | None = None) -> tuple[ConditionRow, ...]:
    """Conditions of posts that stand on visible actions, those to answer first; of one action, or of all to come."""
    c, a, o = Condition, Action, RoleOffer
    query: Any = (
        pick(
            *(c.id, a.id, a.reference, a.starts_at, CatalogueRole.title, unless_hidden(look, col(Agency.name))),
            *(c.text, c.state, c.answer, o.answered_at, c.answered_at),
            *(c.changed_to, col(c.confirmed_at).is_not(None), c.broken_text),
        )
        .join(o, col(o.id) == col(c.offer_id))
        .join(a, col(a.id) == col(o.action_id))
        .join(CatalogueRole, col(CatalogueRole.id) == col(o.role_id))
        .join(Agency, col(Agency.id) == col(o.agency_id))
        .where(col(a.id).in_(access.visible_actions(look)), o.state == OfferState.ACCEPTED_WITH_CONDITIONS)
        .order_by(sa.case((col(c.state) == ConditionState.RAISED, 0), else_=1), c.id)
    )
    query = query.where(a.reference == reference) if reference else query.where(a.ends_at >= look.now)
    return tuple(ConditionRow._make(row) for row in look.session.execute(query))


def answerable(look: Look, wanted: Collection[int]) -> frozenset[int]:
    """The actions among these whose conditions the reader may answer."""
    seen = col(Action.id).in_(access.visible_actions(look)), col(Action.id).in_(wanted)
    found = look.session.exec(select(Action).where(*seen)).all()
    return frozenset(row.id or 0 for row in found if access.may(look, access.Verb.ANSWER_CONDITION, action=row))
