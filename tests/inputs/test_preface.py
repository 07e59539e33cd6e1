"""A file's marking stands above its headings and is passed over; one that is too high refuses the file."""

from collections.abc import Callable

import pytest

from planner.errors import InputError
from planner.inputs.spreadsheets import read_grid
from planner.outputs.tables import table_csv, table_xlsx
from planner.rules.markings import Marked
from planner.rules.words import Marking
from tests.builders import NOW
from tests.inputs.files import a_csv, an_xlsx
from tests.inputs.make_samples import GOOD, HEADINGS
from tests.inputs.test_spreadsheets import actions

WRITERS = {"csv": a_csv, "xlsx": an_xlsx}
TOO_HIGH = "The file is marked SECRET, which has no place here: use a system accredited for it."


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("said", ["OFFICIAL", "OFFICIAL-SENSITIVE - RECIPIENTS ONLY"])
def test_the_marking_is_passed_over_and_lines_keep_their_numbers(kind: str, said: str) -> None:
    found = actions(WRITERS[kind]([said], HEADINGS, GOOD))

    assert [(row.external_reference, row.line) for row in found.rows] == [("EX-1", 3)]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_beneath_the_marking(separator: str) -> None:
    said = "OFFICIAL-SENSITIVE - RECIPIENTS ONLY, PERSONAL DATA"
    lines = [said if separator != "," else f'"{said}"', *(separator.join(line) for line in (HEADINGS, GOOD))]

    assert [row.external_reference for row in actions("\r\n".join(lines).encode("utf-8-sig")).rows] == ["EX-1"]


@pytest.mark.parametrize("write", [table_csv, table_xlsx])
def test_a_table_that_left_the_house_is_read_again(write: Callable[..., bytes]) -> None:
    body = write(
        [GOOD], columns=HEADINGS, marked=Marked(Marking.OFFICIAL, "PERSONAL DATA"), made_by="Silver, East", made_at=NOW
    )

    assert [row.external_reference for row in actions(body).rows] == ["EX-1"]


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("said", ["SECRET", "TOP SECRET", "UK SECRET - RECIPIENTS ONLY", "Top Secret"])
def test_a_file_marked_secret_is_refused_with_where_it_belongs(kind: str, said: str) -> None:
    for preface in ([[said]], [["OFFICIAL"], [said]], [["", said]]):
        with pytest.raises(InputError) as refused:
            read_grid(WRITERS[kind](*preface, HEADINGS, GOOD))
        assert str(refused.value) == TOO_HIGH

    assert len(read_grid(WRITERS[kind](["OFFICIAL"], HEADINGS, GOOD)).rows) == 1


def test_a_file_marked_above_the_ceiling_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    sensitive = a_csv(["OFFICIAL-SENSITIVE"], HEADINGS, GOOD)
    assert len(read_grid(sensitive).rows) == 1

    monkeypatch.setenv("PLANNER_CEILING", "OFFICIAL")

    with pytest.raises(InputError, match="OFFICIAL-SENSITIVE, above this installation's OFFICIAL"):
        read_grid(sensitive)
    assert len(read_grid(a_csv(["OFFICIAL"], HEADINGS, GOOD)).rows) == 1


@pytest.mark.parametrize("kind", WRITERS)
def test_a_title_above_the_names_is_passed_over(kind: str) -> None:
    found = actions(WRITERS[kind](["Kent, October"], ["OFFICIAL"], HEADINGS, GOOD))

    assert [(row.external_reference, row.line) for row in found.rows] == [("EX-1", 4)]


@pytest.mark.parametrize("kind", WRITERS)
def test_what_a_sheet_says_of_itself_is_told_from_its_table(kind: str) -> None:
    """Whether the marking is gone, a note stands beside a line, or the sheet was sorted and its head is at its end."""
    made, at = "Made by Silver, Northern region", "Made at 2026-11-24 06:00 UTC"
    for lines in (
        [[made], [at], HEADINGS, GOOD],
        [["OFFICIAL"], [made, "", "ask her"], [at], HEADINGS, GOOD],
        [HEADINGS, GOOD, [at], [made], ["OFFICIAL"]],
    ):
        data = WRITERS[kind](*lines)

        assert [row.external_reference for row in actions(data).rows] == ["EX-1"]
        assert read_grid(data).preface.count(at) == 1


def test_commas_in_what_a_sheet_says_of_itself_are_no_columns() -> None:
    said = ["OFFICIAL", "Made by Silver, Northern region, for Kent, Sussex, Surrey, London, Essex, and others", ""]
    lines = [*said, *(";".join(line) for line in (HEADINGS, GOOD))]

    assert [row.external_reference for row in actions("\r\n".join(lines).encode()).rows] == ["EX-1"]


def test_a_marking_that_is_too_high_is_found_beside_another_and_among_the_lines() -> None:
    for lines in ([["OFFICIAL", "SECRET"], HEADINGS, GOOD], [HEADINGS, GOOD, ["TOP SECRET"]]):
        with pytest.raises(InputError) as refused:
            read_grid(a_csv(*lines))
        assert str(refused.value) == TOO_HIGH


def test_names_beneath_a_title_of_several_cells_are_pointed_at() -> None:
    with pytest.raises(InputError, match=r"^The column names stand on line 2\. Take out what stands above it"):
        actions(a_csv(["Kent", "October"], HEADINGS, GOOD))


def test_lines_of_one_cell_are_no_table() -> None:
    with pytest.raises(InputError, match="no line of it has more than one cell"):
        actions(b"Reference^Force\r\nEX-1^Kent\r\n")


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("name", ["Made by whom", "Times are London time zone", "Made at the station"])
def test_a_column_that_is_called_as_a_head_line_begins_is_a_column(kind: str, name: str) -> None:
    for above in ([], [["OFFICIAL"], ["Made by Silver"], ["Made at 2026-11-24 06:00 UTC"]]):
        grid = read_grid(WRITERS[kind](*above, [name, *HEADINGS], ["The office", *GOOD]))

        assert (grid.headings[0], len(grid.rows), len(grid.preface)) == (name, 1, len(above))


def test_names_without_a_row_are_names_still() -> None:
    with pytest.raises(InputError, match="has a heading line but no rows"):
        read_grid(a_csv(["Made by whom", *HEADINGS]))


def test_a_csv_that_a_spreadsheet_program_did_not_take_apart_says_what_helps() -> None:
    lines = [["OFFICIAL"], *([",".join(f'"{cell}"' for cell in line)] for line in (HEADINGS, GOOD))]

    with pytest.raises(InputError, match=r"one cell with commas in it: .* Import it there as text"):
        read_grid(a_csv(*lines))
    with pytest.raises(InputError, match="no line of it has more than one cell"):
        read_grid(a_csv(["OFFICIAL"], ["Times are London time. Its lines: WM-0001, 0003, 0005."], ["EX-1"]))
