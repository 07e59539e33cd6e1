"""Who acts: a person with the posts held now, the operator of the installation, the clock."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from planner.db import pick
from planner.errors import NotFound
from planner.models.directory import Appointment, Person
from planner.models.turns import Delegation
from planner.rules.words import Post


class Held(NamedTuple):
    """A post held today, with what it reaches; None means everywhere."""

    post: Post
    operation_id: int | None
    region: str | None
    agency_id: int | None


@dataclass(frozen=True)
class Actor:
    """Who acts: a person with their posts, or the operator of the installation, who reads all and does nothing."""

    person_id: int | None
    name: str
    agency_id: int | None = None
    held: tuple[Held, ...] = ()
    operator: bool = False
    device: bool = False  # a remembered device opened the session: My part alone


OPERATOR = Actor(None, "operator", operator=True)
SWEEP = Actor(None, "clock", operator=True)
MAIL = Actor(None, "mail", operator=True)


def actor_at(session: Session, person_id: int | None, now: datetime) -> Actor:
    """Who acts, with the posts held now: read in every transaction, so that a lost post counts at once."""
    if person_id is None:
        return OPERATOR
    person = session.get(Person, person_id)
    if person is None or not person.active:
        raise NotFound("This account belongs to nobody who works here now. Ask the cell.")
    rows = session.exec(
        select(Appointment.post, Appointment.operation_id, Appointment.region, Appointment.agency_id).where(
            Appointment.person_id == person_id, *_valid(now)
        )
    )
    held = (*(Held._make(row) for row in rows), *_on_call(session, [person_id], now).get(person_id, ()))
    return Actor(person_id, person.title, person.agency_id, held)


def actors_at(session: Session, person_ids: Collection[int], now: datetime) -> tuple[Actor, ...]:
    """Those of several people who work here now and hold a post, in one query."""
    a, p = Appointment, Person
    columns = pick(p.id, p.title, p.agency_id, a.post, a.operation_id, a.region, a.agency_id)
    query = columns.join(a, col(a.person_id) == col(p.id)).where(col(p.id).in_(person_ids), col(p.active), *_valid(now))
    actors: dict[int, Actor] = {}
    for number, title, agency, *held in session.execute(query):
        before = actors.get(number, Actor(number, title, agency))
        actors[number] = replace(before, held=(*before.held, Held._make(held)))
    for number, on_call in _on_call(session, list(actors), now).items():
        actors[number] = replace(actors[number], held=(*actors[number].held, *on_call))
    return tuple(actors.values())


def _on_call(session: Session, person_ids: Collection[int], now: datetime) -> dict[int, tuple[Held, ...]]:
    """What a commander's delegation gives, from its first instant to its last: accepted, and not ended."""
    d, found = Delegation, dict[int, tuple[Held, ...]]()
    query = pick(d.delegate_id, d.operation_id, d.region, d.force_id).where(
        col(d.delegate_id).in_(person_ids),
        col(d.accepted_at).is_not(None),
        col(d.ended_at).is_(None),
        col(d.from_at) <= now,
        col(d.to_at) > now,
    )
    for number, *reach in session.execute(query):
        found[number] = (*found.get(number, ()), Held(Post.DELEGATE, *reach))
    return found


def _valid(now: datetime) -> tuple[Any, ...]:
    """An appointment's days, both of which may be left open."""
    a, today = Appointment, now.date()
    begun = sa.or_(col(a.valid_from).is_(None), col(a.valid_from) <= today)
    return begun, sa.or_(col(a.valid_to).is_(None), col(a.valid_to) >= today)
