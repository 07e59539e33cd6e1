"""A calendar as HTML: a table and a list of the same, from words alone, everything to press a link."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from streamlit.testing.v1 import AppTest

from planner.ui import rows
from planner.ui.calendar import Known, Mark, Shape, lay
from planner.ui.calendar_days import Shown, ShownAt, ShownOn
from planner.ui.calendar_html import LOOK, as_html
from planner.ui.calendar_tiles import About
from planner.ui.widgets import Sign, sign_of
from planner.web import watch
from tests.ui.calendars import heard, named, read, said

DAWN = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
TODAY, FIRST, LAST = date(2026, 11, 24), date(2026, 11, 2), date(2026, 11, 30)
ASSETS = Path(rows.__file__).parent / "assets"
FIVE = [
    ShownAt(ref=ref, title="Action", state=sign_of("met"), starts_at=DAWN, ends_at=DAWN + timedelta(hours=3))
    for ref in ("one", "two", "three", "four", "five")
]
ACTION = ShownAt(
    ref="a1",
    title="<b>Action</b> ![x](//e)",
    state=sign_of("blocks"),
    detail="East",
    address="action?ref=a%26b",
    starts_at=DAWN,
    ends_at=DAWN + timedelta(hours=3),
)
PHASE = ShownOn(ref="p2", title="Phase 2", state=Sign("Begun", "▬", "gray"), first_on=FIRST, last_on=LAST)
MARK = Mark("!", "3 places left", "orange", "5 likely needed")


def drawn(
    shape: Shape,
    entries: Sequence[Shown] = (),
    *,
    day: date = FIRST,
    marks: Mapping[date, Sequence[Mark]] | None = None,
    known: Mapping[str, Known] | None = None,
) -> Element:
    about = About(TODAY, lambda shape, each: f"calendar?show={shape}&day={each}", marks or {}, known or {})
    return read(as_html(lay(shape, entries, day), about))


def a_month(day: date = FIRST) -> Element:
    known = {"a1": Known(sign_of("ready"), move="action?ref=a%26b&tab=Move")}
    return drawn(Shape.MONTH, [ACTION, PHASE], day=day, marks={FIRST: [MARK]}, known=known)


@pytest.mark.parametrize(("part", "holds"), [("table", "div"), ("div", "li")])
def test_an_entry_is_words_with_its_state_as_sign_word_and_colour(part: str, holds: str) -> None:
    (there,) = a_month(DAWN.date()).findall(part)
    (item,) = named(there, holds, "movable")
    tile, move = item.findall("a")

    assert tile.get("class") == "tile green"
    assert tile.get("href") == "action?ref=a%26b"
    assert "<b>Action</b> ![x](//e)" in said(tile)
    assert said(named(tile, "span", "state")[0]) == "✓\u00a0Ready"
    assert all(words in heard(tile) for words in ("06:00", "<b>Action</b> ![x](//e)", "Ready", "to 09:00", "East"))
    assert (move.get("href"), said(move)) == ("action?ref=a%26b&tab=Move", "Move…")
    assert heard(move) == "Move… <b>Action</b> ![x](//e)"


def test_a_table_says_in_what_is_heard_until_when_where_and_on_which_day() -> None:
    (table,) = named(a_month(), "table", "month")
    (tile,) = named(table, "a", "tile green")

    assert heard(tile) == "06:00 <b>Action</b> ![x](//e), Ready, to 09:00, East, Thursday 26 November"


def test_a_day_says_how_its_places_stand_and_a_list_says_it_at_length() -> None:
    month = a_month()

    (mark,) = [each for each in month.iter() if each.get("title")]
    assert (mark.get("class"), mark.get("title"), said(mark)) == (
        *("mark orange", "5 likely needed"),
        ", !\u00a03 places left",
    )
    (line,) = named(month, "p", "mark orange")
    assert said(line) == "!\u00a03 places left. 5 likely needed."


def test_a_phase_is_named_in_its_first_and_its_last_week_and_goes_on_between_them() -> None:
    month = a_month()

    named_whole = ["Phase 2, Begun, 2 to 30 November"]
    lanes = named(month, "tr", "lane")
    assert [[heard(tile) for tile in lane.iter("a")] for lane in lanes] == [named_whole, *[[]] * 3, named_whole]
    assert [said(lane) for lane in lanes[1:4]] == ["Phase 2 goes on"] * 3
    assert len(named(month, "ul", "lasting")[0]) == 1


def test_what_is_booked_is_named_in_every_week_and_counted_where_nothing_else_stands() -> None:
    booked = ShownOn(ref="n1", title="Places", state=Sign("Booked", "▬", "blue"), first_on=FIRST, last_on=LAST)
    month = drawn(Shape.MONTH, [booked], day=TODAY)

    lanes = named(month, "tr", "lane")
    assert [[heard(tile) for tile in lane.iter("a")] for lane in lanes] == [["Places, Booked, 2 to 30 November"]] * 5
    weeks = [said(each) for each in named(named(month, "div", "listed")[0], "ul", "weeks")[0].iter("a")]
    assert (weeks[0], weeks[1]) == (
        "26 October to 1 November: 0 entries",
        "2 to 8 November: 0 entries and 1 that lasts for days",
    )


def test_today_is_marked_and_said() -> None:
    (current,) = [each for each in a_month().iter() if each.get("aria-current")]

    assert said(current) == "24Tuesday 24 November Today"


def test_a_month_in_narrow_space_is_one_week_and_links_to_the_others() -> None:
    listed = named(drawn(Shape.MONTH, FIVE, day=TODAY), "div", "listed")[0]

    assert (listed.get("role"), listed.get("aria-label")) == ("group", "November 2026")
    days = [said(name) for name in named(listed.findall("ol")[0], "p", "day")]
    assert days == ["Tuesday 24 November Today", "Thursday 26 November"]
    assert [(said(each), each.get("href")) for each in named(listed, "ul", "weeks")[0].iter("a")] == [
        ("26 October to 1 November: 0 entries", "calendar?show=Month&day=2026-11-01"),
        ("2 to 8 November: 0 entries", "calendar?show=Month&day=2026-11-02"),
        ("9 to 15 November: 0 entries", "calendar?show=Month&day=2026-11-09"),
        ("16 to 22 November: 0 entries", "calendar?show=Month&day=2026-11-16"),
        ("30 November to 6 December: 0 entries", "calendar?show=Month&day=2026-11-30"),
    ]


@pytest.mark.parametrize(("entries", "said_of_it"), [((), "Nothing"), ((PHASE,), "Nothing else")])
def test_days_that_something_lasts_through_are_not_called_empty(entries: Sequence[Shown], said_of_it: str) -> None:
    listed = named(drawn(Shape.MONTH, entries, day=TODAY), "div", "listed")[0]

    assert said(listed.findall("p")[-1]) == f"{said_of_it} on these days: 23 to 29 November."


def test_a_week_is_named_by_its_days_and_an_agenda_is_seven_from_the_day_on() -> None:
    week = drawn(Shape.WEEK, day=date(2026, 11, 26))
    agenda = drawn(Shape.AGENDA, [ACTION], day=date(2026, 11, 26))

    assert said(week.find("table/caption")) == "23 to 29 November 2026"
    heads = [said(head) for head in week.iter("th") if head.get("scope") == "col"]
    assert (len(heads), heads[1], heads[3]) == (7, "Tue 24 November Today", "Thu 26 November")
    assert agenda.find("table") is None
    assert said(named(agenda, "p", "caption")[0]) == "26 November to 2 December 2026"


def test_an_entry_past_midnight_is_one_of_its_week_and_says_from_when_and_until_when() -> None:
    night = ShownAt(
        ref="night",
        title="Action",
        state=sign_of("met"),
        starts_at=DAWN.replace(hour=22),
        ends_at=DAWN.replace(day=27, hour=2),
    )
    month = drawn(Shape.MONTH, [night])
    agenda = drawn(Shape.AGENDA, [night], day=DAWN.date())

    assert "23 to 29 November: 1 entry" in said(named(month, "ul", "weeks")[0])
    (table,) = month.findall("table")
    whole = "(Thu 26 November, 22:00 to Fri 27 November, 02:00)"
    assert [heard(tile) for tile in named(table, "a", "tile green")] == [
        "from 22:00 Action, Met, to Fri 27 November, 02:00, Thursday 26 November",
        f"until 02:00 Action, Met, {whole}, Friday 27 November",
    ]
    assert [said(time) for time in named(agenda, "span", "time")] == [
        "from 22:00 to Fri 27 November, 02:00",
        f"until 02:00 {whole}",
    ]


def test_what_is_left_over_is_reached_through_its_day() -> None:
    month = drawn(Shape.MONTH, FIVE)

    assert len(lay(Shape.MONTH, FIVE, FIRST).refs) == 3
    assert {each.get("href") for each in named(month, "a", "more")} == {"calendar?show=Agenda&day=2026-11-26"}
    assert heard(named(month, "a", "more")[0]) == "+2 more on Thursday 26 November"
    # An entry that leads nowhere of its own leads to the list of its day.
    (table,) = month.findall("table")
    assert {each.get("href") for each in table.iter("a")} == {"calendar?show=Agenda&day=2026-11-26"}


@pytest.mark.parametrize(
    "hostile", ["<img src=x onerror=alert(1)>", '" onclick="alert(1)', "</table><script>", "&amp;"]
)
def test_a_word_is_text_whatever_it_looks_like(hostile: str) -> None:
    entry = ShownAt(
        ref=hostile,
        title=hostile,
        state=sign_of("met"),
        detail=hostile,
        address=hostile,
        starts_at=DAWN,
        ends_at=DAWN + timedelta(hours=1),
    )
    band = ShownOn(ref=f"{hostile}2", title=hostile, state=PHASE.state, first_on=FIRST, last_on=LAST)
    plain = drawn(Shape.MONTH, [ACTION, PHASE], marks={FIRST: [MARK]})

    odd = drawn(Shape.MONTH, [entry, band], marks={FIRST: [Mark("!", hostile, "red", hostile)]})

    assert [each.tag for each in odd.iter()] == [each.tag for each in plain.iter()]
    assert [set(each.keys()) for each in odd.iter()] == [set(each.keys()) for each in plain.iter()]
    assert hostile in said(odd)


def a_page() -> None:
    from datetime import date

    from planner.ui.calendar import Shape, lay
    from planner.ui.calendar_html import draw
    from planner.ui.calendar_tiles import About

    draw(lay(Shape.WEEK, [], date(2026, 11, 26)), About(date(2026, 11, 24), lambda *_: ""))


def test_the_days_bring_no_component_along_which_would_come_after_all_else() -> None:
    page = AppTest.from_function(a_page).run()

    assert not page.exception
    assert {node.type for node in page.main} == {"main", "html"}


def test_only_the_assets_are_served() -> None:
    assert {path.suffix for path in ASSETS.iterdir()} == {".css", ".js"}


def test_scripts_read_no_markup_and_reach_nothing_outside() -> None:
    markup = r"innerHTML|outerHTML|insertAdjacentHTML|DOMParser|document\.write"
    code = r"\beval\b|new Function|fetch\(|https?:|import "

    for script in (ASSETS / "nights.js", Path(watch.__file__).parent / "links.js"):
        assert re.findall(f"{markup}|{code}", script.read_text()) == [], script.name
    assert re.findall(r"url\(|@import|https?:", LOOK.read_text()) == []
