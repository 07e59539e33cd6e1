"""What exactly a calendar shows and to whom it may go, before it is taken: read off the very entries of the file."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import NamedTuple

from icalendar import Event

from planner.outputs.calendar_components import event
from planner.outputs.calendar_series import standing
from planner.rules.calendar_choice import Choice, Scope
from planner.rules.dates import day_words, when_words
from planner.rules.markings import together
from planner.rules.may_go import may_go_words
from planner.views.calendar import NAMES, entries_of
from planner.work import Look

MOST_SHOWN = 12


class Shown(NamedTuple):
    """One entry as a phone shows it."""

    title: str
    when: str
    state: str


class Preview(NamedTuple):
    """The calendar's name on a phone, its first entries to come, how many there are of each title, its marking."""

    name: str
    entries: tuple[Shown, ...]
    number: int
    titles: tuple[tuple[str, int], ...]
    marking: str
    may_go: tuple[str, ...]


def preview(look: Look, scope: Scope, name: str, choice: Choice) -> Preview:
    """The same entries as the file has now; those to come are shown first."""
    kept = standing(entries_of(look, scope, name, choice), now=look.now)
    made = sorted((event(entry) for entry in kept), key=lambda each: _place(each, look.now))
    marked = together(entry.marked for entry in kept)
    titles = Counter(_kind_of_title(str(each.get("summary"))) for each in made)
    shown = tuple(_shown(each) for each in made[:MOST_SHOWN])
    return Preview(NAMES[scope], shown, len(kept), tuple(titles.items()), marked.words, may_go_words(marked))


def _place(made: Event, now: datetime) -> tuple[bool, str]:
    """What is to come first, in order of time."""
    starts = made.start
    day = starts.date() if isinstance(starts, datetime) else starts
    return day < now.date(), starts.isoformat()


def _kind_of_title(title: str) -> str:
    """Planned action 2/5 is one kind of title, whatever its number."""
    return title.rpartition(" ")[0] if title[-1:].isdigit() else title


def _shown(made: Event) -> Shown:
    return Shown(str(made.get("summary")), _when(made.start, made.end), str(made.get("status")).capitalize())


def _when(starts: date, ends: date) -> str:
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        return when_words(starts, ends)
    last = ends - timedelta(days=1)  # a file ends it with the day after (RFC 5545, 3.6.1)
    return day_words(starts) if last == starts else f"{day_words(starts)} to {day_words(last)}"
