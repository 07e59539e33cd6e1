"""Two people at the same moment: one file twice, one sheet edited by both, a unit narrowed while places are held."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time
from threading import Barrier
from time import sleep

import pytest
import sqlalchemy as sa
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, PlannerError, Refused
from planner.inputs.action_rows import ActionRow, DemandRow
from planner.inputs.agencies import AgencyRow
from planner.inputs.availability import AvailabilityRow
from planner.inputs.providers import ProviderRow
from planner.inputs.readings import Reading
from planner.models.care import Unit
from planner.models.directory import Agency, Availability
from planner.models.operations import Action, DemandLine
from planner.rules.fingerprints import row_version
from planner.rules.words import ActionKind, AgencyKind, Marking, Nation, Need, Profile
from planner.services import care
from planner.services.availability import said_of
from planner.services.importing import Counted
from planner.services.importing_actions import import_actions, list_import, refused_lines
from planner.services.importing_agencies import import_agencies
from planner.services.importing_availability import import_availability
from planner.services.importing_providers import import_providers
from planner.work import Desk
from tests.builders import NOW, World, a_world, an_action
from tests.care import book
from tests.services.test_importing_actions import ROW
from tests.services.test_sheet_back import edited, put, read, sheet, stored

ROUNDS = 6
TRIES = 200
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


def import_of(desk: Desk, reading: Reading[ActionRow]) -> Answer:
    try:
        with desk.writing() as work:
            return import_actions(work, "OP1", reading)
    except PlannerError as refused:
        return refused


def wait_for_one_who_waits(database: Database) -> None:
    """Until another transaction waits for a row; on SQLite it waits before it has begun, and nothing shows it."""
    waiting = sa.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = :name")
    for _ in range(0 if database.is_sqlite else TRIES):
        with database.read() as session:
            if session.execute(waiting, {"name": database.url.database}).scalar_one():
                return
        sleep(0.05)
    assert database.is_sqlite


@pytest.mark.parametrize("premises", [2, 3])
def test_who_waits_for_another_import_overwrites_nothing_and_is_told(world: World, premises: int) -> None:
    for reference in ("WM-0001", "WM-0002"):
        an_action(world, reference)
    desk = world.desk("silver")
    body = edited(sheet(desk), put("WM-0002", Date=date(2026, 12, 2)))
    mine, theirs = (read(desk, edited(body, put("WM-0001", Number_of_premises=number))) for number in (2, premises))

    with ThreadPoolExecutor(1) as threads:
        with desk.writing() as work:
            assert import_actions(work, "OP1", mine) == Counted(0, 2, 0)
            other = threads.submit(import_of, desk, theirs)
            wait_for_one_who_waits(world.database)
        answer = other.result()

    if premises == 2:
        assert answer == Counted(0, 0, 2)
    else:
        assert "WM-0001 was changed after this sheet was made: Number of premises is now 2, here 3" in str(answer)
    assert stored(world).premises_count == 2


MINE = replace(ROW, marking=Marking.OFFICIAL, demand=(DemandRow(Profile.WOMAN, 0, 1, 2),))
THEIRS = replace(ROW, kind=ActionKind.VISIT, demand=(DemandRow(Profile.MAN, 1, 2, 3),))


@pytest.mark.parametrize("same", [True, False])
def test_one_reference_planned_twice_at_once_is_one_file_s_and_never_of_both(world: World, *, same: bool) -> None:
    """On SQLite the second begins when the first is done, and changes what that planned, as it says."""
    desk = world.desk("silver")
    theirs = Reading((MINE if same else THEIRS,), ())

    with ThreadPoolExecutor(1) as threads:
        with desk.writing() as work:
            assert import_actions(work, "OP1", Reading((MINE,), ())) == Counted(1, 0, 0)
            other = threads.submit(import_of, desk, theirs)
            wait_for_one_who_waits(world.database)
        answer = other.result()

    with world.database.read() as session:
        action, lines = session.exec(select(Action)).one(), session.exec(select(DemandLine)).all()
    kept = (action.kind, action.marking, [(line.profile, line.high) for line in lines])
    if same:
        assert answer == Counted(0, 0, 1)
    elif world.database.is_sqlite:
        assert answer == Counted(0, 1, 0)
    else:
        assert "R1 was planned by somebody else just now, as W-0001. Look again." in str(answer)
    assert kept == (
        (ActionKind.VISIT, Marking.OFFICIAL_SENSITIVE, [(Profile.MAN, 3)])
        if answer == Counted(0, 1, 0)
        else (ActionKind.WARRANT, Marking.OFFICIAL, [(Profile.WOMAN, 2)])
    )


def test_hours_of_an_exported_sheet_do_not_overwrite_what_was_said_while_it_waited(world: World) -> None:
    with world.database.write() as session:
        session.add(Availability(agency_id=world.ngo, weekdays="1", opens=time(9), closes=time(17), changed_at=NOW))
    with world.desk("cell").reading() as look:
        kept = look.session.get_one(Availability, world.ngo)
        version = row_version(said_of(kept))
    mine = AvailabilityRow(2, "ngo", "12", time(9), time(17), version=version)

    def other() -> Answer:
        try:
            with world.desk("cell").writing() as work:
                return import_availability(work, Reading((replace(mine, weekdays="123"),), ()))
        except PlannerError as refused:
            return refused

    with ThreadPoolExecutor(1) as threads:
        with world.desk("cell").writing() as work:
            assert import_availability(work, Reading((mine,), ())) == Counted(0, 1, 0)
            waits = threads.submit(other)
            wait_for_one_who_waits(world.database)
        answer = waits.result()

    assert "ngo was changed after this sheet was made: Hours is now" in str(answer)
    with world.database.read() as session:
        assert session.get_one(Availability, world.ngo).weekdays == "12"


def test_sheets_of_two_are_tried_out_at_once_in_any_order_of_their_lines(world: World) -> None:
    for reference in ("WM-0001", "WM-0002", "WM-0003"):
        an_action(world, reference)
        book(world, reference)
    desk, body = world.desk("silver"), sheet(world.desk("silver"))
    for number, day in enumerate((date(2026, 12, 2), date(2026, 11, 20), date(2026, 12, 3)), 1):
        body = edited(body, put(f"WM-000{number}", Date=day))
    reading = read(desk, body)

    def listed(rows: tuple[ActionRow, ...]) -> Counted:
        with pytest.raises(InputError), desk.writing(rehearsed=True) as work:
            list_import(work, "OP1", replace(reading, rows=rows))
        with desk.writing(rehearsed=True) as work:
            return Counted(0, 0, len(refused_lines(work, "OP1", replace(reading, rows=rows))))

    for _ in range(ROUNDS):
        answers = together(lambda: listed(reading.rows), lambda: listed(reading.rows[::-1]))
        assert answers == [Counted(0, 0, 1)] * 2
