"""The hours of many agencies at once: all of them or nothing, each with its own line; a row changed meanwhile."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from threading import Thread

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, PlannerError, Stale
from planner.inputs.availability import MOST_A_DAY
from planner.models.directory import Agency
from planner.models.records import RecordLine
from planner.rules.availability import Availability
from planner.rules.words import Outcome
from planner.services.availability import AvailabilityRequest, TypedHours, set_availabilities, set_availability
from planner.views import record
from planner.views.availability import availability_rows
from tests.builders import World, a_world

NGO = TypedHours("ngo", "54321", time(9), time(17), actions_a_day=2)
CHILDREN = TypedHours("children", "1234567", time(20), time(8), bank_holidays=True)
OFFICE = Availability("12345", time(9), time(17), False, 2)
NIGHT = Availability("1234567", time(20), time(8), True, None)
ROUNDS = 5


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def keep(world: World, *rows: TypedHours, who: str = "cell") -> int:
    with world.desk(who).writing() as work:
        return set_availabilities(work, rows)


def said(world: World) -> dict[str, Availability]:
    with world.desk("cell").reading() as look:
        return {row.code: row.said for row in availability_rows(look) if row.said}


def lines(world: World, outcome: Outcome = Outcome.DONE) -> list[tuple[str, str, str]]:
    with world.database.read() as session:
        query = select(RecordLine.verb, RecordLine.object_ref, RecordLine.sentence)
        found = session.exec(query.where(RecordLine.outcome == outcome).order_by(col(RecordLine.number)))
        return [tuple(row) for row in found]  # type: ignore[misc]


def test_all_rows_are_kept_and_each_that_changes_has_its_line(world: World) -> None:
    first = keep(world, CHILDREN, NGO)
    again = keep(world, replace(CHILDREN, drawn=NIGHT), replace(NGO, actions_a_day=3, drawn=OFFICE))

    assert (first, again) == (2, 1)
    assert said(world) == {"ngo": OFFICE._replace(actions_a_day=3), "children": NIGHT}
    hours = "ngo can be asked Mon–Fri 09:00–17:00, not on bank holidays"
    assert lines(world) == [
        ("set_availability", "children", "children can be asked every day 20:00–08:00 the next day."),
        ("set_availability", "ngo", f"{hours}, 2 actions a day."),
        ("set_availability", "ngo", f"{hours}, 3 actions a day."),
    ]


def test_a_row_that_is_emptied_says_nothing_any_more(world: World) -> None:
    keep(world, NGO, CHILDREN)

    number = keep(world, TypedHours("ngo", "", None, None, drawn=OFFICE), TypedHours("health", "", None, None))

    assert (number, said(world)) == (1, {"children": NIGHT})
    assert lines(world)[2:] == [("clear_availability", "ngo", "When ngo can be asked is no longer said.")]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (replace(NGO, weekdays=""), "Ngo: An agency can be asked on one weekday at least. Choose the days."),
        (replace(NGO, actions_a_day=0), f"Ngo: 0 actions a day cannot be taken. Give 1 to {MOST_A_DAY}, or leave"),
        (replace(NGO, actions_a_day=MOST_A_DAY + 1), f"Ngo: {MOST_A_DAY + 1} actions a day cannot be taken."),
        (replace(NGO, closes=None), "Ngo: no time in Until. Give one, or empty the whole row to say nothing."),
        (replace(NGO, opens=None, closes=None), "Ngo: no time in From and Until. Give one"),
        (CHILDREN, "Children is in the table twice. Keep one row of it."),
    ],
)
def test_one_wrong_row_refuses_all_of_them_by_its_agencys_name(world: World, row: TypedHours, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        keep(world, CHILDREN, row)

    assert (said(world), lines(world)) == ({}, [])
    assert [(verb, about) for verb, about, _ in lines(world, Outcome.REFUSED)] == [("set_availability", row.agency)]


def test_a_row_changed_meanwhile_refuses_all_of_them_and_says_what_stands_now(world: World) -> None:
    keep(world, NGO)
    with world.desk("partner").writing() as work:
        set_availability(work, "ngo", AvailabilityRequest("6", time(10), time(12)))

    with pytest.raises(Stale, match="changed Ngo while your page was open: it can be asked Sat 10:00–12:00, not on"):
        keep(world, CHILDREN, replace(NGO, actions_a_day=3, drawn=OFFICE))

    assert said(world) == {"ngo": Availability("6", time(10), time(12), False, None)}


def test_hours_taken_away_meanwhile_are_stale_too(world: World) -> None:
    with pytest.raises(Stale, match="changed Ngo while your page was open: it has said nothing of its hours"):
        keep(world, replace(NGO, drawn=NIGHT))


def test_what_somebody_else_said_in_the_same_words_is_no_change(world: World) -> None:
    keep(world, NGO, who="partner")

    assert keep(world, NGO) == 0
    assert len(lines(world)) == 1


@pytest.mark.parametrize(
    ("who", "code", "error"),
    [
        ("partner", "children", NotAllowed),
        ("partner", "nowhere", NotAllowed),
        ("partner", "provider", NotAllowed),
        ("silver", "ngo", NotAllowed),
        ("cell", "nowhere", NotFound),
    ],
)
def test_an_agency_that_one_may_not_speak_for_refuses_all_of_them(
    world: World, who: str, code: str, error: type[PlannerError]
) -> None:
    with pytest.raises(error):
        keep(world, NGO, replace(NGO, agency=code), who=who)
    own = keep(world, NGO, who="partner")

    assert (own, said(world)) == (1, {"ngo": OFFICE})


def test_a_care_provider_answers_a_partner_like_an_agency_that_is_not_there(world: World) -> None:
    refusals = []
    for code in ("provider", "nowhere"):
        with pytest.raises(PlannerError) as refused:
            keep(world, replace(NGO, agency=code), who="partner")
        refusals.append(str(refused.value))

    assert refusals[0] == refusals[1]


def test_a_refusal_that_names_a_care_provider_is_in_the_record_of_who_may_know_it_alone(world: World) -> None:
    for rows in ([replace(NGO, agency="provider", drawn=NIGHT)], [replace(NGO, agency="provider")] * 2):
        with pytest.raises(PlannerError, match="Provider"):
            keep(world, *rows)

    told = {}
    for name in ("cell", "national"):
        with world.desk(name).reading() as look:
            told[name] = [row.sentence for row in record.lines(look, record.LineFilter())]
    assert (len(told["cell"]), told["national"]) == (2, [])


def test_two_who_keep_the_same_rows_in_another_order_wait_for_each_other(world: World) -> None:
    with world.database.read() as session:
        codes = list(session.exec(select(Agency.code)))
    rows, failed = [replace(NGO, agency=code) for code in codes], list[BaseException]()

    def keeps(order: Callable[[int], TypedHours]) -> None:
        try:
            for number in range(ROUNDS):
                turned = [replace(order(place), actions_a_day=number + 1) for place in range(len(rows))]
                try:
                    keep(world, *turned)
                except Stale:
                    continue
        except BaseException as error:
            failed.append(error)

    both = [Thread(target=keeps, args=(order,)) for order in (rows.__getitem__, rows[::-1].__getitem__)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()

    assert failed == []
    assert {item.actions_a_day for item in said(world).values()} == {1}
