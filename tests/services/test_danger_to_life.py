"""Immediate danger to life: nothing is asked first; what was done is written down, and care is called."""

from datetime import datetime

import pytest
from icalendar import Calendar, Event
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, PlannerError, Refused
from planner.models.last_hours import DangerEntry
from planner.models.operations import Action
from planner.outputs.sheet_words import as_values
from planner.rules.words import ActionState, Post
from planner.services import actions, conduct
from planner.services.danger_to_life import DangerRequest, enter_for_danger
from planner.views.calendar import calendar_bytes
from planner.views.last_hours import danger_entry, last_hours_tasks
from planner.views.one_action import one_action
from planner.views.sheet import sheet_of
from planner.views.today import notices
from tests.builders import DAWN, World, a_world, an_action
from tests.command import HOUR, a_commander

POWER = "PACE 1984 s.17(1)(e)"


@pytest.fixture
def world(database: Database) -> World:
    """An action with nothing ready: no demand, no conference, no go-ahead."""
    made = a_world(database)
    an_action(made)
    a_commander(made, "loggist", Post.LOGGIST)
    return made


def enter(world: World, who: str = "silver", entered_at: datetime = DAWN, power: str = POWER) -> None:
    with world.desk(who, DAWN + HOUR).writing() as work:
        enter_for_danger(work, DangerRequest("WM-0001", power, entered_at, "Screams were heard."))


def state(world: World) -> ActionState:
    with world.desk("cell").reading() as look:
        return look.session.get_one(Action, 1).state


@pytest.mark.parametrize("who", ["silver", "gold", "cell", "loggist"])
def test_it_is_never_blocked_and_the_national_gold_is_told(world: World, who: str) -> None:
    enter(world, who)

    assert state(world) is ActionState.BEGUN
    for told in ("national", "care_lead"):
        with world.desk(told, DAWN + HOUR).reading() as look:
            assert notices(look)[0][1].startswith(
                "Immediate danger to life: entry at WM-0001, Thu 26 November, 06:00, under PACE 1984 s.17(1)(e)."
            )
    with world.desk("cell").reading() as look:
        assert look.session.get_one(Action, 1).began_at == DAWN


def test_what_was_called_off_and_is_entered_nevertheless_stands_in_calendars_again(world: World) -> None:
    with world.desk("silver").writing() as work:
        actions.stand_down(work, "WM-0001", "It will not happen.")
    cancelled = entry(world)

    enter(world)

    stands = entry(world)
    assert (cancelled["status"], stands["status"], stands["summary"]) == (
        "CANCELLED",
        "CONFIRMED",
        "Planned action 1/1",
    )
    assert stands["sequence"] > cancelled["sequence"]
    with world.desk("cell").reading() as look:
        assert look.session.get_one(Action, 1).called_off_at is None


def entry(world: World) -> Event:
    with world.desk("silver", DAWN + HOUR).reading() as look:
        [found] = Calendar.from_ical(calendar_bytes(look, "force", "force")).events
    return found


def test_the_care_call_list_opens_at_once(world: World) -> None:
    enter(world)

    with world.desk("care_lead", DAWN + HOUR).reading() as look:
        tasks = last_hours_tasks(look)

    assert [(task.verb, task.tab) for task in tasks] == [("Open the call list", "On the day")]


@pytest.mark.parametrize("before", ["deferred", "stood_down", "day_before"])
def test_no_state_and_no_hour_stands_in_the_way(world: World, before: str) -> None:
    with world.desk("silver").writing() as work:
        if before == "deferred":
            conduct.defer_action(work, "WM-0001", "The weather.")
        elif before == "stood_down":
            actions.stand_down(work, "WM-0001", "Not needed.")

    enter(world, entered_at=DAWN - 30 * HOUR if before == "day_before" else DAWN)

    assert state(world) is ActionState.BEGUN


@pytest.mark.parametrize(
    ("changes", "refusal", "said"),
    [
        ({"power": " "}, InputError, "The power that was used is missing"),
        ({"entered_at": DAWN + 2 * HOUR}, InputError, "still to come"),
        ({"who": "partner"}, NotFound, "none that you can open"),
        ({"who": "care_lead"}, NotAllowed, "that is for"),
    ],
)
def test_only_what_cannot_be_is_refused(
    world: World, changes: dict[str, object], refusal: type[PlannerError], said: str
) -> None:
    with pytest.raises(refusal, match=said):
        enter(world, **changes)  # type: ignore[arg-type]

    with world.desk("cell").reading() as look:
        assert look.session.exec(select(DangerEntry)).all() == []


def test_one_entry_is_written_down_once(world: World) -> None:
    enter(world)

    with pytest.raises(Refused, match="written down already"):
        enter(world)


def test_who_looks_at_it_is_told_all_of_it_and_the_sheet_says_what_is_mended(world: World) -> None:
    with world.desk("gold", DAWN + HOUR).reading() as look:
        assert danger_entry(look, one_action(look, "WM-0001")) is None
    enter(world)

    with world.desk("gold", DAWN + HOUR).reading() as look:
        entry = danger_entry(look, one_action(look, "WM-0001"))
        printed = as_values(sheet_of(look, "WM-0001"), ())

    assert entry == (DAWN, POWER, "Screams were heard.", "Silver, West Midlands", DAWN + HOUR)
    assert printed["standing"] == "No go-ahead is given. Entered for immediate danger to life."
    assert printed["decision"][:4] == list(entry.words)
    assert {row[1]: row[0] for row in printed["gate"]}.items() >= {
        ("Legal basis", "not asked"),
        ("Conference", "not asked"),
        ("Care", "to mend"),
        ("Roles", "to mend"),
    }
