"""Hours of agencies: said by the cell for any, by a lead for its own; imported whole or not at all; shown in a line."""

from datetime import date, time
from pathlib import Path

import pytest

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound
from planner.inputs.availability import AVAILABILITY, AvailabilityRow, read_availability
from planner.inputs.columns import suggest_mapping
from planner.inputs.readings import Reading
from planner.inputs.spreadsheets import read_grid
from planner.models.reference import BankHoliday
from planner.rules.availability import Availability, is_open
from planner.rules.words import Nation
from planner.services import answers
from planner.services.availability import AvailabilityRequest, clear_availability, set_availability
from planner.services.importing import Counted
from planner.services.importing_availability import import_availability, judged_availability
from planner.views.availability import asked_sentences, availability_of, availability_rows, holidays_of
from tests.builders import DAWN, NOW, World, a_world, an_action
from tests.inputs.files import a_csv
from tests.inputs.make_samples import TEMPLATES
from tests.partners import an_offer

OFFICE = AvailabilityRequest("15432", time(9), time(17), actions_a_day=2)
SAID = Availability("12345", time(9), time(17), False, 2)
ROW = AvailabilityRow(2, "ngo", "12345", time(9), time(17), False, 2)


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def said(world: World) -> dict[int, Availability]:
    with world.desk("silver").reading() as look:
        return availability_of(look, [world.ngo, world.children])


@pytest.mark.parametrize("who", ["cell", "partner"])
def test_the_cell_and_the_agencys_own_lead_say_its_hours(world: World, who: str) -> None:
    with world.desk(who).writing() as work:
        set_availability(work, "ngo", OFFICE)
    kept = said(world)
    with world.desk(who).writing() as work:
        clear_availability(work, "ngo")

    assert (kept, said(world)) == ({world.ngo: SAID}, {})


@pytest.mark.parametrize("who", ["health", "silver", "provider", "stranger"])
def test_nobody_else_says_them(world: World, who: str) -> None:
    with pytest.raises(NotAllowed), world.desk(who).writing() as work:
        set_availability(work, "ngo", OFFICE)

    assert said(world) == {}


def test_an_agency_that_is_not_there_is_refused(world: World) -> None:
    with pytest.raises(NotFound, match="no agency nowhere"), world.desk("cell").writing() as work:
        set_availability(work, "nowhere", OFFICE)


@pytest.mark.parametrize(
    ("weekdays", "most", "sentence"),
    [("", 1, "one weekday at least"), ("8", 1, "one weekday at least"), ("1", 0, "0 actions a day")],
)
def test_hours_that_cannot_be_are_refused(weekdays: str, most: int, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        AvailabilityRequest(weekdays, time(9), time(17), actions_a_day=most)


def test_each_sees_the_hours_it_may_say(world: World) -> None:
    with world.desk("cell").reading() as look:
        partners = [row.code for row in availability_rows(look)]
    with world.desk("partner").reading() as look:
        own = [row.code for row in availability_rows(look)]
    with world.desk("stranger").reading() as look:
        nothing = availability_rows(look)

    assert (partners, own, nothing) == (["children", "health", "ngo"], ["ngo"], ())


def test_a_line_beside_an_agency_says_its_hours_and_what_it_has_taken(world: World) -> None:
    an_action(world)
    with world.desk("partner").writing() as work:
        set_availability(work, "ngo", OFFICE)
    offer = an_offer(world)
    day = DAWN.date()

    with world.desk("silver").reading() as look:
        asked = asked_sentences(look, ["ngo", "health"], day)
    with world.desk("partner").writing() as work:
        answers.answer_offer(work, offer, accept=True)
    with world.desk("silver").reading() as look:
        taken, other_day = (asked_sentences(look, ["ngo"], on)["ngo"] for on in (day, NOW.date()))

    hours = "can be asked Mon–Fri 09:00–17:00, not on bank holidays, 2 actions a day"
    assert asked == {"ngo": f"{hours}; 0 accepted that day", "health": "hours not said"}
    assert (taken, other_day) == (f"{hours}; 1 accepted that day", f"{hours}; 0 accepted that day")


def test_bank_holidays_are_those_of_the_agencys_nation(world: World) -> None:
    with world.database.write() as session:
        for nation, day in ((Nation.ENGLAND, date(2026, 12, 25)), (Nation.SCOTLAND, date(2026, 11, 24))):
            session.add(BankHoliday(nation=nation, day=day, title="A day", source="gov.uk", source_date="2026"))

    with world.desk("silver").reading() as look:
        england, scotland = (holidays_of(look, nation) for nation in (Nation.ENGLAND, Nation.SCOTLAND))

    assert (is_open(SAID, NOW, england), is_open(SAID, NOW, scotland)) == (True, False)


def imported(world: World, *rows: AvailabilityRow) -> Counted:
    with world.desk("cell").writing() as work:
        return import_availability(work, Reading(rows, ()))


def test_a_file_of_hours_is_written_whole_and_twice_changes_nothing(world: World) -> None:
    child = AvailabilityRow(3, "CHILDREN", "1234567", time(0), time(0), True)

    assert imported(world, ROW, child) == Counted(2, 0, 0)
    assert imported(world, ROW, child) == Counted(0, 0, 2)
    assert said(world) == {world.ngo: SAID, world.children: Availability("1234567", time(0), time(0), True, None)}


def test_an_agency_that_nobody_knows_refuses_the_whole_file(world: World) -> None:
    unknown = AvailabilityRow(3, "NOWHERE", "1", time(9), time(17))

    with pytest.raises(InputError, match="Line 3, Agency code: there is no agency NOWHERE"):
        imported(world, ROW, unknown)

    assert said(world) == {}


@pytest.mark.parametrize("who", ["silver", "partner", "stranger"])
def test_only_the_cell_imports_hours(world: World, who: str) -> None:
    with pytest.raises(NotAllowed), world.desk(who).writing() as work:
        import_availability(work, Reading((ROW,), ()))
    with pytest.raises(NotAllowed), world.desk(who).reading() as look:
        judged_availability(look, Reading((ROW,), ()))


def read(*lines: list[str]) -> Reading[AvailabilityRow]:
    headings = ["Agency code", "Weekdays", "From", "Until", "Bank holidays", "Actions a day"]
    grid = read_grid(a_csv(headings, *lines))
    return read_availability(grid, suggest_mapping(grid.headings, AVAILABILITY))


@pytest.mark.parametrize(
    ("cell", "weekdays"),
    [
        ("Mon-Fri", "12345"),
        ("Mon–Wed; sat", "1236"),
        ("tue, Thursday", "24"),
        ("every day", "1234567"),
        ("Sat-Mon", "167"),
    ],
)
def test_weekdays_are_read_however_people_write_them(cell: str, weekdays: str) -> None:
    assert read(["ngo", cell, "09:00", "17:00", "", "2"]).rows == (
        AvailabilityRow(2, "ngo", weekdays, time(9), time(17), False, 2),
    )


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (["ngo", "Blursday", "09:00", "17:00", "", ""], "Line 2, Weekdays: Blursday is not a weekday."),
        (["ngo", "Mon-Tue-Wed", "09:00", "17:00", "", ""], "Line 2, Weekdays: Mon-Tue-Wed is no span of weekdays."),
        (["ngo", "Mon", "9 to 5", "17:00", "", ""], "Line 2, From: 9 to 5 is not a time of day."),
        (["ngo", "Mon", "09:00", "", "", ""], "Line 2, Until: the cell is empty."),
        (["ngo", "Mon", "09:00", "17:00", "perhaps", ""], "Line 2, Bank holidays: perhaps is neither yes nor no."),
        (["ngo", "Mon", "09:00", "17:00", "", "0"], "Line 2, Actions a day: 0 is out of range."),
    ],
)
def test_a_bad_cell_of_hours_is_named(line: list[str], sentence: str) -> None:
    assert [finding.sentence for finding in read(line).findings] == [sentence]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_template_of_hours_is_read_whole(ending: str) -> None:
    grid = read_grid((Path(TEMPLATES) / f"availability.{ending}").read_bytes())

    found = read_availability(grid, suggest_mapping(grid.headings, AVAILABILITY))

    assert found.findings == ()
    assert [(row.agency, row.weekdays) for row in found.rows] == [
        ("EXAMPLE-NGO", "12345"),
        ("EXAMPLE-COUNCIL", "1234567"),
        ("EXAMPLE-INTERP", "246"),
    ]
