"""Many processes want the last place: one gets it. Without lock and key the same race overbooks."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from planner.db import Database
from planner.errors import Refused
from planner.models.care import Claim, Hold
from planner.rules.words import HoldState, Need, Profile
from planner.services.care import HoldRequest, hold_places
from planner.work import Desk
from tests.builders import FIRST_NIGHT, NOW, World, a_unit, a_world, an_action
from tests.care import book
from tests.race.processes import START
from tests.race.racer import grab, race


def size(full: bool) -> tuple[int, int]:
    """Racers and rounds."""
    return (50, 30) if full else (6, 4)


def run(target: Callable[..., None], arguments: list[tuple[Any, ...]], rounds: int) -> Counter[tuple[int, str]]:
    """Start every racer once, let them meet at the barrier each round, and count their answers."""
    barrier, answers = START.Barrier(len(arguments)), START.Queue()
    racers = [START.Process(target=target, args=(*first, rounds, barrier, answers)) for first in arguments]
    for racer in racers:
        racer.start()
    found = Counter(answers.get(timeout=300) for _ in range(rounds * len(racers)))
    for racer in racers:
        racer.join(60)
    assert [racer.exitcode for racer in racers] == [0] * len(racers)
    return found


def a_race(database: Database, rounds: int) -> World:
    """One unit of one place and one action for each round."""
    world = a_world(database)
    with database.write() as session:
        for turn in range(rounds):
            a_unit(session, world.provider, world.operation, code=f"R{turn}", places=1, nights=1)
    for turn in range(rounds):
        an_action(world, f"WM-{turn:04d}")
    return world


@pytest.mark.heavy
def test_one_of_many_gets_the_last_place(database: Database, full: bool) -> None:
    racers, rounds = size(full)
    world = a_race(database, rounds)
    url = database.url.render_as_string(hide_password=False)

    found = run(race, [(url, world.people["silver"], number, NOW) for number in range(racers)], rounds)

    print(f"{racers} racers, {rounds} rounds:", Counter(answer for _, answer in found.elements()))
    assert [found[turn, "won"] for turn in range(rounds)] == [1] * rounds
    assert [found[turn, "refused"] for turn in range(rounds)] == [racers - 1] * rounds
    with database.read() as session:
        assert session.execute(sa.select(sa.func.count()).select_from(Claim)).scalar_one() == rounds


@pytest.mark.heavy
def test_a_place_whose_hold_expired_is_won_once_at_that_instant_with_nothing_swept(
    database: Database, full: bool
) -> None:
    racers, rounds = size(full)
    world = a_race(database, rounds)
    held = [book(world, f"WM-{turn:04d}", f"R{turn}", nights=1) for turn in range(rounds)]
    with database.read() as session:
        until = session.get_one(Hold, held[0]).expires_at or NOW
    url, silver = database.url.render_as_string(hide_password=False), world.people["silver"]
    early = Desk(database, silver, lambda: until - timedelta(microseconds=1))
    request = HoldRequest("WM-0000", "R0", ((Profile.WOMAN, Need.NONE, 1),), "early", nights=1)
    with pytest.raises(Refused, match="0 places left"), early.writing() as work:
        hold_places(work, request)

    found = run(race, [(url, silver, number, until) for number in range(racers)], rounds)

    print(f"{racers} racers, {rounds} rounds, at the expiry:", Counter(answer for _, answer in found.elements()))
    assert [found[turn, "won"] for turn in range(rounds)] == [1] * rounds
    with database.read() as session:
        states = Counter(session.exec(select(Hold.state)))
    assert states == {HoldState.EXPIRED: rounds, HoldState.HELD: rounds}


@pytest.mark.heavy
def test_without_lock_and_key_the_same_race_overbooks(database: Database, full: bool) -> None:
    racers, rounds = size(full)
    with database.write() as session:
        session.execute(sa.text("CREATE TABLE scratch (turn integer, night text, racer integer)"))
    url = database.url.render_as_string(hide_password=False)

    found = run(grab, [(url, number) for number in range(racers)], rounds)

    overbooked = sum(found[turn, "won"] > 1 for turn in range(rounds))
    print(f"control: {overbooked} of {rounds} rounds overbooked")
    assert overbooked > 0


def test_the_database_itself_refuses_a_second_claim(database: Database) -> None:
    world = a_race(database, 1)
    with database.read() as session:
        unit = session.execute(sa.text("SELECT id FROM unit WHERE code = 'R0'")).scalar_one()
    holding = sa.text(
        "INSERT INTO hold (provider_id, action_id, state, first_night, nights, asked_by, asked_at, version)"
        " VALUES (:provider, 1, 'held', :night, 1, :person, '2026-11-24 09:00:00', 1)"
    )
    claiming = sa.text("INSERT INTO claim (unit_id, number, night, hold_id) VALUES (:unit, :number, :night, 1)")
    values = {"provider": world.provider, "night": FIRST_NIGHT, "person": world.people["silver"], "unit": unit}
    with database.write() as session:
        session.execute(holding, values)
        session.execute(claiming, values | {"number": 1})

    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(claiming, values | {"number": 1})
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(claiming, values | {"number": 2})
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(claiming, values | {"number": 1, "night": FIRST_NIGHT + timedelta(days=1)})
