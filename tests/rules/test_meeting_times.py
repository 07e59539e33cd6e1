"""The finder of a time equals brute force, keeps clear of clock changes and of bank holidays, and says who misses."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest

from planner.rules.availability import Availability
from planner.rules.meeting_times import Diary, Slot, best_times
from planner.rules.windows import LONDON, Window

MINUTE, QUARTER, HOUR = timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=1)
MONDAY = date(2026, 11, 23)
# Around these days calendars are drawn: clocks forward and back, Easter, Christmas, two ordinary weeks.
AROUND = (
    *(date(2026, 3, 29), date(2027, 3, 28), date(2026, 10, 25), date(2027, 10, 31)),
    *(date(2026, 4, 4), date(2026, 12, 26), date(2026, 6, 10), date(2026, 11, 25)),
)
CLOSED = {date(2026, 4, 3), date(2026, 4, 6), date(2026, 12, 25), date(2026, 12, 28), date(2026, 3, 30)}


def wall(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON).astimezone(UTC)


def a_diary(
    agency: str, required: bool = True, *, hours: Availability | None = None, busy: Sequence[Window] = ()
) -> Diary:
    return Diary(agency, required, hours, frozenset(), tuple(busy))


def week(day: date = MONDAY) -> Window:
    return Window(wall(day, 0), wall(day + timedelta(days=7), 0))


def said(slots: Sequence[Slot]) -> list[str]:
    return [f"{slot.starts_at.astimezone(LONDON):%a %H:%M}" for slot in slots]


# Brute force: every minute of every slot of every agency, on the clock on the wall.
def at_work(diary: Diary, at: datetime) -> bool:
    wall_at = at.astimezone(LONDON)
    hours = diary.hours or Availability("12345", time(9), time(17), False)
    for back in (0, 1):  # the day's own hours, and those that run on from the day before
        day = wall_at.date() - timedelta(days=back)
        if str(day.isoweekday()) not in hours.weekdays or (day in diary.holidays and not hours.bank_holidays):
            continue
        opens, closes = (hours.opens.hour * 60 + hours.opens.minute), (hours.closes.hour * 60 + hours.closes.minute)
        if closes <= opens:
            closes += 24 * 60
        if opens <= wall_at.hour * 60 + wall_at.minute + back * 24 * 60 < closes:
            return True
    return False


def free_minutes(diary: Diary, within: Window) -> set[datetime]:
    found, at = set(), within.starts_at.replace(second=0, microsecond=0)
    while at < within.ends_at:
        if at_work(diary, at) and not any(Window(at, at + MINUTE).overlaps(taken) for taken in diary.busy):
            found.add(at)
        at += MINUTE
    return found


def happens_once(at: datetime) -> bool:
    naive = at.astimezone(LONDON).replace(tzinfo=None)
    return sum((at + shift).astimezone(LONDON).replace(tzinfo=None) == naive for shift in (-HOUR, 0 * HOUR, HOUR)) == 1


def brute_force(diaries: Sequence[Diary], minutes: int, within: Window) -> tuple[Slot, ...]:
    free = {diary.agency: free_minutes(diary, within) for diary in diaries}
    found = []
    day = within.starts_at.replace(hour=0, minute=0, second=0, microsecond=0)
    for number in range(96 * 10):
        at = day + number * QUARTER
        ends_at = at + minutes * MINUTE
        if at < within.starts_at or ends_at > within.ends_at or not (happens_once(at) and happens_once(ends_at)):
            continue
        missing = [d for d in diaries if not all(at + n * MINUTE in free[d.agency] for n in range(minutes))]
        lacking = tuple(d.agency for d in missing if d.required)
        found.append(Slot(at, ends_at, lacking, tuple(d.agency for d in missing if not d.required)))
    everybody = [slot for slot in found if not slot.required_missing]
    required = sum(diary.required for diary in diaries)
    some = [slot for slot in found if len(slot.required_missing) < required]
    fewest = sorted(some, key=lambda slot: (len(slot.required_missing), slot.starts_at))
    return tuple(islice(everybody or fewest, 3))


def calendars(number: int) -> Iterator[tuple[list[Diary], int, Window]]:
    """Small random calendars; hours, busy times and lengths that do not lie on the quarter hour are among them."""
    for seed in range(number):
        draw = random.Random(seed)
        first = draw.choice(AROUND) - timedelta(days=draw.randint(0, 2))
        starts_at = wall(first, draw.randint(0, 23), draw.randint(0, 59)) + timedelta(seconds=draw.choice((0, 0, 17)))
        within = Window(starts_at, starts_at + timedelta(hours=draw.randint(1, 70), minutes=draw.randint(0, 59)))
        diaries = [
            Diary(
                f"agency{each}",
                each == 0 or draw.random() < 0.7,
                hours_of(draw),
                closed_of(draw),
                busy_of(draw, within),
            )
            for each in range(draw.randint(1, 5))
        ]
        yield diaries, draw.choice((15, 30, 45, 50, 60, 60, 90, 180)), within


def hours_of(draw: random.Random) -> Availability | None:
    if draw.random() < 0.3:
        return None
    weekdays = "".join(sorted(draw.sample("1234567", draw.randint(2, 7))))
    opens = draw.choice((time(0), time(1, 30), time(8), time(9), time(9, 10), time(18), time(22)))
    closes = draw.choice((time(0), time(1, 15), time(6), time(12), time(17), time(17, 20), time(22)))
    return Availability(weekdays, opens, closes, draw.random() < 0.3)


def closed_of(draw: random.Random) -> frozenset[date]:
    return frozenset(day for day in CLOSED if draw.random() < 0.6)


def busy_of(draw: random.Random, within: Window) -> tuple[Window, ...]:
    found = []
    for _ in range(draw.randint(0, 6)):
        begins = within.starts_at + timedelta(minutes=draw.randint(-120, 4000), seconds=draw.choice((0, 0, 30)))
        found.append(Window(begins, begins + timedelta(minutes=draw.randint(0, 300), seconds=draw.choice((0, 1)))))
    return tuple(found)


@pytest.mark.heavy
def test_the_finder_equals_brute_force_on_small_random_calendars(full: bool) -> None:
    seen: Counter[str] = Counter()
    for number, (diaries, minutes, within) in enumerate(calendars(1000 if full else 100)):
        found, wanted = best_times(diaries, minutes, within), brute_force(diaries, minutes, within)

        assert found == wanted, f"calendar {number}"
        offsets = {at.astimezone(LONDON).utcoffset() for at in within}
        seen["across a clock change"] += len(offsets) > 1
        seen["nothing at all"] += not found
        seen["somebody must miss"] += bool(found and found[0].required_missing)
        seen["everybody comes"] += bool(found and not found[0].required_missing)
        seen["over a bank holiday"] += any(within.starts_at.date() <= day <= within.ends_at.date() for day in CLOSED)
    print(dict(seen))  # noqa: T201
    assert all(seen.values())
    assert len(seen) == 5


def test_the_earliest_three_come_with_who_of_the_others_would_miss() -> None:
    lunch = Window(wall(MONDAY, 9), wall(MONDAY, 9, 45))
    found = best_times([a_diary("force"), a_diary("health", required=False, busy=[lunch])], 60, week())

    assert said(found) == ["Mon 09:00", "Mon 09:15", "Mon 09:30"]
    assert [slot.others_missing for slot in found] == [("health",)] * 3
    assert [slot.required_missing for slot in found] == [()] * 3


def test_where_all_are_never_free_fewest_miss_and_then_the_earliest() -> None:
    nights = Availability("12345", time(20), time(4), bank_holidays=False)
    whole_day = Window(wall(MONDAY, 0), wall(MONDAY, 23))
    diaries = [a_diary("force"), a_diary("ngo", busy=[whole_day]), a_diary("night", hours=nights)]
    found = best_times(diaries, 60, week())

    assert said(found) == ["Tue 09:00", "Tue 09:15", "Tue 09:30"]
    assert {slot.required_missing for slot in found} == {("night",)}


def test_a_time_that_all_would_miss_is_none() -> None:
    sunday = Window(wall(date(2026, 11, 29), 0), wall(date(2026, 11, 30), 0))

    assert best_times([a_diary("force")], 60, sunday) == ()
    assert best_times([a_diary("force")], 60, Window(wall(MONDAY, 9), wall(MONDAY, 9, 59))) == ()
    assert said(best_times([a_diary("force")], 60, Window(wall(MONDAY, 9), wall(MONDAY, 10)))) == ["Mon 09:00"]


def test_a_bank_holiday_is_no_day_of_an_agency_of_that_nation_unless_it_works_then() -> None:
    scotland = a_diary("scotland")._replace(holidays=frozenset({MONDAY}))
    works = scotland._replace(hours=Availability("12345", time(9), time(17), bank_holidays=True))

    assert said(best_times([scotland], 60, week()))[0] == "Tue 09:00"
    assert said(best_times([works], 60, week()))[0] == "Mon 09:00"
    assert said(best_times([a_diary("england")], 60, week()))[0] == "Mon 09:00"


@pytest.mark.parametrize(
    ("sunday", "proposed"),
    [
        (date(2026, 3, 29), ["00:00", "00:15", "00:30", "00:45", "02:00"]),  # 01:00 does not exist
        (date(2026, 10, 25), ["00:00", "02:00", "02:15"]),  # 01:00 happens twice, as a start or as an end
    ],
)
def test_a_time_that_does_not_exist_or_happens_twice_is_never_proposed(sunday: date, proposed: list[str]) -> None:
    always = Availability("1234567", time(0), time(0), bank_holidays=True)
    found: list[str] = []
    begins = wall(sunday, 0)
    while len(found) < len(proposed):
        slot = best_times([a_diary("force", hours=always)], 45, Window(begins, begins + 8 * HOUR))[0]
        found.append(f"{slot.starts_at.astimezone(LONDON):%H:%M}")
        begins = slot.starts_at + MINUTE

    assert found == proposed
