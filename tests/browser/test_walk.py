"""The whole walk in a browser: from a spreadsheet's row to a go-ahead, and its fall when the places are taken back."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import BrowserContext, Locator
from sqlmodel import select

from planner import facts
from planner.access import action_id_of
from planner.db import Database
from planner.models.operations import Action
from planner.services.exercise import load_pentameter2
from planner.work import Desk
from tests.browser.conftest import ROOT, keep_picture, serving
from tests.browser.walk import (
    Exercise,
    Visitor,
    arrive,
    gate_says,
    hold_of,
    imported,
    person,
    unit_of_provider,
    waiting_offers,
)

EXTERNAL = "WALK-1"
DAY = date.today() + timedelta(days=6)  # noqa: DTZ011  at noon: mornings are planned, and leads are busy then
HEADINGS = "Reference,Force,Date,Start,End,Kind,Premises,Exploitation,Languages"
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


def on(reference: str, tab: str) -> str:
    return f"action?ref={reference}&tab={tab}"


def import_a_row(silver: Visitor, exercise: Exercise, folder: Path) -> str:
    """Silver imports one line; the reference that it was given."""
    row = f"{EXTERNAL},WMI,{DAY:%d/%m/%Y},12:00,15:00,warrant,residential,sexual,Romanian"
    file = folder / "actions.csv"
    file.write_text(f"{HEADINGS}\n{row}\n", encoding="utf-8")
    silver.open("actions?tab=Import a spreadsheet")
    silver.page.locator('[data-testid="stFileUploader"] input[type="file"]').set_input_files(file)
    silver.is_told("1 new, 0 changed, 0 as they were.")
    silver.press("Import these actions")
    silver.is_told("imported")
    return imported(exercise, EXTERNAL)


def plan(silver: Visitor, reference: str) -> None:
    """Demand, children and the power, each on the action's own page."""
    silver.open(on(reference, "Plan"))
    for label, number in (("Woman: high", "4"), ("Woman: likely", "2"), ("Woman: low", "1")):
        silver.fill(label, number)
    silver.press("Keep this demand")
    silver.is_told("The demand is kept.")
    silver.choose("Children", "None")
    silver.fill("If none: the reason", "Nothing points to children.")
    silver.fill("If none: which children's representative agrees, by post", "Children's service representative")
    silver.press("Keep what is said of children")
    silver.is_told("What is said of children is kept.")
    silver.fill("Its reference", "W/4711")
    silver.pick_day("Issued on", date.today() - timedelta(days=2))  # noqa: DTZ011
    silver.press("Keep the legal basis")
    silver.is_told("The legal basis is kept.")


def arrange(silver: Visitor, reference: str) -> None:
    """What the day needs, as each partner confirmed it."""
    silver.open(on(reference, "Arrangements"))
    for kind, said in (
        ("Interpreters", "Interpreters"),
        ("Medical", "Medical"),
        ("Transport", "Transport"),
        ("Reception", "Reception"),
        ("Onward route", "Onward route after the first nights"),
        ("Provider on call", "Provider on call, up to high"),
        ("Regional cell", "Regional cell's answer"),
    ):
        silver.choose("What is confirmed", said)
        silver.fill("Confirmed by which post", "Duty manager")
        if kind == "Interpreters":
            silver.tick("By telephone too")
        if kind == "Provider on call":
            silver.fill("For how many people", "4")
        silver.press("Record as confirmed")
        silver.is_told(f"{said}: recorded as confirmed.")


def answer_all(visitor: Visitor, exercise: Exercise, reference: str, name: str) -> int:
    """Say yes to all that waits for this person; the partner's first yes has a condition. How many were answered."""
    own = person(exercise, name)
    number = sum(lead == own for _, lead in waiting_offers(exercise, reference))
    visitor.open("my_part")
    for index in range(number):
        if index == 0 and name == "partner":
            visitor.press("Yes, if…")
            visitor.fill("Another condition, in a sentence", CONDITION)
            visitor.press("Yes, on these conditions")
        else:
            visitor.press("Yes, we will")
        visitor.is_told("Your answer is kept: yes")
        visitor.open("my_part")
    return number


def answer_by_telephone(cell: Visitor, exercise: Exercise, reference: str) -> None:
    """The cell types the yes of every lead who has no browser here."""
    cell.open(on(reference, "Roles"))
    for number, _ in waiting_offers(exercise, reference):
        offer = cell.page.locator(f".st-key-offer-{number}")
        offer.get_by_text("Answer given by telephone…").click()
        cell.press("They said yes", within=offer)
        cell.is_told("The answer is kept, and the lead is told.")


def fill_the_posts(silver: Visitor, person_at: Arrive, exercise: Exercise, reference: str) -> None:
    silver.open(on(reference, "Roles")).press("Offer every required post to who can fill it")
    silver.is_told("6 posts are offered.")
    assert answer_all(person_at("partner"), exercise, reference, "partner") >= 1
    answer_all(person_at("officer"), exercise, reference, "officer")
    answer_by_telephone(person_at("cell"), exercise, reference)
    silver.open(on(reference, "Roles")).fill("What is done about it, or why it cannot be", "One is booked.")
    silver.press("It is met")
    silver.is_told("The partner is told that the condition is met.")


def hold_the_conference(cell: Visitor, reference: str) -> None:
    cell.open(on(reference, "Conference"))
    cell.pick_day("Day", date.today() + timedelta(days=1))  # noqa: DTZ011
    cell.press("Convene")
    cell.is_told("The conference is convened.")
    cell.open(on(reference, "Conference"))
    cell.page.get_by_role("link", name="Open the conference").click()
    cell.page.get_by_role("heading", name="Planned conference").wait_for()
    cell.tick("It is held now, earlier than convened")
    for agency in cell.invited():
        cell.seat(agency, advocate=agency.startswith("Support partner"))
    cell.press("Open the agenda")
    cell.is_told("The agenda is open.")
    cell.fill("Reasons", "Roles and power are there; care follows today.")
    cell.press("Record the decision")
    cell.is_told("The decision is recorded.")


def book_the_places(silver: Visitor, provider: Visitor, exercise: Exercise, reference: str) -> None:
    with Desk(exercise.database).reading() as look:
        zone = facts.facts_of(look, action_id_of(look, reference)).action.zone
    unit = unit_of_provider(exercise, zone)
    provider.open("care").choose("Unit", unit)
    provider.fill("Places on each of these nights", "40")
    provider.press("Open these places")
    provider.is_told("The places are open.")
    silver.open(on(reference, "Care")).choose("Unit", unit)
    silver.choose("For", "Women")
    silver.fill("Places", "2")
    silver.press("Hold places")
    silver.is_told("The places are held until ")
    provider.open("care").press("Confirm", within=booking(provider, exercise, reference))
    provider.is_told("confirmed; the planners are told.")


def booking(provider: Visitor, exercise: Exercise, reference: str) -> Locator:
    return provider.page.locator(f'[class*="st-key-hold-{hold_of(exercise, reference)}-"]')


def download_the_calendar(silver: Visitor) -> Calendar:
    silver.open("calendar", "Take it out")
    silver.fill("Why you take it out", "For the briefing")
    with silver.page.expect_download() as coming:
        silver.page.get_by_text("Download this calendar").click()
    return Calendar.from_ical(Path(coming.value.path()).read_bytes())


def take_the_places_back(provider: Visitor, exercise: Exercise, reference: str) -> None:
    provider.open("care")
    booking(provider, exercise, reference).get_by_text("Take back…").click()
    provider.fill("Why, in a few words", "The house must close.", within=booking(provider, exercise, reference))
    provider.press("Take these places back", within=booking(provider, exercise, reference))
    provider.is_told("taken back; the planners are told, with your reason.")


def test_a_go_ahead_is_earned_from_a_spreadsheet_row_and_falls_with_the_places(
    person_at: Arrive, exercise: Exercise, tmp_path: Path
) -> None:
    silver, gold, provider = person_at("silver"), person_at("gold"), person_at("provider")

    reference = import_a_row(silver, exercise, tmp_path)
    plan(silver, reference)
    arrange(silver, reference)
    fill_the_posts(silver, person_at, exercise, reference)
    hold_the_conference(person_at("cell"), reference)
    book_the_places(silver, provider, exercise, reference)
    silver.open(f"action?ref={reference}").press("Ask for the go-ahead")
    silver.is_told("Gold is asked for the go-ahead.")
    gold.open(f"go_ahead?ref={reference}").press("Give the go-ahead")
    gold.is_told(f"The go-ahead for {reference} is given.")
    keep_picture(gold.page, "walk_given")

    code, answer = gate_says(exercise, reference)
    assert "Go-ahead stands" in gold.text()
    assert (code, answer["go_ahead"], answer["ready"]) == (0, "standing", True)
    assert "overridden" not in {item["state"] for item in answer["findings"]}
    with exercise.database.read() as session:
        uid = session.exec(select(Action.calendar_uid).where(Action.reference == reference)).one()
    entries = [entry for entry in download_the_calendar(silver).events if str(entry["uid"]) == uid]
    assert [str(entry.start.date()) for entry in entries] == [str(DAY)]
    silver.open(str(entries[0]["url"]).rpartition("/")[2])
    assert f"Action {reference}" in silver.text()

    take_the_places_back(provider, exercise, reference)

    gold.open(f"go_ahead?ref={reference}")
    assert "Go-ahead suspended" in gold.text()
    keep_picture(gold.page, "walk_suspended")
    code, answer = gate_says(exercise, reference)
    assert (code, answer["go_ahead"], answer["ready"]) == (1, "suspended", False)
    care = next(item for item in answer["findings"] if item["check"] == "care")
    assert (care["state"], care["blocks"]) == ("unmet", True)
