"""Objectives and parameters are the national Gold's, in versions; an action that breaks a parameter says which."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import InputError, NotAllowed, Stale
from planner.models.operations import Objective, ObjectiveSet
from planner.models.records import Notice
from planner.rules.parameters import ParameterFact, ParameterKind
from planner.rules.words import Immigration
from planner.services import actions, go_ahead, moving
from planner.services.objectives import ObjectivesRequest, set_objectives
from planner.views.objectives import set_by_gold
from tests import ready
from tests.builders import DAWN, World, a_world
from tests.ready import Read
from tests.services.test_gate import unmet

HOURS = ParameterFact(ParameterKind.ENTRY_HOURS, "05:00-12:00", True)
DAYS = ParameterFact(ParameterKind.ENTRY_DAYS, "1 2 3 4", True)
END = ParameterFact(ParameterKind.LATEST_END, "10:00", True)
LAST = ParameterFact(ParameterKind.LAST_DAY, "2026-11-26", True)
NO_IMMIGRATION = ParameterFact(ParameterKind.NO_IMMIGRATION, "", True)


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def said(found: dict[str, Any]) -> str:
    return str(next(item["sentence"] for item in found["findings"] if item["check"] == "parameters"))


def keep(world: World, *checked: ParameterFact, who: str = "national", **changes: Any) -> None:
    with world.desk(who).writing() as work:
        aims, bounds = ["Victims are safe."], ["No entry before care is ready."]
        set_objectives(work, ObjectivesRequest("OP1", aims, bounds, "Partners asked.", checked, **changes))


def test_objectives_are_the_national_golds_and_every_version_stays(world: World) -> None:
    with pytest.raises(NotAllowed):
        keep(world, who="gold")

    keep(world)
    keep(world, HOURS, version=2)

    with world.desk("cell").reading() as look:
        rows = look.session.exec(select(Objective).order_by(col(Objective.version), col(Objective.number))).all()
        sets = look.session.exec(select(ObjectiveSet)).all()
        now = set_by_gold(look, world.operation)
        told = look.session.exec(select(Notice.sentence).where(Notice.person_id == world.people["gold"])).all()
    assert [(row.version, row.text, row.parameter) for row in rows] == [
        (2, "Victims are safe.", False),
        (2, "No entry before care is ready.", True),
        (3, "Victims are safe.", False),
        (3, "No entry before care is ready.", True),
        (3, "Entry is between 05:00 and 12:00.", True),
    ]
    assert [(row.version, row.reason, row.set_by) for row in sets] == [
        (number, "Partners asked.", world.people["national"]) for number in (2, 3)
    ]
    assert (now.version, len(now.rows), [row.version for row in now.versions]) == (3, 3, [3, 2])
    assert told[-1].endswith("1 objective and 2 parameters, version 3. Reason: Partners asked.")


def test_a_stale_form_is_refused_and_a_reason_is_asked_for(world: World) -> None:
    keep(world, version=1)

    with pytest.raises(Stale, match="changed while your page was open"):
        keep(world, version=1)
    with pytest.raises(InputError, match="The reason is missing"):
        ObjectivesRequest("OP1", [], [], "")


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (ParameterKind.ENTRY_HOURS, "12:00-05:00", "must begin before they end"),
        (ParameterKind.ENTRY_HOURS, "soon", "cannot be soon"),
        (ParameterKind.ENTRY_DAYS, "", "at least one"),
        (ParameterKind.ENTRY_DAYS, "1 2 3 4 5 6 7", "leave at least one out"),
        (ParameterKind.ENTRY_DAYS, "8", "cannot be 8"),
        (ParameterKind.LATEST_END, "25:00", "cannot be 25:00"),
        (ParameterKind.LAST_DAY, "", "cannot be empty"),
    ],
)
def test_a_parameter_that_cannot_be_checked_is_refused_in_words(kind: ParameterKind, value: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        ObjectivesRequest("OP1", [], [], "Why.", (ParameterFact(kind, value, False),))
    with pytest.raises(InputError, match="given once"):
        ObjectivesRequest("OP1", [], [], "Why.", (HOURS, HOURS))


@pytest.mark.parametrize(
    ("parameter", "later", "words"),
    [
        (HOURS, timedelta(hours=7), "entry is at 13:00, allowed is 05:00 to 12:00"),
        (DAYS, timedelta(days=1), "entry is on a Friday, allowed is Monday to Thursday"),
        (END, timedelta(hours=2), "it ends Thu 26 November, 11:00, and is to be over by 10:00 of its day"),
        (LAST, timedelta(days=1), "it is planned for Fri 27 November, and the last day is Thu 26 November"),
    ],
)
def test_an_action_moved_outside_a_parameter_says_which_and_moved_back_it_is_met(
    world: World, read: Read, parameter: ParameterFact, later: timedelta, words: str
) -> None:
    ready.make_ready(world)
    keep(world, parameter)
    within = read()

    move(world, DAWN + later)
    outside = read()
    move(world, DAWN)

    assert within["ready"]
    assert "parameters" in unmet(outside)
    assert said(outside) == f"Outside Gold's parameters: {words}."
    assert said(read()) == "Within Gold's 1 parameter that can be checked."


def move(world: World, at: Any) -> None:
    with world.desk("silver").writing() as work:
        moving.move_action(work, ready.REFERENCE, at, at + timedelta(hours=3), version=ready.version(world))


def test_immigration_enforcement_is_kept_away_or_gold_is_told(world: World, read: Read) -> None:
    ready.make_ready(world)
    keep(world, NO_IMMIGRATION._replace(blocks=False))

    with world.desk("silver").writing() as work:
        actions.set_immigration(work, ready.REFERENCE, Immigration.ON_CALL)
    advised = read()
    keep(world, NO_IMMIGRATION)

    assert "immigration enforcement is on call, and is not to attend" in said(advised)
    assert ("parameters" in unmet(advised), "parameters" in unmet(read())) == (False, True)


def test_a_parameter_that_blocks_suspends_the_go_ahead_and_may_be_overridden(world: World, read: Read) -> None:
    ready.make_ready(world)
    ready.give(world)

    keep(world, END._replace(value="08:00", blocks=False))
    advised = read()["go_ahead"]
    keep(world, END._replace(value="08:00"))
    fallen = read()["go_ahead"]
    with world.desk("gold").writing() as work:
        request = go_ahead.OverrideRequest(ready.REFERENCE, "parameters", "The other half is out until nine.")
        go_ahead.override_check(work, request)
    with world.desk("gold").writing() as work:
        go_ahead.reaffirm_go_ahead(work, ready.REFERENCE)

    assert (advised, fallen, read()["go_ahead"]) == ("standing", "suspended", "standing")


def test_the_last_day_counts_whole(world: World, read: Read) -> None:
    ready.make_ready(world)
    keep(world, LAST._replace(value=date(2026, 11, 26).isoformat()))

    assert read()["ready"]
