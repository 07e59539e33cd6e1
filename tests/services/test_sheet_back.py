"""An exported sheet comes back: unedited it changes nothing; edited, exactly what was edited, as a change of plan."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, Stale
from planner.inputs.action_rows import ActionRow
from planner.inputs.columns import suggest_mapping
from planner.inputs.readings import Reading
from planner.inputs.spreadsheets import read_grid
from planner.models.directory import Appointment
from planner.models.operations import Action, DemandLine
from planner.models.slips import Slip, SlipAction
from planner.outputs.boards.actions import COLUMNS
from planner.outputs.table_file import WHOLE, table_file
from planner.rules.asked import Asked
from planner.rules.held import held_in
from planner.rules.words import ActionKind, ActionState, Exploitation, Marking, Need, Post, PremisesKind, Profile
from planner.services import demand
from planner.services.action_lines import lines_of
from planner.services.actions import PlanRequest, plan_action
from planner.services.exercise import load_pentameter2
from planner.services.importing import Counted, counted, read_file
from planner.services.importing_actions import (
    Removal,
    import_actions,
    list_import,
    refused_lines,
)
from planner.services.importing_files import actions_of
from planner.services.importing_known import operation_codes
from planner.services.missing_lines import missing
from planner.services.slip_undo import undo_slip
from planner.work import Desk
from tests.builders import DAWN, NOW, World, a_world, an_action

A_DAY = timedelta(days=1)
HEAD = 6  # five lines, then the names
Edit = Callable[[Worksheet, int], None]


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world, languages="Kurdish (Sorani), Romanian", exploitation=Exploitation.SEXUAL)
    an_action(world, "WM-0002", external_reference="EXT/2", marking=Marking.OFFICIAL)
    an_action(world, "WM-0003", ends_at=DAWN + timedelta(hours=20))
    lines = [(Profile.WOMAN, Need.NONE, 0, 1, 4), (Profile.WOMAN, Need.WHEELCHAIR, 0, 0, 1)]
    with world.desk("silver").writing() as work:
        demand.set_demand(work, "WM-0001", [demand.Line(*line) for line in lines])
    return world


def sheet(desk: Desk, asked: Asked = WHOLE, ending: str = "xlsx") -> bytes:
    with desk.reading() as look:
        return table_file(look, "actions", ending, "To edit it", asked).body


def edited(body: bytes, edit: Callable[[Worksheet], None]) -> bytes:
    """As a spreadsheet program would leave it: opened, changed, saved."""
    book, file = load_workbook(BytesIO(body)), BytesIO()
    edit(book.worksheets[0])
    book.save(file)
    return file.getvalue()


def column(name: str) -> int:
    return COLUMNS.index(name) + 1


def line_of(table: Worksheet, reference: str) -> int:
    cells = table.iter_rows(min_row=HEAD + 1, min_col=column("Planner reference"), max_col=column("Planner reference"))
    return next(cell.row for (cell,) in cells if cell.value == reference)


def put(reference: str, **cells: Any) -> Callable[[Worksheet], None]:
    """Cells of one action, by column with underscores for spaces."""

    def edit(table: Worksheet) -> None:
        row = line_of(table, reference)
        for name, value in cells.items():
            table.cell(row, column(name.replace("_", " "))).value = value

    return edit


def read(desk: Desk, body: bytes) -> Reading[ActionRow]:
    grid = read_grid(body)
    with desk.reading() as look:
        (code,) = operation_codes(look)
        kind = actions_of(code)
        return read_file(look, kind, grid, suggest_mapping(grid.headings, kind.layout))


class Seen(NamedTuple):
    done: Counted
    differences: list[tuple[str, str, str, str]]


def seen(desk: Desk, body: bytes) -> Seen:
    reading = read(desk, body)
    assert [item.sentence for item in reading.findings] == []
    with desk.reading() as look:
        (code,) = operation_codes(look)
        lines = lines_of(look, code, reading.rows)
        found = [tuple(item)[1:] for row in reading.rows for item in lines.differences(row)]
        return Seen(counted(lines.fate(row) for row in reading.rows), found)  # type: ignore[arg-type]


def findings(desk: Desk, body: bytes) -> list[str]:
    return [f"{item.sentence} {item.remedy}" for item in read(desk, body).findings]


def apply(desk: Desk, body: bytes, removal: Removal | None = None) -> Counted:
    reading = read(desk, body)
    with desk.writing(rehearsed=True) as work:
        (code,) = operation_codes(work)
        mark = list_import(work, code, reading, removal).mark
    with desk.writing() as work:
        return import_actions(work, code, reading, removal, seen=mark)


def stored(world: World, reference: str = "WM-0001") -> Action:
    with world.database.read() as session:
        return session.exec(select(Action).where(Action.reference == reference)).one()


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("reader", ["silver", "cell"])
def test_unedited_it_changes_nothing_whoever_planned_it(world: World, ending: str, reader: str) -> None:
    desk = world.desk(reader)

    assert seen(desk, sheet(desk, ending=ending)) == Seen(Counted(0, 0, 3), [])


def test_what_no_sheet_can_say_is_no_difference(world: World) -> None:
    """Seconds, other spaces, words that the import would write otherwise or refuse; many people; languages' order."""
    an_action(world, "WM-0005", starts_at=DAWN + timedelta(seconds=13), languages="romanian,Farsi  (Dari) / Pashto")
    an_action(world, "WM-0006", intelligence_system="HOLMES", intelligence_reference="EX:12 (b)")
    an_action(world, "WM-0007", intelligence_system="=HOLMES", intelligence_reference="-12")
    with world.desk("silver").writing() as work:
        demand.set_demand(work, "WM-0003", [demand.Line(Profile.MAN, Need.NONE, 0, 300, 500)])
    desk = world.desk("silver")

    assert seen(desk, sheet(desk)) == Seen(Counted(0, 0, 6), [])
    assert seen(desk, sheet(desk, ending="csv")) == Seen(Counted(0, 0, 6), [])
    turned = edited(sheet(desk), put("WM-0001", Languages="Romanian; Kurdish (Sorani)"))
    assert seen(desk, turned) == Seen(Counted(0, 0, 6), [])


EDITS = {
    "time": (
        {"Start": time(7)},
        ("When", "Thu 26 November 2026, 06:00 to 09:00", "Thu 26 November 2026, 07:00 to 09:00"),
    ),
    "text": (
        {"Start": "0700", "Date": "26/11/2026"},
        ("When", "Thu 26 November 2026, 06:00 to 09:00", "Thu 26 November 2026, 07:00 to 09:00"),
    ),
    "premises": ({"Premises": "workplace"}, ("Premises", "Residential", "Workplace")),
    "count": ({"Number_of_premises": 3}, ("Number of premises", "1", "3")),
    "exploitation": ({"Exploitation": "labour"}, ("Exploitation", "Sexual", "Labour")),
    "exploitation cleared": ({"Exploitation": None}, ("Exploitation", "Sexual", "Unknown")),
    "languages": ({"Languages": "Romanian"}, ("Languages", "Kurdish (Sorani), Romanian", "Romanian")),
    "languages cleared": ({"Languages": None}, ("Languages", "Kurdish (Sorani), Romanian", "–")),
    "marking": ({"Marking": "OFFICIAL"}, ("Marking", "OFFICIAL-SENSITIVE", "OFFICIAL")),
    "people": ({"Women_high": 6}, ("People, low/likely/high", "Women 0/1/4", "Women 0/1/6")),
    "nobody": (
        {"Women_low": None, "Women_likely": None, "Women_high": None},
        ("People, low/likely/high", "Women 0/1/4", "–"),
    ),
}


@pytest.mark.parametrize(("cells", "difference"), EDITS.values(), ids=EDITS)
def test_one_edit_is_one_difference_is_applied_and_then_none(
    world: World, cells: dict[str, Any], difference: tuple[str, str, str]
) -> None:
    desk = world.desk("silver")
    body = edited(sheet(desk), put("WM-0001", **cells))

    assert seen(desk, body) == Seen(Counted(0, 1, 2), [("WM-0001", *difference)])
    assert apply(desk, body) == Counted(0, 1, 2)
    assert seen(desk, body) == Seen(Counted(0, 0, 3), [])
    with world.database.read() as session:  # of special needs a file says nothing
        assert [line.high for line in session.exec(select(DemandLine).where(DemandLine.need == Need.WHEELCHAIR))] == [1]


def test_a_column_that_was_taken_out_or_moved_changes_nothing(world: World) -> None:
    desk = world.desk("silver")

    def rearrange(table: Worksheet) -> None:
        table.delete_cols(column("Languages"))
        table.delete_cols(column("Women low"), 3)
        table.delete_cols(column("Exploitation"))
        table.insert_cols(3)
        table.cell(HEAD, 3).value = "Remarks"
        table.cell(HEAD + 1, 3).value = "for the briefing"

    assert seen(desk, edited(sheet(desk), rearrange)) == Seen(Counted(0, 0, 3), [])


def test_what_follows_is_listed_applied_kept_and_undone(world: World) -> None:
    desk = world.desk("silver")
    body = edited(sheet(desk), put("WM-0003", Date=date(2026, 11, 28), End_date=date(2026, 11, 29)))
    reading, before = read(desk, body), stored(world, "WM-0003")

    with desk.writing(rehearsed=True) as work:
        listed = list_import(work, "OP1", reading)
    assert stored(world, "WM-0003").starts_at == before.starts_at

    assert apply(desk, body) == Counted(0, 1, 2)
    with world.database.read() as session:
        slip = session.exec(select(Slip)).one()
        kept = session.exec(select(SlipAction)).one()
    assert kept.listed.splitlines() == list(listed.of("WM-0003"))
    assert any("becomes Sat 28 November" in line for line in kept.listed.splitlines())
    with desk.writing() as work:
        undo_slip(work, slip.id or 0)
    assert stored(world, "WM-0003").starts_at == before.starts_at


def test_a_list_that_changed_meanwhile_is_refused_and_nothing_is_written(world: World) -> None:
    desk = world.desk("silver")
    reading = read(desk, edited(sheet(desk), put("WM-0001", Start=time(7))))

    with pytest.raises(Stale, match="no longer what you looked at"), desk.writing() as work:
        import_actions(work, "OP1", reading, seen="another")

    assert stored(world).starts_at == DAWN


def test_a_line_older_than_the_plan_is_named_only_where_it_differs(world: World) -> None:
    desk = world.desk("silver")
    body = sheet(desk)
    with desk.writing() as work:
        demand.set_demand(work, "WM-0001", [demand.Line(Profile.WOMAN, Need.NONE, 1, 2, 9)])
    version = stored(world).version

    (told,) = findings(desk, body)

    assert "WM-0001 was changed after this sheet was made: People, low/likely/high is now Women 1/2/9" in told
    assert f"write {version} under Version" in told
    assert findings(desk, edited(body, put("WM-0001", Version=version))) == []
    assert findings(desk, edited(body, put("WM-0001", Women_low=1, Women_likely=2, Women_high=9))) == []


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "another force": ({"Force": "other_force"}, "belongs to another force, force; it does not change hands by a file."),
    "another name": ({"Reference": "MINE"}, "WM-0001 is called WM-0001, which a file does not change."),
    "another operation's": (
        {"Planner_reference": "WM-0999"},
        "Operation One has no WM-0999, or none that you can open.",
    ),
    "a formula": ({"Start": "=A1"}, "is a formula."),
    "half of three": ({"Women_low": None}, "low, likely and high stand together."),
    "a system alone": ({"Intelligence_reference": "EX/1"}, "a reference stands without its system."),
    "no version": ({"Version": None, "Number_of_premises": 2}, "may have been changed after this sheet was made"),
    "a version in words": ({"Version": "two"}, "two is not a whole number."),
    "an end before the start": ({"End": time(5)}, "the end is not after the start"),
    "beyond the operation": ({"Date": date(2027, 9, 1)}, "is after the operation ends"),
}


@pytest.mark.parametrize(("cells", "told"), REFUSED.values(), ids=REFUSED)
def test_a_line_that_cannot_be_is_named_and_nothing_of_the_file_is_written(
    world: World, cells: dict[str, Any], told: str
) -> None:
    desk = world.desk("silver")
    body = edited(sheet(desk), put("WM-0001", **cells))
    body = edited(body, put("WM-0002", Number_of_premises=5))

    found = findings(desk, body)

    assert len(found) == 1
    assert told in found[0]
    with pytest.raises(InputError), desk.writing() as work:
        import_actions(work, "OP1", read(desk, body))
    assert stored(world, "WM-0002").premises_count == 1


def test_one_action_on_two_lines_is_refused(world: World) -> None:
    desk = world.desk("silver")

    def double(table: Worksheet) -> None:
        row = line_of(table, "WM-0002")
        copy = [cell.value for cell in table[row]]
        copy[column("Planner reference") - 1] = None
        table.append(copy)

    found = findings(desk, edited(sheet(desk), double))

    assert len(found) == 1
    assert "is WM-0002 already." in found[0]


@pytest.mark.parametrize("name", ["Day", "ID", "Count", "Time", "Language", "Remarks"])
@pytest.mark.parametrize("at", [1, 2])
def test_a_column_of_one_s_own_is_left_alone_whatever_it_is_called(world: World, name: str, at: int) -> None:
    desk = world.desk("silver")

    def add(table: Worksheet) -> None:
        table.insert_cols(at)
        for row in range(HEAD + 1, table.max_row + 1):
            table.cell(row, at).value = row
        table.cell(HEAD, at).value = name

    assert seen(desk, edited(sheet(desk), add)) == Seen(Counted(0, 0, 3), [])


def test_merged_cells_leave_the_rest_empty_and_are_named(world: World) -> None:
    desk = world.desk("silver")

    def merge(table: Worksheet) -> None:
        table.merge_cells(
            start_row=HEAD + 1, end_row=HEAD + 2, start_column=column("Force"), end_column=column("Force")
        )

    assert [told for told in findings(desk, edited(sheet(desk), merge)) if "the cell is empty" in told]


def test_who_does_not_plan_it_is_told_so_line_by_line(world: World) -> None:
    body = edited(sheet(world.desk("cell")), put("WM-0001", Number_of_premises=2))
    with world.database.write() as session:
        person, other = world.people["gold"], world.force + 1
        session.add(Appointment(person_id=person, post=Post.SILVER, operation_id=world.operation, agency_id=other))

    told = findings(world.desk("gold"), body)

    assert len(told) == 1
    assert "you cannot change WM-0001" in told[0]


def test_what_a_verb_refuses_is_found_line_by_line(world: World) -> None:
    desk = world.desk("silver")
    body = edited(sheet(desk), put("WM-0001", Date=date(2026, 11, 20)))
    reading = read(desk, edited(body, put("WM-0002", Number_of_premises=2)))
    assert reading.stands

    with pytest.raises(InputError), desk.writing(rehearsed=True) as work:
        list_import(work, "OP1", reading)
    with desk.writing(rehearsed=True) as work:
        (found,) = refused_lines(work, "OP1", reading)

    assert (found.line, "is over or has begun" in found.sentence) == (HEAD + 1, True)
    assert stored(world, "WM-0002").premises_count == 1


@pytest.mark.parametrize("name", ["Number_of_premises", "Region", "Marking"])
def test_what_an_action_always_has_is_not_cleared_in_silence(world: World, name: str) -> None:
    (told,) = findings(world.desk("silver"), edited(sheet(world.desk("silver")), put("WM-0001", **{name: None})))

    assert f"{name.replace('_', ' ')}: it cannot be blank of something that is there. Write " in told


def gone(*references: str) -> Callable[[Worksheet], None]:
    def edit(table: Worksheet) -> None:
        for reference in references:
            table.delete_rows(line_of(table, reference))

    return edit


def asked_about(desk: Desk, body: bytes) -> Sequence[str]:
    reading, grid = read(desk, body), read_grid(body)
    with desk.reading() as look:
        return missing(look, next(iter(operation_codes(look))), reading.rows, held_in(grid.preface))


def test_lines_taken_out_are_asked_about_and_left_alone_or_stood_down(world: World) -> None:
    desk = world.desk("silver")
    body = edited(sheet(desk), gone("WM-0002"))

    assert asked_about(desk, body) == ("WM-0002",)
    assert apply(desk, body) == Counted(0, 0, 2)
    assert stored(world, "WM-0002").state is ActionState.PLANNED
    assert apply(desk, body, Removal(("WM-0002",), "Merged into WM-0001")) == Counted(0, 0, 2)
    assert stored(world, "WM-0002").state is ActionState.STOOD_DOWN
    assert asked_about(desk, body) == ()


def test_standing_down_needs_a_reason_and_is_done_with_the_rest_or_not_at_all(world: World) -> None:
    desk = world.desk("silver")
    body = edited(edited(sheet(desk), gone("WM-0002")), put("WM-0001", Number_of_premises=2))

    with pytest.raises(InputError, match="reason for standing down"):
        apply(desk, body, Removal(("WM-0002",), " "))

    assert (stored(world).premises_count, stored(world, "WM-0002").state) == (1, ActionState.PLANNED)


def test_what_the_sheet_never_held_is_not_missing(world: World) -> None:
    desk = world.desk("silver")
    narrowed = sheet(desk, Asked(text="0001"))
    whole = sheet(desk)

    def behead(table: Worksheet) -> None:
        gone("WM-0003")(table)
        table.delete_rows(1, HEAD - 1)

    assert asked_about(desk, narrowed) == ()
    assert asked_about(desk, edited(whole, behead)) == ()
    with world.desk("silver", NOW + timedelta(hours=1)).writing() as work:
        plan_action(work, PlanRequest("OP1", "force", ActionKind.VISIT, PremisesKind.PORT, DAWN, DAWN + A_DAY, "later"))
    assert asked_about(desk, edited(whole, gone("WM-0003"))) == ("WM-0003",)


def test_a_line_that_is_new_in_an_exported_sheet_is_planned(world: World) -> None:
    desk = world.desk("silver")

    def add(table: Worksheet) -> None:
        cells: dict[str, Any] = {
            "Reference": "NEW/1",
            "Force": "force",
            "Date": "28.11.2026",
            "Start": "05:30",
            "End": "08:00",
            "Kind": "visit",
            "Premises": "port",
        }
        table.append([cells.get(name) for name in COLUMNS])

    body = edited(sheet(desk), add)

    assert apply(desk, body) == Counted(1, 0, 3)
    with world.database.read() as session:
        new = session.exec(select(Action).where(Action.external_reference == "NEW/1")).one()
    assert (new.premises_kind, new.version) == (PremisesKind.PORT, 1)


def twenty_edits(table: Worksheet) -> list[tuple[str, str]]:
    """Every kind of edit in turn, on twenty lines that are far apart; what was edited, by action and column."""
    made: list[tuple[str, str]] = []
    cycle: list[tuple[str, Any, str]] = [
        ("Number of premises", 7, "Number of premises"),
        ("Exploitation", "domestic", "Exploitation"),
        ("Languages", "Vietnamese", "Languages"),
        ("End", time(23, 50), "When"),
    ]
    open_lines = [
        row for row in range(HEAD + 1, table.max_row + 1) if table.cell(row, column("State")).value == "Planned"
    ]
    for row in open_lines[:: len(open_lines) // 20][:20]:
        name, value, what = cycle[len(made) % len(cycle)]
        assert table.cell(row, column(name)).value != value
        table.cell(row, column(name)).value = value
        made.append((str(table.cell(row, column("Planner reference")).value), what))
    return made


def test_of_822_actions_none_differs_and_twenty_edits_are_twenty_differences(database: Database) -> None:
    load_pentameter2(database, today=date(2026, 12, 1))
    with database.read() as session:
        cell = session.exec(select(Appointment.person_id).where(Appointment.post == Post.CELL)).first()
    desk = Desk(database, cell, clock=lambda: datetime(2026, 12, 1, 9, tzinfo=DAWN.tzinfo))
    body = sheet(desk)
    assert seen(desk, body) == Seen(Counted(0, 0, 822), [])

    made: list[tuple[str, str]] = []
    changed = edited(body, lambda table: made.extend(twenty_edits(table)))

    found = seen(desk, changed)
    assert (len(made), found.done) == (20, Counted(0, 20, 802))
    assert [(reference, what) for reference, what, *_ in found.differences] == made
    assert asked_about(desk, changed) == ()
    assert apply(desk, changed) == Counted(0, 20, 802)
    assert seen(desk, changed) == seen(desk, sheet(desk)) == Seen(Counted(0, 0, 822), [])
