"""The only loader of the facts that rules judge, for one action or many, in a fixed number of queries."""

from collections.abc import Collection, Iterator, Mapping
from itertools import permutations
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.facts_care import care_of, support_days
from planner.facts_command import parameters_of, pauses_of
from planner.facts_people import conferences_of, double_booked, offers_of, required_roles, trained_people
from planner.facts_policy import bank_holidays, policies
from planner.facts_rows import Of
from planner.models.arrangements import Arrangement
from planner.models.directory import Region
from planner.models.go_ahead import GoAhead, Override
from planner.models.operations import Action, Clash, ClashCheck, DemandLine, LegalBasis
from planner.rules import decided
from planner.rules.clashes import ClashFact
from planner.rules.command_values import GoAheadFact, OverrideFact
from planner.rules.readiness import Gate, judge
from planner.rules.values import (
    ActionFact,
    ArrangementFact,
    DemandFact,
    Facts,
    LegalFact,
    Stay,
)
from planner.rules.words import ArrangementState
from planner.work import Look


def _action_columns() -> Any:
    a = Action
    return (
        pick(
            *(a.id, a.reference, a.operation_id, a.kind, a.premises_kind, a.premises_count, a.premises_cell),
            *(a.force_id, a.region, Region.nation, Region.zone, a.starts_at, a.ends_at, a.state, a.exploitation),
            *(a.languages, a.immigration, a.children, a.children_number, a.children_reason, a.children_agreed_by),
            *(a.zero_demand_reason, a.requested_by),
        )
        .join(Region, col(a.region) == col(Region.code))
        .order_by(a.starts_at, a.id)
    )


def _legal_columns() -> Any:
    b = LegalBasis
    return pick(
        *(b.action_id, b.power, b.statute, b.reference, b.issued_on, b.expires_on, b.entries, b.spent_at),
        *(b.hour_reason, b.accompanying, b.direction_reference, b.hearing_at, b.statute_months, b.text_until),
        *(b.all_premises, b.premises_authority, b.direction_asked_on, b.direction_given_on, b.former_reference),
    )


def _arrangement_columns() -> Any:
    r = Arrangement
    columns = pick(
        *(r.action_id, r.id, r.kind, r.state, r.agency_id, r.answered_post, r.reference, r.number),
        *(r.languages, r.telephone, r.site, r.in_hours_post, r.out_of_hours_post, r.from_at, r.until_at),
        *(r.confirmed_at, r.manager_post, r.sex, r.conflict_said, r.convenes, r.guardian_post, r.arrives_minutes),
    )
    return columns.where(r.state != ArrangementState.WITHDRAWN).order_by(r.id)


def _clash_columns(mine: Any, other: Any) -> tuple[Any, Any]:
    """Each clash for one side; of the other side its cell alone, which is whom to ring."""
    c = Clash
    columns = pick(mine, c.grounds, c.fingerprint, c.cleared_fingerprint, Region.name, c.cleared_at)
    there = columns.join(Action, col(Action.id) == other)
    return there.join(Region, col(Region.code) == col(Action.region)), mine


def _demand_columns() -> Any:
    line = DemandLine
    return pick(line.action_id, line.profile, line.need, line.low, line.likely, line.high)


def _override_columns() -> Any:
    o = Override
    columns = pick(o.action_id, o.check, o.reason, o.fingerprint, o.expires_at)
    return columns.where(col(o.withdrawn_at).is_(None))


def _go_ahead_columns() -> Any:
    g = GoAhead
    return pick(g.action_id, g.id, g.state, g.fingerprint, g.plan_fingerprint).order_by(col(g.id).desc())


ACTIONS = Of((_action_columns(), Action.id))
DEMAND = Of((_demand_columns(), DemandLine.action_id))
LEGAL = Of((_legal_columns(), LegalBasis.action_id))
ARRANGED = Of((_arrangement_columns(), Arrangement.action_id))
CHECKED = Of((pick(ClashCheck.action_id, ClashCheck.ran_at), ClashCheck.action_id))
CLASHES = Of(*(_clash_columns(mine, other) for mine, other in permutations((Clash.first_id, Clash.second_id))))
OVERRIDDEN = Of((_override_columns(), Override.action_id))
GIVEN = Of((_go_ahead_columns(), GoAhead.action_id))
FEW = 200


class _Loaded(NamedTuple):
    """One column of facts an attribute, each by action id."""

    demand: Mapping[int, tuple[DemandFact, ...]]
    legal: Mapping[int, tuple[LegalFact, ...]]
    arrangements: Mapping[int, tuple[ArrangementFact, ...]]
    clash_ran_at: Mapping[int, tuple[Any, ...]]
    clashes: Mapping[int, tuple[ClashFact, ...]]
    overrides: Mapping[int, tuple[OverrideFact, ...]]
    go_aheads: Mapping[int, tuple[GoAheadFact, ...]]


def load(look: Look, ids: Any) -> dict[int, Facts]:
    """Facts by action id; `ids` is a SELECT of ids or an iterable of them, already authorised by access."""
    return {facts.action.id: facts for facts in _each(look, ids)}


def gates(look: Look, ids: Any) -> dict[int, Gate]:
    """The gate of each action, judged from facts of this snapshot; of many thousands, no two facts are held at once."""
    return {facts.action.id: judge(facts) for facts in _each(look, ids)}


def _each(look: Look, ids: Any) -> Iterator[Facts]:
    actions, wanted = _wanted(look, ids)
    own = _own_facts(look, wanted)
    people = offers_of(look, wanted)
    held = conferences_of(look, wanted)
    care = care_of(look, wanted)
    roles, policy, holidays = required_roles(look), policies(look), bank_holidays(look)
    parameters, pauses = parameters_of(look), pauses_of(look)
    trained, booked = trained_people(look), double_booked(look, actions, wanted, people.offers)
    agreed, periods = access.shared_with(look), support_days(look)
    for action in actions:
        yield Facts(
            now=look.now,
            action=action,
            policy=policy(action.operation_id, action.nation, action.force_id),
            holidays=holidays.get(action.nation, frozenset()),
            demand=own.demand.get(action.id, ()),
            legal=next(iter(own.legal.get(action.id, ())), None),
            roles=roles(action.kind, action.nation),
            offers=people.offers.get(action.id, ()),
            conditions=people.conditions.get(action.id, ()),
            trained=trained,
            double_booked=booked.get(action.id, frozenset()),
            holds=care.holds.get(action.id, ()),
            units=care.units,
            reserves=care.reserves.get(action.id, ()),
            support_days=periods.get(action.nation),
            arrangements=own.arrangements.get(action.id, ()),
            conference=held.conferences.get(action.id),
            seats=held.seats_of(action.id),
            undertakings=held.undertakings_of(action.id),
            clash_ran_at=next(iter(own.clash_ran_at.get(action.id, ())), (None,))[0],
            clashes=own.clashes.get(action.id, ()),
            agreed=agreed,
            overrides=own.overrides.get(action.id, ()),
            go_ahead=next(iter(own.go_aheads.get(action.id, ())), None),
            parameters=parameters(action.operation_id),
            pauses=pauses(action),
        )


def _wanted(look: Look, ids: Any) -> tuple[list[ActionFact], Any]:
    """The actions, and how the other queries name them: a few by their ids, for each would run a SELECT once more."""
    asked = ids if isinstance(ids, sa.Select) else list(ids)
    actions = [ActionFact._make(row) for row in ACTIONS.rows(look, asked)]
    return actions, [action.id for action in actions] if len(actions) <= FEW else asked


def facts_of(look: Look, action_id: int) -> Facts:
    return load(look, [action_id])[action_id]


def stay_of(look: Look, action_id: int) -> Stay:
    return stays(look, [action_id])[action_id]


def stays(look: Look, ids: Collection[int]) -> dict[int, Stay]:
    """What bookings are judged by, in three queries: all facts of an action are ten times as many."""
    actions = [ActionFact._make(row) for row in ACTIONS.rows(look, list(ids))]
    policy, days = policies(look), support_days(look)
    return {
        action.id: Stay(action, policy(action.operation_id, action.nation, action.force_id), days.get(action.nation))
        for action in actions
    }


def decided_on(look: Look, action_id: int) -> str:
    """What a conference decision on this action is taken on now."""
    return decided.decided_on(facts_of(look, action_id))


def _own_facts(look: Look, wanted: Any) -> _Loaded:
    return _Loaded(
        DEMAND.by_owner(look, wanted, DemandFact._make),
        LEGAL.by_owner(look, wanted, LegalFact._make),
        ARRANGED.by_owner(look, wanted, ArrangementFact._make),
        CHECKED.by_owner(look, wanted, tuple),
        CLASHES.by_owner(look, wanted, ClashFact._make),
        OVERRIDDEN.by_owner(look, wanted, OverrideFact._make),
        GIVEN.by_owner(look, wanted, GoAheadFact._make),
    )
