"""A copy of minutes holds what its reader may know and nothing beside; in the same run the cell reads all of it."""

from datetime import date

import pytest
from sqlmodel import col, update

from planner.db import Database
from planner.errors import NotFound
from planner.models.directory import Agency, Agreement
from planner.rules.sharing import Category
from planner.rules.words import AttendanceState
from planner.services import attendance, compartments, minutes
from planner.services.attendance import Seat
from planner.views.minutes import issue_named, my_minutes
from planner.views.minutes_copy import NOT_ACCEPTED, NOT_AGREED, copy_of
from tests.builders import World, a_world
from tests.minutes import (
    DISSENT,
    EVERYTHING,
    FIRST,
    LINK,
    OF_ALL,
    OF_FIRST,
    OF_SECOND,
    OPTIONS,
    PLEDGES,
    REASONS,
    SECOND,
    VENUE,
    convened,
    issue,
    meet,
    minuted,
    talk,
)
from tests.sharing import agree

NAME = "Lantern House"


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def read(world: World, name: str, number: int) -> str:
    with world.desk(name).reading() as look:
        return str(copy_of(look, number))


def found(text: str) -> set[str]:
    return {word for word in EVERYTHING if word in text}


def test_the_cell_reads_everything_but_where_it_was(world: World) -> None:
    _, number = minuted(world)

    text = read(world, "cell", number)

    assert found(text) == set(EVERYTHING)
    assert all(word in text for word in (FIRST, SECOND, f"Copy for Cell, issue {1} of Tue 24 November 2026"))
    assert (VENUE in text, LINK in text) == (False, False)


def test_a_partner_without_an_agreement_reads_logistics_and_its_own_undertaking(world: World) -> None:
    _, number = minuted(world)

    text = read(world, "health", number)

    assert found(text) == {PLEDGES[FIRST]}
    assert all(word in text for word in ("Copy for Health", "Medical lead, West Midlands, Thu 26 November", "Proceed"))
    assert not [word for word in (FIRST, SECOND, "Force", "Victim care", "Fri 27 November") if word in text]
    assert NOT_AGREED in text


def test_a_partner_with_an_agreement_reads_of_its_own_action_and_of_all_but_of_no_other(world: World) -> None:
    _, number = minuted(world)
    agree(world, "ngo", Category.DEMAND)

    text = read(world, "partner", number)

    assert found(text) == {OF_ALL, OF_SECOND, REASONS[SECOND], OPTIONS, DISSENT, PLEDGES[SECOND]}
    assert not [word for word in (FIRST, SECOND, "Medical lead") if word in text]
    assert "Dissent of Health" in text


def test_an_agreement_with_another_force_opens_nothing(world: World) -> None:
    _, number = minuted(world)
    agree(world, "health", Category.DEMAND, police="other_force")

    assert found(read(world, "health", number)) == {PLEDGES[FIRST]}
    agree(world, "health", Category.DEMAND, police="force", reference="ISA/2")
    assert OF_FIRST in read(world, "health", number)


def test_an_agreement_that_has_ended_shuts_the_copy_again(world: World) -> None:
    _, number = minuted(world)
    agree(world, "health", Category.DEMAND)
    open_now = read(world, "health", number)

    with world.database.write() as session:
        session.exec(update(Agreement).values(valid_to=date(2026, 11, 1)))

    assert OF_FIRST in open_now
    assert found(read(world, "health", number)) == {PLEDGES[FIRST]}


def test_who_stayed_away_reads_on_once_it_accepted_confidentiality(world: World) -> None:
    conference, number = minuted(world)
    agree(world, "children", Category.CHILDREN)
    before = read(world, "children", number)

    with world.desk("children").writing() as work:
        minutes.accept_confidentiality(work, conference)

    assert (found(before), NOT_ACCEPTED in before) == (set(), True)
    assert found(read(world, "children", number)) == {OF_ALL}


def test_whoever_has_no_copy_is_answered_as_if_there_were_none(world: World) -> None:
    _, number = minuted(world)
    answers = set()

    for name in ("provider", "other_silver", "stranger"):
        for about in (number, 999_999):
            with pytest.raises(NotFound) as refused, world.desk(name).reading() as look:
                copy_of(look, about)
            answers.add(str(refused.value))
        with world.desk(name).reading() as look:
            assert my_minutes(look) == ()

    assert len(answers) == 1
    assert all(read(world, name, number) for name in ("cell", "silver", "gold", "partner"))


def test_an_action_that_is_closed_to_a_list_leaves_every_other_copy(world: World) -> None:
    _, number = minuted(world)
    agree(world, "ngo", *Category)
    with world.desk("gold").writing() as work:
        compartments.close_to(work, SECOND, [])

    cell, gold, partner = (read(world, name, number) for name in ("cell", "gold", "partner"))

    of_second = {OF_SECOND, REASONS[SECOND], DISSENT}
    assert found(cell) & (of_second | {PLEDGES[SECOND]}) == set()
    assert SECOND not in cell
    assert OF_FIRST in cell
    assert found(partner) & of_second == set()
    assert found(gold) == set(EVERYTHING)


def test_the_numbers_of_paragraphs_tell_of_no_gap(world: World) -> None:
    _, number = minuted(world)
    agree(world, "ngo", *Category)

    with world.desk("partner").reading() as look:
        copy = copy_of(look, number)

    for at, section in enumerate(copy.sections, 1):
        assert section.number == at
        rows = section.table.rows if section.table else ()
        numbers = [*(each.number for each in section.paragraphs), *(row[0] for row in rows)]
        assert numbers == [f"{at}.{each}" for each in range(1, len(numbers) + 1)]


def test_a_hidden_providers_name_is_in_nobodys_copy_but_the_cells_and_its_own(world: World) -> None:
    with world.database.write() as session:
        session.exec(update(Agency).where(col(Agency.id) == world.provider).values(name=NAME))
    number = convened(world)
    with world.desk("cell").writing() as work:
        attendance.record_attendance(work, number, [Seat("provider", AttendanceState.ATTENDED, True, False, True)])
    meet(world, number)
    talk(world, number)
    first = issue(world, number)
    agree(world, "ngo", *Category)

    texts = {name: read(world, name, first) for name in ("cell", "silver", "gold", "partner", "health")}

    assert {name for name, text in texts.items() if NAME in text} == {"cell"}
    assert all("A care provider" in texts[name] for name in ("silver", "gold", "partner", "health"))


def test_minutes_are_found_by_conference_or_by_an_action_that_one_sees(world: World) -> None:
    conference, number = minuted(world)

    with world.desk("cell").reading() as look:
        assert (issue_named(look, str(conference)), issue_named(look, FIRST)) == (number, number)
    with world.desk("partner").reading() as look:
        assert issue_named(look, str(conference)) == number  # and the copy itself decides
        with pytest.raises(NotFound) as there:
            issue_named(look, FIRST)
        with pytest.raises(NotFound) as missing:
            issue_named(look, "WM-9999")
    assert str(there.value) == str(missing.value).replace("WM-9999", FIRST)
