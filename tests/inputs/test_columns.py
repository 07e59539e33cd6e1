"""Which column holds what: suggested, changed by the user, complete before anything is read."""

import pytest

from planner.errors import InputError
from planner.inputs.action_columns import ACTIONS
from planner.inputs.actions import read_actions
from planner.inputs.agencies import AGENCIES
from planner.inputs.columns import Layout, suggest_mapping
from planner.inputs.providers import PROVIDERS
from planner.inputs.spreadsheets import read_grid
from tests.inputs.files import a_csv
from tests.inputs.known import KNOWN
from tests.inputs.make_samples import GOOD, HEADINGS


def test_headings_are_known_by_synonyms_whatever_their_case_and_marks() -> None:
    headings = ["REF.", "police_force", "Start-Date", "start time", "Until", "TYPE", "premises type"]

    mapping = suggest_mapping(headings, ACTIONS)

    assert mapping.missing == ()
    assert [mapping.position(column.name) for column in ACTIONS.columns[:7]] == list(range(7))


def test_a_required_heading_that_is_nearly_spelt_so_is_suggested() -> None:
    mapping = suggest_mapping(["Refrence", *HEADINGS[1:]], ACTIONS)

    assert mapping.position("reference") == 0


def test_a_user_s_own_choice_settles_a_missing_column() -> None:
    grid = read_grid(a_csv(["Vorgang", *HEADINGS[1:]], GOOD))
    suggested = suggest_mapping(grid.headings, ACTIONS)

    with pytest.raises(InputError, match=r"^The file has no column “Reference”"):
        read_actions(grid, suggested, KNOWN)
    found = read_actions(grid, suggested.choose("reference", 0), KNOWN)

    assert [row.external_reference for row in found.rows] == ["EX-1"]


def test_a_user_s_own_choice_settles_a_doubled_column() -> None:
    grid = read_grid(a_csv([HEADINGS[0], "Force name", *HEADINGS[2:], "Police force"], [*GOOD, "MET"]))
    suggested = suggest_mapping(grid.headings, ACTIONS)

    assert suggested.doubled == ("force",)
    found = read_actions(grid, suggested.choose("force", 7), KNOWN)

    assert [row.force_code for row in found.rows] == ["MET"]


@pytest.mark.parametrize("added", ["Day", "ID", "Type", "Police force"])
@pytest.mark.parametrize("first", [True, False])
def test_a_column_s_own_title_goes_before_its_other_names(added: str, first: bool) -> None:
    headings, cells = ([added, *HEADINGS], ["7", *GOOD]) if first else ([*HEADINGS, added], [*GOOD, "7"])
    grid = read_grid(a_csv(headings, cells))
    suggested = suggest_mapping(grid.headings, ACTIONS)

    assert (suggested.doubled, suggested.unused) == ((), (added,))
    assert [row.external_reference for row in read_actions(grid, suggested, KNOWN).rows] == ["EX-1"]


def test_a_title_that_stands_twice_whatever_its_case_is_left_to_the_person() -> None:
    assert suggest_mapping([*HEADINGS, "FORCE"], ACTIONS).doubled == ("force",)


def test_one_heading_is_never_read_for_two_columns() -> None:
    grid = read_grid(a_csv(HEADINGS, GOOD))
    suggested = suggest_mapping(grid.headings, ACTIONS)
    chosen = [(column.name, suggested.position(column.name)) for column in ACTIONS.columns]

    apart, together = suggested.choose_all(chosen), suggested.choose_all([*chosen, ("end", 3)])

    assert read_actions(grid, apart, KNOWN).stands
    with pytest.raises(InputError) as refused:
        read_actions(grid, together, KNOWN)
    assert str(refused.value) == "One heading is chosen for “Start”, “End”. Choose a heading of its own for each."


def test_a_column_that_may_be_either_heading_stays_open_until_somebody_chooses() -> None:
    suggested = suggest_mapping([*HEADINGS, "Region code", "Region name"], ACTIONS)

    assert suggested.choose_all([]).doubled == ("region",)
    assert suggested.choose_all([("region", None)]).doubled == ()
    assert suggested.choose_all([("region", 8)]).position("region") == 8


def test_columns_that_speak_of_people_or_addresses_are_named_and_never_read() -> None:
    grid = read_grid(a_csv([*HEADINGS, "Victim name", "Postcode", "Remarks"], [*GOOD, "CANARY", "CANARY", "CANARY"]))
    mapping = suggest_mapping(grid.headings, ACTIONS)

    found = read_actions(grid, mapping, KNOWN)

    assert mapping.unused == ("Victim name", "Postcode", "Remarks")
    assert mapping.never_kept == ("Victim name", "Postcode")
    assert len(found.rows) == 1
    assert "CANARY" not in repr(found)


@pytest.mark.parametrize("layout", [ACTIONS, AGENCIES, PROVIDERS], ids=lambda layout: layout.what)
def test_no_more_than_seven_columns_are_required_and_every_title_finds_itself(layout: Layout) -> None:
    titles = [column.title for column in layout.columns]
    assert all(column.holds.endswith(".") for column in layout.columns)

    mapping = suggest_mapping(titles, layout)

    assert sum(column.required for column in layout.columns) <= 7
    assert [mapping.position(column.name) for column in layout.columns] == list(range(len(titles)))
