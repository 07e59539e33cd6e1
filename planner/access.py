"""Who may see and do what: pages, services, views, files and the command line ask here, and here asks the table."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from planner.actors import Actor, Held, actors_at
from planner.agreed import agreed_on
from planner.errors import NotAllowed, NotFound
from planner.models.directory import Agency
from planner.models.operations import Action, ActionCompartment, Operation
from planner.rules.access import DEVICE_PAGES, PAGES, TABLE, Relation, posts_words, relation_of
from planner.rules.access import Verb as Verb
from planner.rules.sharing import Sharing
from planner.rules.words import AgencyKind
from planner.work import Look, Work

NO_ACTION = "There is no action {reference}, or none that you can open."


def opens(actor: Actor, page: str) -> bool:
    """Whether a page opens to somebody who is signed in; a remembered device opens few of them."""
    if actor.device and page not in DEVICE_PAGES:
        return False
    return not PAGES[page] or any(held.post in TABLE[verb] for verb in PAGES[page] for held in actor.held)


def visible_operations(look: Look) -> Any:
    """A SELECT of the ids of the operations in which the actor holds any post but an administrator's."""
    return select(Operation.id) if look.actor.operator else operations_for(look, Verb.SEE_OPERATION)


def operations_for(look: Look, verb: Verb) -> Any:
    """A SELECT of the ids of the operations in which the actor holds a post that may do this."""
    ids: Any = select(Operation.id)
    named = {held.operation_id for held in held_for(look, verb)}
    return ids if None in named else ids.where(col(Operation.id).in_(named))


def held_for(look: Look, *verbs: Verb) -> tuple[Held, ...]:
    """The posts under which the actor may do any of these."""
    return tuple(held for held in look.actor.held if any(held.post in TABLE[verb] for verb in verbs))


def visible_actions(look: Look) -> Any:
    """A SELECT of the ids of the actions the actor may see whole: the only way into actions."""
    ids: Any = select(Action.id)
    if look.actor.operator:
        return ids
    reached = [_reach(look.actor, held) for held in held_for(look, Verb.SEE_ACTIONS)]
    listed = select(ActionCompartment.action_id).where(ActionCompartment.person_id == look.actor.person_id)
    return ids.where(
        sa.or_(sa.false(), *reached), sa.or_(col(Action.compartment).is_(False), col(Action.id).in_(listed))
    )


def closed_to(look: Look) -> tuple[int, ...]:
    """The closed actions whose list this person is not on: it changes when an action closes over an open page."""
    listed = select(ActionCompartment.action_id).where(ActionCompartment.person_id == look.actor.person_id)
    closed = select(Action.id).where(col(Action.compartment), col(Action.id).not_in(listed))
    return tuple(number or 0 for number in look.session.exec(closed.order_by(col(Action.id))))


def _reach(actor: Actor, held: Held) -> Any:
    """What one post reaches, as SQL; `_covers` says the same of one loaded action."""
    terms: list[Any] = []
    if held.operation_id is not None:
        terms.append(Action.operation_id == held.operation_id)
    relation = relation_of(Verb.SEE_ACTIONS, held.post)
    if relation is Relation.REGION or held.region is not None:
        terms.append(Action.region == held.region)
    if relation is Relation.FORCE:
        terms.append(Action.force_id == _agency(actor, held))
    return sa.and_(sa.true(), *terms)


def _agency(actor: Actor, held: Held) -> int | None:
    """Whom a post speaks for: its own agency, else the person's."""
    return held.agency_id if held.agency_id is not None else actor.agency_id


@dataclass(frozen=True)
class About:
    """What a verb is about; what is None is not asked for."""

    action: Action | None = None
    operation_id: int | None = None
    agency_id: int | None = None
    named: Collection[int | None] | None = None


AT_ALL = About()


def _covers(actor: Actor, held: Held, relation: Relation, about: About) -> bool:
    """Whether what a post has to do with the object is what the table asks for."""
    action = about.action
    if relation is Relation.EVERY_OPERATION:
        return held.operation_id is None
    if relation is Relation.ANY or about == AT_ALL:
        return True
    if relation is Relation.AGENCY_ANYWHERE:
        return about.agency_id is not None and _agency(actor, held) == about.agency_id
    if relation in (Relation.AGENCY, Relation.NAMED):
        named = relation is Relation.AGENCY or actor.person_id in (about.named or ())
        if not named or about.agency_id is None or _agency(actor, held) != about.agency_id:
            return False
        return held.operation_id in (None, about.operation_id) or about.operation_id is None
    operation_id = action.operation_id if action else about.operation_id
    if operation_id is not None and held.operation_id not in (None, operation_id):
        return False
    if action is None:  # an agency's own is a planner's through its action alone, which may be closed to a list
        return relation is Relation.OPERATION and operation_id is not None and about.agency_id is None
    if held.region != action.region and (relation is Relation.REGION or held.region is not None):
        return False
    return relation is not Relation.FORCE or _agency(actor, held) == action.force_id


def may(
    look: Look,
    verb: Verb,
    *,
    action: Action | None = None,
    operation_id: int | None = None,
    agency_id: int | None = None,
    named: Collection[int | None] | None = None,
) -> bool:
    """Whether the actor may do this: to this action, operation or agency, or at all when none is given."""
    about, actor = About(action, operation_id, agency_id, named), look.actor
    return not actor.operator and any(
        _covers(actor, held, TABLE[verb][held.post], about) for held in held_for(look, verb)
    )


def sees(actor: Actor, action: Action, verb: Verb = Verb.SEE_ACTIONS) -> bool:
    """Whether a person's posts reach an action for this, its compartment left aside."""
    row = TABLE[verb]
    return any(held.post in row and _covers(actor, held, row[held.post], About(action)) for held in actor.held)


def require(
    work: Work,
    verb: Verb,
    *,
    ref: str,
    action: Action | None = None,
    operation_id: int | None = None,
    agency_id: int | None = None,
) -> None:
    """Refuse unless the actor may do this; the attempt is named first, so that a refusal is recorded."""
    work.attempts(verb.name.lower(), ref)
    if not may(work, verb, action=action, operation_id=operation_id, agency_id=agency_id):
        raise NotAllowed(
            f"You cannot {verb.value} here: that is for {posts_words(verb)}. Ask the cell if this should be you."
        )


def action_id_of(look: Look, reference: str) -> int:
    """The id of a visible action by its reference; missing and forbidden answer alike."""
    found = look.session.exec(
        select(Action.id).where(Action.reference == reference, col(Action.id).in_(visible_actions(look)))
    ).first()
    if found is None:
        raise NotFound(NO_ACTION.format(reference=reference))
    return found


def reference_at(look: Look, entry: str) -> str:
    """The reference of a visible action by its identity in calendars; empty where it is missing or forbidden."""
    found = look.session.exec(
        select(Action.reference).where(Action.calendar_uid == entry, col(Action.id).in_(visible_actions(look)))
    ).first()
    return found or ""


def lock_action(work: Work, reference: str, verb: Verb) -> Action:
    """Lock a visible action and decide access under the lock."""
    work.attempts(verb.name.lower(), reference)
    action = work.lock(Action, action_id_of(work, reference))
    require(work, verb, ref=reference, action=action)
    return action


def orphans(look: Look) -> tuple[Action, ...]:
    """Closed actions on whose lists nobody's post reaches them any more, for who could close them to a list.

    Of such an action they learn its reference and nothing else, and may put a new list on it.
    """
    ours = col(Action.operation_id).in_(operations_for(look, Verb.LIMIT))
    closed = look.session.exec(select(Action).where(col(Action.compartment), ours).order_by(Action.reference))
    within = [action for action in closed if may(look, Verb.LIMIT, action=action)]
    mine = col(ActionCompartment.action_id).in_([action.id for action in within])
    listed = look.session.exec(select(ActionCompartment).where(mine)).all()
    actors = {actor.person_id: actor for actor in actors_at(look.session, {row.person_id for row in listed}, look.now)}
    reached = {(row.action_id, actors[row.person_id]) for row in listed if row.person_id in actors}
    return tuple(a for a in within if not any(number == a.id and sees(actor, a) for number, actor in reached))


def lock_orphan(work: Work, reference: str) -> Action:
    """Lock such an action; to everybody else it is missing, as is one that somebody on its list still reaches."""
    work.attempts(Verb.LIMIT.name.lower(), reference)
    found = next((action.id for action in orphans(work) if action.reference == reference), None)
    action = work.lock(Action, found) if found is not None else None
    if action is None or action not in orphans(work):  # again under the lock: another may have been quicker
        raise NotFound(NO_ACTION.format(reference=reference))
    return action


def own_agencies(look: Look, *verbs: Verb) -> tuple[int, ...]:
    """The agencies for which the actor may do any of these."""
    return tuple(sorted({agency for agency, _ in own_seats(look, *verbs)}))


def own_seats(look: Look, *verbs: Verb) -> frozenset[tuple[int, int | None]]:
    """The same, each with the operation in which the post is held; None is every operation."""
    return frozenset(
        (agency, held.operation_id)
        for verb in verbs
        for held in held_for(look, verb)
        if TABLE[verb][held.post] in (Relation.AGENCY, Relation.AGENCY_ANYWHERE, Relation.NAMED)
        and (agency := _agency(look.actor, held)) is not None
    )


def agency_named(look: Look, code: str) -> Agency:
    """An agency by its code; a care provider answers like none to who may not know its name."""
    agency = look.session.exec(select(Agency).where(Agency.code == code)).first()
    hidden = agency is not None and agency.kind is AgencyKind.CARE_PROVIDER and not may(look, Verb.SEE_PROVIDERS)
    if agency is None or hidden:
        raise NotFound(f"There is no agency {code} in the directory. Choose one of the codes on the Directory page.")
    return agency


def shared_with(look: Look, *agency_ids: int) -> Sharing:
    """What agencies may know beyond logistics, by the agreements in force today; of these agencies, or of all.

    The one place that decides it, in one query: pages, the calendar, exports and the gate's check ask here.
    """
    return agreed_on(look.session, look.now.date(), agency_ids)
