"""Many processes hold, confirm, extend, release and take back the same few places at once: none is booked twice."""

import re
from collections import Counter
from datetime import date, datetime
from typing import Any

import pytest

from planner.db import Database, pick
from planner.models.care import Claim, Hold, HoldLine, OpenNight
from planner.rules.windows import nights_of
from planner.rules.words import HoldState
from planner.services.records import verify_record
from planner.services.verify import troubles
from planner.work import Desk
from tests.race.mixed import BEGINS, VERBS, a_mixed_world
from tests.race.processes import START
from tests.race.racer import ROUND, WAIT_SECONDS, take_steps
from tests.race.test_last_place import size

MAIN = ("hold", "confirm", "extend", "release", "take back")
SENTENCE = re.compile(r"(refused|not_found|input|stale): [A-Z0-9].*[.!]|There is no booking of that kind\.", re.DOTALL)
UnitNight = tuple[int, date]


def opened(database: Database) -> Counter[UnitNight]:
    with database.read() as session:
        rows = session.execute(pick(OpenNight.unit_id, OpenNight.night))
        return Counter((unit, night) for unit, night in rows)


def booked(database: Database, at: datetime) -> Counter[UnitNight]:
    """Place-nights of bookings that stand at this instant, added up from their own words and never from claims."""
    h, line = Hold, HoldLine
    found: Counter[UnitNight] = Counter()
    with database.read() as session:
        query = pick(h.state, h.expires_at, h.first_night, h.nights, line.unit_id, line.places)
        for state, until, first, nights, unit, places in session.execute(query.where(h.id == line.hold_id)):
            held = state is HoldState.HELD and until > at
            if held or state is HoldState.CONFIRMED:
                found.update(dict.fromkeys(((unit, night) for night in nights_of(first, nights)), places))
    return found


def claimed(database: Database) -> Counter[UnitNight]:
    with database.read() as session:
        return Counter((unit, night) for unit, night in session.execute(pick(Claim.unit_id, Claim.night)))


def judge(database: Database, at: datetime) -> Counter[str]:
    """How many unit-nights are booked, full, and overbooked."""
    room, words, claims = opened(database), booked(database, at), claimed(database)
    over = [each for each in words.keys() | claims.keys() if max(words[each], claims[each]) > room[each]]
    full = sum(words[each] == room[each] for each in words)
    return Counter({"booked": len(words), "full": full, "overbooked": len(over)})


@pytest.mark.heavy
def test_no_place_is_booked_twice_by_verbs_that_race(database: Database, full: bool) -> None:
    racers, rounds = size(full)
    world = a_mixed_world(database)
    url = database.url.render_as_string(hide_password=False)
    barrier, answers = START.Barrier(racers + 1), START.Queue()
    each: list[tuple[Any, ...]] = [(url, world.people, number, rounds, barrier, answers) for number in range(racers)]
    processes = [START.Process(target=take_steps, args=arguments) for arguments in each]
    for process in processes:
        process.start()

    nights: Counter[str] = Counter()
    said: Counter[tuple[str, str]] = Counter()
    for turn in range(rounds):
        barrier.wait(WAIT_SECONDS)
        said.update(answers.get(timeout=WAIT_SECONDS) for _ in range(racers))
        nights.update(judge(database, BEGINS + turn * ROUND))
        barrier.wait(WAIT_SECONDS)
    for process in processes:
        process.join(60)

    done = {verb: said[verb, ""] for verb in VERBS}
    refused = {verb: sum(n for (name, why), n in said.items() if name == verb and why) for verb in VERBS}
    print(f"{racers} racers, {rounds} rounds; unit-nights after each: {dict(nights)}")
    print("done:", done)
    print("refused:", refused)
    assert [why for verb, why in said if verb == "broken"] == []
    assert [why for _, why in said if why and not SENTENCE.fullmatch(why)] == []
    assert nights["overbooked"] == 0
    assert nights["full"] > 0
    assert all(done[verb] for verb in MAIN) or not full
    with Desk(database).reading() as look:
        assert troubles(look) == ()
        assert verify_record(look).whole
