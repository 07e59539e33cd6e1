"""Two people at the same moment: the same file twice, and a unit narrowed while places in it are held."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, PlannerError, Refused
from planner.inputs.agencies import AgencyRow
from planner.inputs.providers import ProviderRow
from planner.inputs.readings import Reading
from planner.models.care import Unit
from planner.models.directory import Agency
from planner.rules.words import AgencyKind, Nation, Need, Profile
from planner.services import care
from planner.services.importing import Counted
from planner.services.importing_agencies import import_agencies
from planner.services.importing_providers import import_providers
from tests.builders import World, a_world, an_action

ROUNDS = 6
U1 = ProviderRow(2, "provider", "Provider", "U1", (Profile.WOMAN,), ("midlands",), 4)
Answer = Counted | PlannerError


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def together(*verbs: Callable[[], Counted]) -> list[Answer]:
    """What each verb answered, all begun at once."""
    barrier = Barrier(len(verbs))

    def run(verb: Callable[[], Counted]) -> Answer:
        barrier.wait()
        try:
            return verb()
        except PlannerError as refused:
            return refused

    with ThreadPoolExecutor(len(verbs)) as threads:
        return list(threads.map(run, verbs))


def test_one_file_imported_twice_at_once_is_written_once(world: World) -> None:
    for number in range(ROUNDS):
        rows = tuple(
            AgencyRow(line, f"A{number}-{line}", "Example", AgencyKind.NGO, (Nation.ENGLAND,)) for line in range(2, 30)
        )

        def verb(rows: tuple[AgencyRow, ...] = rows) -> Counted:
            with world.desk("cell").writing() as work:
                return import_agencies(work, Reading(rows, ()))

        first, second = sorted(together(verb, verb), key=lambda answer: answer != Counted(28, 0, 0))

        assert first == Counted(28, 0, 0)
        assert second == Counted(0, 0, 28) or isinstance(second, Refused)
    with world.database.read() as session:
        assert len(session.exec(select(Agency).where(Agency.name == "Example")).all()) == 28 * ROUNDS


def test_a_unit_is_narrowed_or_held_and_never_both(world: World) -> None:
    an_action(world)
    won = {"held": 0, "narrowed": 0}
    for number in range(ROUNDS):
        with world.desk("cell").writing() as work:
            import_providers(work, Reading((U1,), ()))

        def narrow() -> Counted:
            with world.desk("cell").writing() as work:
                return import_providers(work, Reading((replace(U1, accepts=(Profile.MAN,)),), ()))

        def hold(number: int = number) -> Counted:
            with world.desk("silver").writing() as work:
                line = (Profile.WOMAN, Need.NONE, 1)
                return Counted(
                    care.hold_places(work, care.HoldRequest("WM-0001", "U1", (line,), f"k{number}")).id, 0, 0
                )

        narrowed, held = together(narrow, hold)

        if isinstance(held, Counted):
            won["held"] += 1
            assert isinstance(narrowed, InputError)
            with world.desk("silver").writing() as work:
                care.release_hold(work, held.created)
        else:
            won["narrowed"] += 1
            assert narrowed == Counted(0, 1, 0)
            assert "does not take women" in str(held)
    assert sum(won.values()) == ROUNDS
    with world.database.read() as session:
        assert session.exec(select(Unit).where(Unit.code == "U1")).one().provider_id == world.provider
