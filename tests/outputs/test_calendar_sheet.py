"""A month and a week on paper: the file's entries under the file's titles, marked and dated, and no word more."""

import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from pypdf import PdfReader

from planner.db import Database
from planner.errors import InputError, NotFound
from planner.inputs.calendar_choices import choice_from
from planner.models.care import Hold
from planner.models.operations import Phase
from planner.outputs.calendar_sheet import MONTH, WEEK, Stretch, calendar_sheet, stretch_of
from planner.rules.calendar_choice import USUAL, Scope
from planner.rules.words import HoldState, PhaseKind
from planner.services import actions, conferences
from tests.builders import DAWN, NOW, World, a_world, an_action

DAY = DAWN.date()
ODD = ["", "month", "year-2026-11-26", "month-2026-13-01", "week-0001-01-01", "week-9999-12-31", "week-２０２６-11-26"]


@pytest.fixture
def world(database: Database) -> World:
    """Twelve actions of one dawn, one of them with a handling instruction, and a conference two days before."""
    world = a_world(database)
    for number in range(1, 13):
        handling = "RECIPIENTS ONLY" if number == 7 else None
        an_action(world, f"WM-{number:04d}", languages="Canarish", handling=handling)
    with world.desk("cell").writing() as work:
        until = NOW + timedelta(hours=1)
        conferences.convene(work, conferences.ConveneRequest(("WM-0001",), NOW, until, ("ngo",), "k1"))
    return world


def printed(
    world: World,
    name: str,
    shape: str,
    *,
    scope: str = "operation",
    of: str = "OP1",
    choice: str = USUAL,
    day: date = DAY,
) -> tuple[str, int]:
    """The words of a sheet, its lines joined, and how many pages it has."""
    kind = Scope(scope)
    with world.desk(name).reading() as look:
        body = calendar_sheet(look, kind, of, choice_from(kind, choice), Stretch(shape, day))
    pages = PdfReader(io.BytesIO(body)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split()), len(pages)


def test_a_month_is_one_page_with_like_entries_in_one_line(world: World) -> None:
    words, pages = printed(world, "cell", MONTH)

    assert pages == 1
    assert "Planner: all entries, November 2026" in words
    assert "06:00–09:00 Planned action 1/12 to 12/12" in words
    assert "Case conference" in words
    assert "Printed Tue 24 November, 09:00." in words


def test_a_week_has_each_entry_by_itself_in_order(world: World) -> None:
    words, _ = printed(world, "cell", WEEK)

    places = [words.index(f"Planned action {number}/12") for number in range(1, 13)]
    assert places == sorted(places)
    assert "Mon 23 November to Sun 29 November 2026" in words


@pytest.mark.parametrize("shape", [MONTH, WEEK])
def test_nothing_stands_there_that_a_phone_would_not_show(world: World, shape: str) -> None:
    words, _ = printed(world, "cell", shape)

    secrets = ("WM-", "Canarish", "Operation One", "West Midlands", "Force", "Cell")
    assert [secret for secret in secrets if secret in words] == []
    assert "RECIPIENTS ONLY" in words  # marked as its highest entry is


def test_what_is_called_off_has_no_number_and_the_others_keep_theirs(world: World) -> None:
    for number in (3, 8):
        with world.desk("silver").writing() as work:
            actions.stand_down(work, f"WM-{number:04d}", "The team is elsewhere.")

    week, _ = printed(world, "cell", WEEK, choice="actions")
    month, _ = printed(world, "cell", MONTH, choice="actions")

    assert week.count("Planned action Cancelled") == 2
    assert [f"Planned action {number}/10" in week for number in range(1, 12)] == [True] * 10 + [False]
    assert "06:00–09:00 Planned action, 2 times (Cancelled) 06:00–09:00 Planned action 1/10 to 10/10" in month


def test_busy_only_says_that_the_time_is_taken(world: World) -> None:
    words, _ = printed(world, "cell", WEEK, choice="actions+conferences,busy")

    assert "Busy" in words
    assert "Planned action" not in words


def test_a_calendar_that_is_not_ones_own_is_printed_as_little_as_one_that_is_missing(world: World) -> None:
    with pytest.raises(NotFound) as denied:
        printed(world, "partner", MONTH, scope="force", of="force")
    with pytest.raises(NotFound) as missing:
        printed(world, "partner", MONTH, scope="force", of="NOWHERE")

    assert str(denied.value) == str(missing.value).replace("NOWHERE", "force")
    assert printed(world, "partner", MONTH, scope="person", of="me")[1] == 1


@pytest.mark.parametrize("text", ODD)
def test_what_names_no_month_and_no_week_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="That names no month and no week"):
        stretch_of(text)


@pytest.mark.parametrize("shape", [MONTH, WEEK])
def test_a_stretch_is_read_as_it_is_written(shape: str) -> None:
    assert stretch_of(Stretch(shape, DAY).text) == Stretch(shape, DAY)
    assert stretch_of("week-2026-11-26").days == (date(2026, 11, 23), date(2026, 11, 29))
    assert stretch_of("month-2026-11-26").days == (date(2026, 10, 26), date(2026, 12, 6))


def book(world: World, first_night: date, nights: int, state: HoldState = HoldState.CONFIRMED) -> None:
    """Nights at the provider, noon to noon, for the first action."""
    with world.database.write() as session:
        session.add(
            Hold(
                provider_id=world.provider,
                action_id=1,
                state=state,
                first_night=first_night,
                nights=nights,
                asked_by=world.people["silver"],
                asked_at=NOW,
                answered_at=NOW,
            )
        )


def nights_on(world: World, shape: str, day: date) -> str:
    """The provider's own sheet of its booked nights."""
    return printed(world, "provider", shape, scope="provider", of="provider", choice="bookings", day=day)[0]


def test_nights_booked_stand_on_every_day_of_a_week_in_their_middle(world: World) -> None:
    book(world, date(2026, 11, 27), 21)

    words = nights_on(world, WEEK, date(2026, 12, 9))

    days = ("Mon 7", "Tue 8", "Wed 9", "Thu 10", "Fri 11", "Sat 12", "Sun 13")
    assert " ".join(f"{day} December all day Busy" for day in days) in words
    assert "Nothing" not in words


def test_nights_booked_stand_in_the_month_that_begins_in_their_middle(world: World) -> None:
    book(world, date(2026, 11, 27), 21)

    words = nights_on(world, MONTH, date(2026, 12, 1))

    assert "30 all day Busy 1 all day Busy 2 all day Busy" in words
    assert "17 all day Busy 18 until 12:00 Busy 19 20" in words
    assert words.count("Busy") == 19


def test_nights_booked_stand_from_their_start_until_the_noon_at_which_they_end(world: World) -> None:
    book(world, date(2026, 12, 8), 3)

    words = nights_on(world, WEEK, date(2026, 12, 9))

    first, last = "Tue 8 December from 12:00 Busy Wed 9 December all day Busy", "Fri 11 December until 12:00 Busy"
    assert f"Mon 7 December – Nothing {first} Thu 10 December all day Busy {last} Sat 12 December – Nothing" in words


def test_bookings_that_are_alike_on_a_day_of_a_month_are_one_line(world: World) -> None:
    for first, nights in ((27, 21), (28, 20), (29, 22), (30, 18)):
        book(world, date(2026, 11, first), nights)

    words = nights_on(world, MONTH, date(2026, 12, 1))

    assert "16 all day Busy, 4 times" in words
    assert "18 all day Busy until 12:00 Busy, 3 times" in words


def test_nights_taken_back_say_so_on_every_day(world: World) -> None:
    book(world, date(2026, 12, 8), 2, HoldState.RELEASED)

    words = nights_on(world, WEEK, date(2026, 12, 9))

    assert "from 12:00 Busy Cancelled" in words
    assert "all day Busy Cancelled" in words
    assert "until 12:00 Busy Cancelled" in words


def test_nights_over_a_change_of_the_clocks_begin_and_end_at_noon_on_the_wall(world: World) -> None:
    book(world, date(2027, 3, 27), 2)

    before, after = (nights_on(world, WEEK, day) for day in (date(2027, 3, 28), date(2027, 3, 29)))

    assert "Sat 27 March from 12:00 Busy Sun 28 March all day Busy" in before
    assert "Mon 29 March until 12:00 Busy Tue 30 March – Nothing" in after


LASTING = [
    (datetime(2026, 10, 23, 21, tzinfo=UTC), datetime(2026, 10, 26, 0, tzinfo=UTC)),
    (datetime(2027, 3, 26, 22, tzinfo=UTC), datetime(2027, 3, 28, 23, tzinfo=UTC)),
]


@pytest.mark.parametrize(("starts_at", "ends_at"), LASTING)
def test_an_end_at_midnight_does_not_touch_the_day_after(world: World, starts_at: datetime, ends_at: datetime) -> None:
    """Over each change of the clocks, from 22:00 on the Friday to the end of the Sunday."""
    an_action(world, "WM-0099", starts_at=starts_at, ends_at=ends_at)

    words, _ = printed(world, "cell", WEEK, choice="actions", day=starts_at.date())

    assert re.search(r"Fri \d+ \w+ from 22:00 Planned action 1/1 Sat \d+ \w+ all day Planned action 1/1", words)
    assert re.search(r"Sun \d+ \w+ all day Planned action 1/1", words)
    month, _ = printed(world, "cell", MONTH, choice="actions", day=starts_at.date())
    assert month.count("Planned action 1/1") == 3


def test_actions_of_one_night_are_one_line_on_its_second_day_too(world: World) -> None:
    late = datetime(2026, 12, 1, 22, tzinfo=UTC)
    for number in range(1, 13):
        an_action(world, f"WM-01{number:02d}", starts_at=late, ends_at=late + timedelta(hours=4))

    words, _ = printed(world, "cell", MONTH, choice="actions", day=date(2026, 12, 1))

    assert "1 from 22:00 Planned action 1/12 to 12/12 2 until 02:00 Planned action 1/12 to 12/12 3" in words


@pytest.mark.parametrize("kind", ["actions", "conferences"])
def test_what_began_on_the_evening_before_stands_on_the_first_day(world: World, kind: str) -> None:
    late = datetime(2026, 11, 29, 22, tzinfo=UTC)
    an_action(world, "WM-0098", starts_at=late.replace(hour=7), ends_at=late.replace(hour=8))
    an_action(world, "WM-0099", starts_at=late, ends_at=late + timedelta(hours=4))
    an_action(world, "WM-0100", starts_at=late + timedelta(days=50), ends_at=late + timedelta(days=51))
    with world.desk("cell").writing() as work:
        request = conferences.ConveneRequest(("WM-0100",), late, late + timedelta(hours=4), ("ngo",), "k2")
        conferences.convene(work, request)

    week, _ = printed(world, "cell", WEEK, choice=kind, day=date(2026, 11, 30))
    month, _ = printed(world, "cell", MONTH, choice=kind, day=date(2027, 3, 1))

    title = "Planned action 2/2" if kind == "actions" else "Case conference"
    assert f"Mon 30 November until 02:00 {title} Tue 1 December – Nothing" in week
    assert week.count(title) == 1
    assert title not in month


@pytest.mark.parametrize(("hour", "said"), [(8, "08:00–10:00"), (22, "22:00–Wed 00:00")])
def test_two_hours_keep_their_words_and_their_day(world: World, hour: int, said: str) -> None:
    begins = datetime(2026, 12, 1, hour, tzinfo=UTC)
    an_action(world, "WM-0099", starts_at=begins, ends_at=begins + timedelta(hours=2))

    words, _ = printed(world, "cell", WEEK, choice="actions", day=begins.date())

    assert f"Tue 1 December {said} Planned action 1/1 Wed 2 December – Nothing" in words


def test_where_the_clocks_go_back_what_begins_first_stands_first(world: World) -> None:
    """The file has the second in UTC, where the London clock is ambiguous: at 00:30, before the first's 00:45."""
    for number, at in enumerate(
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 24, 23, 45, tzinfo=UTC))
    ):
        an_action(world, f"WM-009{number}", starts_at=at, ends_at=at + timedelta(minutes=10))

    words, _ = printed(world, "cell", WEEK, choice="actions", day=date(2026, 10, 25))

    assert "Sun 25 October 00:45–00:55 Planned action 1/2 01:30 BST–01:40 BST Planned action 2/2" in words


def test_a_phase_begun_before_stands_once_above_the_days(world: World) -> None:
    with world.database.write() as session:
        session.add(
            Phase(
                operation_id=world.operation,
                number=2,
                kind=PhaseKind.ENFORCEMENT,
                starts_on=date(2026, 11, 2),
                ends_on=date(2026, 12, 20),
                calendar_uid="uid-phase",
                changed_at=NOW,
            )
        )

    words, _ = printed(world, "cell", WEEK, choice="phases", day=date(2026, 12, 9))

    assert "Phase 2: Mon 2 November 2026 to Sun 20 December 2026" in words
    assert words.count("Phase 2") == 1
    assert words.count("Nothing") == 7
