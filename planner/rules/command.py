"""Command posts by the hour: nobody leaves a gap while an action with a go-ahead is to come or under way."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

LONGEST_DELEGATION = timedelta(days=31)
LONGEST_TURN = timedelta(days=14)


class CommandPost(StrEnum):
    """Functions of command that somebody always holds."""

    GOLD = "gold"
    SILVER = "silver"


class Span(NamedTuple):
    """From one instant up to another, that one excluded."""

    from_at: datetime
    to_at: datetime


class Gap(NamedTuple):
    """While an action is live, nobody would hold the post."""

    reference: str
    span: Span


def uncovered(window: Span, turns: Iterable[Span]) -> Span | None:
    """The first stretch of a window in which no turn runs."""
    at = window.from_at
    for turn in sorted(turns):
        if turn.from_at > at:
            return Span(at, min(turn.from_at, window.to_at)) if at < window.to_at else None
        at = max(at, turn.to_at)
        if at >= window.to_at:
            return None
    return Span(at, window.to_at) if at < window.to_at else None


def gap_left(before: Sequence[Span], after: Sequence[Span], live: Iterable[tuple[str, Span]]) -> Gap | None:
    """The first live window that the turns before a change covered, and those after it do not."""
    for reference, window in live:
        gap = uncovered(window, after)
        if gap is not None and uncovered(window, before) is None:
            return Gap(reference, gap)
    return None
