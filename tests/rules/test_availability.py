"""When an agency can be asked: weekdays, hours over midnight, bank holidays; in words."""

from datetime import UTC, date, datetime, time

import pytest

from planner.rules.availability import Availability, asked_words, hours_words, is_open

OFFICE = Availability("12345", time(9), time(17), bank_holidays=False, actions_a_day=2)
NIGHT = Availability("5", time(22), time(6), bank_holidays=False)
ALWAYS = Availability("1234567", time(0), time(0), bank_holidays=True)
CHRISTMAS = frozenset({date(2026, 12, 25)})


@pytest.mark.parametrize(
    ("said", "at", "opened"),
    [
        (OFFICE, datetime(2026, 11, 24, 9, 0, tzinfo=UTC), True),
        (OFFICE, datetime(2026, 11, 24, 8, 59, tzinfo=UTC), False),
        (OFFICE, datetime(2026, 11, 24, 17, 0, tzinfo=UTC), False),
        (OFFICE, datetime(2026, 11, 28, 10, 0, tzinfo=UTC), False),  # a Saturday
        (OFFICE, datetime(2026, 7, 6, 8, 0, tzinfo=UTC), True),  # nine by the clock on the wall in summer
        (OFFICE, datetime(2026, 12, 25, 10, 0, tzinfo=UTC), False),
        (OFFICE._replace(bank_holidays=True), datetime(2026, 12, 25, 10, 0, tzinfo=UTC), True),
        (NIGHT, datetime(2026, 11, 27, 23, 0, tzinfo=UTC), True),  # Friday night
        (NIGHT, datetime(2026, 11, 28, 5, 59, tzinfo=UTC), True),  # which is still Friday's on Saturday morning
        (NIGHT, datetime(2026, 11, 28, 6, 0, tzinfo=UTC), False),
        (NIGHT, datetime(2026, 11, 27, 5, 0, tzinfo=UTC), False),  # Thursday's night is not worked
        (NIGHT, datetime(2026, 12, 26, 3, 0, tzinfo=UTC), False),  # nor a bank holiday's, after midnight either
        (ALWAYS, datetime(2026, 12, 25, 3, 0, tzinfo=UTC), True),
    ],
)
def test_an_agency_can_be_asked_in_its_hours_on_its_days(said: Availability, at: datetime, opened: bool) -> None:
    assert is_open(said, at, CHRISTMAS) is opened


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (OFFICE, "Mon–Fri 09:00–17:00, not on bank holidays, 2 actions a day"),
        (ALWAYS, "every day all day"),
        (NIGHT, "Fri 22:00–06:00 the next day, not on bank holidays"),
        (Availability("2456", time(8), time(20), True, 1), "Tue, Thu–Sat 08:00–20:00, 1 action a day"),
    ],
)
def test_hours_are_said_in_words(said: Availability, words: str) -> None:
    assert hours_words(said) == words


def test_a_full_day_is_said_beside_the_hours() -> None:
    hours = "can be asked Mon–Fri 09:00–17:00, not on bank holidays, 2 actions a day"

    assert asked_words(OFFICE, 1) == f"{hours}; 1 accepted that day"
    assert asked_words(OFFICE, 2) == f"{hours}; 2 accepted that day: full"
    assert asked_words(ALWAYS, 9) == "can be asked every day all day; 9 accepted that day"
    assert (asked_words(None, 0), asked_words(None, 1)) == ("hours not said", "hours not said; 1 accepted that day")
