"""What is said of supply: nights in runs of the same number, and how old a provider's word is."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from planner.rules.counts import count_words
from planner.rules.dates import day_words

STALE_AFTER = timedelta(hours=24)


class Run(NamedTuple):
    """So many places on every night from first to last, both included."""

    first: date
    last: date
    places: int

    @property
    def nights(self) -> int:
        return (self.last - self.first).days + 1


def runs(places: Mapping[date, int]) -> tuple[Run, ...]:
    """Nights that follow each other with the same number; a missing night is unknown and breaks a run."""
    found: list[Run] = []
    for night in sorted(places):
        last = found[-1] if found else None
        if last and last.last + timedelta(days=1) == night and last.places == places[night]:
            found[-1] = last._replace(last=night)
        else:
            found.append(Run(night, night, places[night]))
    return tuple(found)


def covered(places: Mapping[date, int], wanted: int) -> tuple[Run, ...]:
    """The runs of nights on which all that is wanted is there, however much more."""
    return runs({night: wanted for night, number in places.items() if number >= wanted})


def nights_words(first: date, last: date) -> str:
    """ "Wed 25 November to Fri 27 November, 3 nights"; one night is named once."""
    nights = (last - first).days + 1
    until = f" to {day_words(last)}" if nights > 1 else ""
    return f"{day_words(first)}{until}, {count_words(nights, 'night')}"


def is_stale(confirmed_at: datetime | None, now: datetime) -> bool:
    """Whether a provider's figures are older than a day, or were never confirmed at all."""
    return confirmed_at is None or now - confirmed_at > STALE_AFTER


def age_words(confirmed_at: datetime | None, now: datetime) -> str:
    """ "3 hours ago", "2 days ago", "never"."""
    if confirmed_at is None:
        return "never"
    hours = int((now - confirmed_at).total_seconds() // 3600)
    if hours < 1:
        return "within the hour"
    return f"{count_words(hours, 'hour')} ago" if hours < 48 else f"{count_words(hours // 24, 'day')} ago"
