"""Whether the days nearby would do better for a change that breaks something: what breaks everywhere is said once."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from planner.rules.counts import count_words
from planner.rules.dates import day_words


class OtherDay(NamedTuple):
    """A day that was tried, and what would break on it."""

    day: date
    breaks: tuple[str, ...]


def other_days_words(found: Sequence[OtherDay], read: date) -> tuple[str, ...]:
    """Lines to read; empty where no other day can be at all. Days on which the same breaks share a line."""
    if not found:
        return ()
    everywhere = _everywhere(found)
    shared = ("On every day nearby:", *(f"• {sentence}" for sentence in everywhere)) if everywhere else ()
    by_rest: dict[tuple[str, ...], list[str]] = {}
    for each in found:
        rest = tuple(dict.fromkeys(sentence for sentence in each.breaks if sentence not in everywhere))
        by_rest.setdefault(rest, []).append(day_words(each.day, read=read))
    lines = [f"• {', '.join(days)}: {_rest_words(rest, bool(everywhere))}" for rest, days in by_rest.items()]
    return (*shared, "Beside that:" if everywhere else "Other days:", *lines)


def _everywhere(found: Sequence[OtherDay]) -> tuple[str, ...]:
    """What breaks on each of several days, in the order in which it is listed."""
    if len(found) < 2:
        return ()
    return tuple(
        sentence for sentence in dict.fromkeys(found[0].breaks) if all(sentence in each.breaks for each in found)
    )


def _rest_words(rest: Sequence[str], beside: bool) -> str:
    if not rest:
        return "nothing else breaks." if beside else "nothing breaks."
    other = "other " if beside else ""
    return f"{count_words(len(rest), f'{other}thing breaks', f'{other}things break')}. {rest[0]}"
