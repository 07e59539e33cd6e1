"""Who acts: a person with the posts held now, the operator of the installation, the clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from planner.errors import NotFound
from planner.models.directory import Appointment, Person
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


def actor_at(session: Session, person_id: int | None, now: datetime) -> Actor:
    """Who acts, with the posts held now: read in every transaction, so that a lost post counts at once."""
    if person_id is None:
        return OPERATOR
    person = session.get(Person, person_id)
    if person is None or not person.active:
        raise NotFound("This account belongs to nobody who works here now. Ask the cell.")
    today = now.date()
    rows = session.exec(
        select(Appointment.post, Appointment.operation_id, Appointment.region, Appointment.agency_id).where(
            Appointment.person_id == person_id,
            sa.or_(col(Appointment.valid_from).is_(None), col(Appointment.valid_from) <= today),
            sa.or_(col(Appointment.valid_to).is_(None), col(Appointment.valid_to) >= today),
        )
    )
    held = tuple(Held._make(row) for row in rows)
    return Actor(person_id, person.title, person.agency_id, held)
