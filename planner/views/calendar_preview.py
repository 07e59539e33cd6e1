"""What exactly a calendar shows and to whom it may go, before it is taken: read off the very entries of the file."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from icalendar import Event

from planner.outputs.calendar_components import event
from planner.outputs.calendar_entries import ActionEntry, DeadlineEntry, Entry
from planner.outputs.calendar_series import standing
from planner.rules.calendar_choice import Choice, Scope
from planner.rules.dates import day_words, when_words
from planner.rules.markings import together
from planner.rules.may_go import may_go_words
from planner.rules.windows import from_local, local
from planner.views.calendar import NAMES, entries_of
from planner.views.calendar_days import Days
from planner.views.feeds import allowed_operations
from planner.work import Look

MOST_SHOWN = 12
EVERY = Days(date(1990, 1, 1), date(2199, 12, 31))


class Shown(NamedTuple):
    """One entry as a phone shows it."""

    title: str
    when: str
    state: str


class Preview(NamedTuple):
    """The calendar's name on a phone, its first entries to come, how many there are of each title, its marking.

    `tasks` are beside the entries, one for each deadline, in the file alone.
    """

    name: str
    entries: tuple[Shown, ...]
    number: int
    tasks: int
    titles: tuple[tuple[str, int], ...]
    marking: str
    may_go: tuple[str, ...]


def preview(look: Look, scope: Scope, name: str, choice: Choice, within: Any = None) -> Preview:
    """The same entries as the file has now, of a series each meeting that it makes; those to come are shown first.

    `within`, a SELECT of operations' ids, leaves out those of other operations.
    """
    kept = standing(entries_of(look, scope, name, choice, within, EVERY), now=look.now)
    made = sorted(((entry, event(entry)) for entry in kept), key=lambda each: _place(each[0], each[1], look.now))
    marked = together(entry.marked for entry in kept)
    today = local(look.now).date()
    return Preview(
        name=NAMES[scope],
        entries=tuple(_shown(each, today) for _, each in made[:MOST_SHOWN]),
        number=len(kept),
        tasks=sum(isinstance(entry, DeadlineEntry) for entry in kept),
        titles=tuple(Counter(_kind_of_title(str(each.get("summary"))) for _, each in made).items()),
        marking=marked.words,
        may_go=may_go_words(marked),
    )


def feed_preview(look: Look, scope: Scope, name: str, choice: Choice) -> Preview:
    """What a feed of it shows now: operations whose feeds are on, and no task beside a deadline."""
    return preview(look, scope, name, choice, allowed_operations(look))._replace(tasks=0)


def _place(entry: Entry, made: Event, now: datetime) -> tuple[bool, datetime, int]:
    """What is over comes last."""
    number = entry.number if isinstance(entry, ActionEntry) else None
    return _begins(made.end) <= now, _begins(made.start), number or 0


def _begins(when: date) -> datetime:
    """The instant itself, or that with which a day begins."""
    return when if isinstance(when, datetime) else from_local(when, time())


def _kind_of_title(title: str) -> str:
    """Planned action 2/5 is one kind of title, whatever its number."""
    return title.rpartition(" ")[0] if title[-1:].isdigit() else title


def _shown(made: Event, today: date) -> Shown:
    return Shown(str(made.get("summary")), _when(made.start, made.end, today), str(made.get("status")).capitalize())


def _when(starts: date, ends: date, today: date) -> str:
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        return when_words(starts, ends, read=today)
    last = ends - timedelta(days=1)  # a file ends it with the day after (RFC 5545, 3.6.1)
    first = day_words(starts, read=today)
    return first if last == starts else f"{first} to {day_words(last, read=today)}"
