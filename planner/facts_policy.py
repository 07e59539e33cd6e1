"""Facts of the rules in force: the policy of an operation, nation and force, bank holidays, a conference's lead."""

import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from sqlmodel import col, select

from planner.db import pick
from planner.facts_rows import rows
from planner.models.directory import Region
from planner.models.operations import Action
from planner.models.policy import Policy
from planner.models.reference import BankHoliday
from planner.rules.lead_time import Held
from planner.rules.policy_terms import TERMS, Terms, strictest
from planner.rules.policy_values import PolicyFact
from planner.rules.words import Nation
from planner.work import Look

HOLIDAYS = pick(BankHoliday.nation, BankHoliday.day)  # made once: to make it takes longer than to ask it
POLICIES = select(Policy).order_by(col(Policy.version))
PolicyKey = tuple[int, Nation | None, int | None]


def policies(look: Look, *, until: int | None = None) -> Callable[[int, Nation, int], PolicyFact]:
    """The policy for an operation, nation and force, from the latest versions; worked out once for each three.

    `until`: as it stood when the policy of this id was the newest, which is how each decision keeps it.
    """
    found = look.session.exec(POLICIES if until is None else POLICIES.where(col(Policy.id) <= until))
    latest: dict[PolicyKey, Policy] = {(row.operation_id, row.nation, row.force_id): row for row in found}
    return functools.cache(functools.partial(_policy_for, latest))


def _policy_for(known: Mapping[PolicyKey, Policy], operation_id: int, nation: Nation, force_id: int) -> PolicyFact:
    """The operation's policy, tightened by the nation's and the force's: never loosened."""
    keys: tuple[PolicyKey, ...] = (
        (operation_id, None, None),
        (operation_id, nation, None),
        (operation_id, None, force_id),
    )
    found = [known[key] for key in keys if key in known]
    return PolicyFact(
        id=max(row.id or 0 for row in found),
        version=sum(row.version for row in found),
        **strictest(map(terms_in, found))._asdict(),
    )


def terms_in(row: Policy) -> Terms:
    """What one version says."""
    said: dict[str, Any] = row.model_dump(include={term.name for term in TERMS})
    lists: dict[str, Any] = {name: frozenset(said.pop(name).split()) for name in ("blocks", "conference_material")}
    return Terms(**lists, **said)


def bank_holidays(look: Look) -> Mapping[Nation, frozenset[date]]:
    """The bank holidays of every nation that has any."""
    found: defaultdict[Nation, list[date]] = defaultdict(list)
    for nation, day in rows(look, HOLIDAYS):
        found[nation].append(day)
    return {nation: frozenset(days) for nation, days in found.items()}


def conference_leads(look: Look, ids: Iterable[int | None]) -> tuple[Held, ...]:
    """What says how early a conference about these actions must be over, in three queries."""
    policy, holidays = policies(look), bank_holidays(look)
    query = (
        pick(Action.reference, Action.starts_at, Region.nation, Action.operation_id, Action.force_id)
        .join(Region, col(Action.region) == col(Region.code))
        .where(col(Action.id).in_(list(ids)))
        .order_by(Action.reference)
    )
    return tuple(
        Held(reference, starts_at, nation, policy(operation, nation, force).lead, holidays.get(nation, frozenset()))
        for reference, starts_at, nation, operation, force in rows(look, query)
    )
