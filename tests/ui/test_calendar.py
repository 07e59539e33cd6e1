"""The calendar component: declared as files, drawn from words alone, believing nothing that was not shown."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner.ui import calendar
from planner.ui.calendar import Shape, lay, picked
from planner.ui.calendar_grid import ShownAt
from planner.ui.widgets import sign_of

DAWN = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
ASSETS = Path(calendar.__file__).parent / "assets"
LAID = lay(
    Shape.MONTH,
    [
        ShownAt(ref=ref, title="Action", state=sign_of("met"), starts_at=DAWN, ends_at=DAWN + timedelta(hours=3))
        for ref in ("one", "two", "three", "four", "five")
    ],
    date(2026, 11, 1),
)


def a_month() -> None:
    from datetime import UTC, date, datetime

    import streamlit as st

    from planner.ui.calendar import Known, Mark, Shape, draw, lay
    from planner.ui.calendar_grid import ShownAt, ShownOn
    from planner.ui.widgets import sign_of

    starts, ends = datetime(2026, 11, 26, 6, tzinfo=UTC), datetime(2026, 11, 26, 9, tzinfo=UTC)
    action = ShownAt(
        ref="a1",
        title="<b>Action</b> ![x](//e)",
        state=sign_of("blocks"),
        detail="East",
        address="action?ref=a%26b",
        starts_at=starts,
        ends_at=ends,
    )
    first, last = date(2026, 11, 2), date(2026, 11, 30)
    phase = ShownOn(ref="p2", title="Phase 2", state=sign_of("begun"), first_on=first, last_on=last)
    mark = Mark("!", "3 places left", "orange", "5 likely needed")
    laid = lay(Shape.MONTH, [action, phase], first)
    known = {"a1": Known(sign_of("ready"), move="action?ref=a%26b&tab=Move")}
    st.text(f"{draw(laid, today=date(2026, 11, 24), key='month', marks={first: [mark]}, known=known)}")


def a_week() -> None:
    from datetime import date

    import streamlit as st

    from planner.ui.calendar import Shape, draw, lay

    st.text(f"{draw(lay(Shape.WEEK, [], date(2026, 11, 26)), today=date(2026, 11, 24), key='week')}")


def an_agenda() -> None:
    from datetime import date

    import streamlit as st

    from planner.ui.calendar import Shape, draw, lay

    st.text(f"{draw(lay(Shape.AGENDA, [], date(2026, 11, 26)), today=date(2026, 11, 24), key='agenda')}")


def drawn(script: Any) -> tuple[AppTest, Any]:
    app = AppTest.from_function(script).run()
    assert not app.exception
    element = next(node.proto for node in app.main if node.type == "bidi_component")
    return app, element


def test_script_and_style_are_files_of_ours_so_that_a_strict_policy_lets_them_in() -> None:
    _, element = drawn(a_month)

    assert element.component_name == "planner.calendar"
    assert element.js_source_path.split("?")[0] == "calendar.js"
    assert element.css_source_path.split("?")[0] == "calendar.css"
    assert (element.js_content, element.css_content, element.html_content) == ("", "", "")


def test_only_the_assets_are_served() -> None:
    assert {path.suffix for path in ASSETS.iterdir()} == {".css", ".js"}


def test_text_travels_as_text_with_its_state_as_sign_word_and_colour() -> None:
    app, element = drawn(a_month)

    data = json.loads(element.json)
    tile = data["weeks"][4]["rows"][0]["cells"][3]["tiles"]
    assert tile == [
        {
            "ref": "a1",
            "time": "06:00",
            "until": "to 09:00",
            "title": "<b>Action</b> ![x](//e)",
            "detail": "East",
            "day": "Thursday 26 November",
            "sign": "✓",
            "word": "Ready",
            "tone": "green",
            "address": "action?ref=a%26b",
            "move": "action?ref=a%26b&tab=Move",
        }
    ]
    assert data["weeks"][1]["days"][0]["marks"] == [
        {"sign": "!", "word": "3 places left", "tone": "orange", "said": "5 likely needed", "keeps": False}
    ]
    # Named in the week that it begins in and in the one that it ends in; between them it only goes on.
    assert [lane[0]["goes_on"] for week in data["weeks"] for lane in week["lanes"]] == [False, True, True, True, False]
    assert data["caption"] == "November 2026"
    assert [day["on"] for week in data["weeks"] for day in week["days"] if day["today"]] == ["2026-11-24"]
    assert app.text[0].value == "None"


def test_a_week_is_named_by_its_days() -> None:
    _, element = drawn(a_week)

    data = json.loads(element.json)
    assert data["caption"] == "23 to 29 November 2026"
    assert [day["short"] for day in data["weeks"][0]["days"]][3] == "Thu 26 November"


def test_an_agenda_is_seven_days_from_the_day_on() -> None:
    _, element = drawn(an_agenda)

    data = json.loads(element.json)
    assert (data["shape"], data["caption"]) == ("agenda", "26 November to 2 December 2026")
    assert [day["on"] for day in data["weeks"][0]["days"]][::6] == ["2026-11-26", "2026-12-02"]


def test_a_day_that_was_shown_can_be_picked() -> None:
    assert picked({"on": "2026-11-26"}, LAID) == date(2026, 11, 26)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        "two",
        {},
        {"ref": "two"},
        {"on": "2026-12-25"},
        {"on": "2026-11-26 "},
        {"on": ["2026-11-26"]},
        {"on": 5},
    ],
)
def test_what_was_never_shown_is_not_picked(answer: object) -> None:
    assert picked(answer, LAID) is None


def test_an_entry_left_over_is_reached_through_its_day_alone() -> None:
    assert len(LAID.refs) == 3


def test_the_script_reads_no_markup_and_reaches_nothing_outside() -> None:
    script = (ASSETS / "calendar.js").read_text()

    markup = r"innerHTML|outerHTML|insertAdjacentHTML|DOMParser|document\.write"
    code = r"\beval\b|new Function|fetch\(|https?:|import "
    found = re.findall(f"{markup}|{code}", script)
    assert found == []
    assert re.findall(r"url\(|@import|https?:", (ASSETS / "calendar.css").read_text()) == []
