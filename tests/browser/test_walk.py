"""The whole walk in a browser: roles, conference, care, go-ahead, and the go-ahead falling with the places."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator

from planner import facts
from planner.access import action_id_of
from planner.db import Database
from planner.services.exercise import load_pentameter2
from planner.ui.desk import PAGES
from planner.work import Desk
from tests.browser.conftest import ROOT, keep_picture, serving
from tests.browser.walk import (
    Exercise,
    Visitor,
    answer_by_telephone,
    arrive,
    gate_says,
    hold_of,
    person,
    unit_of_provider,
    waiting_offers,
)

REFERENCE = "WM-0001"
ACTION = f"action?ref={REFERENCE}"
GO_AHEAD = f"go_ahead?ref={REFERENCE}"
CONDITION = "An interpreter of the same sex"
Arrive = Callable[[str | None], Visitor]

pytestmark = [pytest.mark.browser, pytest.mark.heavy]


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    var = tmp_path_factory.mktemp("walk")
    database = Database(f"sqlite:///{var / 'planner.db'}")
    load_pentameter2(database)
    settings = {"PLANNER_VAR": str(var)}
    with serving(ROOT / "streamlit_app.py", settings, log=var / "log") as address:
        yield Exercise(address, var, database)
    database.dispose()


@pytest.fixture
def person_at(at_width: Callable[..., BrowserContext], exercise: Exercise) -> Arrive:
    """A person with a browser of their own, signed in under a user name, or nobody's."""
    return lambda name: arrive(at_width, exercise, name)


def standing(exercise: Exercise) -> str:
    return str(gate_says(exercise, REFERENCE)[1]["go_ahead"])


def answer_all(visitor: Visitor, exercise: Exercise, name: str) -> int:
    """Say yes to all that waits for this person; the partner's first yes has a condition. How many were answered."""
    own = person(exercise, name)
    number = sum(lead == own for _, lead in waiting_offers(exercise, REFERENCE))
    visitor.open("my_part")
    for index in range(number):
        if index == 0 and name == "partner":
            visitor.page.get_by_text("Yes, on conditions…").click()
            visitor.fill("Another condition, in a sentence", CONDITION)
            visitor.press("Yes, on these conditions")
        else:
            visitor.press("Yes, we will")
        visitor.is_told("Your answer is kept: yes")
        visitor.open("my_part")
    return number


def fill_the_posts(silver: Visitor, person_at: Arrive, exercise: Exercise) -> None:
    silver.open(ACTION, "Roles").press("Offer every required post to who can fill it")
    silver.is_told("6 posts are offered.")
    assert answer_all(person_at("partner"), exercise, "partner") >= 1
    assert answer_all(person_at("officer"), exercise, "officer") >= 1
    answer_by_telephone(exercise, REFERENCE)
    silver.open(ACTION, "Roles").fill("What is done about it", "One is booked.")
    silver.press("It is met")
    silver.is_told("The partner is told that the condition is met.")


def hold_the_conference(cell: Visitor) -> None:
    cell.open(ACTION, "Conference").press("Convene")
    cell.is_told("The conference is convened.")
    cell.open(ACTION, "Conference")
    seats = cell.page.locator('[data-testid="stCheckbox"]').locator("visible=true")
    for index in range(seats.count()):
        seats.nth(index).locator("label").click()
    cell.choose("Victim's advocate", "Support partner")
    cell.press("Record who came")
    cell.is_told("Attendance is recorded.")
    cell.open(ACTION, "Conference").choose("Decision for this action", "Proceed")
    cell.fill("Reasons", "Roles and power are there; care follows today.")
    cell.press("Record the decision")
    cell.is_told("The decision is recorded.")


def book_the_places(silver: Visitor, provider: Visitor, exercise: Exercise) -> None:
    with Desk(exercise.database).reading() as look:
        action = action_id_of(look, REFERENCE)
        zone = facts.facts_of(look, action).action.zone
    unit = unit_of_provider(exercise, zone)
    silver.open(ACTION, "Care").choose("Unit", unit)
    silver.choose("For", "Woman")
    silver.fill("Places", "2")
    silver.press("Hold places")
    silver.is_told("The places are held or asked for.")
    provider.open("care").press("Confirm", within=booking(provider, exercise))
    provider.is_told("The places are confirmed")


def booking(provider: Visitor, exercise: Exercise) -> Locator:
    return provider.page.locator(f'[class*="st-key-hold-{hold_of(exercise, REFERENCE)}-"]')


def test_a_go_ahead_is_earned_and_falls_when_the_places_are_taken_back(person_at: Arrive, exercise: Exercise) -> None:
    silver, gold, provider = person_at("silver"), person_at("gold"), person_at("provider")

    fill_the_posts(silver, person_at, exercise)
    hold_the_conference(person_at("cell"))
    book_the_places(silver, provider, exercise)
    silver.open(ACTION).press("Ask for the go-ahead")
    silver.is_told("Gold is asked for the go-ahead.")
    gold.open(GO_AHEAD).press("Give the go-ahead")
    gold.is_told(f"The go-ahead for {REFERENCE} is given.")
    keep_picture(gold.page, "walk_given")

    assert "Go-ahead stands" in gold.text()
    assert gate_says(exercise, REFERENCE)[0] == 0
    assert standing(exercise) == "standing"
    calendar = silver.page.request.get(f"{exercise.address}/files/calendar/force/WMI")
    assert calendar.ok
    assert REFERENCE in calendar.text()

    provider.open("care")
    booking(provider, exercise).get_by_text("Take back…").click()
    provider.fill("Why, in a few words", "The house must close.", within=booking(provider, exercise))
    provider.press("Take these places back", within=booking(provider, exercise))
    provider.is_told("It is kept, and the planners are told.")

    gold.open(GO_AHEAD)
    assert "Go-ahead suspended" in gold.text()
    keep_picture(gold.page, "walk_suspended")
    code, answer = gate_says(exercise, REFERENCE)
    assert (code, answer["go_ahead"], answer["ready"]) == (1, "suspended", False)
    care = next(item for item in answer["findings"] if item["check"] == "care")
    assert (care["state"], care["blocks"]) == ("unmet", True)


@pytest.mark.parametrize("name", ["stranger", None], ids=["without a post", "signed out"])
def test_who_has_no_part_sees_nothing_of_an_action_and_silver_does(
    person_at: Arrive, exercise: Exercise, name: str | None
) -> None:
    outsider = person_at(name)

    for path in [*PAGES, ACTION, GO_AHEAD]:
        outsider.open(path)
        assert REFERENCE not in outsider.text(), path

    assert REFERENCE in person_at("silver").open(ACTION).text()
