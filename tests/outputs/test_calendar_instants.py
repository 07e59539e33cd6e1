"""Three programs read our files and find the instants we meant, on both sides of each change of the clocks."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from planner.outputs.calendar_entries import ActionEntry, Frequency, Repeats
from tests.outputs.conftest import Read
from tests.outputs.entries import a_conference, a_deadline, a_file, a_phase, an_action

Span = tuple[datetime, datetime]

# The hours around 29 March and 25 October 2026, when London's clocks change at 01:00 UTC, in steps of 30 minutes.
CHANGES = [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]
AROUND = [change + timedelta(minutes=30 * step) for change in CHANGES for step in range(-6, 7)]
SEASONS = [datetime(2026, month, 15, 6, tzinfo=UTC) for month in range(1, 13)]
PAST_AND_FUTURE = [datetime(year, month, 3, 5, tzinfo=UTC) for year in (2006, 2007, 2040) for month in (1, 7)]
STARTS = AROUND + SEASONS + PAST_AND_FUTURE
LENGTH = timedelta(hours=2)


def actions(starts: list[datetime]) -> list[ActionEntry]:
    made = enumerate(starts)
    return [an_action(uid=f"uid-{n:03}", starts_at=at, ends_at=at + LENGTH) for n, at in made]


def meant(starts: list[datetime]) -> dict[str, Span]:
    return {f"uid-{n:03}": (at, at + LENGTH) for n, at in enumerate(starts)}


def test_icalendar_reads_the_instants_we_meant() -> None:
    assert read_by_icalendar(a_file(*actions(STARTS))) == meant(STARTS)


def test_vobject_reads_the_instants_we_meant() -> None:
    assert read_by_vobject(a_file(*actions(STARTS))) == meant(STARTS)


@pytest.mark.node
def test_ical_js_reads_the_instants_we_meant(ical_js: Read) -> None:
    assert read_by_ical_js(ical_js, a_file(*actions(STARTS))) == meant(STARTS)


@given(st.datetimes(min_value=datetime(1997, 1, 1), max_value=datetime(2099, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
@settings(max_examples=60)
def test_any_instant_comes_back_to_the_second(at: datetime) -> None:
    read = read_by_icalendar(a_file(*actions([at])))

    start = at.replace(microsecond=0)
    assert read == {"uid-000": (start, start + LENGTH)}


def test_a_time_that_london_shows_twice_is_written_in_utc_and_its_neighbours_in_london_time() -> None:
    twice = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    after = datetime(2026, 10, 25, 2, 0, tzinfo=UTC)

    body = a_file(*actions([twice, after])).decode()

    starts = [line for line in body.splitlines() if line.startswith("DTSTART") and "2026" in line]
    assert starts == ["DTSTART:20261025T013000Z", "DTSTART;TZID=Europe/London:20261025T020000"]


def test_the_zone_is_two_yearly_rules_and_no_list_of_dates() -> None:
    zone = a_file(an_action()).decode().split("BEGIN:VTIMEZONE\r\n")[1].split("END:VTIMEZONE")[0]

    assert "RDATE" not in zone
    rules = sorted(line for line in zone.splitlines() if line.startswith("RRULE"))
    assert rules == ["RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"]


@pytest.mark.node
def test_meetings_that_end_in_the_hour_that_london_shows_twice_are_as_long_as_the_others(ical_js: Read) -> None:
    first = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)  # 00:30 in London; two hours later it is 01:30 again
    moved_from, until = first + timedelta(days=7, hours=1), first + timedelta(days=14, hours=1)
    series = a_conference(
        starts_at=first, ends_at=first + LENGTH, repeats=Repeats(frequency=Frequency.WEEKLY, until=until)
    )
    moved = a_conference(uid="moved", starts_at=first, ends_at=first + LENGTH, instead_of=moved_from)

    body = a_file(series, moved)

    assert {each["uid"]: each["ends"] - each["starts"] for each in ical_js(body)["events"]} == {
        "conference-uid": LENGTH.total_seconds() * 1000,
        "moved": LENGTH.total_seconds() * 1000,
    }
    assert read_by_icalendar(body)["moved"] == read_by_icalendar(body)["conference-uid"] == (first, first + LENGTH)
    assert instant(ical_js(body)["events"][0]["occurrences"][0]) == first


@pytest.mark.node
def test_a_series_keeps_its_hour_on_the_london_clock_across_the_change(ical_js: Read) -> None:
    first = datetime(2026, 10, 14, 13, tzinfo=UTC)  # 14:00 in London, then still summer
    left_out = datetime(2026, 11, 4, 14, tzinfo=UTC)
    until = datetime(2026, 11, 18, 14, tzinfo=UTC)
    repeats = Repeats(frequency=Frequency.WEEKLY, until=until, left_out=(left_out,))

    body = a_file(a_conference(starts_at=first, ends_at=first + LENGTH, repeats=repeats))

    shown = [instant(ms) for ms in ical_js(body)["events"][0]["occurrences"]]
    assert shown == [
        first,
        datetime(2026, 10, 21, 13, tzinfo=UTC),
        datetime(2026, 10, 28, 14, tzinfo=UTC),
        datetime(2026, 11, 11, 14, tzinfo=UTC),
        until,
    ]


@pytest.mark.node
def test_whole_days_are_the_same_days_everywhere(ical_js: Read) -> None:
    phase = a_phase(first_on=date(2026, 10, 1), last_on=date(2026, 10, 31))

    body = a_file(phase, a_deadline(due_on=date(2026, 3, 29)))

    expected = {
        "deadline-uid": (date(2026, 3, 29), date(2026, 3, 30)),
        "phase-uid": (date(2026, 10, 1), date(2026, 11, 1)),
    }
    assert {e["UID"]: (e.decoded("DTSTART"), e.decoded("DTEND")) for e in events(body)} == expected
    assert {e.uid.value: (e.dtstart.value, e.dtend.value) for e in vobject_events(body)} == expected
    read = {e["uid"]: (e["starts"], e["ends"]) for e in ical_js(body)["events"]}
    assert read == {uid: (str(first), str(after)) for uid, (first, after) in expected.items()}


def events(body: bytes) -> list[Any]:
    return list(Calendar.from_ical(body).walk("VEVENT"))


def vobject_events(body: bytes) -> list[Any]:
    return list(vobject.readOne(body.decode()).vevent_list)


def instant(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def read_by_icalendar(body: bytes) -> dict[str, Span]:
    return {str(e["UID"]): (_utc(e.decoded("DTSTART")), _utc(e.decoded("DTEND"))) for e in events(body)}


def read_by_vobject(body: bytes) -> dict[str, Span]:
    return {e.uid.value: (_utc(e.dtstart.value), _utc(e.dtend.value)) for e in vobject_events(body)}


def read_by_ical_js(read: Read, body: bytes) -> dict[str, Span]:
    return {e["uid"]: (instant(e["starts"]), instant(e["ends"])) for e in read(body)["events"]}


def _utc(at: datetime) -> datetime:
    assert at.tzinfo is not None
    return at.astimezone(UTC)
