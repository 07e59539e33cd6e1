"""Who may see and do what: one table, from which pages, services, views, files and the command line decide."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from planner.errors import NotAllowed, NotFound
from planner.models.directory import Agency
from planner.models.operations import Action, ActionCompartment, Operation
from planner.rules.words import AgencyKind, Post
from planner.work import Held, Look, Work


class Verb(StrEnum):
    """What can be done, in the words of the record."""

    PLAN = "plan an action"
    SET_DEMAND = "set demand"
    SET_LEGAL_BASIS = "set the legal basis"
    OFFER_ROLE = "offer a role"
    ANSWER_OFFER = "answer an offer"
    ANSWER_CONDITION = "answer a condition"
    ARRANGE = "arrange"
    HOLD_PLACES = "hold places"
    OPEN_PLACES = "open places"
    ANSWER_HOLD = "answer a request for places"
    SET_RESERVE = "set a reserve"
    CONVENE = "convene a conference"
    RECORD_CONFERENCE = "record a conference"
    CLEAR_CLASH = "clear a clash"
    REQUEST_GO_AHEAD = "request the go-ahead"
    GIVE_GO_AHEAD = "give the go-ahead"
    OVERRIDE = "override a check"
    SET_POLICY = "set the gate's policy"
    BEGIN = "begin or close an action"
    SEE_PROVIDERS = "see providers' names"
    SEE_RECORD = "see the record"
    EXPORT = "export"
    MANAGE_DIRECTORY = "manage the directory"
    MANAGE_ACCOUNTS = "manage accounts"


PLANNERS = frozenset({Post.SILVER, Post.CELL, Post.REGIONAL_CELL})
COMMAND = frozenset({Post.NATIONAL_GOLD, Post.GOLD})

MAY: Mapping[Verb, frozenset[Post]] = {
    Verb.PLAN: PLANNERS,
    Verb.SET_DEMAND: PLANNERS | {Post.CARE_LEAD},
    Verb.SET_LEGAL_BASIS: PLANNERS,
    Verb.OFFER_ROLE: PLANNERS,
    Verb.ANSWER_OFFER: frozenset({Post.PARTNER_LEAD, Post.CELL}),
    Verb.ANSWER_CONDITION: PLANNERS,
    Verb.ARRANGE: PLANNERS | {Post.CARE_LEAD},
    Verb.HOLD_PLACES: PLANNERS | {Post.CARE_LEAD},
    Verb.OPEN_PLACES: frozenset({Post.PROVIDER_LEAD}),
    Verb.ANSWER_HOLD: frozenset({Post.PROVIDER_LEAD}),
    Verb.SET_RESERVE: frozenset({Post.CARE_LEAD, Post.CELL}),
    Verb.CONVENE: PLANNERS,
    Verb.RECORD_CONFERENCE: PLANNERS,
    Verb.CLEAR_CLASH: PLANNERS,
    Verb.REQUEST_GO_AHEAD: PLANNERS,
    Verb.GIVE_GO_AHEAD: frozenset({Post.GOLD}),
    Verb.OVERRIDE: frozenset({Post.GOLD}),
    Verb.SET_POLICY: COMMAND,
    Verb.BEGIN: frozenset({Post.SILVER, Post.GOLD}),
    Verb.SEE_PROVIDERS: frozenset({Post.CARE_LEAD, Post.CELL}),
    Verb.SEE_RECORD: frozenset({Post.NATIONAL_GOLD, Post.CELL}),
    Verb.EXPORT: PLANNERS | COMMAND | {Post.CARE_LEAD},
    Verb.MANAGE_DIRECTORY: frozenset({Post.CELL}),
    Verb.MANAGE_ACCOUNTS: frozenset({Post.ADMINISTRATOR}),
}

# Posts that see whole actions. Partners and providers see their own offers, requests and bookings instead.
SEES_ACTIONS = PLANNERS | COMMAND | {Post.CARE_LEAD, Post.LOGGIST}


def visible_operations(look: Look) -> Any:
    """A SELECT of the ids of the operations in which the actor holds any post."""
    ids: Any = select(Operation.id)
    if look.actor.operator:
        return ids
    named = {held.operation_id for held in look.actor.held if held.post is not Post.ADMINISTRATOR}
    if None in named:
        return ids
    return ids.where(col(Operation.id).in_(named))


def operations_for(look: Look, verb: Verb) -> Any:
    """A SELECT of the ids of the operations in which the actor holds a post that may do this."""
    ids: Any = select(Operation.id)
    named = {held.operation_id for held in look.actor.held if held.post in MAY[verb]}
    return ids if None in named else ids.where(col(Operation.id).in_(named))


def visible_actions(look: Look) -> Any:
    """A SELECT of the ids of the actions the actor may see whole: the only way into actions."""
    ids: Any = select(Action.id)
    if look.actor.operator:
        return ids
    reached = [_reach(held) for held in look.actor.held if held.post in SEES_ACTIONS]
    listed = select(ActionCompartment.action_id).where(ActionCompartment.person_id == look.actor.person_id)
    return ids.where(
        sa.or_(sa.false(), *reached), sa.or_(col(Action.compartment).is_(False), col(Action.id).in_(listed))
    )


def _reach(held: Held) -> Any:
    """What one post reaches, as SQL; `reaches` says the same of one loaded action."""
    terms: list[Any] = []
    if held.operation_id is not None:
        terms.append(Action.operation_id == held.operation_id)
    if held.region is not None:
        terms.append(Action.region == held.region)
    if held.agency_id is not None and held.post in (Post.GOLD, Post.SILVER, Post.LOGGIST):
        terms.append(Action.force_id == held.agency_id)
    return sa.and_(sa.true(), *terms)


def reaches(held: Held, action: Action) -> bool:
    """Whether a post's own operation, region and force cover this action."""
    if held.operation_id not in (None, action.operation_id) or held.region not in (None, action.region):
        return False
    by_force = held.post in (Post.GOLD, Post.SILVER, Post.LOGGIST)
    return not by_force or held.agency_id in (None, action.force_id)


def may(look: Look, verb: Verb, *, action: Action | None = None, agency_id: int | None = None) -> bool:
    """Whether the actor may do this: to this action, for this agency, or at all when neither is given."""
    if look.actor.operator:
        return False
    for held in look.actor.held:
        if held.post not in MAY[verb]:
            continue
        if action is not None and held.post in SEES_ACTIONS and not reaches(held, action):
            continue
        own = held.agency_id if held.agency_id is not None else look.actor.agency_id
        if agency_id is not None and held.post in (Post.PARTNER_LEAD, Post.PROVIDER_LEAD) and own != agency_id:
            continue
        return True
    return False


def require(work: Work, verb: Verb, *, ref: str, action: Action | None = None, agency_id: int | None = None) -> None:
    """Refuse unless the actor may do this; the attempt is named first, so that a refusal is recorded."""
    work.attempts(verb.name.lower(), ref)
    if not may(work, verb, action=action, agency_id=agency_id):
        posts = " or ".join(sorted(post.replace("_", " ") for post in MAY[verb]))
        raise NotAllowed(f"You cannot {verb.value} here: that is for {posts}. Ask the cell if this should be you.")


def action_id_of(look: Look, reference: str) -> int:
    """The id of a visible action by its reference; missing and forbidden answer alike."""
    found = look.session.exec(
        select(Action.id).where(Action.reference == reference, col(Action.id).in_(visible_actions(look)))
    ).first()
    if found is None:
        raise NotFound(f"There is no action {reference}, or none that you can open.")
    return found


def lock_action(work: Work, reference: str, verb: Verb) -> Action:
    """Lock a visible action and decide access under the lock."""
    work.attempts(verb.name.lower(), reference)
    action = work.lock(Action, action_id_of(work, reference))
    require(work, verb, ref=reference, action=action)
    return action


def own_agencies(look: Look, *posts: Post) -> tuple[int, ...]:
    """The agencies the actor speaks for under any of these posts."""
    own = look.actor.agency_id
    found = {held.agency_id if held.agency_id is not None else own for held in look.actor.held if held.post in posts}
    return tuple(sorted(agency for agency in found if agency is not None))


def agency_named(look: Look, code: str) -> Agency:
    """An agency by its code; a care provider answers like none to who may not know its name."""
    agency = look.session.exec(select(Agency).where(Agency.code == code)).first()
    hidden = agency is not None and agency.kind is AgencyKind.CARE_PROVIDER and not may(look, Verb.SEE_PROVIDERS)
    if agency is None or hidden:
        raise NotFound(f"There is no agency {code} in the directory. Choose one of the codes on the Directory page.")
    return agency
