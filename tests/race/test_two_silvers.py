"""Two Silvers edit one plan through its form: each looks, changes a number, and is told when the other was quicker.

An edit that was acknowledged and then overwritten would leave its person out of the sum.
"""

import threading
from collections import Counter

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import Stale
from planner.models.directory import Appointment
from planner.models.operations import Action, DemandLine
from planner.models.records import RecordLine
from planner.rules.demand import MOST_PEOPLE
from planner.rules.words import Need, Post, Profile
from planner.services.demand import Line
from planner.services.slip_changes import NewNumbers
from planner.services.slips import SlipRequest, list_consequences, slip
from tests.builders import World, a_world, an_action

pytestmark = pytest.mark.heavy
REFERENCE = "WM-0001"
LINES = [(profile, need) for need in Need for profile in Profile]
EDITS = {False: 15, True: 1_000}


@pytest.fixture
def world(database: Database) -> World:
    """Both are Silvers of the force that owns the action."""
    world = a_world(database)
    an_action(world, REFERENCE)
    with database.write() as session:
        session.add(
            Appointment(
                person_id=world.people["other_silver"],
                operation_id=world.operation,
                agency_id=world.force,
                post=Post.SILVER,
            )
        )
    return world


def drawn(world: World, name: str) -> tuple[int, dict[tuple[Profile, Need], int]]:
    """What the form shows: the action's version, and how many are expected at most, line by line."""
    with world.desk(name).reading() as look:
        rows = look.session.exec(select(DemandLine).where(DemandLine.action_id == 1)).all()
        return look.session.get_one(Action, 1).version, {(row.profile, row.need): row.high for row in rows}


def edit(world: World, name: str, number: int) -> None:
    """One more person on one line; what the form shows of the other lines is sent back as it is."""
    version, numbers = drawn(world, name)
    line = LINES[number % len(LINES)]
    numbers[line] = numbers.get(line, 0) + 1
    lines = tuple(Line(*who, 0, 0, high) for who, high in sorted(numbers.items()))
    request = SlipRequest((REFERENCE,), NewNumbers(lines), f"{name}-{number}", {REFERENCE: version})
    with world.desk(name).writing(rehearsed=True) as work:
        mark = list_consequences(work, request).mark
    with world.desk(name).writing() as work:
        slip(work, request, seen=mark)


def keep_editing(world: World, name: str, edits: int, counted: Counter[str], troubles: list[Exception]) -> None:
    done = 0
    try:
        while done < edits:
            try:
                edit(world, name, done)
            except Stale:
                counted[f"{name} told to look again"] += 1
                continue
            done += 1
            counted[f"{name} kept"] += 1
    except Exception as error:
        troubles.append(error)


def test_no_acknowledged_edit_is_lost(world: World, full: bool) -> None:
    edits, counted, troubles = EDITS[full], Counter[str](), list[Exception]()
    assert 2 * edits <= MOST_PEOPLE * len(LINES)

    silvers = [
        threading.Thread(target=keep_editing, args=(world, name, edits, counted, troubles))
        for name in ("silver", "other_silver")
    ]
    for one in silvers:
        one.start()
    for one in silvers:
        one.join()

    assert troubles == []
    _, numbers = drawn(world, "silver")
    with world.database.read() as session:
        recorded = session.exec(select(RecordLine.number).where(col(RecordLine.verb) == "slip")).all()
    print(f"\n{dict(counted)}; {sum(numbers.values())} people expected")
    assert sum(numbers.values()) == 2 * edits == len(recorded)
    assert counted["silver told to look again"] + counted["other_silver told to look again"] > 0
