"""A partner's sixty seconds: from the letter's link on a remembered phone to an answer that is kept."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlmodel import col, select

from planner.models.directory import Agency, Person
from planner.models.records import Notice
from planner.models.roles import Condition, RoleOffer
from planner.rules.words import OfferState
from planner.services.offers import OfferRequest, offer_role
from planner.settings import load_settings
from planner.web.cookies import cookie_name
from planner.work import Desk
from tests.browser.conftest import PHONE, axe_findings, keep_picture, scrolls_sideways, settled
from tests.browser.stage import REFERENCE, enter, exercise_at
from tests.browser.walk import PATIENCE_MS, Exercise, person

WORDS_A_MINUTE = 200
NARROWEST = (360, 640)
MOST_TABS = 60
CONDITION = "Travel paid for"


@dataclass
class Hand:
    """One hand on a phone: every tap is counted, the one on the letter's link included."""

    page: Page
    taps: int = 0

    def follow(self, address: str) -> None:
        self.taps += 1
        self.page.goto(address)
        settled(self.page)

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.click()


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("sixty"), actions=40, prepare=ask_more) as found:
        yield found


def ask_more(exercise: Exercise) -> None:
    """Posts that wait for the partner, so that each test has one of its own."""
    with exercise.database.read() as session:
        lead = session.get_one(Person, person(exercise, "partner"))
        agency = session.get_one(Agency, lead.agency_id).code
    for role in ("interpreter_lead", "reception_lead", "transport_lead"):
        with Desk(exercise.database, person(exercise, "silver")).writing() as work:
            offer_role(work, OfferRequest(REFERENCE, role, agency, role, lead_id=lead.id))


@pytest.fixture
def phone_of_partner(at_width: Callable[..., BrowserContext], exercise: Exercise) -> Callable[..., Page]:
    """A phone that is remembered, and on which nobody is signed in any more."""

    def remembered(size: tuple[int, int] = PHONE) -> Page:
        context = enter(at_width(size), exercise, "partner")
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{exercise.address}/login/remember")
        page.get_by_role("button", name="Remember this device").click()
        settled(page)
        context.clear_cookies(name=cookie_name(load_settings()))
        return page

    return remembered


def waiting(exercise: Exercise) -> tuple[int, str]:
    """An offer that waits for the partner, and the path that the letter about it leads to."""
    with exercise.database.read() as session:
        lead = person(exercise, "partner")
        asked = select(RoleOffer.id).where(RoleOffer.lead_id == lead, RoleOffer.state == OfferState.OFFERED)
        number = session.exec(asked.order_by(col(RoleOffer.id))).first() or 0
        told = select(Notice.path).where(Notice.person_id == lead, Notice.path == f"/my_part?ref={number}")
        return number, session.exec(told).first() or ""


def state(exercise: Exercise, number: int) -> OfferState:
    with exercise.database.read() as session:
        return session.get_one(RoleOffer, number).state


def reading_seconds(page: Page) -> float:
    """How long it takes to read what is asked, from the page's title to the time to answer by, and the answers."""
    text = page.locator('[data-testid="stMain"]').inner_text()
    asked = text[text.index("Can you do this?") : text.index("A yes can be taken back")]
    bar = page.locator('[data-testid="stBottom"]').inner_text()
    return len((asked + bar).split()) / WORDS_A_MINUTE * 60


def test_yes_takes_at_most_three_taps_and_a_minute(phone_of_partner: Callable[..., Page], exercise: Exercise) -> None:
    number, path = waiting(exercise)
    hand, began = Hand(phone_of_partner()), time.monotonic()

    hand.follow(exercise.address + path)
    reading = reading_seconds(hand.page)
    keep_picture(hand.page, "my-part")
    hand.tap(hand.page.get_by_role("button", name="Yes, we will"))
    hand.page.get_by_role("heading", name="Your answer is kept").wait_for()
    waited = time.monotonic() - began

    print(f"yes: {hand.taps} taps, {reading:.0f} s of reading, {waited:.1f} s of the machine")  # noqa: T201
    assert hand.taps <= 3
    assert reading + waited <= 60
    assert state(exercise, number) is OfferState.ACCEPTED


def test_yes_on_a_condition_takes_at_most_five_taps(phone_of_partner: Callable[..., Page], exercise: Exercise) -> None:
    number, path = waiting(exercise)
    hand, began = Hand(phone_of_partner()), time.monotonic()

    hand.follow(exercise.address + path)
    reading = reading_seconds(hand.page)
    hand.tap(hand.page.get_by_role("button", name="Yes, if…"))
    hand.tap(hand.page.get_by_role("button", name=CONDITION))
    settled(hand.page)
    hand.tap(hand.page.get_by_role("button", name="Yes, on these conditions"))
    hand.page.get_by_role("heading", name="Your answer is kept").wait_for()
    waited = time.monotonic() - began

    print(f"yes, if: {hand.taps} taps, {reading:.0f} s of reading, {waited:.1f} s of the machine")  # noqa: T201
    assert hand.taps <= 5
    assert reading + waited <= 60
    assert state(exercise, number) is OfferState.ACCEPTED_WITH_CONDITIONS
    with exercise.database.read() as session:
        assert session.exec(select(Condition.text).where(Condition.offer_id == number)).all() == [CONDITION]


def test_the_answers_are_in_reach_and_nothing_scrolls_sideways_on_the_narrowest_phone(
    phone_of_partner: Callable[..., Page], exercise: Exercise
) -> None:
    _, path = waiting(exercise)
    page = phone_of_partner(NARROWEST)

    page.goto(exercise.address + path)
    settled(page)

    for name in ("Yes, we will", "Yes, if…", "No…"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    assert not scrolls_sideways(page)
    assert axe_findings(page) == []


def test_the_keyboard_alone_answers(phone_of_partner: Callable[..., Page], exercise: Exercise) -> None:
    number, path = waiting(exercise)
    page = phone_of_partner()
    page.goto(exercise.address + path)
    settled(page)

    tabs = 0
    while page.evaluate("document.activeElement.innerText.trim()") != "Yes, we will" and tabs < MOST_TABS:
        page.keyboard.press("Tab")
        tabs += 1
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Your answer is kept").wait_for()

    print(f"keyboard: {tabs} tabs")  # noqa: T201
    assert state(exercise, number) is OfferState.ACCEPTED
