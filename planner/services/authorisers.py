"""Who may give the go-ahead for one action now: the owning force's Gold, and whoever is on call in their place."""

from sqlmodel import col, select

from planner.access import Verb, sees
from planner.actors import Actor, actors_at
from planner.models.directory import Appointment
from planner.models.operations import Action, ActionCompartment
from planner.models.turns import Delegation
from planner.rules.words import Post
from planner.work import Look


def authorisers(look: Look, action: Action) -> tuple[Actor, ...]:
    """Each with the posts held now; of an action that is closed to a list, only those on it."""
    golds = select(Appointment.person_id).where(Appointment.post == Post.GOLD)
    delegates = select(Delegation.delegate_id).where(col(Delegation.to_at) > look.now)
    on_call = delegates.where(Delegation.force_id == action.force_id)
    ids: set[int] = {*look.session.exec(golds), *look.session.exec(on_call)}
    if action.compartment:
        listed = select(ActionCompartment.person_id).where(ActionCompartment.action_id == action.id)
        ids.intersection_update(look.session.exec(listed).all())
    found = actors_at(look.session, ids, look.now)
    return tuple(actor for actor in found if sees(actor, action, Verb.GIVE_GO_AHEAD))
