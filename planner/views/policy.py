"""The policy of an operation as its readers see it: what is in force for whom, every version, who may change it."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlmodel import col

from planner import access
from planner.db import pick
from planner.facts_policy import terms_in
from planner.models.directory import Agency, Person
from planner.models.go_ahead import GoAhead
from planner.models.operations import Action
from planner.models.policy import Policy
from planner.rules.lead_time import NATION_WORDS
from planner.rules.policy_terms import Terms, changes, strictest
from planner.rules.words import AgencyKind, GoAheadState, Nation
from planner.work import Look

EVERYWHERE = "Everywhere"


class Scope(NamedTuple):
    """Whom a policy binds: the operation, one nation, or one force; `minimum` is what stands above it."""

    name: str
    nation: Nation | None
    force: str | None
    version: int
    terms: Terms
    minimum: Terms | None
    may_change: bool


class Version(NamedTuple):
    scope: str
    version: int
    said: tuple[str, ...]
    reason: str
    by: str
    at: datetime


class PolicyBoard(NamedTuple):
    """`given` counts the go-aheads that the reader sees and that another policy would spend."""

    scopes: tuple[Scope, ...]
    versions: tuple[Version, ...]
    given: int


class _Row(NamedTuple):
    policy: Policy
    force: str | None
    force_name: str | None
    force_nation: Nation | None
    by: str | None


def policy_board(look: Look, operation_id: int) -> PolicyBoard:
    """Everything of one visible operation: in force, and how it came to be."""
    rows = _rows(look, operation_id)
    latest = {(row.policy.nation, row.force): row for row in rows}
    least = terms_in(latest[None, None].policy)
    national = access.may(look, access.Verb.SET_POLICY, operation_id=operation_id)
    scopes = [_scope(EVERYWHERE, latest.get((None, None)), None, None, None, may_change=national)]
    for nation in Nation:
        if national or (nation, None) in latest:
            scopes.append(_scope(_nation(nation), latest.get((nation, None)), least, nation, None, may_change=national))
    scopes += _forces(look, operation_id, latest, least)
    return PolicyBoard(tuple(scopes), _versions(rows), _given(look, operation_id))


def _rows(look: Look, operation_id: int) -> list[_Row]:
    query = (
        pick(Policy, Agency.code, Agency.name, Agency.nation, Person.title)
        .outerjoin(Agency, col(Agency.id) == col(Policy.force_id))
        .outerjoin(Person, col(Person.id) == col(Policy.set_by))
        .where(Policy.operation_id == operation_id, col(Policy.operation_id).in_(access.visible_operations(look)))
        .order_by(col(Policy.id))
    )
    return [_Row(*row) for row in look.session.execute(query)]


def _scope(
    name: str, row: _Row | None, least: Terms | None, nation: Nation | None, force: str | None, *, may_change: bool
) -> Scope:
    own = terms_in(row.policy) if row else None
    terms = strictest(item for item in (least, own) if item is not None)
    return Scope(name, nation, force, row.policy.version if row else 0, terms, least, may_change)


def _forces(
    look: Look, operation_id: int, latest: dict[tuple[Nation | None, str | None], _Row], least: Terms
) -> list[Scope]:
    """Forces with a policy of their own that the reader may know of, and those whose Gold reads this."""
    mine = access.own_agencies(look, access.Verb.TIGHTEN_POLICY)
    own = pick(Agency.id, Agency.code, Agency.name, Agency.nation).where(
        col(Agency.id).in_(mine), Agency.kind == AgencyKind.POLICE_FORCE
    )
    verb, bound = access.Verb.TIGHTEN_POLICY, {}
    for number, code, name, nation in look.session.execute(own):
        bound[code] = (name, nation, access.may(look, verb, operation_id=operation_id, agency_id=number))
    for row in latest.values():
        if row.force is not None:
            bound.setdefault(row.force, (row.force_name or "", row.force_nation, False))
    found = []
    for code, (name, nation, may_change) in sorted(bound.items(), key=lambda item: item[1][0]):
        above = [least, *(terms_in(latest[key].policy) for key in [(nation, None)] if nation and key in latest)]
        found.append(_scope(name, latest.get((None, code)), strictest(above), None, code, may_change=may_change))
    return found


def _versions(rows: Iterable[_Row]) -> tuple[Version, ...]:
    """Newest first, each with what it changed."""
    found: list[Version] = []
    last: dict[str, Terms] = {}
    for row in rows:
        name = row.force_name or (_nation(row.policy.nation) if row.policy.nation else EVERYWHERE)
        terms = terms_in(row.policy)
        before = last.get(name) or last.get(EVERYWHERE)
        said = changes(before, terms) if before else ()
        last[name] = terms
        found.append(Version(name, row.policy.version, said, row.policy.reason, row.by or "", row.policy.set_at))
    return tuple(reversed(found))


def _nation(nation: Nation) -> str:
    words = NATION_WORDS[nation]
    return "Another jurisdiction" if nation is Nation.OTHER else words


def _given(look: Look, operation_id: int) -> int:
    live = (GoAheadState.GIVEN, GoAheadState.SUSPENDED)
    query = (
        pick(Action.id)
        .join(GoAhead, col(GoAhead.action_id) == col(Action.id))
        .where(col(GoAhead.state).in_(live), Action.operation_id == operation_id)
        .where(col(Action.id).in_(access.visible_actions(look)), col(Action.ends_at) >= look.now)
        .distinct()
    )
    return len(look.session.execute(query).all())
