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
from planner.facts_rows import facts_by_owner, rows
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


def _clash_columns(mine: Any, other: Any) -> Any:
    c = Clash
    columns = pick(mine, c.grounds, c.fingerprint, c.cleared_fingerprint, Region.name, c.cleared_at)
    there = columns.join(Action, col(Action.id) == other)
    return there.join(Region, col(Region.code) == col(Action.region))


# Made once, and narrowed to the actions asked for: to make them takes longer than to ask them of one action.
ACTIONS, LEGAL, ARRANGED = _action_columns(), _legal_columns(), _arrangement_columns()
CLASHES = [(mine, _clash_columns(mine, other)) for mine, other in permutations((Clash.first_id, Clash.second_id))]
DEMAND = pick(DemandLine.action_id, DemandLine.profile, DemandLine.need).add_columns(
    DemandLine.low, DemandLine.likely, DemandLine.high
)
CHECKED = pick(ClashCheck.action_id, ClashCheck.ran_at)
OVERRIDDEN = pick(Override.action_id, Override.check, Override.reason, Override.fingerprint, Override.expires_at).where(
    col(Override.withdrawn_at).is_(None)
)
FEW = 200
GIVEN = pick(GoAhead.action_id, GoAhead.id, GoAhead.state, GoAhead.fingerprint, GoAhead.plan_fingerprint).order_by(
    col(GoAhead.id).desc()
)


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
    actions = [ActionFact._make(row) for row in rows(look, _actions(asked))]
    return actions, [action.id for action in actions] if len(actions) <= FEW else asked


def facts_of(look: Look, action_id: int) -> Facts:
    return load(look, [action_id])[action_id]


def stay_of(look: Look, action_id: int) -> Stay:
    return stays(look, [action_id])[action_id]


def stays(look: Look, ids: Collection[int]) -> dict[int, Stay]:
    """What bookings are judged by, in three queries: all facts of an action are ten times as many."""
    actions = [ActionFact._make(row) for row in rows(look, _actions(ids))]
    policy, days = policies(look), support_days(look)
    return {
        action.id: Stay(action, policy(action.operation_id, action.nation, action.force_id), days.get(action.nation))
        for action in actions
    }


def decided_on(look: Look, action_id: int) -> str:
    """What a conference decision on this action is taken on now."""
    return decided.decided_on(facts_of(look, action_id))


def _actions(wanted: Any) -> Any:
    return ACTIONS.where(col(Action.id).in_(wanted))


def _own_facts(look: Look, wanted: Any) -> _Loaded:
    def own(query: Any, table: Any, make: Any) -> Any:
        return facts_by_owner(look, query.where(col(table.action_id).in_(wanted)), make)

    return _Loaded(
        own(DEMAND, DemandLine, DemandFact._make),
        own(LEGAL, LegalBasis, LegalFact._make),
        own(ARRANGED, Arrangement, ArrangementFact._make),
        own(CHECKED, ClashCheck, tuple),
        facts_by_owner(look, _clashes(wanted), ClashFact._make),
        own(OVERRIDDEN, Override, OverrideFact._make),
        own(GIVEN, GoAhead, GoAheadFact._make),
    )


def _clashes(wanted: Any) -> Any:
    """Each clash once for either side that is wanted; of the other side its cell alone, which is whom to ring."""
    first, second = (there.where(col(mine).in_(wanted)) for mine, there in CLASHES)
    return sa.union_all(first, second)
