"""What is known of an action is kept as it becomes known; another place is checked for clashes at once."""

from dataclasses import replace

import pytest

from planner import facts
from planner.db import Database
from planner.errors import InputError, NotFound, Stale
from planner.models.operations import Action
from planner.rules.findings import State
from planner.rules.words import ArrangementKind, Exploitation, Marking, PremisesKind
from planner.services.arrangements import ArrangementRequest, confirm_arrangement
from planner.services.cells import cell_of
from planner.services.details import DetailsRequest, set_details
from tests.builders import World, a_world, an_action

KNOWN = DetailsRequest(
    PremisesKind.RESIDENTIAL, 2, Exploitation.SEXUAL, " Romanian,Thai ", "HOLMES", "H/12", Marking.OFFICIAL_SENSITIVE
)


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


def keep(world: World, request: DetailsRequest, name: str = "silver", version: int | None = None) -> None:
    with world.desk(name).writing() as work:
        set_details(work, "WM-0001", request, version=version)


def state(world: World, check: str) -> State:
    with world.desk("cell").reading() as look:
        return next(item.state for item in facts.gates(look, [1])[1].findings if item.check == check)


def test_a_language_that_becomes_known_needs_its_interpreter(world: World) -> None:
    with world.desk("silver").writing() as work:
        confirm_arrangement(
            work, ArrangementRequest("WM-0001", ArrangementKind.INTERPRETERS, "Agency", "k1", languages="Romanian")
        )

    keep(world, replace(KNOWN, languages="Romanian"))
    one_language = state(world, "interpreters")
    keep(world, KNOWN)

    assert (one_language, state(world, "interpreters")) == (State.MET, State.UNMET)
    with world.desk("silver").reading() as look:
        row = look.session.get_one(Action, 1)
        assert (row.languages, row.premises_count, row.intelligence_reference) == ("Romanian, Thai", 2, "H/12")


def test_another_postcode_is_checked_for_clashes_and_not_kept(world: World) -> None:
    an_action(world, "WM-0002", premises_cell=cell_of("B1 1BB"), force_id=world.force + 1)
    keep(world, KNOWN)

    keep(world, replace(KNOWN, postcode="B1 1BB"))

    assert state(world, "clashes") is State.UNMET
    with world.desk("silver").reading() as look:
        assert "B1 1BB" not in repr(look.session.get_one(Action, 1).model_dump())


def test_what_cannot_be_kept_is_refused_and_nothing_changes(world: World) -> None:
    with pytest.raises(InputError, match="1 to 200 premises; you entered 0"):
        replace(KNOWN, premises_count=0)
    with pytest.raises(InputError, match="stand together"):
        replace(KNOWN, intelligence_system=None)
    with pytest.raises(InputError, match="speaks of SECRET"):
        replace(KNOWN, languages="secret")
    with pytest.raises(NotFound):
        keep(world, KNOWN, "other_silver")
    keep(world, KNOWN, version=1)
    with pytest.raises(Stale, match="changed while your page was open"):
        keep(world, replace(KNOWN, premises_count=9), version=1)

    with world.desk("silver").reading() as look:
        assert look.session.get_one(Action, 1).premises_count == 2
