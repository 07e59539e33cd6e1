"""Unanswered offers in the order in which to chase them, and the actions whose offers the reader may chase."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlmodel import col, select

from planner import access
from planner.db import pick
from planner.facts_rows import rows
from planner.models.operations import Action
from planner.models.roles import RoleOffer
from planner.rules.board import Waiting, chase_order
from planner.rules.words import OfferState
from planner.views.board import ActionPosts, Board
from planner.work import Look


class ChaseRow(NamedTuple):
    """An unanswered offer in words."""

    offer: Waiting
    action: ActionPosts
    post: str
    agency: str


def to_chase(look: Look, board: Board, actions: Iterable[ActionPosts], agency: str) -> tuple[ChaseRow, ...]:
    """The unanswered offers of these actions, of one agency by name or of all, whom to chase first before the rest."""
    o, names = RoleOffer, board.names
    query = pick(o.id, o.offered_at, o.answer_by, o.chased_at).where(
        col(o.action_id).in_(access.visible_actions(look)), o.state == OfferState.OFFERED
    )
    times = {number: tuple(at) for number, *at in rows(look, query)}
    found: list[ChaseRow] = []
    for item in actions:
        missing = {gap.role for gap in item.gaps}
        for seat in item.seats:
            if seat.offer_id in times and agency in ("", names.agencies[seat.agency_id]):
                about = (seat.offer_id, item.id, item.starts_at, *times[seat.offer_id], seat.role in missing)
                offer = Waiting._make(about)
                found.append(ChaseRow(offer, item, names.posts[seat.role], names.agencies[seat.agency_id]))
    return tuple(sorted(found, key=lambda row: chase_order(row.offer, board.now)))


def chaseable(look: Look, wanted: Collection[int]) -> frozenset[int]:
    """The actions among these whose offers the reader may chase."""
    query = select(Action).where(col(Action.id).in_(access.visible_actions(look)), col(Action.id).in_(wanted))
    found = look.session.exec(query).all()
    return frozenset(row.id or 0 for row in found if access.may(look, access.Verb.OFFER_ROLE, action=row))
