"""Whom an action is closed to, and who could be put on its list."""

from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.actors import Actor, Held
from planner.db import pick
from planner.models.directory import Appointment, Person
from planner.models.operations import Action, ActionCompartment
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
    a = Appointment
    columns: Any = pick(Person.title, Person.id, Person.agency_id, a.post, a.operation_id, a.region, a.agency_id)
    query = (
        columns.join(a, col(a.person_id) == col(Person.id))
        .where(
            col(Person.active),
            sa.or_(col(a.operation_id).is_(None), col(a.operation_id) == action.operation_id),
            sa.or_(col(a.valid_from).is_(None), col(a.valid_from) <= look.now.date()),
            sa.or_(col(a.valid_to).is_(None), col(a.valid_to) >= look.now.date()),
        )
        .order_by(Person.title)
    )
    found = (
        title
        for title, number, agency, *held in look.session.execute(query)
        if access.sees(Actor(number, title, agency, (Held(*held),)), action)
    )
    return tuple(dict.fromkeys(found))
