"""Whom an action is closed to, and who could be put on its list."""

from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.actors import Actor, actors_at
from planner.db import pick
from planner.models.directory import Appointment, Person
from planner.models.operations import Action, ActionCompartment
from planner.rules.access import posts_of
from planner.work import Look


class Compartment(NamedTuple):
    """`choices` are titles of the people whose posts reach the action; empty for who may not change the list."""

    closed: bool
    people: tuple[str, ...]
    choices: tuple[str, ...]
    may_change: bool


def compartment(look: Look, reference: str) -> Compartment:
    """The list of one visible action; missing and forbidden answer alike."""
    action = look.session.get_one(Action, access.action_id_of(look, reference))
    listed = pick(ActionCompartment.person_id).where(ActionCompartment.action_id == action.id)
    people = look.session.execute(pick(Person.title).where(col(Person.id).in_(listed)).order_by(Person.title))
    may_change = access.may(look, access.Verb.LIMIT, action=action)
    choices = _reaching(look, action) if may_change else ()
    return Compartment(action.compartment, tuple(row[0] for row in people), choices, may_change)


def _reaching(look: Look, action: Action) -> tuple[str, ...]:
    return tuple(actor.name for actor in _posted(look, action.operation_id) if access.sees(actor, action))


class Orphans(NamedTuple):
    """References alone of closed actions that nobody can open; `choices` says nothing of whose each of them is."""

    references: tuple[str, ...]
    choices: tuple[str, ...]


def orphans(look: Look, operation_id: int) -> Orphans:
    """Of one operation, for who may put a new list on them; the choices are all who see any of its actions."""
    found = tuple(action.reference for action in access.orphans(look) if action.operation_id == operation_id)
    return Orphans(found, tuple(actor.name for actor in _posted(look, operation_id)) if found else ())


def _posted(look: Look, operation_id: int) -> tuple[Actor, ...]:
    """Everybody whose post may see actions of an operation, by title."""
    a = Appointment
    numbers = look.session.scalars(
        pick(a.person_id).where(
            col(a.post).in_(posts_of(access.Verb.SEE_ACTIONS)),
            sa.or_(col(a.operation_id).is_(None), col(a.operation_id) == operation_id),
        )
    )
    found = actors_at(look.session, set(numbers), look.now)
    return tuple(sorted((actor for actor in found if _reaches(actor, operation_id)), key=lambda actor: actor.name))


def _reaches(actor: Actor, operation_id: int) -> bool:
    held = (post for post in actor.held if post.post in posts_of(access.Verb.SEE_ACTIONS))
    return any(post.operation_id in (None, operation_id) for post in held)
