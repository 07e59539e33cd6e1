"""Counts of the day: presses add up, whereabouts sum to those met or the difference is said in words."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.rules.on_the_day import (
    SAID,
    SHORT,
    WHEREABOUTS,
    Count,
    Places,
    Tap,
    Totals,
    difference_words,
    more_needed,
    needing_a_place,
    overflow_words,
    totals,
    why_not_counted,
)
from planner.rules.words import ActionState
from tests.builders import DAWN

TAPS = st.builds(Tap, st.sampled_from(Count), st.sampled_from((-1, 1)), st.none())
MOVES = st.builds(Tap, st.sampled_from(WHEREABOUTS), st.just(1), st.sampled_from(WHEREABOUTS))


def counted(encountered: int, **whereabouts: int) -> Totals:
    taps = [Tap(Count.ENCOUNTERED, encountered)]
    return totals([*taps, *(Tap(Count[name.upper()], number) for name, number in whereabouts.items())])


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (counted(0), "Nobody has been counted yet."),
        (counted(1), "1 of 1 encountered is not accounted for."),
        (counted(1, placed=1), "The one encountered is accounted for."),
        (counted(7, reception=4, placed=2), "1 of 7 encountered is not accounted for."),
        (counted(7, reception=4), "3 of 7 encountered are not accounted for."),
        (counted(7, reception=4, childrens_service=3), "All 7 encountered are accounted for."),
        (counted(7, reception=4, placed=4), "1 more accounted for than encountered: 8 against 7."),
    ],
)
def test_a_difference_is_said_in_words(found: Totals, words: str) -> None:
    assert difference_words(found) == words


@given(st.lists(TAPS | MOVES))
def test_the_order_of_presses_changes_nothing_and_moving_on_changes_no_difference(taps: list[Tap]) -> None:
    found = totals(taps)
    without_moves = totals(tap for tap in taps if tap.moved_from is None)

    assert totals(reversed(taps)) == found
    assert found.difference == without_moves.difference
    assert found.encountered == sum(tap.step for tap in taps if tap.count is Count.ENCOUNTERED)


def test_every_count_has_its_words() -> None:
    assert set(SAID) == set(SHORT) == set(Count)
    assert {Count.ENCOUNTERED, *WHEREABOUTS} == set(Count)


def test_people_are_counted_from_the_beginning_until_a_fortnight_after_the_end() -> None:
    ends_at, later = DAWN + timedelta(hours=3), DAWN + timedelta(days=15)

    said = {state: why_not_counted("WM-0001", state, ends_at, DAWN) for state in ActionState}
    late = {state: why_not_counted("WM-0001", state, ends_at, later) for state in ActionState}

    assert {state for state in ActionState if not said[state]} == {ActionState.BEGUN, ActionState.DONE}
    assert {state for state in ActionState if not late[state]} == {ActionState.BEGUN}
    assert said[ActionState.PLANNED].startswith("WM-0001 has not begun: people are counted from the moment it does.")
    assert said[ActionState.STOOD_DOWN] == "WM-0001 was stood down: there is nobody to count."
    assert "until Thu 10 December 2026, 14 days after its end" in late[ActionState.DONE]


def test_seven_not_four() -> None:
    found = counted(7, reception=7)

    assert overflow_words(found, Places(4)) == "7 encountered, 4 places confirmed: 3 more needed."
    assert overflow_words(found, Places(4, 2)) == "7 encountered, 4 places confirmed, 2 by telephone: 1 more needed."
    assert overflow_words(found, Places(4, 3)) == "7 encountered, 4 places confirmed, 3 by telephone: enough."
    assert overflow_words(counted(0), Places(4)) == "4 places for whoever is encountered."
    assert [more_needed(found, Places(4, told)) for told in (0, 2, 3, 9)] == [3, 1, 0, 0]


def test_who_declined_or_left_or_is_with_the_childrens_service_needs_no_place() -> None:
    found = counted(7, reception=2, declined=1, left=1, childrens_service=1, hospital=1, arrested=1)

    assert needing_a_place(found) == 4
    assert overflow_words(found, Places(1)) == "7 encountered, 4 need a place, 1 place confirmed: 3 more needed."
    assert needing_a_place(counted(1, left=3)) == 0
