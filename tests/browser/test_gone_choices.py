"""In a browser: what is chosen is taken away by somebody else, and no press or double click is for another."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import col, delete, func, select

from planner.models.accounts import Invitation
from planner.models.care import Hold, Unit, UnitZone
from planner.models.directory import Person
from planner.views.accounts import Wanted, accounts
from planner.work import Desk, utc_now
from tests.browser.conftest import DESK, settled
from tests.browser.stage import REFERENCE, enter, exercise_at
from tests.browser.walk import PATIENCE_MS, Exercise, Visitor, person

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
GONE = "The list changed while your page was open, and what was chosen ("


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("gone"), actions=40) as exercise:
        yield exercise


@pytest.fixture
def page(at_width: Callable[..., BrowserContext], exercise: Exercise, request: pytest.FixtureRequest) -> Page:
    who, path = request.param
    page = enter(at_width(DESK, "light"), exercise, who).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{exercise.address}/{path}")
    settled(page)
    return page


def invite_two(exercise: Exercise) -> list[str]:
    """Two of those that the page lists have a link each; their titles in its order."""
    with Desk(exercise.database, person(exercise, "cell")).reading() as look:
        listed = [row.title for row in accounts(look, Wanted()) if row.user_name is None][:2]
    now = utc_now()
    with exercise.database.write() as session:
        for number in session.exec(select(Person.id).where(col(Person.title).in_(listed))):
            until = now + timedelta(days=2)
            session.add(Invitation(token_hash=f"{number}", person_id=number or 0, created_at=now, expires_at=until))
    return listed


def number(exercise: Exercise, *which: object) -> int:
    with exercise.database.read() as session:
        return int(session.exec(select(func.count()).where(*which)).one())


@pytest.mark.parametrize("page", [("silver", f"action?ref={REFERENCE}&tab=Care")], indirect=True)
def test_in_a_form_a_unit_that_is_gone_is_not_another_that_is_booked(exercise: Exercise, page: Page) -> None:
    before = number(exercise, col(Hold.id) > 0)
    field = page.get_by_role("combobox", name="Unit", exact=True).locator("visible=true").first
    words = field.input_value()
    with exercise.database.write() as session:
        gone = next(unit.id for unit in session.exec(select(Unit)) if words.startswith(unit.code))
        session.exec(delete(UnitZone).where(col(UnitZone.unit_id) == gone))

    page.get_by_role("button", name="Hold places", exact=True).dblclick()
    settled(page)

    expect(page.get_by_text(f"{GONE}{words}")).to_be_visible()
    expect(field).to_have_value("")
    assert number(exercise, col(Hold.id) > 0) == before


@pytest.mark.parametrize("page", [("cell", "accounts")], indirect=True)
def test_beside_a_button_a_double_click_withdraws_one_link(exercise: Exercise, page: Page) -> None:
    first, second = invite_two(exercise)
    page.reload()
    settled(page)
    visitor = Visitor(page, exercise.address)
    page.get_by_text("Withdraw a link…").click()

    visitor.choose("Whose link", first)
    page.get_by_role("button", name="Withdraw it", exact=True).dblclick()
    settled(page)

    expect(page.get_by_text(f"The link for {first} is good no longer.")).to_be_visible()
    expect(page.get_by_text("Refused")).to_have_count(0)
    with exercise.database.read() as session:
        link = select(Person.title).join(Invitation, col(Invitation.person_id) == col(Person.id))
        left = session.exec(link.where(col(Invitation.revoked_at).is_(None))).all()
    assert list(left) == [second]
