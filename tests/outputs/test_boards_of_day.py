"""What was counted, how support went on, standing groups' meetings and free places leave as their pages show them."""

from datetime import timedelta

import pytest

from planner.db import Database
from planner.outputs.table_file import table_file
from planner.rules.asked import Asked
from planner.rules.on_the_day import Count
from planner.rules.outcomes import SupportOutcome
from planner.rules.windows import local
from planner.rules.words import ActionState
from planner.services.compartments import close_to
from planner.services.on_the_day import explain_counts
from planner.services.outcomes import OutcomesRequest, keep_outcomes
from planner.services.standing_groups import end_group
from planner.views.care_nights import NightFilter, free_places_by
from tests.builders import DAWN, NOW, World, a_world, an_action
from tests.day import REFERENCE, begun, press
from tests.outputs.sheets import Read, read_csv
from tests.standing import a_group

WHOLE = Asked()


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def taken(world: World, who: str, name: str, asked: Asked = WHOLE) -> Read:
    with world.desk(who).reading() as look:
        return read_csv(table_file(look, name, "csv", "To look", asked).body)


def counted(world: World) -> None:
    """Three met, one placed, why two are not; then how support went on for one of them."""
    begun(world)
    press(world, *[Count.ENCOUNTERED] * 3, Count.PLACED)
    with world.desk("silver", DAWN).writing() as work:
        explain_counts(work, REFERENCE, "Two went home.", last_tap=4)
    numbers = {SupportOutcome.ENTERED: 1, SupportOutcome.REFERRED: 1}
    with world.desk("care_lead", DAWN).writing() as work:
        keep_outcomes(work, OutcomesRequest(REFERENCE, numbers, DAWN.date(), 0))


def test_counts_and_outcomes_are_one_row_an_action(world: World) -> None:
    counted(world)

    (row,) = taken(world, "gold", "outcomes", Asked(operation="OP1")).rows

    assert (row["Action"], row["Force"], row["Encountered"], row["Placed"], row["At reception"]) == (
        *(REFERENCE, "Force", "3", "1", "0"),
    )
    assert (row["Not accounted for"], row["Explained"]) == ("2", "Two went home.")
    assert (row["Entered support"], row["Adults referred to the NRM"], row["Declined support"]) == ("1", "1", "0")
    assert (row["As of"], row["Kept by"]) == (DAWN.date().isoformat(), "Care_lead, West Midlands")


def test_where_nobody_has_said_yet_the_cells_are_empty_and_not_nought(world: World) -> None:
    begun(world)
    press(world, Count.ENCOUNTERED)

    (row,) = taken(world, "silver", "outcomes").rows

    assert (row["Encountered"], row["Entered support"], row["As of"], row["Kept by"]) == ("1", "", "", "")


def test_counts_of_a_closed_action_and_of_one_that_has_not_begun_stay_where_they_are(world: World) -> None:
    counted(world)
    an_action(world, "WM-0002", state=ActionState.BEGUN)  # nobody has counted there
    with world.desk("gold").writing() as work:
        close_to(work, REFERENCE, ["Gold, West Midlands"])

    assert taken(world, "gold", "outcomes").column("Action") == [REFERENCE]
    assert taken(world, "silver", "outcomes").rows == []


def test_each_meeting_of_a_standing_group_is_a_row(world: World) -> None:
    group = a_group(world, until_on=local(NOW).date() + timedelta(weeks=2))
    with world.desk("cell").writing() as work:
        end_group(work, group.id, group.version, reason="It is over.")

    sheet = taken(world, "silver", "standing-groups", Asked(operation="OP1"))

    assert len(sheet.rows) == len(group.meetings) > 1
    assert {row["Group"] for row in sheet.rows} == {"Strategic group"}
    assert {row["State"] for row in sheet.rows} == {"Cancelled"}
    assert sheet.column("Meeting starts") == [f"{local(row.starts_at):%Y-%m-%d %H:%M}" for row in group.meetings]
    assert sheet.rows[0]["Ended"] == f"{local(NOW):%Y-%m-%d %H:%M}"


def test_free_places_stand_by_zone_and_profile_as_in_the_fold(world: World) -> None:
    tonight = local(NOW).date()

    sheet = taken(world, "silver", "free-places", Asked(operation="OP1"))

    with world.desk("silver").reading() as look:
        shown = free_places_by(look, NightFilter(tonight))
    assert [(row["Zone"], int(row["Free"]), int(row["Fewest on any of 14 nights"])) for row in sheet.rows] == [
        (row.zone, row.first, row.lowest) for row in shown
    ]
    assert {row["Night"] for row in sheet.rows} == {tonight.isoformat()}
    assert shown
