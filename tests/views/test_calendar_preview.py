"""What is shown of a calendar before it is taken: what is to come in order of time, with the year where needed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from planner.db import Database
from planner.models.operations import Phase
from planner.rules.calendar_choice import Choice, EntryKind, Scope
from planner.rules.words import PhaseKind
from planner.services import offers
from planner.services.actions import stand_down
from planner.services.conference_changes import cancel_conference, move_conference
from planner.views.calendar import calendar_bytes
from planner.views.calendar_preview import Preview, preview
from tests.builders import NOW, World, a_world, an_action
from tests.standing import HOUR, a_group

ACTIONS = EntryKind.ACTIONS


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def shown(
    world: World, *kinds: EntryKind, at: datetime = NOW, who: str = "silver", scope: str = "operation"
) -> Preview:
    with world.desk(who, at).reading() as look:
        return preview(look, Scope(scope), "OP1" if scope == "operation" else "me", Choice(frozenset(kinds)))


def whens(found: Preview) -> list[str]:
    return [entry.when for entry in found.entries]


def test_where_the_clocks_go_back_what_begins_first_is_shown_first(world: World) -> None:
    """In the file the second is in UTC, where the London clock is ambiguous: at 00:30, before the first's 00:45."""
    for number, at in enumerate(((25, 2, 5), (25, 0, 30), (24, 23, 45), (25, 1, 15))):
        day, hour, minute = at
        starts = datetime(2026, 10, day, hour, minute, tzinfo=UTC)
        an_action(world, f"WM-{number}", starts_at=starts, ends_at=starts + timedelta(minutes=10))

    found = shown(world, ACTIONS, at=datetime(2026, 10, 20, tzinfo=UTC))

    assert [when.removeprefix("Sun 25 October, ") for when in whens(found)] == [
        "00:45 to 00:55",
        "01:30 BST to 01:40 BST",
        "01:15 GMT to 01:25 GMT",
        "02:05 to 02:15",
    ]


def test_in_summer_a_whole_day_comes_before_what_begins_in_its_first_hour(world: World) -> None:
    an_action(world, starts_at=datetime(2027, 6, 30, 23, 30, tzinfo=UTC), ends_at=datetime(2027, 7, 1, 2, tzinfo=UTC))
    a_phase(world, date(2027, 7, 1), date(2027, 7, 31))

    found = shown(world, ACTIONS, EntryKind.PHASES)

    assert [entry.title for entry in found.entries] == ["Phase 2", "Planned action 1/1"]


def test_of_another_year_the_year_is_said_and_of_this_one_it_is_not(world: World) -> None:
    an_action(world)
    eve = datetime(2026, 12, 31, 22, tzinfo=UTC)
    an_action(world, "WM-0002", starts_at=eve, ends_at=eve + timedelta(hours=4))
    an_action(world, "WM-0003", starts_at=eve + timedelta(days=4), ends_at=eve + timedelta(days=4, hours=1))
    a_phase(world, date(2026, 12, 1), date(2027, 2, 28))

    assert whens(shown(world, ACTIONS, EntryKind.PHASES)) == [
        "Thu 26 November, 06:00 to 09:00",
        "Tue 1 December to Sun 28 February 2027",
        "Thu 31 December, 22:00 to Fri 1 January 2027, 02:00",
        "Mon 4 January 2027, 22:00 to 23:00",
    ]


def test_what_is_over_comes_last_and_what_still_lasts_does_not(world: World) -> None:
    for number, hours in enumerate((5, -30, -2, -8), 1):
        starts = NOW + timedelta(hours=hours)
        an_action(world, f"WM-000{number}", starts_at=starts, ends_at=starts + timedelta(hours=4))

    assert whens(shown(world, ACTIONS)) == [
        "Tue 24 November, 07:00 to 11:00",
        "Tue 24 November, 14:00 to 18:00",
        "Mon 23 November, 03:00 to 07:00",
        "Tue 24 November, 01:00 to 05:00",
    ]


def test_of_a_series_each_meeting_that_stands_is_shown_where_it_stands_and_no_other(world: World) -> None:
    group = a_group(world, until_on=date(2026, 12, 15))
    first, second, *_ = group.meetings
    with world.desk("cell").writing() as work:
        cancel_conference(work, first.id, first.version, reason="Nobody can come.")
    with world.desk("cell").writing() as work:
        move_conference(
            work, second.id, second.version, starts_at=second.starts_at + HOUR, ends_at=second.starts_at + 2 * HOUR
        )

    found = shown(world, EntryKind.CONFERENCES, who="cell")

    assert whens(found) == [
        "Tue 1 December, 11:00 to 12:00",
        "Tue 8 December, 10:00 to 11:00",
        "Tue 15 December, 10:00 to 11:00",
    ]
    assert (found.number, found.titles) == (3, (("Case conference", 3),))


def test_actions_that_begin_together_stand_in_the_order_of_their_numbers(world: World) -> None:
    for number in range(1, 12):
        an_action(world, f"WM-{number:04d}", calendar_uid=f"uid-{-number % 7}-{number}")
    with world.desk("silver").writing() as work:
        stand_down(work, "WM-0011", "The team is elsewhere.")

    found = shown(world, ACTIONS)

    assert [entry.title for entry in found.entries] == [
        "Planned action",
        *(f"Planned action {number}/10" for number in range(1, 11)),
    ]
    assert found.titles == (("Planned action", 11),)


def test_the_tasks_beside_the_deadlines_are_counted_as_the_file_has_them(world: World) -> None:
    for number in range(3):
        an_action(world, f"WM-{number}")
        with world.desk("silver").writing() as work:
            offers.offer_role(work, offers.OfferRequest(f"WM-{number}", "medical_lead", "health", f"k{number}"))
    choice = Choice(frozenset({ACTIONS, EntryKind.DEADLINES}))

    with world.desk("health").reading() as look:
        found = preview(look, Scope.PERSON, "me", choice)
        file = Calendar.from_ical(calendar_bytes(look, "person", "me", choice))

    assert (found.number, found.tasks) == (len(file.events), len(file.todos)) == (3, 3)
    assert shown(world, ACTIONS).tasks == 0


def a_phase(world: World, first: date, last: date) -> None:
    said = {"kind": PhaseKind.ENFORCEMENT, "starts_on": first, "ends_on": last}
    with world.database.write() as session:
        session.add(Phase(operation_id=world.operation, number=2, calendar_uid="p", changed_at=NOW, **said))
