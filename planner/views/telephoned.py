"""What a page needs to know of a decision by telephone: who could have given it, whose word is awaited."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import col

from planner import access
from planner.access import Verb
from planner.db import pick
from planner.models.directory import Person
from planner.models.go_ahead import GoAhead
from planner.models.operations import Action
from planner.services.authorisers import authorisers
from planner.services.telephoned import CONFIRMED_WITHIN
from planner.views.one_action import OneAction
from planner.work import Look


class Telephoned(NamedTuple):
    """`givers` are titles, for who may type; `typist` wrote down a decision that nobody confirmed yet, until `by`."""

    givers: tuple[str, ...] = ()
    typist: str | None = None
    by: datetime | None = None
    may_confirm: bool = False


def telephoned(look: Look, one: OneAction) -> Telephoned:
    """Of a visible action, which `one_action` has shown to be one."""
    action = look.session.get_one(Action, one.row.id)
    givers: tuple[str, ...] = ()
    if access.may(look, Verb.TYPE_GO_AHEAD, action=action):
        givers = tuple(sorted(each.name for each in authorisers(look, action) if each.person_id != action.requested_by))
    g = GoAhead
    query = (
        pick(Person.title, g.given_at, g.given_by, g.confirmed_at)
        .select_from(GoAhead)
        .outerjoin(Person, col(Person.id) == col(g.typed_by))
        .where(g.action_id == one.row.id)
        .order_by(col(g.id).desc())
    )
    last = look.session.execute(query.limit(1)).first()
    if last is None or last[0] is None or last[3] is not None:
        return Telephoned(givers)
    return Telephoned(givers, last[0], last[1] + CONFIRMED_WITHIN, last[2] == look.actor.person_id)
