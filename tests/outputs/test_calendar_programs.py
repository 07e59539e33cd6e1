"""Every calendar of the exercise, file and feed, is read by other people's programs with the instants we meant."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlmodel import select

from planner.db import Database
from planner.models.accounts import Account
from planner.outputs.calendar import calendar_feed, calendar_file
from planner.outputs.calendar_entries import DeadlineEntry, Entry, PhaseEntry, TimedEntry
from planner.outputs.calendar_series import standing
from planner.rules.calendar_choice import Choice, Detail
from planner.rules.standing import Rhythm
from planner.rules.windows import from_local
from planner.services import conference_changes, standing_groups
from planner.services.exercise import load_pentameter2
from planner.views.calendar import NAMES, entries_of
from planner.views.calendar_scopes import own_scopes
from planner.views.standing_groups import standing_groups as groups_of
from planner.work import Desk
from tests.outputs import programs
from tests.outputs.programs import Program, Spans

MOST = 5
READERS = ("silver", "cell", "partner", "provider")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
IN_PROCESS: dict[str, Program] = {
    "icalendar": programs.by_icalendar,
    "vobject": programs.by_vobject,
    "ical": programs.by_ical,
}


class Made(NamedTuple):
    """One calendar: whose, as a file and as a feed, and what we meant."""

    name: str
    bodies: tuple[bytes, ...]
    meant: Spans


@pytest.fixture(scope="module")
def calendars(tmp_path_factory: pytest.TempPathFactory, full: bool) -> tuple[Made, ...]:
    """Of every reader's every scope, all kinds, both details; with a series that lost a meeting and moved another."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('programs') / 'planner.db'}")
    load_pentameter2(database, today=NOW.date(), actions=None if full else 60)
    with database.read() as session:
        people = dict(session.exec(select(Account.user_name, Account.person_id)).all())
    _meet(Desk(database, people["cell"], lambda: NOW))
    most = None if full else MOST
    made = tuple(each for name in READERS for each in _of(Desk(database, people[name], lambda: NOW), name, most))
    database.dispose()
    return made


@pytest.fixture
def few(calendars: tuple[Made, ...], full: bool) -> tuple[Made, ...]:
    """For programs that are slow: every third, of which each reader has one or more."""
    return calendars if full else calendars[::3]


def _meet(desk: Desk) -> None:
    """Weekly across March's change of the clocks: one meeting moved, one cancelled; one ends in October's hour.

    So does the first of another group, whose meetings are all as long.
    """
    with desk.writing() as work:
        first = from_local(date(2026, 12, 1), time(10))
        request = standing_groups.GroupRequest(
            "P2X", "Strategic group", first, 60, Rhythm.WEEKLY, date(2027, 4, 20), ("WMI",), "group"
        )
        standing_groups.set_group(work, request)
    with desk.reading() as look:
        meetings = groups_of(look)[0].meetings
    with desk.writing() as work:
        starts = from_local(date(2026, 12, 9), time(14))
        one = meetings[1]
        conference_changes.move_conference(
            work, one.id, one.version, starts_at=starts, ends_at=starts + timedelta(hours=1)
        )
    with desk.writing() as work:
        conference_changes.cancel_conference(work, meetings[2].id, meetings[2].version, reason="Holidays.")
    late, one = from_local(date(2027, 10, 31), time(0, 30)), meetings[3]
    with desk.writing() as work:
        conference_changes.move_conference(work, one.id, one.version, starts_at=late, ends_at=late + timedelta(hours=2))
    with desk.writing() as work:
        request = standing_groups.GroupRequest(
            "P2X", "Night group", late, 120, Rhythm.WEEKLY, date(2027, 11, 21), ("WMI",), "night"
        )
        standing_groups.set_group(work, request)


def _of(desk: Desk, reader: str, most: int | None) -> Iterator[Made]:
    """The first of each kind of scope, unless all are wanted."""
    with desk.reading() as look:
        rows = own_scopes(look)
        first = {row.scope: row for row in reversed(rows)}
        for row in rows if most is None else list(first.values())[:most]:
            for detail in Detail:
                kinds = frozenset(row.kinds)
                entries = entries_of(look, row.scope, row.name, Choice(kinds, detail))
                name = NAMES[row.scope]
                file = calendar_file(entries, name=name, made_by=look.actor.name, made_at=NOW)
                feed = calendar_feed(entries, uid="feed-uid", name=name, opened_at=NOW, now=NOW)
                yield Made(f"{reader} {row.scope} {row.name} {detail}", (file, feed), _meant(entries))


def _meant(entries: tuple[Entry, ...]) -> Spans:
    return {
        (each.uid, _second(each.instead_of) if isinstance(each, TimedEntry) and each.instead_of else None): _span(each)
        for each in standing(entries, now=NOW)
    }


def _span(entry: Entry) -> tuple[programs.At, programs.At]:
    match entry:
        case TimedEntry(starts_at=starts, ends_at=ends):
            return _second(starts), _second(ends)
        case PhaseEntry(first_on=first, last_on=last):
            return first, last + timedelta(days=1)
        case DeadlineEntry(due_on=day):
            return day, day + timedelta(days=1)
    raise TypeError(type(entry).__name__)


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


def test_the_exercise_has_something_of_every_kind_in_both_halves_of_the_year(calendars: tuple[Made, ...]) -> None:
    meant = {key: span for made in calendars for key, span in made.meant.items()}
    offsets = {at.astimezone(programs.LONDON).utcoffset() for at, _ in meant.values() if isinstance(at, datetime)}

    assert len(calendars) >= 2 * len(READERS)
    assert len(offsets) == 2
    assert [uid for uid, of in meant if of is not None]
    assert {isinstance(at, datetime) for at, _ in meant.values()} == {True, False}


@pytest.mark.parametrize("program", IN_PROCESS)
def test_a_library_reads_what_we_meant(calendars: tuple[Made, ...], program: str) -> None:
    for made in calendars:
        for body in made.bodies:
            assert IN_PROCESS[program](body) == made.meant, made.name


@pytest.mark.libical
def test_libical_reads_what_we_meant(calendars: tuple[Made, ...]) -> None:
    for made in calendars:
        for body in made.bodies:
            assert programs.by_libical(body) == made.meant, made.name


@pytest.mark.node
def test_node_ical_and_ical_js_read_what_we_meant(few: tuple[Made, ...], node_folder: Path) -> None:
    read = programs.by_node_ical(node_folder)
    for made in few:
        assert read(made.bodies[1]) == made.meant, made.name
        found = programs.by_node("instants.mjs", node_folder, made.bodies[0])["events"]
        assert programs.of_ical_js(found) == made.meant, made.name


def test_a_caldav_server_keeps_what_we_meant(few: tuple[Made, ...], tmp_path: Path) -> None:
    kept = programs.radicale(tmp_path)
    for made in few:
        assert kept(made.bodies[1]) == made.meant, made.name


def test_a_calendar_on_the_command_line_keeps_what_we_meant(few: tuple[Made, ...], tmp_path: Path) -> None:
    read = programs.by_khal(tmp_path)
    for made in few:
        assert read(made.bodies[0]) == made.meant, made.name
