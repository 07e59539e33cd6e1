"""A cell that leads to a person is a named error of its row with a remedy; a reference and a name stand."""

import pytest

from planner.inputs.action_columns import ACTIONS
from planner.inputs.actions import read_actions
from planner.inputs.cells import CellRefused, a_name, a_reference
from planner.inputs.columns import suggest_mapping
from planner.inputs.spreadsheets import read_grid
from tests.inputs.known import KNOWN

HEADINGS = "reference,force,kind,premises,date,start,end,languages\n"
ROW = "{},West Midlands Police,warrant,residential,26/11/2026,06:00,09:00,{}\n"


@pytest.mark.parametrize("text", ["07700 900123", "John Smith", "B1 1AA", "AB12 CDE", "943 476 5919"])
def test_a_reference_that_leads_to_a_person_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(CellRefused, match="must not be kept here") as refusal:
        a_reference(text)

    assert refusal.value.remedy == "Leave it out, or give a post or a reference instead."


@pytest.mark.parametrize("text", ["WM-0001", "W/2026/114", "OP 7", "HOLMES", "N-2026-000451", "PACE 1984 s.16"])
def test_a_reference_stands(text: str) -> None:
    assert a_reference(text) == text


@pytest.mark.parametrize("text", ["Hope House, 12 High Street", "Refuge B1 1AA", "Call 0121 496 0123", "a@x.example"])
def test_no_name_of_an_organisation_holds_an_address_or_a_number(text: str) -> None:
    with pytest.raises(CellRefused):
        a_name(text)
    assert a_name("Palm Cove Society") == "Palm Cove Society"


def test_the_row_and_the_column_are_named() -> None:
    file = (HEADINGS + ROW.format("WM-1", "Romanian") + ROW.format("07700 900123", "John Smith")).encode()
    grid = read_grid(file)

    reading = read_actions(grid, suggest_mapping(grid.headings, ACTIONS), KNOWN, None)

    assert [row.external_reference for row in reading.rows] == ["WM-1"]
    assert [(item.line, item.column) for item in reading.findings] == [(3, "reference"), (3, "languages")]
    assert all("must not be kept here" in item.sentence for item in reading.findings)
