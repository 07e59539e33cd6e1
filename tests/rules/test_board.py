"""What a post's offers come to: held, missing, held twice; whom to chase first; who took on too much."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from planner.rules.board import (
    Gap,
    Overlap,
    Place,
    PostState,
    Seat,
    Waiting,
    age_band,
    beyond_capacity,
    chase_order,
    double_booked,
    gaps,
    in_two_places,
    overlaps,
    post_state,
    short,
    was_chased,
)
from planner.rules.values import RoleFact
from planner.rules.words import OfferState

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFFERED, ACCEPTED, DECLINED = OfferState.OFFERED, OfferState.ACCEPTED, OfferState.DECLINED
CONDITIONS = OfferState.ACCEPTED_WITH_CONDITIONS


def a_seat(state: OfferState, agency: int = 1, *, holds: bool | None = None, overdue: bool = False) -> Seat:
    held = state in (ACCEPTED, CONDITIONS) if holds is None else holds
    return Seat(1, "medic", agency, 1, state, held, overdue)


def a_role(needed: int = 1) -> RoleFact:
    return RoleFact("medic", "Medical lead", needed, on_entry=False, needs_training=False)


def a_waiting(number: int, *, missing: bool = True, **changes: timedelta) -> Waiting:
    """Asked a day ago for an action in three days, to be answered tomorrow; changes are from now."""
    at = {"starts": 3 * DAY, "offered": -DAY, "by": DAY} | changes
    chased = NOW + changes["chased"] if "chased" in changes else None
    return Waiting(number, number, NOW + at["starts"], NOW + at["offered"], NOW + at["by"], chased, missing)


@pytest.mark.parametrize(
    ("held", "short_of"), [([], 2), ([ACCEPTED], 1), ([ACCEPTED, CONDITIONS], 0), ([ACCEPTED, OFFERED, DECLINED], 1)]
)
def test_a_gap_is_what_is_needed_less_what_is_held(held: list[OfferState], short_of: int) -> None:
    found = gaps([a_role(needed=2)], [a_seat(state) for state in held])

    assert found == ((Gap("medic", short_of),) if short_of else ())


def test_a_refused_condition_leaves_the_post_missing() -> None:
    assert gaps([a_role()], [a_seat(CONDITIONS)]) == ()
    assert gaps([a_role()], [a_seat(CONDITIONS, holds=False)]) == (Gap("medic", 1),)


def test_one_seat_held_by_two_agencies_is_an_overlap_and_two_seats_are_none() -> None:
    two = [a_seat(ACCEPTED, 1), a_seat(CONDITIONS, 2)]

    assert overlaps(two, {"medic": 1}) == (Overlap("medic", (1, 2)),)
    assert overlaps(two, {"medic": 2}) == ()
    assert overlaps([a_seat(ACCEPTED, 1), a_seat(ACCEPTED, 1)], {"medic": 1}) == ()
    assert overlaps([a_seat(ACCEPTED, 1), a_seat(OFFERED, 2)], {"medic": 1}) == ()


@pytest.mark.parametrize(
    ("seats", "needed", "state"),
    [
        ([], 1, PostState.NOT_ASKED),
        ([a_seat(DECLINED)], 1, PostState.DECLINED),
        ([a_seat(CONDITIONS, holds=False)], 1, PostState.REFUSED),
        ([a_seat(DECLINED), a_seat(OFFERED)], 1, PostState.OFFERED),
        ([a_seat(OFFERED, overdue=True)], 1, PostState.OVERDUE),
        ([a_seat(ACCEPTED), a_seat(OFFERED, overdue=True)], 1, PostState.ACCEPTED),
        ([a_seat(CONDITIONS)], 1, PostState.ACCEPTED_WITH_CONDITIONS),
        ([a_seat(ACCEPTED, 1), a_seat(ACCEPTED, 2)], 1, PostState.HELD_BY_SEVERAL),
        ([a_seat(ACCEPTED, 1), a_seat(ACCEPTED, 2)], 2, PostState.ACCEPTED),
        ([a_seat(ACCEPTED), a_seat(DECLINED)], 2, PostState.PARTLY_ACCEPTED),
    ],
)
def test_how_a_required_post_stands(seats: list[Seat], needed: int, state: PostState) -> None:
    assert post_state(seats, needed, required=True) is state


def test_a_post_that_is_not_required_needs_nobody_and_is_accepted_by_one() -> None:
    assert post_state([], 1, required=False) is PostState.NOT_NEEDED
    assert post_state([a_seat(ACCEPTED)], 2, required=False) is PostState.ACCEPTED


def test_a_lead_is_booked_twice_where_windows_overlap_and_not_where_they_touch() -> None:
    first, second, third = (Place(at, NOW + at * HOUR, NOW + (at + 2) * HOUR) for at in (0, 1, 2))

    assert double_booked([first, third]) == {}
    assert double_booked([third, first, second]) == {0: frozenset({1}), 1: frozenset({0, 2}), 2: frozenset({1})}


@pytest.mark.parametrize("seed", range(20))
def test_who_is_in_two_places_equals_each_window_against_each_live_one(seed: int) -> None:
    drawn = Random(seed)
    begins = [NOW + drawn.randrange(200) * HOUR / 2 for _ in range(30)]
    places = [Place(number, at, at + drawn.randrange(1, 6) * HOUR / 2) for number, at in enumerate(begins)]
    live = [place for place in places if drawn.random() < 0.8]

    found = in_two_places(places, [*live, *live])

    each = {
        one.action_id
        for one in places
        for other in live
        if one.action_id != other.action_id and one.starts_at < other.ends_at and other.starts_at < one.ends_at
    }
    assert found == each
    assert 0 < len(found) < len(places)


def test_whom_to_chase_first() -> None:
    in_order = [
        a_waiting(1, by=-HOUR),
        a_waiting(2, starts=DAY),
        a_waiting(3, offered=-2 * DAY),
        a_waiting(4),
        a_waiting(5, missing=False, by=-HOUR),
        a_waiting(6, chased=-HOUR / 2, by=-HOUR),
    ]

    last_first = in_order[::-1]

    assert sorted(last_first, key=lambda offer: chase_order(offer, NOW)) == in_order


def test_who_was_reminded_an_hour_ago_may_be_reminded_again() -> None:
    assert [was_chased(a_waiting(1, chased=-ago), NOW) for ago in (HOUR / 2, HOUR)] == [True, False]
    assert not was_chased(a_waiting(1), NOW)


def test_an_offer_grows_older_by_days_and_a_week() -> None:
    ages = [timedelta(0), DAY - HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY]

    assert [age_band(NOW - age, NOW) for age in ages] == [0, 0, 1, 2, 3, 3]


def test_beyond_capacity_counts_actions_a_day_and_only_where_an_agency_states_it() -> None:
    day, other = date(2026, 11, 26), date(2026, 11, 27)
    held = [(1, day, 7), (1, day, 7), (1, day, 8), (1, other, 9), (2, day, 7), (2, day, 8)]

    assert beyond_capacity(held, {1: 1}) == {(1, day)}
    assert beyond_capacity(held, {1: 2}) == frozenset()
    assert beyond_capacity(held, {}) == frozenset()


def test_a_column_names_a_post_without_its_level() -> None:
    assert [short(title) for title in ("Bronze: arrest and custody", "Medical lead")] == [
        "Arrest and custody",
        "Medical lead",
    ]
