"""A pause is asked for, not commanded: no go-ahead is given while it stands, unless the owning Gold says otherwise."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused
from planner.facts import facts_of
from planner.models.command import Pause, PauseAnswer
from planner.models.directory import Region
from planner.models.records import Notice, RecordLine
from planner.rules.words import Nation
from planner.services import go_ahead
from planner.services.arrangements import withdraw_arrangement
from planner.services.pauses import PauseRequest, answer_pause, ask_pause, end_pause
from planner.views.overrides import override_tasks, overrides
from planner.views.pause_tasks import pause_tasks
from planner.views.pauses import pauses
from tests import ready
from tests.builders import DAWN, NOW, World, a_world

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WHY = "A leak is looked into."


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    ready.make_ready(world)
    return world


def ask(world: World, *, who: str = "national", **changes: Any) -> int:
    values = {"from_at": NOW - HOUR, "until_at": NOW + DAY, "reason": WHY, "request_key": "pause"} | changes
    with world.desk(who).writing() as work:
        return ask_pause(work, PauseRequest("OP1", **values)).id or 0


def answer(world: World, number: int, *, goes_on: bool, text: str = "A child may be there.", who: str = "gold") -> None:
    with world.desk(who).writing() as work:
        answer_pause(work, number, text, goes_on=goes_on)


def test_no_go_ahead_is_given_while_a_pause_stands_until_the_owning_gold_answers_in_words(world: World) -> None:
    number = ask(world)
    with pytest.raises(Refused, match="asks for a pause until Wed 25 November, 09:00: A leak is looked into"):
        ready.give(world)

    answer(world, number, goes_on=False, text="We wait.")
    with pytest.raises(Refused, match="asks for a pause"), world.desk("gold").writing() as work:
        go_ahead.give_go_ahead(work, ready.REFERENCE)
    with pytest.raises(InputError, match="Your answer is missing"):
        answer(world, number, goes_on=True, text=" ")
    answer(world, number, goes_on=True)
    with world.desk("gold").writing() as work:
        go_ahead.give_go_ahead(work, ready.REFERENCE)

    with world.desk("national").reading() as look:
        told = look.session.exec(select(Notice.sentence).where(Notice.person_id == world.people["national"])).all()
        verbs = look.session.exec(select(RecordLine.verb).where(RecordLine.object_ref == "OP1")).all()
    assert told[-1] == (
        "Force goes on while the pause until Wed 25 November, 09:00 is asked for: A child may be there."
    )
    assert [verb for verb in verbs if "pause" in verb] == ["ask_pause", "answer_pause", "answer_pause"]


def test_an_ended_pause_and_one_that_is_over_hold_nothing(world: World) -> None:
    number = ask(world)
    with world.desk("national").writing() as work:
        end_pause(work, number, "It is found.")
    ready.give(world)

    with pytest.raises(Refused, match="over since"):
        answer(world, number, goes_on=True)
    with pytest.raises(Refused, match="over since"), world.desk("national").writing() as work:
        end_pause(work, number, "Again.")
    later = ask(world, request_key="later")
    with world.desk("gold", NOW + 2 * DAY).reading() as look:
        assert facts_of(look, 1).pauses == ()
    with world.desk("gold").reading() as look:
        assert [pause.id for pause in facts_of(look, 1).pauses] == [later]


@pytest.mark.parametrize(
    ("from_at", "until_at", "holds"),
    [
        (NOW, NOW + HOUR, True),  # it stands now
        (NOW + HOUR, NOW + 2 * HOUR, False),  # it is over before the action, and has not begun
        (DAWN, DAWN + HOUR, True),  # the action begins in it
        (DAWN - HOUR, DAWN, False),  # it ends as the action begins
    ],
)
def test_a_pause_concerns_what_is_decided_or_begins_in_it(
    world: World, from_at: datetime, until_at: datetime, *, holds: bool
) -> None:
    ask(world, from_at=from_at, until_at=until_at)

    with world.desk("gold").reading() as look:
        assert bool(facts_of(look, 1).pauses) is holds


def test_a_pause_of_one_region_leaves_the_others(world: World) -> None:
    with world.database.write() as session:
        session.add(Region(code="ee", name="East", nation=Nation.ENGLAND, zone="midlands"))
    ask(world, region="ee")
    ready.give(world)

    with pytest.raises(NotFound, match="no region nowhere"):
        ask(world, region="nowhere", request_key="other")


def test_a_pause_leaves_a_standing_go_ahead_and_is_for_a_reaffirmation_too(world: World) -> None:
    ready.give(world)
    ask(world)

    with world.desk("gold").reading() as look:
        assert facts_of(look, 1).go_ahead is not None
    with world.desk("silver").writing() as work:
        row = next(item for item in facts_of(work, 1).arrangements if item.kind == "medical")
        withdraw_arrangement(work, row.id, "It fell through.")
    with world.desk("gold").writing() as work:
        request = go_ahead.OverrideRequest(ready.REFERENCE, "medical", "An ambulance stands by.")
        go_ahead.override_check(work, request)
    with pytest.raises(Refused, match="asks for a pause"), world.desk("gold").writing() as work:
        go_ahead.reaffirm_go_ahead(work, ready.REFERENCE)


def test_who_asks_and_who_answers(world: World) -> None:
    for who in ("gold", "silver", "cell"):
        with pytest.raises(NotAllowed):
            ask(world, who=who)
    number = ask(world)
    for who in ("national", "silver", "other_silver", "stranger"):
        with pytest.raises(NotFound):
            answer(world, number, goes_on=True, who=who)
    with pytest.raises(NotFound), world.desk("gold").writing() as work:
        end_pause(work, number, "We want to go.")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"until_at": NOW - DAY}, "ends after it begins"),
        ({"until_at": NOW + 40 * DAY}, "31 days at most"),
        ({"from_at": NOW - DAY, "until_at": NOW - HOUR}, "is over already"),
        ({"reason": ""}, "reason for a pause is missing"),
    ],
)
def test_a_pause_that_cannot_be_is_refused_in_words(world: World, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        ask(world, **changes)


def test_a_double_click_asks_once(world: World) -> None:
    assert ask(world) == ask(world)

    with world.database.read() as session:
        assert len(session.exec(select(Pause)).all()) == 1


def test_today_leads_gold_to_the_answer_and_shows_the_national_gold_who_goes_on(world: World) -> None:
    number = ask(world)
    before = {who: tasks(world, who) for who in ("gold", "national", "silver")}
    answer(world, number, goes_on=True)

    assert before["gold"] == [f"The national Gold asks for a pause until Wed 25 November, 09:00 (everywhere): {WHY}"]
    assert before["silver"] == []
    assert tasks(world, "gold") == []
    assert tasks(world, "national") == [
        "A pause is asked for until Wed 25 November, 09:00 (everywhere). 1 force goes on."
    ]
    with world.desk("silver").reading() as look:
        (row,) = pauses(look, world.operation)
    assert [(item.force, item.goes_on, item.text) for item in row.answers] == [("Force", True, "A child may be there.")]
    with world.database.read() as session:
        assert session.exec(select(PauseAnswer)).one().answered_by == world.people["gold"]


def tasks(world: World, who: str) -> list[str]:
    with world.desk(who).reading() as look:
        return [task.sentence for task in pause_tasks(look)]


def test_the_national_gold_sees_every_override_and_a_partner_none(world: World) -> None:
    with world.desk("silver").writing() as work:
        row = next(item for item in facts_of(work, 1).arrangements if item.kind == "medical")
        withdraw_arrangement(work, row.id, "It fell through.")
    with world.desk("gold").writing() as work:
        request = go_ahead.OverrideRequest(ready.REFERENCE, "medical", "An ambulance stands by.")
        go_ahead.override_check(work, request)

    seen = {}
    for who in ("national", "gold", "silver", "partner", "other_silver"):
        with world.desk(who).reading() as look:
            found = overrides(look, world.operation)
            seen[who] = (found.total, found.closed, [item.reason for item in found.rows], len(override_tasks(look)))
    one = ["An ambulance stands by."]
    assert seen["national"] == (1, 0, one, 1)
    assert seen["gold"] == seen["silver"] == (1, 0, one, 0)
    assert seen["partner"] == seen["other_silver"] == (0, 0, [], 0)
