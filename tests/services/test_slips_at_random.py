"""Changes of plan at random on the exercise: the list that is shown before equals what happened, read from outside.

What happened is not taken from the service: facts are loaded before and after by a desk of their own, notices are
counted by reader, and answers and bookings by their rows.
"""

import random
import re
from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from sqlmodel import col, select

from planner import facts
from planner.db import Database
from planner.errors import PlannerError
from planner.models.care import Hold
from planner.models.directory import Appointment
from planner.models.operations import Action, Operation, StrikeDay
from planner.models.records import Notice
from planner.models.roles import RoleOffer
from planner.rules.consequences import Side, consequences
from planner.rules.readiness import judge
from planner.rules.windows import local
from planner.rules.words import ActionState, HoldState, Immigration, Need, OfferState, Post, Profile
from planner.services.demand import Line
from planner.services.exercise import load_pentameter2
from planner.services.slip_changes import Change, NewAttendance, NewDay, NewNumbers, NewTime
from planner.services.slips import SlipRequest, list_consequences, slip
from planner.services.strike_days import StrikeDayRequest, set_strike_day
from planner.work import Desk

pytestmark = pytest.mark.heavy
ACCEPTED = (OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)
OPEN = (ActionState.PLANNED, ActionState.REQUESTED)


class World(NamedTuple):
    """What can be read from outside of the actions that a change is about."""

    sides: list[Side]
    offers: dict[int, OfferState]
    holds: dict[int, HoldState]
    notices: int


def seen(desk: Desk, references: tuple[str, ...]) -> World:
    with desk.reading() as look:
        numbers = sorted(look.session.exec(select(Action.id).where(col(Action.reference).in_(references))))
        known = facts.load(look, numbers)
        days = {row.id: row.name for row in look.session.exec(select(StrikeDay))}
        rows = {number: look.session.get_one(Action, number) for number in numbers}
        offers = look.session.exec(select(RoleOffer).where(col(RoleOffer.action_id).in_(numbers)))
        holds = look.session.exec(select(Hold).where(col(Hold.action_id).in_(numbers)))
        notices = look.session.exec(select(Notice.id)).all()
        sides = [
            Side(
                known[number],
                judge(known[number]),
                rows[number].calendar_sequence,
                days.get(rows[number].strike_day_id, ""),
            )
            for number in numbers
        ]
        return World(sides, {row.id: row.state for row in offers}, {row.id: row.state for row in holds}, len(notices))


def join_days(desk: Desk, dice: random.Random) -> list[int]:
    """Some days on which several actions are planned become strike days."""
    with desk.reading() as look:
        by_day: dict[date, list[str]] = {}
        for row in look.session.exec(select(Action).where(col(Action.state).in_(OPEN)).order_by(col(Action.id))):
            by_day.setdefault(local(row.starts_at).date(), []).append(row.reference)
        code = look.session.exec(select(Operation.code)).one()
    found = []
    for number, (day, members) in enumerate(sorted(item for item in by_day.items() if len(item[1]) > 2)[:4]):
        with desk.writing() as work:
            chosen = tuple(dice.sample(members, 3))
            made = set_strike_day(work, StrikeDayRequest(code, f"Random {number}", day, chosen))
            found.append(made.id or 0)
    return found


def a_request(desk: Desk, dice: random.Random, strike_days: list[int], key: str) -> SlipRequest:
    whole = dice.random() < 0.25
    with desk.reading() as look:
        actions = look.session.exec(select(Action).where(col(Action.state).in_(OPEN)).order_by(col(Action.id))).all()
        number = dice.choice(strike_days) if whole else None
        chosen = [row for row in actions if row.strike_day_id == number] if whole else [dice.choice(actions)]
        if not chosen:
            number, chosen = None, [dice.choice(actions)]
        change = a_change(chosen[0], dice, whole=number is not None)
        versions = {row.reference: row.version for row in chosen}
    return SlipRequest(tuple(versions), change, key, versions, strike_day=number)


def a_change(action: Action, dice: random.Random, *, whole: bool) -> Change:
    if whole:
        return NewDay(local(action.starts_at).date() + timedelta(days=dice.choice((-400, -2, -1, 1, 2, 7))))
    later = timedelta(days=dice.choice((-1, 0, 1, 3)), hours=dice.choice((-3, 0, 1, 16)))
    low = dice.randint(0, 3)
    return dice.choice(
        (
            NewTime(action.starts_at + later, action.ends_at + later, "The vans are needed elsewhere."),
            NewTime(action.starts_at + later, action.ends_at + later),
            NewAttendance(dice.choice(list(Immigration))),
            NewNumbers((Line(Profile.WOMAN, Need.NONE, low, low + dice.randint(0, 3), low + 4),)),
        )
    )


def check(before: World, after: World, listed: tuple[object, ...], told: tuple[int, int], desk: Desk) -> None:
    assert consequences(before.sides, after.sides) == listed
    with desk.reading() as look:
        new = look.session.exec(select(Notice).order_by(col(Notice.id)).offset(before.notices)).all()
        closed = {row.id for row in look.session.exec(select(Action).where(col(Action.compartment)))}
    readers = Counter((row.person_id, row.agency_id, row.action_id if row.action_id in closed else None) for row in new)
    assert set(readers.values()) <= {1}, "somebody is told twice"
    people, agencies = {row.person_id for row in new} - {None}, {row.agency_id for row in new} - {None}
    assert (len(people), len(agencies)) == told
    words = " ".join(getattr(item, "sentence", "") for item in listed)
    again = sum(state in ACCEPTED and after.offers[key] is OfferState.OFFERED for key, state in before.offers.items())
    assert again == sum(int(number) for number in re.findall(r"(\d+) posts? (?:is|are) asked again", words))
    gone = [
        key
        for key, state in before.holds.items()
        if state in (HoldState.HELD, HoldState.CONFIRMED) and after.holds[key] is HoldState.RELEASED
    ]
    assert len(gone) == len(re.findall(r" go(?:es)? back", words))


def test_what_is_listed_is_what_happens(database: Database, full: bool) -> None:
    load_pentameter2(database, actions=120 if full else 60)
    dice, number, done, refused = random.Random(20081), 200 if full else 24, Counter[str](), Counter[str]()
    with database.read() as session:
        person = session.exec(select(Appointment.person_id).where(Appointment.post == Post.CELL)).first()
    desk = Desk(database, person)
    strike_days = join_days(desk, dice)

    while sum(done.values()) < number:
        request = a_request(desk, dice, strike_days, f"random-{sum(done.values())}-{sum(refused.values())}")
        before = seen(desk, request.actions)
        kind = type(request.change).__name__
        try:
            with desk.writing(rehearsed=True) as work:
                listed = list_consequences(work, request)
        except PlannerError as refusal:
            refused[f"{kind}: {type(refusal).__name__}"] += 1
            unchanged = seen(desk, request.actions)
            assert (unchanged.offers, unchanged.holds) == (before.offers, before.holds)
            continue
        with desk.writing() as work:
            slip(work, request, seen=listed.mark)
        check(before, seen(desk, request.actions), listed.consequences, (listed.people, listed.agencies), desk)
        done[f"{kind}{' of a strike day' if request.strike_day else ''}{', breaks' if listed.breaks else ''}"] += 1

    print(f"\n{dict(done)}; refused {dict(refused)}")  # noqa: T201
    assert {name.split(",")[0] for name in done} >= {"NewTime", "NewAttendance", "NewNumbers"}
