"""Actions as pages show them: the list with filter and gate, one action, the count by force."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import holds_words, pick
from planner.models.care import Provider, Unit, UnitProfile, UnitZone
from planner.models.directory import Agency, Region
from planner.models.operations import Action, Operation
from planner.rules.access import Relation, relation_of
from planner.rules.checks_care import PROFILE_WORDS
from planner.rules.cooperation import ASKS
from planner.rules.counts import count_words
from planner.rules.words import ActionState, AgencyKind, Marking
from planner.work import Look

PER_PAGE = 50
TO_COME = (ActionState.PLANNED, ActionState.REQUESTED, ActionState.BEGUN)


class ActionFilter(NamedTuple):
    """What to show; empty means all. `page` counts from 1."""

    text: str = ""
    force: str = ""
    state: ActionState | None = None
    to_come: bool = True
    page: int = 1


class ActionRow(NamedTuple):
    id: int
    reference: str
    force: str
    region: str
    starts_at: datetime
    ends_at: datetime
    state: ActionState
    marking: Marking
    version: int
    handling: str | None


def rows_of(look: Look) -> sa.Select[tuple[int]]:
    a = Action
    when = (a.starts_at, a.ends_at)
    columns = (a.id, a.reference, Agency.name, Region.name, *when, a.state, a.marking, a.version, a.handling)
    joined: sa.Select[tuple[int]] = (
        pick(*columns)
        .join(Agency, col(a.force_id) == col(Agency.id))
        .join(Region, col(a.region) == col(Region.code))
        .where(col(a.id).in_(access.visible_actions(look)))
    )
    return joined


def filtered(look: Look, query: sa.Select[tuple[int]], wanted: ActionFilter) -> sa.Select[tuple[int]]:
    """The actions of a query that a filter leaves; it joins the owning force."""
    if wanted.to_come:
        query = query.where(col(Action.state).in_(TO_COME), col(Action.ends_at) >= look.now)
    if wanted.state:
        query = query.where(col(Action.state) == wanted.state)
    if wanted.force:
        query = query.where(col(Agency.name) == wanted.force)
    if wanted.text:
        query = query.where(holds_words(wanted.text, col(Action.reference)))
    return query


def action_rows(look: Look, wanted: ActionFilter) -> tuple[ActionRow, ...]:
    """One page of actions, the next to come first."""
    query = filtered(look, rows_of(look), wanted).order_by(col(Action.starts_at), col(Action.reference))
    page = query.limit(PER_PAGE).offset((wanted.page - 1) * PER_PAGE)
    return tuple(ActionRow._make(row) for row in look.session.execute(page))


def count_actions(look: Look, wanted: ActionFilter) -> int:
    query = filtered(look, rows_of(look), wanted)
    return int(look.session.execute(sa.select(sa.func.count()).select_from(query.subquery())).scalar_one())


def forces(look: Look) -> tuple[str, ...]:
    """Names of the forces that own a visible action."""
    query = (
        pick(Agency.name)
        .where(col(Agency.id).in_(pick(Action.force_id).where(col(Action.id).in_(access.visible_actions(look)))))
        .order_by(Agency.name)
    )
    return tuple(row[0] for row in look.session.execute(query))


class PlanningChoices(NamedTuple):
    """What a new action may name: code and words for each."""

    operations: dict[str, str]
    forces: dict[str, str]
    regions: dict[str, str]


def planning_choices(look: Look) -> PlanningChoices:
    """The operations, forces and regions that the actor may plan for; no force at all for who may not plan."""
    posts = access.held_for(look, access.Verb.PLAN)
    forces = pick(Agency.code, Agency.name).where(col(Agency.kind) == AgencyKind.POLICE_FORCE).order_by(Agency.name)
    if all(relation_of(access.Verb.PLAN, held.post) is Relation.FORCE for held in posts):
        forces = forces.where(col(Agency.id).in_([held.agency_id for held in posts]))
    regions = pick(Region.code, Region.name).order_by(Region.name)
    bound = {held.region for held in posts}
    if None not in bound:
        regions = regions.where(col(Region.code).in_(bound))
    mine = access.operations_for(look, access.Verb.PLAN)
    operations = pick(Operation.code, Operation.name).where(col(Operation.id).in_(mine))
    found = (look.session.execute(query).all() for query in (operations.order_by(Operation.name), forces, regions))
    return PlanningChoices(*(dict(map(tuple, rows)) for rows in found))


def units_near(look: Look, zone: str) -> dict[str, str]:
    """Units that serve a zone: whom each takes and whether it asks for co-operation; never a provider's name."""
    query = (
        pick(Unit.code, UnitProfile.profile, Unit.cooperation_required, Provider.notice_hours)
        .join(Provider, col(Provider.agency_id) == col(Unit.provider_id))
        .join(UnitZone, col(UnitZone.unit_id) == col(Unit.id))
        .join(UnitProfile, col(UnitProfile.unit_id) == col(Unit.id))
        .where(col(UnitZone.zone) == zone)
        .order_by(Unit.cooperation_required, Unit.code, UnitProfile.profile)
    )
    found: dict[str, list[str]] = {}
    tied: dict[str, str] = {}
    for code, profile, asks, notice in look.session.execute(query):
        found.setdefault(code, []).append(PROFILE_WORDS[profile])
        tied[code] = (f"; {ASKS}" if asks else "") + (f"; {count_words(notice, 'hour')} of notice" if notice else "")
    return {code: f"{code}: {', '.join(profiles)}{tied[code]}" for code, profiles in found.items()}
