"""People by their posts, as the cell keeps them."""

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import holds_words, pick
from planner.models.directory import Agency, Appointment, Person, Region
from planner.models.operations import Operation
from planner.rules.words import AgencyKind, Post
from planner.views.people import names_providers
from planner.work import Look


class PersonRow(NamedTuple):
    """Somebody with a post: what it is, where it reaches, from when to when."""

    title: str
    agency: str
    post: Post
    operation: str | None
    region: str | None
    valid_from: date | None
    valid_to: date | None


class PersonFilter(NamedTuple):
    """What to show; empty means all. `page` counts from 1."""

    text: str = ""
    post: Post | None = None
    page: int = 1


PER_PAGE = 25


def _posts(look: Look, query: sa.Select[tuple[str]], wanted: PersonFilter) -> sa.Select[tuple[str]]:
    """Posts that are held now in the reader's operations, or in all of them."""
    a, today = Appointment, look.now.date()
    query = (
        query.join(Person, col(Person.id) == col(a.person_id))
        .join(Agency, col(Agency.id) == col(Person.agency_id))
        .where(
            col(Person.active),
            sa.or_(col(a.operation_id).is_(None), col(a.operation_id).in_(access.visible_operations(look))),
            sa.or_(col(a.valid_to).is_(None), col(a.valid_to) >= today),
        )
    )
    if not names_providers(look):
        query = query.where(col(Agency.kind) != AgencyKind.CARE_PROVIDER)
    if wanted.text:
        query = query.where(holds_words(wanted.text, col(Person.title), col(Agency.name)))
    if wanted.post:
        query = query.where(col(a.post) == wanted.post)
    return query


def people(look: Look, wanted: PersonFilter, *, per_page: int | None = PER_PAGE) -> tuple[PersonRow, ...]:
    """One page of the people who hold a post, or all; a provider's people only for who may see providers."""
    a = Appointment
    columns = pick(
        Person.title, Agency.name, a.post, Operation.name, Region.name, a.valid_from, a.valid_to
    ).select_from(a)
    query = (
        _posts(look, columns, wanted)
        .outerjoin(Operation, col(Operation.id) == col(a.operation_id))
        .outerjoin(Region, col(Region.code) == col(a.region))
        .order_by(Person.title, a.post)
        .limit(per_page)
        .offset((wanted.page - 1) * (per_page or 0))
    )
    return tuple(PersonRow._make(row) for row in look.session.execute(query))


def count_people(look: Look, wanted: PersonFilter) -> int:
    query = _posts(look, pick(sa.func.count()).select_from(Appointment), wanted)
    return int(look.session.execute(query).scalar_one())


class Choices(NamedTuple):
    """What a new person's post may name: code and words for each."""

    agencies: dict[str, str]
    operations: dict[str, str]
    regions: dict[str, str]


def choices(look: Look) -> Choices:
    mine = col(Operation.id).in_(access.visible_operations(look))
    queries = (
        pick(Agency.code, Agency.name).order_by(Agency.name),
        pick(Operation.code, Operation.name).where(mine).order_by(Operation.name),
        pick(Region.code, Region.name).order_by(Region.name),
    )
    return Choices(*(dict(map(tuple, look.session.execute(query))) for query in queries))
