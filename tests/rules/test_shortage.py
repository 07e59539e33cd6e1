"""What is short, in words and by runs of nights, and what comes nearest."""

from datetime import date, timedelta

import pytest

from planner.rules.capacity import Asked, Free, Supply
from planner.rules.placement import placement
from planner.rules.shortage import Nearest, ShortRun, nearest, short_runs, shortage_words
from planner.rules.values import UnitFact
from planner.rules.words import Exploitation, Need, Profile, SiteKind

FIRST = date(2027, 3, 15)
WEEKS = 2
ADULTS = frozenset({Profile.WOMAN, Profile.FAMILY})
CODES = {1: "U1", 2: "U2"}


def a_unit(unit_id: int, free: dict[int, int], zone: str = "midlands", profiles: frozenset[Profile] = ADULTS) -> Free:
    """Free places by night counted from the first."""
    fact = UnitFact(
        SiteKind.SAFE_HOUSE, profiles, frozenset({Need.NONE}), frozenset({Exploitation.SEXUAL}), frozenset({zone})
    )
    return Free(unit_id, fact, {FIRST + timedelta(days=day): places for day, places in free.items()})


def people(places: int, profile: Profile = Profile.FAMILY, need: Need = Need.NONE) -> Asked:
    return Asked(profile, need, places, "midlands", Exploitation.SEXUAL)


def said(asked: list[Asked], units: list[Free], nights: int = 7) -> str:
    supply = Supply(units)
    found = placement(supply, asked, FIRST, nights)
    window = (FIRST - timedelta(days=3), FIRST + timedelta(weeks=WEEKS))
    near = nearest(supply, asked, found, FIRST, nights, window=window) if found.short else Nearest()
    return shortage_words(found, near, CODES)


def steady(places: int, first: int = 0, nights: int = 7) -> dict[int, int]:
    return dict.fromkeys(range(first, first + nights), places)


def test_nothing_is_said_where_nobody_is_short() -> None:
    assert said([people(2)], [a_unit(1, steady(2))]) == ""


def test_the_nearest_night_from_which_all_could_be_placed_is_named() -> None:
    assert said([people(2)], [a_unit(1, steady(2, first=2))]) == (
        "2 places for women with a child are short from Mon 15 March to Tue 16 March; "
        "nearest: all could be placed from Wed 17 March."
    )


@pytest.mark.parametrize(("days", "night"), [((-2, 2), "Wed 17 March"), ((-1, 2), "Sun 14 March")])
def test_the_nearer_night_counts_and_of_two_as_near_the_later(days: tuple[int, int], night: str) -> None:
    units = [a_unit(number, steady(1, first=day, nights=7)) for number, day in enumerate(days, start=1)]

    assert f"nearest: all could be placed from {night}." in said([people(1)], units)


def test_without_another_night_the_unit_that_lacks_least_is_named() -> None:
    dips = steady(2, nights=7) | {3: 1}

    assert said([people(2)], [a_unit(1, dips), a_unit(2, steady(1, nights=6))]) == (
        "1 place for women with a child is short on the night of Thu 18 March; "
        "nearest: unit U1 would need 1 more on the night of Thu 18 March."
    )


def test_where_no_unit_takes_them_the_one_that_misses_least_is_named_and_never_one_for_others() -> None:
    men = a_unit(1, steady(9), profiles=frozenset({Profile.MAN}))
    elsewhere = a_unit(2, steady(9), zone="far_north")
    short = "1 place for women with a child is short from Mon 15 March to Sun 21 March; "

    assert said([people(1)], [men, elsewhere]) == short + "nearest: unit U2 has room, but does not serve this zone."
    assert said([people(1)], [men]) == (
        short + "no unit with free places takes these people: ask providers to open some."
    )
    assert said([people(1, need=Need.MEDICAL)], [a_unit(1, steady(1))]).endswith(
        "nearest: unit U1 has room, but does not take people with medical needs."
    )


def test_each_profile_and_each_run_of_nights_is_told() -> None:
    gaps = steady(2) | {0: 1, 4: 0}
    asked = [people(1, Profile.CHILD), people(2)]

    found = placement(Supply([a_unit(1, gaps)]), asked, FIRST, 7)

    last, fifth = FIRST + timedelta(days=6), FIRST + timedelta(days=4)
    assert short_runs(found) == (
        ShortRun(Profile.CHILD, Need.NONE, 1, FIRST, last),
        ShortRun(Profile.FAMILY, Need.NONE, 1, FIRST, FIRST),
        ShortRun(Profile.FAMILY, Need.NONE, 2, fifth, fifth),
    )
    assert said(asked, [a_unit(1, gaps)]).startswith(
        "1 place for children or people of uncertain age is short from Mon 15 March to Sun 21 March; "
        "1 place for women with a child is short on the night of Mon 15 March, "
        "2 places on the night of Fri 19 March; nearest: unit U1 would need"
    )
