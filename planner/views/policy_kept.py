"""The policy that each decision on an action was taken under, and what is other in it now."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import col

from planner import access, facts
from planner.db import pick
from planner.facts_policy import policies
from planner.models.conferences import ConferenceAction
from planner.models.go_ahead import GoAhead, Override
from planner.rules.policy_terms import Terms, changes, terms_of
from planner.work import Look


class Ruled(NamedTuple):
    """`changed` says what another policy in force asks now, in words with both values."""

    what: str
    at: datetime
    version: int
    terms: Terms
    changed: tuple[str, ...]


def ruled_decisions(look: Look, reference: str) -> tuple[Ruled, ...]:
    """Of a visible action, newest first within each kind: go-aheads, overrides, conferences' decisions."""
    action_id = access.action_id_of(look, reference)
    stay = facts.stay_of(look, action_id)
    about, now = (stay.action.operation_id, stay.action.nation, stay.action.force_id), terms_of(stay.policy)
    found = list(_decisions(look, action_id))
    then = {number: policies(look, until=number)(*about) for number in {item[2] for item in found}}
    return tuple(
        Ruled(what, at, then[number].version, terms_of(then[number]), changes(terms_of(then[number]), now))
        for what, at, number in found
    )


def _decisions(look: Look, action_id: int) -> Iterator[tuple[str, datetime, int]]:
    """What it was, when, and the newest policy that counted."""
    g, o, c = GoAhead, Override, ConferenceAction
    given = pick(g.given_at, g.policy_id).where(col(g.action_id) == action_id).order_by(col(g.id).desc())
    set_aside = pick(o.check, o.given_at, o.policy_id).where(col(o.action_id) == action_id).order_by(col(o.id).desc())
    decided: Any = pick(c.decided_at, c.policy_id).where(col(c.action_id) == action_id, col(c.decided_at).is_not(None))
    for at, number in look.session.execute(given):
        yield "Go-ahead", at, number
    for check, at, number in look.session.execute(set_aside.where(col(o.policy_id).is_not(None))):
        yield f"Override of {check.replace('_', ' ')}", at, number
    latest = decided.where(col(c.policy_id).is_not(None)).order_by(col(c.decided_at).desc())
    for at, number in look.session.execute(latest):
        yield "Conference's decision", at, number
