"""What is taken from somebody is off their open page within 60 seconds, without a click: session, post, action."""

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page
from sqlmodel import select

from planner.models.accounts import Account
from planner.models.directory import Appointment
from planner.services import compartments
from planner.work import Desk, utc_now
from tests.browser.conftest import settled
from tests.browser.stage import REFERENCE, enter, exercise_at
from tests.browser.walk import PATIENCE_MS, Exercise, person

SMALL = 40
WITHIN_SECONDS = 60
GONE = "There is no such page, or none that you can open."


@pytest.fixture
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("open"), actions=SMALL) as found:
        yield found


@pytest.fixture
def action_open(at_width: Callable[..., BrowserContext], exercise: Exercise) -> Callable[[str], Page]:
    """The action's page as somebody has it open, in a browser of their own."""

    def open_for(name: str) -> Page:
        page = enter(at_width(), exercise, name).new_page()
        page.goto(f"{exercise.address}/action?ref={REFERENCE}")
        page.get_by_role("heading", name=f"Action {REFERENCE}").wait_for(timeout=PATIENCE_MS)
        settled(page)
        return page

    return open_for


def seconds_until(page: Page, sentence: str) -> float:
    """How long a page takes to say something by itself."""
    begun = time.monotonic()
    page.get_by_text(sentence).wait_for(timeout=(WITHIN_SECONDS + 15) * 1000)
    return time.monotonic() - begun


def shows_action(page: Page) -> bool:
    return page.get_by_role("heading", name=f"Action {REFERENCE}").count() == 1


def test_a_session_ended_from_another_browser_is_off_its_open_page_within_60_seconds(
    at_width: Callable[..., BrowserContext], exercise: Exercise, action_open: Callable[[str], Page]
) -> None:
    page, other = action_open("silver"), enter(at_width(), exercise, "silver").new_page()
    other.goto(f"{exercise.address}/account")

    other.get_by_role("button", name="End it").first.click()
    other.get_by_text("That session is ended; its page is closed within a minute.").wait_for(timeout=PATIENCE_MS)
    took = seconds_until(page, "Your session has ended. Sign in again to go on.")

    print(f"the page was left after {took:.0f} seconds")  # noqa: T201
    assert took <= WITHIN_SECONDS
    assert not shows_action(page)
    assert other.get_by_role("heading", name="Your account").count() == 1


def test_a_post_that_is_lost_is_off_an_open_page_within_60_seconds(
    exercise: Exercise, action_open: Callable[[str], Page]
) -> None:
    page, other = action_open("silver"), action_open("gold")

    with exercise.database.write() as session:
        for post in session.exec(select(Appointment).where(Appointment.person_id == person(exercise, "silver"))):
            session.delete(post)
    took = seconds_until(page, GONE)

    print(f"the page was left after {took:.0f} seconds")  # noqa: T201
    assert took <= WITHIN_SECONDS
    assert not shows_action(page)
    assert shows_action(other)


@pytest.mark.full_size
def test_an_action_that_is_closed_is_off_the_open_pages_of_others_within_60_seconds(
    exercise: Exercise, action_open: Callable[[str], Page]
) -> None:
    page, other = action_open("silver"), action_open("gold")

    with Desk(exercise.database, person(exercise, "gold")).writing() as work:
        compartments.close_to(work, REFERENCE, ())
    took = seconds_until(page, GONE)

    print(f"the page was left after {took:.0f} seconds")  # noqa: T201
    assert took <= WITHIN_SECONDS
    assert not shows_action(page)
    assert shows_action(other)


@pytest.mark.full_size
def test_a_closed_account_is_off_its_open_page_within_60_seconds(
    exercise: Exercise, action_open: Callable[[str], Page]
) -> None:
    page, other = action_open("silver"), action_open("gold")

    with exercise.database.write() as session:
        silver = session.exec(select(Account).where(Account.user_name == "silver")).one()
        silver.closed_at = utc_now()
        session.add(silver)
    took = seconds_until(page, "Your session has ended. Sign in again to go on.")

    assert took <= WITHIN_SECONDS
    assert not shows_action(page)
    assert shows_action(other)
