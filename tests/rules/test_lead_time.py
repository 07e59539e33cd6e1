"""How early a conference must be over: each rule met beside unmet, in four nations and across both clock changes."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from planner.inputs.reference import load_bank_holidays
from planner.rules.checks_people import conference
from planner.rules.conference_values import ConferenceFact, SeatFact
from planner.rules.findings import Finding, State
from planner.rules.lead_time import Held, Lead, latest_end, too_late, working_days_before
from planner.rules.values import Facts
from planner.rules.windows import LONDON
from planner.rules.words import AgencyKind, AttendanceState, ConferenceKind, ConferenceState, Decision, Nation
from tests.rules.facts import ACTION, POLICY, some_facts

HOLIDAYS = {
    nation: frozenset(row.on for row in load_bank_holidays(Path("data")) if row.nation is nation) for nation in Nation
}
MINUTE = timedelta(minutes=1)
SEATS = (
    SeatFact("Force", AgencyKind.POLICE_FORCE, AttendanceState.ATTENDED, True, False, True),
    SeatFact("Hope", AgencyKind.NGO, AttendanceState.ATTENDED, True, True, True),
    SeatFact("Health", AgencyKind.HEALTH, AttendanceState.ATTENDED, True, False, True),
)


def wall(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON).astimezone(UTC)


def an_action(starts_at: datetime, nation: Nation = Nation.ENGLAND, *, hours: int = 12, days: int = 0) -> Held:
    return Held("WM-0001", starts_at, nation, Lead(hours, days, 2), HOLIDAYS[nation])


# By nation: a morning after a holiday that this nation keeps, and the day that one working day before leads to.
KEPT = [
    (Nation.ENGLAND, date(2026, 4, 7), date(2026, 4, 2)),  # after Good Friday and Easter Monday
    (Nation.WALES, date(2026, 9, 1), date(2026, 8, 28)),  # after the summer bank holiday
    (Nation.SCOTLAND, date(2026, 8, 4), date(2026, 7, 31)),  # after its own summer bank holiday
    (Nation.SCOTLAND, date(2026, 12, 1), date(2026, 11, 27)),  # after St Andrew's Day
    (Nation.NORTHERN_IRELAND, date(2026, 7, 14), date(2026, 7, 10)),  # after the substitute for the Twelfth
    (Nation.NORTHERN_IRELAND, date(2026, 3, 18), date(2026, 3, 16)),  # after St Patrick's Day
]
# The same mornings where the day before is no holiday.
NOT_KEPT = [
    (Nation.SCOTLAND, date(2026, 4, 7), date(2026, 4, 6)),  # Easter Monday is none there
    (Nation.SCOTLAND, date(2026, 9, 1), date(2026, 8, 31)),
    (Nation.ENGLAND, date(2026, 8, 4), date(2026, 8, 3)),
    (Nation.WALES, date(2026, 12, 1), date(2026, 11, 30)),
    (Nation.ENGLAND, date(2026, 7, 14), date(2026, 7, 13)),
    (Nation.WALES, date(2026, 3, 18), date(2026, 3, 17)),
]


@pytest.mark.parametrize(("nation", "day", "before"), [*KEPT, *NOT_KEPT])
def test_a_working_day_is_that_of_the_actions_nation(nation: Nation, day: date, before: date) -> None:
    action = an_action(wall(day, 6), nation, days=1)
    latest = latest_end(action, ConferenceKind.PLANNED).ends_at

    assert latest == wall(before, 6)
    assert too_late([action], ConferenceKind.PLANNED, latest, now=latest - MINUTE) is None
    refused = too_late([action], ConferenceKind.PLANNED, latest + MINUTE, now=latest - MINUTE)
    assert refused is not None
    assert "1 working day of " in refused


@pytest.mark.parametrize(
    ("day", "sunday", "elapsed"),
    [
        (date(2026, 3, 30), date(2026, 3, 29), timedelta(hours=71)),  # the clocks went forward between
        (date(2026, 10, 26), date(2026, 10, 25), timedelta(hours=73)),  # and back
    ],
)
def test_a_working_day_keeps_its_hour_and_hours_are_counted_across_a_clock_change(
    day: date, sunday: date, elapsed: timedelta
) -> None:
    starts_at = wall(day, 6)
    by_days = latest_end(an_action(starts_at, hours=0, days=1), ConferenceKind.PLANNED)
    by_hours = latest_end(an_action(starts_at, hours=36), ConferenceKind.PLANNED)

    assert (by_days.ends_at, starts_at - by_days.ends_at) == (wall(day - timedelta(days=3), 6), elapsed)
    assert by_hours.ends_at == starts_at - timedelta(hours=36)
    assert by_hours.ends_at.astimezone(LONDON).hour == (17 if elapsed < timedelta(hours=72) else 19)
    assert by_hours.ends_at.astimezone(LONDON).date() == sunday - timedelta(days=1)


def test_before_a_day_off_the_last_working_day_counts_whole() -> None:
    saturday, holidays = date(2026, 11, 28), HOLIDAYS[Nation.ENGLAND]

    assert working_days_before(wall(saturday, 20), 1, holidays) == wall(date(2026, 11, 27), 0)
    assert working_days_before(wall(saturday, 20), 2, holidays) == wall(date(2026, 11, 26), 0)
    assert working_days_before(wall(date(2026, 11, 27), 20), 1, holidays) == wall(date(2026, 11, 26), 20)
    assert working_days_before(wall(saturday, 1), 10, holidays) == wall(date(2026, 11, 16), 0)


@pytest.mark.parametrize(
    ("kind", "hours", "days", "lead", "because"),
    [
        (ConferenceKind.PLANNED, 12, 0, timedelta(hours=12), "12 hours"),
        (ConferenceKind.PLANNED, 72, 1, timedelta(hours=72), "72 hours"),
        (ConferenceKind.PLANNED, 12, 2, timedelta(days=2), "2 working days of England"),
        (ConferenceKind.REVIEW, 12, 2, timedelta(days=2), "2 working days of England"),
        (ConferenceKind.STANDING, 1, 0, timedelta(hours=1), "1 hour"),
        (ConferenceKind.EMERGENCY, 12, 2, timedelta(hours=2), "2 hours"),
    ],
)
def test_the_stricter_of_hours_and_days_counts_and_an_emergency_has_its_own(
    kind: ConferenceKind, hours: int, days: int, lead: timedelta, because: str
) -> None:
    action = an_action(wall(date(2026, 11, 26), 6), hours=hours, days=days)
    latest = latest_end(action, kind)

    assert (action.starts_at - latest.ends_at, latest.because) == (lead, because)
    assert too_late([action], kind, latest.ends_at, now=latest.ends_at - MINUTE) is None
    assert too_late([action], kind, latest.ends_at + MINUTE, now=latest.ends_at - MINUTE) is not None


def test_a_refusal_names_the_number_the_action_and_the_latest_end() -> None:
    first, second = an_action(wall(date(2026, 11, 26), 6), days=2), an_action(wall(date(2026, 11, 30), 6), days=2)
    thursday = [second, first._replace(reference="WM-0002")]
    now, ends_at = wall(date(2026, 11, 23), 9), wall(date(2026, 11, 24), 15)

    assert too_late(thursday, ConferenceKind.PLANNED, ends_at, now=now) == (
        "A planned conference must be over 2 working days of England before its action; this one ends on "
        "Tue 24 November, 15:00, too late for WM-0002. End it by Tue 24 November, 06:00, or convene an emergency "
        "conference."
    )
    assert too_late(thursday, ConferenceKind.REVIEW, ends_at, now=ends_at) == (
        "A review conference must be over 2 working days of England before its action; this one ends on "
        "Tue 24 November, 15:00, too late for WM-0002. It had to end by Tue 24 November, 06:00: convene an emergency "
        "conference."
    )
    assert too_late(thursday, ConferenceKind.EMERGENCY, wall(date(2026, 11, 26), 5), now=now) == (
        "An emergency conference must be over 2 hours before its action; this one ends on Thu 26 November, 05:00, "
        "too late for WM-0002. End it by Thu 26 November, 04:00, or give the action a later time."
    )
    assert too_late(thursday, ConferenceKind.EMERGENCY, wall(date(2026, 11, 26), 7), now=now) == (
        "WM-0002 begins on Thu 26 November, 06:00, before this conference ends. End it by Thu 26 November, 04:00, or "
        "give the action a later time."
    )


def held(held_at: datetime, kind: ConferenceKind = ConferenceKind.PLANNED, *, days: int = 0) -> Facts:
    """A quorate conference that decided to proceed, about an action at dawn on Tuesday 1 December 2026."""
    fact = ConferenceFact(1, kind, ConferenceState.HELD, held_at, held_at, Decision.PROCEED, None)
    return some_facts(
        action=ACTION._replace(starts_at=wall(date(2026, 12, 1), 6), nation=Nation.SCOTLAND),
        policy=POLICY._replace(conference_lead_hours=12, conference_lead_days=days),
        holidays=HOLIDAYS[Nation.SCOTLAND],
        conference=fact,
        seats=SEATS,
    )


def in_time(finding: Finding) -> bool:
    return "less than" not in finding.sentence


def test_the_gate_counts_hours_for_a_planned_conference_and_its_own_for_an_emergency() -> None:
    at = wall(date(2026, 11, 30), 18)

    assert in_time(conference(held(at)))
    late = conference(held(at + MINUTE))
    assert (late.state, late.sentence) == (
        State.UNMET,
        "Held Mon 30 November, 18:01, less than 12 hours before the action: Mon 30 November, 18:00 was the latest.",
    )
    assert in_time(conference(held(at + MINUTE, ConferenceKind.EMERGENCY)))
    assert in_time(conference(held(wall(date(2026, 12, 1), 4), ConferenceKind.EMERGENCY)))
    assert not in_time(conference(held(wall(date(2026, 12, 1), 4, 1), ConferenceKind.EMERGENCY)))


def test_the_gate_counts_working_days_of_the_actions_nation() -> None:
    friday = wall(date(2026, 11, 27), 6)

    assert in_time(conference(held(friday, days=1)))
    late = conference(held(friday + MINUTE, days=1))
    assert late.sentence == (
        "Held Fri 27 November, 06:01, less than 1 working day of Scotland before the action: "
        "Fri 27 November, 06:00 was the latest."
    )
    assert in_time(conference(held(friday + MINUTE, ConferenceKind.EMERGENCY, days=1)))
