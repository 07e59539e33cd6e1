"""Gaps in command."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.rules.command import Gap, Span, gap_left, uncovered
from tests.builders import NOW

HOURS = st.integers(0, 12)
SPANS = st.lists(st.tuples(HOURS, st.integers(1, 6)).map(lambda pair: span(pair[0], pair[0] + pair[1])), max_size=5)


def span(first: int, last: int) -> Span:
    return Span(NOW + timedelta(hours=first), NOW + timedelta(hours=last))


@given(SPANS, HOURS, st.integers(1, 8))
def test_a_window_is_covered_when_every_hour_of_it_is(turns: list[Span], first: int, length: int) -> None:
    window = span(first, first + length)

    gap = uncovered(window, turns)

    free = [
        hour
        for hour in range(first, first + length)
        if not any(turn.from_at <= NOW + timedelta(hours=hour) < turn.to_at for turn in turns)
    ]
    assert (gap is None) == (not free)
    if gap is not None:
        assert gap.from_at == NOW + timedelta(hours=free[0])


def test_only_what_was_covered_can_lose_its_cover() -> None:
    live = [("A", span(2, 4)), ("B", span(6, 8))]

    assert gap_left([span(0, 8)], [span(0, 7)], live) == Gap("B", span(7, 8))
    assert gap_left([span(0, 3)], [], live) is None
    assert gap_left([span(0, 8)], [span(0, 4), span(4, 9)], live) is None
