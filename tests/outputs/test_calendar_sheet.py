"""A month and a week on paper: the file's entries under the file's titles, marked and dated, and no word more."""

import io
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from planner.db import Database
from planner.errors import InputError, NotFound
from planner.inputs.calendar_choices import choice_from
from planner.outputs.calendar_sheet import MONTH, WEEK, Stretch, calendar_sheet, stretch_of
from planner.rules.calendar_choice import USUAL, Scope
from planner.services import conferences
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
    world: World, name: str, shape: str, *, scope: str = "operation", of: str = "OP1", choice: str = USUAL
) -> tuple[str, int]:
    """The words of a sheet, its lines joined, and how many pages it has."""
    kind = Scope(scope)
    with world.desk(name).reading() as look:
        body = calendar_sheet(look, kind, of, choice_from(kind, choice), Stretch(shape, DAY))
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
