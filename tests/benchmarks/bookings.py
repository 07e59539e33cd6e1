"""Fifty people book at once: places are asked of two of eight units, and confirmed by one; four others read pages.

Either is a booking that is written: a verb and a commit of its own. All of them are threads of one process, as the
people at one server are; nobody pauses but those who read, who open another page each second.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

from sqlmodel import Session, col, select

from planner import access, facts
from planner.db import Database
from planner.models.care import (
    Hold,
    OpenNight,
    Place,
    Provider,
    Unit,
    UnitExploitation,
    UnitNeed,
    UnitProfile,
    UnitZone,
)
from planner.models.directory import Agency, Appointment, Person, Region, Zone
from planner.models.operations import Action
from planner.rules.windows import first_night
from planner.rules.words import ActionState, AgencyKind, Exploitation, Need, Post, Profile, SiteKind
from planner.services import care, care_requests
from planner.views import care as care_view
from planner.views import today
from planner.work import Desk, Look, utc_now
from tests.benchmarks.table import Row

USERS, READERS, EACH = 50, 4, 2
MOST_ROUNDS = 3
NIGHTS, PLACES, UNITS = 3, 64, 8
MOST_A_DAY = 8
PAUSE_SECONDS = 1.0
PER_SECOND, P99_SECONDS = 50.0, 1.0
WOMAN = ((Profile.WOMAN, Need.NONE, 1),)
numbers = count()


class Stage(NamedTuple):
    """Actions with their planners, and new providers' units, one each, with their leads."""

    actions: Sequence[tuple[str, int]]
    units: tuple[str, ...]
    leads: dict[int, int]


def rows(database: Database, rounds: int) -> list[Row]:
    stage = _stage(database)
    taken: list[float] = []
    _round(database, stage, [])  # the first of each statement is compiled
    begun = time.perf_counter()
    with _read_pages(database) as read:
        for _ in range(rounds):
            _round(database, stage, taken)
    seconds = time.perf_counter() - begun
    each, slowest = sorted(taken), len(taken) * 99 // 100
    rate = len(taken) / seconds
    said = f"{rate:.0f} a second, {PER_SECOND:.0f} wanted; {len(taken)} by {USERS} people, {len(read)} pages read"
    return [
        Row("A booking asked for or confirmed, while 50 people book", 1000 / rate, 1000 / PER_SECOND, "ms", said),
        Row("The slowest of a hundred of these, from press to commit", each[slowest], P99_SECONDS, "s"),
    ]


def _round(database: Database, stage: Stage, taken: list[float]) -> None:
    """Everybody books so many times; an error of anybody's is raised here."""
    broken: list[BaseException] = []

    def book(number: int) -> None:
        reference, planner = stage.actions[number % len(stage.actions)]
        first = 2 * number % UNITS
        try:
            for _ in range(EACH):
                taken.extend(_booked(database, stage.leads, stage.units[first : first + 2], reference, planner))
        except BaseException as error:
            broken.append(error)

    _together([lambda number=number: book(number) for number in range(USERS)])
    if broken:
        raise broken[0]


def _together(all_of: Sequence[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=each) for each in all_of]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _booked(
    database: Database, leads: dict[int, int], units: tuple[str, ...], reference: str, planner: int
) -> tuple[float, float]:
    """Asked for by the planner and confirmed by a provider; how long each took."""
    begun = time.perf_counter()
    with Desk(database, planner).writing() as work:
        request = care_requests.PlacesAsked(reference, units, WOMAN, f"benchmark-{next(numbers)}", nights=NIGHTS)
        made = care_requests.ask_places(work, request).id or 0
    asked = time.perf_counter()
    with database.read() as session:
        waiting = select(Hold.id, Hold.provider_id).where(Hold.request_id == made).order_by(col(Hold.id))
        number, provider = session.exec(waiting).all()[made % 2]
    pressed = time.perf_counter()
    with Desk(database, leads[provider]).writing() as work:
        care.confirm_hold(work, number or 0)
    return asked - begun, time.perf_counter() - pressed


@contextmanager
def _read_pages(database: Database) -> Iterator[list[str]]:
    """What four others' pages read, another one each second; every name of a page that was read."""
    over, read = threading.Event(), list[str]()
    with database.read() as session:
        cell = session.exec(select(Appointment.person_id).where(Appointment.post == Post.CELL)).first()
        action = session.exec(select(Action.id).where(Action.state == ActionState.PLANNED)).first()
    desk = Desk(database, cell)
    pages: dict[str, Callable[[Look], object]] = {
        "today": lambda look: (today.lapsing(look), today.notices(look)),
        "care": lambda look: care_view.capacity(look, first=first_night(look.now), nights=14),
        "action": lambda look: facts.gates(look, [action]),
        "actions": lambda look: facts.gates(look, access.visible_actions(look).limit(50)),
    }

    def reads(number: int) -> None:
        names = list(pages)
        while not over.is_set():
            name = names[number % len(names)]
            with desk.reading() as look:
                pages[name](look)
            read.append(name)
            number += 1
            over.wait(PAUSE_SECONDS)

    readers = [threading.Thread(target=reads, args=(number,)) for number in range(READERS)]
    for reader in readers:
        reader.start()
    yield read
    over.set()
    for reader in readers:
        reader.join()


def _stage(database: Database) -> Stage:
    """Fifty actions to come, each with its force's Silver; room enough for every booking of the run."""
    soon = utc_now() + timedelta(days=2)
    to_come = (
        Action.state == ActionState.PLANNED,
        col(Action.starts_at) > soon,
        Action.exploitation == Exploitation.SEXUAL,
    )
    with database.write() as session:
        found = _spread(session.exec(select(Action).where(*to_come).order_by(col(Action.starts_at))))
        silver = select(Appointment.agency_id, Appointment.person_id).where(Appointment.post == Post.SILVER)
        planners = dict(session.exec(silver).all())
        leads, units = {}, []
        for number in range(UNITS):
            code = f"benchmark{number}"
            provider, lead = _provider(session, code, found[0].operation_id)
            leads[provider] = lead
            units.append(_unit(session, provider, code, found))
    return Stage([(row.reference, planners[row.force_id]) for row in found], tuple(units), leads)


def _spread(rows: Iterable[Action]) -> list[Action]:
    """The first ones, so many a day at most: however large a campaign is, there is room on each night."""
    found, days = list[Action](), Counter[date]()
    for row in rows:
        day = row.starts_at.date()
        days[day] += 1
        if days[day] <= MOST_A_DAY:
            found.append(row)
        if len(found) == USERS:
            break
    return found


def _provider(session: Session, code: str, operation: int) -> tuple[int, int]:
    region = session.exec(select(Region.code)).first()
    agency = Agency(code=code, name=code, kind=AgencyKind.CARE_PROVIDER, region=region, fictional=True)
    session.add(agency)
    session.flush()
    number = agency.id or 0
    lead = Person(title=f"Lead of {code}", agency_id=number)
    session.add_all([Provider(agency_id=number, fictional=True), lead])
    session.flush()
    session.add(Appointment(person_id=lead.id or 0, post=Post.PROVIDER_LEAD, operation_id=operation, agency_id=number))
    return number, lead.id or 0


def _unit(session: Session, provider: int, code: str, actions: Sequence[Action]) -> str:
    """Places for women of every zone, open on the nights of these actions."""
    unit = Unit(provider_id=provider, code=code, name=code, site=SiteKind.SAFE_HOUSE)
    session.add(unit)
    session.flush()
    number = unit.id or 0
    session.add_all([UnitProfile(unit_id=number, profile=Profile.WOMAN), UnitNeed(unit_id=number, need=Need.NONE)])
    session.add_all(UnitZone(unit_id=number, zone=zone) for zone in session.exec(select(Zone.code)).all())
    session.add(UnitExploitation(unit_id=number, exploitation=Exploitation.SEXUAL))
    session.add_all(Place(unit_id=number, number=place) for place in range(1, PLACES + 1))
    session.flush()
    nights = {first_night(row.starts_at) + timedelta(days=day) for row in actions for day in range(NIGHTS)}
    session.add_all(
        OpenNight(unit_id=number, number=place, night=night, operation_id=actions[0].operation_id)
        for place in range(1, PLACES + 1)
        for night in sorted(nights)
    )
    return code
