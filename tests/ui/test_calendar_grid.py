"""A month and a week are laid out so that nothing is lost: what does not fit is counted."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.ui.calendar import Shape, lay
from planner.ui.calendar_days import Shown, ShownAt, ShownOn, dates
from planner.ui.calendar_grid import (
    MOST_LANES,
    Band,
    Week,
    agenda_of,
    days_of_month,
    on_day,
    week_of,
    weeks,
)
from planner.ui.widgets import sign_of

NOVEMBER = date(2026, 11, 1)
DAWN = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
THURSDAY = date(2026, 11, 26)


def an_action(ref: str = "a", starts_at: datetime = DAWN, hours: int = 3, **changes: Any) -> ShownAt:
    common = {"ref": ref, "title": f"Action {ref}", "state": sign_of("planned")}
    return ShownAt(**(common | {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=hours)} | changes))


def a_phase(ref: str, first_on: date, last_on: date) -> ShownOn:
    return ShownOn(ref=ref, title=f"Phase {ref}", state=sign_of("begun"), first_on=first_on, last_on=last_on)


def day_of(laid: tuple[Week, ...], day: date) -> tuple[list[str], int]:
    """The references listed on a day, and how many are left over."""
    week = next(week for week in laid if day in week.days)
    cell = week.rows[0].cells[week.days.index(day)]
    return [tile.entry.ref for tile in cell.tiles], cell.more


def lanes(week: Week) -> list[list[tuple[str, int, int]]]:
    return [[(band.tile.entry.ref, band.column, band.columns) for band in lane] for lane in week.lanes]


def test_a_month_is_whole_weeks_from_monday_to_sunday() -> None:
    laid = weeks([], NOVEMBER)

    assert laid[0].days[0] == date(2026, 10, 26)
    assert laid[-1].days[-1] == date(2026, 12, 6)
    assert {len(week.days) for week in laid} == {7}


def test_a_day_lists_its_entries_by_time_and_counts_the_rest() -> None:
    times = [("late", 14), ("dawn", 6), ("noon", 12), ("night", 22), ("early", 5)]

    laid = weeks([an_action(ref, DAWN.replace(hour=hour)) for ref, hour in times], NOVEMBER)

    assert day_of(laid, THURSDAY) == (["early", "dawn", "noon"], 2)
    assert day_of(laid, date(2026, 11, 28)) == ([], 0)


def test_a_last_one_takes_the_place_of_the_line_that_would_count_it() -> None:
    laid = weeks([an_action(ref) for ref in "abcd"], NOVEMBER)

    assert day_of(laid, THURSDAY) == (["a", "b", "c", "d"], 0)


def test_an_agenda_lists_the_whole_of_its_first_day_and_counts_the_rest_of_the_others() -> None:
    actions = [an_action(f"{n:02}", DAWN + timedelta(days=n % 2)) for n in range(60)]

    laid = agenda_of(actions, THURSDAY)

    assert [(len(cell.tiles), cell.more) for cell in laid.rows[0].cells] == [(30, 0), (25, 5), *[(0, 0)] * 5]


def test_the_days_of_a_month_are_those_of_its_whole_weeks() -> None:
    assert days_of_month(THURSDAY) == (date(2026, 10, 26), date(2026, 12, 6))


def test_an_entry_stands_on_its_london_day() -> None:
    late_on_tuesday_utc = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    laid = weeks([an_action(starts_at=late_on_tuesday_utc)], date(2026, 7, 1))

    assert day_of(laid, date(2026, 6, 30)) == ([], 0)
    assert day_of(laid, date(2026, 7, 1)) == (["a"], 0)
    tile = laid[0].rows[0].cells[2].tiles[0]
    assert (tile.time, tile.until) == ("00:30", "to 03:30")


def times(week: Week) -> dict[int, list[tuple[str, str]]]:
    """What is said of the time of each tile, by the day of the month."""
    listed = {day.day: [tile for row in week.rows for tile in row.cells[n].tiles] for n, day in enumerate(week.days)}
    return {day: [(tile.time, tile.until) for tile in tiles] for day, tiles in listed.items() if tiles}


NIGHT = an_action(starts_at=DAWN.replace(hour=22), hours=4)


@pytest.mark.parametrize("shape", Shape)
def test_an_entry_past_midnight_stands_on_both_its_days(shape: Shape) -> None:
    (week,) = [week for week in lay(shape, [NIGHT], THURSDAY).weeks if THURSDAY in week.days]

    assert times(week) == {
        26: [("from 22:00", "to Fri 27 November, 02:00")],
        27: [("until 02:00", "(Thu 26 November, 22:00 to Fri 27 November, 02:00)")],
    }
    assert week.count == 1


@pytest.mark.parametrize("shape", Shape)
def test_an_entry_begun_before_the_days_shown_stands_on_the_first_of_them(shape: Shape) -> None:
    """The 26th of October is the Monday with which November's weeks begin."""
    first = date(2026, 10, 26)
    late_on_sunday = an_action(starts_at=datetime(2026, 10, 25, 22, tzinfo=UTC), hours=4)
    day = NOVEMBER if shape is Shape.MONTH else first

    week = lay(shape, [late_on_sunday], day).weeks[0]

    assert times(week) == {26: [("until 02:00", "(Sun 25 October, 22:00 to Mon 26 October, 02:00)")]}
    assert week.count == 1


@pytest.mark.parametrize(
    ("ends_at", "said"),
    [
        (datetime(2026, 11, 27, 0, tzinfo=UTC), {26: [("22:00", "to Fri 27 November, 00:00")]}),
        (
            datetime(2026, 11, 28, 0, tzinfo=UTC),
            {
                26: [("from 22:00", "to Sat 28 November, 00:00")],
                27: [("all day", "(Thu 26 November, 22:00 to Sat 28 November, 00:00)")],
            },
        ),
    ],
)
def test_an_end_at_midnight_does_not_touch_the_day_it_begins(ends_at: datetime, said: dict[int, Any]) -> None:
    assert times(agenda_of([an_action(starts_at=DAWN.replace(hour=22), ends_at=ends_at)], THURSDAY)) == said


def test_several_days_in_the_week_stand_by_the_hour_from_which_they_are_there() -> None:
    long = an_action(starts_at=DAWN.replace(day=25, hour=22), hours=60)

    laid = week_of([long, an_action("b", DAWN.replace(day=28, hour=1), 1)], THURSDAY)

    found = {row.name: [[tile.time for tile in cell.tiles] for cell in row.cells[2:6]] for row in laid.rows}
    assert found["All day"] == [[], ["all day"], ["all day"], []]
    assert found["Night, to 06:00"] == [[], [], [], ["until 10:00", "01:00"]]
    assert found["Evening, to midnight"] == [["from 22:00"], [], [], []]
    assert laid.count == 2


def test_over_the_new_year_the_other_year_is_named() -> None:
    eve = an_action(starts_at=datetime(2026, 12, 31, 22, tzinfo=UTC), hours=4)

    assert times(agenda_of([eve], date(2026, 12, 31))) == {
        31: [("from 22:00", "to Fri 1 January 2027, 02:00")],
        1: [("until 02:00", "(Thu 31 December 2026, 22:00 to Fri 1 January, 02:00)")],
    }


def test_where_the_clocks_go_back_what_begins_first_stands_first() -> None:
    twice = [
        an_action(f"{hour}:{minute}", datetime(2026, 10, 25, hour, minute, tzinfo=UTC), 1)
        for hour, minute in ((0, 30), (1, 15))
    ]

    assert [entry.ref for entry in on_day(reversed(twice), date(2026, 10, 25))] == ["0:30", "1:15"]


def test_several_days_become_a_band_in_every_week_they_touch() -> None:
    phase = a_phase("2", date(2026, 11, 5), date(2026, 11, 17))

    laid = weeks([phase], NOVEMBER)

    assert [lanes(week) for week in laid] == [[], [[("2", 3, 4)]], [[("2", 0, 7)]], [[("2", 0, 2)]], [], []]
    assert day_of(laid, date(2026, 11, 5)) == ([], 0)


def test_one_whole_day_is_listed_first_and_is_no_band() -> None:
    laid = weeks([an_action(), a_phase("due", THURSDAY, THURSDAY)], NOVEMBER)

    assert day_of(laid, THURSDAY) == (["due", "a"], 0)
    assert all(week.lanes == () for week in laid)


def test_bands_share_a_lane_only_where_they_do_not_meet() -> None:
    first = a_phase("1", date(2026, 11, 2), date(2026, 11, 4))
    second = a_phase("2", date(2026, 11, 4), date(2026, 11, 6))
    third = a_phase("3", date(2026, 11, 5), date(2026, 11, 8))

    laid = weeks([third, second, first], NOVEMBER)

    assert lanes(laid[1]) == [[("1", 0, 3), ("3", 3, 4)], [("2", 2, 3)]]


def test_a_band_without_a_lane_is_counted_on_each_of_its_days() -> None:
    phases = [a_phase(str(n), date(2026, 11, 2), date(2026, 11, 3)) for n in range(MOST_LANES + 1)]

    laid = weeks(phases, NOVEMBER)

    assert len(laid[1].lanes) == MOST_LANES
    assert [cell.more for cell in laid[1].rows[0].cells] == [1, 1, 0, 0, 0, 0, 0]
    assert laid[1].count == 1


def test_a_week_has_a_row_for_each_part_of_the_day() -> None:
    actions = [an_action(f"{hour:02}", DAWN.replace(hour=hour)) for hour in (0, 5, 6, 11, 12, 17, 18, 23)]

    laid = week_of([*actions, a_phase("due", THURSDAY, THURSDAY)], THURSDAY)

    found = {row.name: [tile.entry.ref for tile in row.cells[3].tiles] for row in laid.rows}
    assert found == {
        "All day": ["due"],
        "Night, to 06:00": ["00", "05"],
        "Morning, to noon": ["06", "11"],
        "Afternoon, to 18:00": ["12", "17"],
        "Evening, to midnight": ["18", "23"],
    }


def test_the_rest_of_a_day_is_all_of_it() -> None:
    actions = [an_action(str(n)) for n in range(5)]
    phase = a_phase("phase", date(2026, 11, 2), date(2026, 11, 30))

    assert [entry.ref for entry in on_day([*actions, phase], THURSDAY)] == ["phase", "0", "1", "2", "3", "4"]
    assert [entry.ref for entry in on_day([*actions, phase], date(2026, 11, 27))] == ["phase"]
    assert on_day([*actions, phase], date(2026, 12, 1)) == ()


def test_days_are_told_as_people_say_them() -> None:
    assert dates(THURSDAY, THURSDAY) == "Thu 26 November"
    assert dates(date(2026, 11, 2), date(2026, 11, 30)) == "2 to 30 November"
    assert dates(date(2026, 11, 30), date(2026, 12, 6)) == "30 November to 6 December"


some_days = st.dates(date(2026, 10, 1), date(2026, 12, 31))
some_entries = st.lists(
    st.builds(
        lambda day, length, hour: (
            a_phase("x", day, day + timedelta(days=length))
            if hour is None
            else an_action("x", datetime(day.year, day.month, day.day, hour, tzinfo=UTC), 1 + 5 * length)
        ),
        some_days,
        st.integers(0, 40),
        st.none() | st.integers(0, 23),
    ),
    max_size=25,
)


@given(some_entries)
def test_every_entry_of_a_day_is_shown_or_counted(entries: list[Shown]) -> None:
    for laid in (weeks(entries, NOVEMBER), (week_of(entries, THURSDAY),), (agenda_of(entries, THURSDAY),)):
        for week in laid:
            for column, day in enumerate(week.days):
                cells = [row.cells[column] for row in week.rows]
                listed = sum(len(cell.tiles) + cell.more for cell in cells)
                crossing = sum(_covers(band, column) for lane in week.lanes for band in lane)
                assert listed + crossing == len(on_day(entries, day))


@given(some_entries)
def test_no_two_bands_of_a_lane_meet(entries: list[Shown]) -> None:
    for week in weeks(entries, NOVEMBER):
        for lane in week.lanes:
            for band, following in pairwise(lane):
                assert band.column + band.columns <= following.column


def _covers(band: Band, column: int) -> bool:
    return band.column <= column < band.column + band.columns
