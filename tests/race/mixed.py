"""One step of care, chosen by chance and taken by whoever may: what racers do, and holders that are killed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from planner.db import Database
from planner.errors import PlannerError
from planner.models.care import Hold, HoldLine, OpenNight, Provider
from planner.rules.windows import first_night
from planner.rules.words import HoldState, Need, Profile
from planner.services import care, care_arrivals, care_closing, care_requests, care_supply
from planner.services.care_parts import Key
from planner.work import Desk, Work
from tests.builders import FIRST_NIGHT, NOW, World, a_world, an_action
from tests.care import a_second_provider

WOMEN: Key = (Profile.WOMAN, Need.NONE)
BEGINS = NOW + timedelta(hours=27)  # noon: the first open night begins, so that people arrive from now on
ACTIONS = ("WM-0001", "WM-0002", "WM-0003")
ROOM: Mapping[str, int] = {"U1": 4, "U2": 6}
UNASKED_HOURS = 6
WHY = "The boiler failed."
REQUESTED, HELD, CONFIRMED = HoldState.REQUESTED, HoldState.HELD, HoldState.CONFIRMED
ANY = (REQUESTED, HELD, CONFIRMED)

Chosen = tuple[str, Callable[[Work], Any]] | None


class Taken(NamedTuple):
    """What was tried; "" when it was done, else the refusal; the booking or request that it made."""

    verb: str
    said: str
    made: int | None = None


def a_mixed_world(database: Database) -> World:
    """Three actions; U1 of four places, held unasked for six hours, and U2 of six, whose provider answers itself."""
    world = a_world(database)
    a_second_provider(world)
    with database.write() as session:
        session.get_one(Provider, world.provider).unasked_hold_hours = UNASKED_HOURS
    for reference in ACTIONS:
        an_action(world, reference)
    return world


def hold_request(key: str, now: datetime) -> care.HoldRequest:
    """The same request for the same key: one or two places of U1, for one to three of the next nights."""
    chance = Random(key)
    lines, first = ((*WOMEN, chance.randint(1, 2)),), first_night(now) + timedelta(days=chance.randint(0, 2))
    reference, nights, wait = chance.choice(ACTIONS), chance.randint(1, 3), chance.random() < 0.2
    return care.HoldRequest(reference, "U1", lines, key, first, nights, wait)


def places_asked(key: str, now: datetime) -> care_requests.PlacesAsked:
    """The same request for the same key: two to four places of either unit."""
    chance = Random(key)
    lines, first = ((*WOMEN, chance.randint(2, 4)),), first_night(now) + timedelta(days=chance.randint(0, 2))
    return care_requests.PlacesAsked(
        chance.choice(ACTIONS), tuple(ROOM), lines, key, first_night=first, nights=chance.randint(1, 3)
    )


@dataclass
class Mix:
    """Somebody for each post at one database; `note` is told of a verb's work before it is committed."""

    database: Database
    people: Mapping[str, int]
    chance: Random
    note: Callable[[Work], None] = lambda work: None

    def step(self, key: str, now: datetime) -> Taken:
        return self.take(*self.choose(key, now), now)

    def choose(self, key: str, now: datetime) -> tuple[str, Chosen]:
        """A verb, and by whom and about what among the things that are stored now."""
        name = self.chance.choices(tuple(VERBS), tuple(weight for weight, _ in VERBS.values()))[0]
        with self.database.read() as session:
            return name, VERBS[name][1](self, session, key, now)

    def take(self, name: str, chosen: Chosen, now: datetime) -> Taken:
        if chosen is None:
            return Taken(name, "There is no booking of that kind.")
        by, verb = chosen
        try:
            with Desk(self.database, self.people[by], lambda: now).writing() as work:
                made = verb(work)
                self.note(work)
        except PlannerError as refusal:
            return Taken(name, f"{refusal.kind}: {refusal}")
        return Taken(name, "", getattr(made, "id", None))

    def about(self, session: Session, *states: HoldState, offered: bool = False) -> tuple[int, str, int] | None:
        """A booking in one of these states, as it is stored now: its number, its provider's lead, its places."""
        query = select(Hold).where(col(Hold.state).in_(states)).order_by(col(Hold.id))
        found = session.exec(query.where(col(Hold.instead_of).is_not(None)) if offered else query).all()
        if not found:
            return None
        hold = self.chance.choice(found)
        second = hold.provider_id == max(session.exec(select(Provider.agency_id)))
        places = session.exec(select(sa.func.sum(HoldLine.places)).where(HoldLine.hold_id == hold.id)).one()
        return hold.id or 0, "second_provider" if second else "provider", places or 0


Chooser = Callable[[Mix, Session, str, datetime], Chosen]


def _hold(mix: Mix, session: Session, key: str, now: datetime) -> Chosen:
    return "silver", lambda work: care.hold_places(work, hold_request(key, now))


def _ask(mix: Mix, session: Session, key: str, now: datetime) -> Chosen:
    return "silver", lambda work: care_requests.ask_places(work, places_asked(key, now))


def _answered(verb: Callable[..., Any], *states: HoldState, rest: tuple[Any, ...] = ()) -> Chooser:
    """By its provider's lead, about a booking in one of these states."""

    def choose(mix: Mix, session: Session, key: str, now: datetime) -> Chosen:
        found = mix.about(session, *states)
        return None if found is None else (found[1], lambda work: verb(work, found[0], *rest))

    return choose


def _confirm_part(mix: Mix, session: Session, key: str, now: datetime) -> Chosen:
    found = mix.about(session, REQUESTED, HELD)
    if found is None:
        return None
    fewer = {WOMEN: max(1, found[2] - 1)}
    return found[1], lambda work: care.confirm_hold(work, found[0], places=fewer)


def _release(mix: Mix, session: Session, key: str, now: datetime) -> Chosen:
    found = mix.about(session, *ANY)
    return None if found is None else ("silver", lambda work: care.release_hold(work, found[0]))


def _release_part(mix: Mix, session: Session, key: str, now: datetime) -> Chosen:
    found = mix.about(session, *ANY)
    return None if found is None else ("silver", lambda work: care.release_hold(work, found[0], keep={WOMEN: 1}))


def _instead(mix: Mix, session: Session, key: str, now: datetime) -> Chosen:
    found = mix.about(session, REQUESTED, HELD)
    if found is None:
        return None
    unit = "U1" if found[1] == "provider" else "U2"
    other = care_requests.OtherPlaces(unit, ((*WOMEN, 1),), first_night(now) + timedelta(days=1), 2, WHY)
    return found[1], lambda work: care_requests.offer_instead(work, found[0], other)


def _accept(mix: Mix, session: Session, key: str, now: datetime) -> Chosen:
    found = mix.about(session, HELD, offered=True)
    return None if found is None else ("silver", lambda work: care_requests.accept_offer(work, found[0]))


def _arrive(mix: Mix, session: Session, key: str, now: datetime) -> Chosen:
    found = mix.about(session, CONFIRMED)
    came = {WOMEN: mix.chance.randint(0, 1)}
    return None if found is None else (found[1], lambda work: care_arrivals.record_arrivals(work, found[0], came))


def _close(mix: Mix, session: Session, key: str, now: datetime) -> Chosen:
    """Close a night of U1, knowing of every booking that is stored now."""
    night = first_night(now) + timedelta(days=mix.chance.randint(0, 3))
    known = tuple(number or 0 for number in session.exec(select(Hold.id).where(col(Hold.state).in_(ANY))))
    operation = session.exec(select(OpenNight.operation_id)).first() or 0
    request = care_closing.ClosingRequest("U1", operation, night, night, WHY, known)
    return "provider", lambda work: care_closing.close_nights(work, request)


def _open(mix: Mix, session: Session, key: str, now: datetime) -> Chosen:
    operation = session.exec(select(OpenNight.operation_id)).first() or 0
    places = mix.chance.randint(2, ROOM["U1"])
    last = FIRST_NIGHT + timedelta(days=9)
    request = care_supply.OpenRequest("U1", operation, first_night(now), last, places)
    return "provider", lambda work: care_supply.open_places(work, request)


VERBS: Mapping[str, tuple[int, Chooser]] = {
    "hold": (8, _hold),
    "ask": (3, _ask),
    "confirm": (6, _answered(care.confirm_hold, *ANY)),
    "confirm part": (2, _confirm_part),
    "extend": (3, _answered(care.extend_hold, *ANY, rest=(3,))),
    "decline": (1, _answered(care.decline_hold, REQUESTED, HELD, rest=(WHY,))),
    "take back": (3, _answered(care.take_back, *ANY, rest=(WHY,))),
    "release": (3, _release),
    "release part": (2, _release_part),
    "offer instead": (2, _instead),
    "accept": (3, _accept),
    "arrive": (2, _arrive),
    "close": (1, _close),
    "open": (1, _open),
    "return unused": (1, lambda *_: ("silver", care_arrivals.return_unused)),
}
