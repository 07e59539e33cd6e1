"""An undertaking typed in one line: whose, what, by when, whether the action waits; what it lacks is said."""

from datetime import UTC, datetime

import pytest

from planner.rules.undertaking_line import Typed, Unclear, undertaking_in

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)  # a Tuesday
AGENCIES = {
    "health": "Health service, West Midlands",
    "ngo": "Support partner, West Midlands",
    "force": "West Midlands Police",
    "law": "Prosecutor (fictional)",
}


def read(line: str) -> Typed:
    return undertaking_in(line, AGENCIES, NOW)


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        (
            "Health: screening room by Thu 12:00, before action",
            Typed("health", "screening room", at(26, 12), True),
        ),
        ("health:two nurses by tomorrow 09.30", Typed("health", "two nurses", at(25, 9, 30), False)),
        ("force: a van by 18:00 before the action.", Typed("force", "a van", at(24, 18), True)),
        (
            "Support: stand by the door by 3 December 08:00",
            Typed("ngo", "stand by the door", at(3, 8, month=12), False),
        ),
        ("Police: report by Tuesday 09:00", Typed("force", "report", at(1, 9, month=12), False)),
        ("ngo: list by Fri, 27 Nov 10:00", Typed("ngo", "list", at(27, 10), False)),
        (
            "Health (duty manager): a nurse by Thu 12:00",
            Typed("health", "a nurse", at(26, 12), False, "duty manager"),
        ),
        ("Prosecutor (fictional): advice by Thu 12:00", Typed("law", "advice", at(26, 12), False)),
        ("ngo: return by 2 Jan 10:00", Typed("ngo", "return", at(2, 10, month=1, year=2027), False)),
    ],
)
def test_a_line_is_read_as_it_is_said(line: str, typed: Typed) -> None:
    assert read(line) == typed


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("screening room by Thu 12:00", "does not say whose undertaking"),
        ("Health: screening room", "does not say by when"),
        ("Midlands: room by Thu 12:00", "may be .* or .*: type more of the name"),
        ("Fire: engine by Thu 12:00", "Fire has no seat here. Seats: Health service"),
        ("Health: room by noon", "By noon is no day and time"),
        ("Health: room by Thu 25:00", "no day and time"),
        ("Health: room by today 09:00", "is over already"),
        ("Health: room by 31 November 09:00", "There is no 31 November"),
        ("Health: room by someday 09:00", "someday is no day"),
        (": room by Thu 12:00", "does not say whose undertaking"),
        ("Health: room by 28 March 01:30", "01:30 does not exist on 28 March 2027"),
        ("Health: room by 31 October 01:30", "01:30 happens twice on 31 October 2027"),
    ],
)
def test_what_a_line_lacks_is_said_with_how_to_type_it(line: str, sentence: str) -> None:
    with pytest.raises(Unclear, match=sentence):
        read(line)


def test_a_time_that_does_not_exist_is_no_time_to_be_done_by() -> None:
    spring = datetime(2027, 3, 27, 12, 0, tzinfo=UTC)

    with pytest.raises(ValueError, match="does not exist"):
        undertaking_in("health: room by tomorrow 01:30", AGENCIES, spring)
