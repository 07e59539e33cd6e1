"""The table of hours on the Directory page: typed over by the cell, kept whole or not at all, by nobody else."""

import json
from datetime import time
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner.rules.availability import Availability
from planner.services.availability import AvailabilityRequest, TypedHours, set_availabilities, set_availability
from planner.views.availability import availability_rows
from tests.builders import World
from tests.ui.pages import opened, press

OFFICE = AvailabilityRequest("12345", time(9), time(17), actions_a_day=2)
SAID = Availability("12345", time(9), time(17), False, 2)


def editor(page: AppTest) -> Any:
    return next(frame for frame in page.dataframe if frame.proto.editing_mode)


def type_over(page: AppTest, **cells: dict[str, Any]) -> AppTest:
    """Type into cells as a browser does, by agency and column: AppTest has no words for it."""
    table = editor(page)
    rows = {str(list(table.value.index).index(code)): said for code, said in cells.items()}
    states = page._tree.get_widget_states()
    states.widgets.add(id=table.proto.id, string_value=json.dumps({"edited_rows": rows}))
    page._run(states)
    assert not page.exception
    return page


def texts(page: AppTest) -> str:
    return "\n".join(text.value for text in page.text)


def said(world: World) -> dict[str, Availability]:
    with world.desk("cell").reading() as look:
        return {row.code: row.said for row in availability_rows(look) if row.said}


def say(world: World, who: str = "partner", request: AvailabilityRequest = OFFICE) -> None:
    with world.desk(who).writing() as work:
        set_availability(work, "ngo", request)


def test_the_cell_types_over_several_rows_and_keeps_them_at_once(world: World) -> None:
    say(world)
    page = opened(world, "directory.py", "cell", tab="Availability")
    assert list(editor(page).value["Agency"]) == ["Children", "Health", "Ngo"]
    assert "1 of 3 partner agencies said when." in texts(page)
    assert not [button for button in page.button if button.label.startswith("Keep 1")]

    night = {"Weekdays": ["Sat", "Sun"], "From": "22:00:00.000", "Until": "06:00:00.000", "Bank holidays": True}
    type_over(page, ngo={"Actions a day": 5}, children=night)
    assert "Children: Sat–Sun 22:00–06:00 the next day." in texts(page)
    assert "Ngo: Mon–Fri 09:00–17:00, not on bank holidays, 5 actions a day." in texts(page)
    press(page, "Keep 2 rows")

    assert "✓ The hours of 2 agencies are kept." in texts(page)
    assert said(world) == {
        "ngo": SAID._replace(actions_a_day=5),
        "children": Availability("67", time(22), time(6), True, None),
    }
    assert "Type over any cell" in texts(page)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"Weekdays": []}, "Ngo: An agency can be asked on one weekday at least. Choose the days."),
        ({"Until": None}, "Ngo: no time in Until. Give one, or empty the whole row to say nothing."),
        ({"Actions a day": 0}, "Ngo: 0 actions a day cannot be taken. Give 1 to 200, or leave it out."),
        ({"Actions a day": 201}, "Ngo: 201 actions a day cannot be taken. Give 1 to 200, or leave it out."),
    ],
)
def test_a_wrong_cell_is_named_before_and_after_the_press_and_nothing_is_kept(
    world: World, cells: dict[str, Any], sentence: str
) -> None:
    say(world)
    page = opened(world, "directory.py", "cell", tab="Availability")

    type_over(page, ngo=cells, health={"Weekdays": ["Mon"], "From": "09:00:00", "Until": "09:00:00"})
    assert f"✕ {sentence}" in texts(page)
    press(page, "Keep 2 rows")

    assert sentence in [text.value for text in page.text]
    assert said(world) == {"ngo": SAID}


def test_an_emptied_row_says_nothing_any_more(world: World) -> None:
    say(world)
    page = opened(world, "directory.py", "cell", tab="Availability")

    type_over(page, ngo={"Weekdays": [], "From": None, "Until": None, "Actions a day": None})
    assert "Ngo: nothing is said any more." in texts(page)
    press(page, "Keep 1 row")

    assert said(world) == {}


def test_a_row_changed_meanwhile_is_refused_what_was_typed_stays_and_the_next_press_is_for_what_is_shown(
    world: World,
) -> None:
    say(world)
    page = opened(world, "directory.py", "cell", tab="Availability")
    type_over(page, ngo={"Actions a day": 5})

    say(world, request=AvailabilityRequest("6", time(10), time(12)))
    press(page, "Keep 1 row")
    assert "Somebody changed Ngo while your page was open: it can be asked Sat 10:00–12:00" in texts(page)
    assert said(world)["ngo"].weekdays == "6"
    page.run()
    assert "Ngo: Sat 10:00–12:00, not on bank holidays, 5 actions a day." in texts(page)
    press(page, "Keep 1 row")

    assert said(world) == {"ngo": Availability("6", time(10), time(12), False, 5)}


def test_a_table_in_which_nothing_is_typed_follows_what_is_kept(world: World) -> None:
    page = opened(world, "directory.py", "cell", tab="Availability")

    say(world)
    page.run()
    type_over(page, ngo={"Actions a day": 5})
    press(page, "Keep 1 row")

    assert said(world) == {"ngo": SAID._replace(actions_a_day=5)}


def test_a_care_provider_is_in_the_table_of_the_cell_once_it_said_when_and_of_nobody_else(world: World) -> None:
    with world.desk("cell").writing() as work:
        set_availabilities(work, [TypedHours("provider", "1", time(9), time(17))])

    cell = opened(world, "directory.py", "cell", tab="Availability")
    others = [opened(world, "directory.py", name, tab="Availability") for name in ("silver", "care_lead", "national")]

    assert "Provider" in list(editor(cell).value["Agency"])
    assert [[frame for frame in page.dataframe if frame.proto.editing_mode] for page in others] == [[], [], []]


def test_a_partners_lead_says_its_own_hours_and_no_others_on_my_part(world: World) -> None:
    page = opened(world, "my_part.py", "partner")

    press(page, "Keep these hours")

    assert set(said(world)) == {"ngo"}
