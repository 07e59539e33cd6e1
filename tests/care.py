"""Bookings, a second provider, people with several posts, and how many queries a view takes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import sqlalchemy as sa

from planner.models.care import Provider
from planner.models.directory import Agency, Appointment, Person
from planner.models.operations import Operation
from planner.rules.words import AgencyKind, Need, Post, Profile
from planner.services import care
from planner.services.reserves import ReserveHold, ReserveRequest, hold_for_reserve, set_reserve, share_reserve
from planner.work import Look
from tests.builders import FIRST_NIGHT, World, a_unit

NAME = "Canary House"


def a_second_provider(world: World) -> None:
    """Canary House, which answers every request itself, with unit U2 of six places for women; its lead."""
    with world.database.write() as session:
        agency = Agency(code="canary", name=NAME, kind=AgencyKind.CARE_PROVIDER, region="wm", fictional=True)
        session.add(agency)
        session.flush()
        session.add(Provider(agency_id=agency.id or 0, fictional=True))
        session.flush()
        a_unit(session, agency.id or 0, world.operation, code="U2", places=6)
        number = agency.id or 0
    a_person(world, "second_provider", number, (Post.PROVIDER_LEAD, world.operation, number))


def a_person(world: World, name: str, agency: int, *posts: tuple[Post, int | None, int | None]) -> None:
    """Somebody with posts: which, in which operation, for which agency."""
    with world.database.write() as session:
        person = Person(title=f"{name}, example", agency_id=agency)
        session.add(person)
        session.flush()
        world.people[name] = person.id or 0
        for post, operation, own in posts:
            session.add(Appointment(person_id=person.id or 0, post=post, operation_id=operation, agency_id=own))


def a_second_operation(world: World) -> int:
    with world.database.write() as session:
        first = session.get_one(Operation, world.operation)
        other = Operation(**first.model_dump(exclude={"id", "code", "name"}), code="OP2", name="Operation Two")
        session.add(other)
        session.flush()
        return other.id or 0


def book(world: World, reference: str = "WM-0001", unit: str = "U1", places: int = 1, **more: Any) -> int:
    """Places for women, asked for by Silver."""
    request = care.HoldRequest(
        reference, unit, ((Profile.WOMAN, Need.NONE, places),), f"{reference}-{unit}-{more}", **more
    )
    with world.desk("silver").writing() as work:
        return care.hold_places(work, request).id or 0


def confirm(world: World, hold: int, by: str = "provider") -> int:
    with world.desk(by).writing() as work:
        care.confirm_hold(work, hold)
    return hold


def a_reserve(world: World, places: int = 2, reason: str = "Thirty weak premises.") -> int:
    with world.desk("care_lead").writing() as work:
        return set_reserve(work, ReserveRequest("OP1", "wm", places, reason, f"{places}{reason}")).id or 0


def book_reserve(
    world: World, reserve: int, places: int = 2, first: date = FIRST_NIGHT, nights: int = 5, unit: str = "U1"
) -> int:
    lines = ((Profile.WOMAN, Need.NONE, places),)
    with world.desk("care_lead").writing() as work:
        request = ReserveHold(reserve, unit, lines, f"{reserve}{places}{first}{unit}", first, nights)
        return hold_for_reserve(work, request).id or 0


def share(world: World, reserve: int, *references: str) -> None:
    with world.desk("care_lead").writing() as work:
        share_reserve(work, reserve, references)


def queries(world: World, name: str, view: Callable[[Look], object]) -> int:
    """How many statements a view sends."""
    seen: list[str] = []

    def count(_: Any, __: Any, statement: str, *___: Any) -> None:
        seen.append(statement)

    with world.desk(name).reading() as look:
        sa.event.listen(world.database.engine, "before_cursor_execute", count)
        view(look)
        sa.event.remove(world.database.engine, "before_cursor_execute", count)
    return len(seen)
