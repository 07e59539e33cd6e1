"""Who acts: a person with the posts held now, the operator of the installation, the clock."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

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
    actor = _who(session, [person_id], now).get(person_id)
    if actor is None:
        raise NotFound("This account belongs to nobody who works here now. Ask the cell.")
    return actor


def actors_at(session: Session, person_ids: Collection[int], now: datetime) -> tuple[Actor, ...]:
    """Those of several people who work here now and hold a post."""
    return tuple(actor for actor in _who(session, list(person_ids), now).values() if actor.held)


def _statements() -> tuple[Any, Any]:
    """Built once, for they are asked in every transaction: people who work here with their posts; what is delegated.

    An appointment's days may both be left open. What a commander delegates reaches from its first instant to its last,
    once it is accepted and unless it has ended.
    """
    p, a, d = Person, Appointment, Delegation
    who: Any = sa.bindparam("who", expanding=True)
    today: Any = sa.bindparam("today")
    now: Any = sa.bindparam("now")
    in_force = (
        col(a.person_id) == col(p.id),
        sa.or_(col(a.valid_from).is_(None), col(a.valid_from) <= today),
        sa.or_(col(a.valid_to).is_(None), col(a.valid_to) >= today),
    )
    people = pick(p.id, p.title, p.agency_id, a.post, a.operation_id, a.region, a.agency_id)
    delegated = pick(d.delegate_id, d.operation_id, d.region, d.force_id).where(
        col(d.delegate_id).in_(who),
        col(d.accepted_at).is_not(None),
        col(d.ended_at).is_(None),
        col(d.from_at) <= now,
        col(d.to_at) > now,
    )
    return people.outerjoin(a, sa.and_(*in_force)).where(col(p.id).in_(who), col(p.active)), delegated


PEOPLE, DELEGATED = _statements()


def _who(session: Session, person_ids: Collection[int], now: datetime) -> dict[int, Actor]:
    asked = {"who": person_ids, "today": now.date(), "now": now}
    found, held = dict[int, Actor](), defaultdict[int, list[Held]](list)
    for number, title, agency, post, *reach in session.execute(PEOPLE, asked):
        found[number] = Actor(number, title, agency)
        if post is not None:
            held[number].append(Held(post, *reach))
    for number, *reach in session.execute(DELEGATED, asked):
        held[number].append(Held(Post.DELEGATE, *reach))
    return {number: replace(actor, held=tuple(held[number])) for number, actor in found.items()}
