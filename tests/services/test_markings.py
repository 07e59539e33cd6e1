"""Nothing above the installation's ceiling can be entered; a handling instruction stands after the marking."""

from dataclasses import replace

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, StorageError
from planner.models.directory import Appointment
from planner.models.operations import Action, Operation
from planner.rules.markings import Marked, up_to
from planner.rules.words import Marking, Post
from planner.services.details import set_details
from planner.services.operations import create_operation
from planner.settings import load_settings
from planner.views.actions import ActionFilter, action_rows
from tests.builders import World, a_world, an_action
from tests.services.test_details import KNOWN
from tests.services.test_operations import REQUEST


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    with database.write() as session:
        session.add(Appointment(person_id=world.people["cell"], post=Post.CELL))
    return world


def details(world: World, marking: Marking, handling: str | None = None) -> None:
    with world.desk("silver").writing() as work:
        set_details(work, "WM-0001", replace(KNOWN, marking=marking, handling=handling))


def test_an_action_keeps_its_marking_with_a_handling_instruction(world: World) -> None:
    details(world, Marking.OFFICIAL_SENSITIVE, "recipients only")

    with world.desk("silver").reading() as look:
        row = action_rows(look, ActionFilter(to_come=False))[0]
    assert Marked(row.marking, row.handling).words == "OFFICIAL-SENSITIVE - RECIPIENTS ONLY"


def test_an_operation_keeps_its_marking_with_a_handling_instruction(world: World) -> None:
    with world.desk("cell").writing() as work:
        create_operation(work, replace(REQUEST, handling="HMG USE ONLY"))

    with world.database.read() as session:
        made = session.exec(select(Operation).where(Operation.code == "OP2")).one()
    assert (made.marking, made.handling) == (Marking.OFFICIAL_SENSITIVE, "HMG USE ONLY")


def test_above_the_ceiling_is_refused_and_below_it_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    details(world, Marking.OFFICIAL_SENSITIVE)
    monkeypatch.setenv("PLANNER_CEILING", "OFFICIAL")

    with pytest.raises(InputError, match="above OFFICIAL, the most this installation may hold"):
        replace(KNOWN, marking=Marking.OFFICIAL_SENSITIVE)
    with pytest.raises(InputError, match="above OFFICIAL"):
        replace(REQUEST, marking=Marking.OFFICIAL_SENSITIVE)
    details_of_official = replace(KNOWN, marking=Marking.OFFICIAL)
    with world.desk("silver").writing() as work:
        set_details(work, "WM-0001", details_of_official)

    an_action(world, "WM-0002")
    with world.database.read() as session:
        assert set(session.exec(select(Action.marking))) == {Marking.OFFICIAL}
    assert up_to(Marking.OFFICIAL) == [Marking.OFFICIAL]


@pytest.mark.parametrize("handling", ["UK SECRET", "Top Secret", "x" * 121, "ask John Smith"])
def test_a_handling_instruction_is_short_names_nobody_and_never_says_secret(handling: str) -> None:
    with pytest.raises(InputError):
        replace(KNOWN, handling=handling)


@pytest.mark.parametrize("said", ["SECRET", "TOP SECRET", "official"])
def test_no_installation_has_a_ceiling_that_is_no_marking_of_this_house(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANNER_CEILING", said)

    with pytest.raises(StorageError, match="PLANNER_CEILING"):
        load_settings()
