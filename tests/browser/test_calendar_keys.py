"""The calendar by keyboard alone: Tab into it, arrows inside, Enter opens the thing, Move… leads to its move."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import select

from planner.models.accounts import Account
from planner.models.conferences import Conference
from planner.models.operations import Action, Operation, StrikeDay
from planner.rules.windows import local
from planner.services.strike_days import StrikeDayRequest, set_strike_day
from planner.work import Desk
from tests.browser.conftest import DESK, PHONE, axe_findings, scrolls_sideways, settled
from tests.browser.stage import REFERENCE, enter, exercise_at
from tests.browser.walk import PATIENCE_MS, Exercise

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
SMALL = 120  # so many that a day is too full for a month
ENTRY = ".calendar a:visible"
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
FOCUSED = """() => document.activeElement.closest(".calendar a")?.innerText ?? "" """
MOST_TABS = 60


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("calendar"), actions=SMALL) as exercise:
        yield exercise


def day_of(exercise: Exercise) -> str:
    with exercise.database.read() as session:
        row = session.exec(select(Action).where(Action.reference == REFERENCE)).one()
        return local(row.starts_at).date().isoformat()


def fullest_day(exercise: Exercise) -> str:
    """The day of most actions and conferences."""
    with exercise.database.read() as session:
        starts = [*session.exec(select(Action.starts_at)), *session.exec(select(Conference.starts_at))]
    ((day, _),) = Counter(local(at).date() for at in starts).most_common(1)
    return day.isoformat()


def set_day(exercise: Exercise, name: str) -> int:
    """A strike day of the action alone; the cell sets it."""
    with exercise.database.read() as session:
        person = session.exec(select(Account.person_id).where(Account.user_name == "cell")).one()
        code = session.exec(select(Operation.code)).one()
    asked = StrikeDayRequest(code, name, date.fromisoformat(day_of(exercise)), (REFERENCE,))
    with Desk(exercise.database, person).writing() as work:
        if row := work.session.exec(select(StrikeDay).where(StrikeDay.name == name)).first():
            return row.id or 0
        return set_strike_day(work, asked).id or 0


def seat(context: BrowserContext, exercise: Exercise, path: str, who: str = "silver") -> Page:
    page = enter(context, exercise, who).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{exercise.address}/{path}")
    settled(page)
    page.locator(ENTRY).first.wait_for()
    return page


def go_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press a key until the entry with these words has the focus, as somebody without a mouse does."""
    wanted = page.locator(ENTRY).and_(page.get_by_role("link", name=name)).first
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        if wanted.evaluate("(entry) => document.activeElement === entry"):
            return
    raise AssertionError(f"{MOST_TABS} times {key} reach no entry {name}; the last was {page.evaluate(FOCUSED)}")


def go_back_to(page: Page, address: str) -> None:
    """One press of the browser's Back."""
    page.go_back()
    page.wait_for_url(address)
    settled(page)


@SIZES
@pytest.mark.parametrize("shape", ["Month", "Week", "Agenda"])
def test_an_action_is_reached_by_tab_and_opened_by_enter(
    at_width: Callable[..., BrowserContext], exercise: Exercise, size: tuple[int, int], shape: str
) -> None:
    page = seat(at_width(size), exercise, f"calendar?show={shape}&day={day_of(exercise)}")
    page.get_by_role("link", name=shape, exact=True).focus()
    begun = page.url

    go_to(page, REFERENCE)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(f"Action {REFERENCE}")
    go_back_to(page, begun)
    expect(page.get_by_role("heading", level=1)).to_have_text("Calendar")
    expect(page.locator(ENTRY).filter(has_text=REFERENCE).first).to_be_visible()
    assert not scrolls_sideways(page)


@SIZES
def test_the_arrows_go_from_one_entry_to_the_next_and_tab_goes_on(
    at_width: Callable[..., BrowserContext], exercise: Exercise, size: tuple[int, int]
) -> None:
    page = seat(at_width(size), exercise, f"calendar?show=Agenda&day={day_of(exercise)}")
    page.locator(ENTRY).first.focus()
    passed = [page.evaluate(FOCUSED)]

    for _ in range(4):
        page.keyboard.press("ArrowDown")
        passed.append(page.evaluate(FOCUSED))
    page.keyboard.press("ArrowUp")

    assert len(set(passed)) == len(passed)
    assert page.evaluate(FOCUSED) == passed[-2]
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) not in ("", passed[-2])


@SIZES
def test_move_leads_to_where_what_follows_is_listed_first(
    at_width: Callable[..., BrowserContext], exercise: Exercise, size: tuple[int, int]
) -> None:
    page = seat(at_width(size), exercise, f"calendar?show=Agenda&day={day_of(exercise)}")
    page.get_by_role("link", name="Agenda", exact=True).focus()

    go_to(page, f"Move… {REFERENCE}")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(f"Action {REFERENCE}")
    expect(page.get_by_role("button", name="See what follows")).to_be_visible()


@SIZES
def test_a_strike_day_and_a_phase_lead_to_themselves_and_one_press_of_back_leads_here_again(
    at_width: Callable[..., BrowserContext], exercise: Exercise, size: tuple[int, int]
) -> None:
    name = "Strike one"
    number = set_day(exercise, name)
    page = seat(at_width(size), exercise, f"calendar?show=Agenda&day={day_of(exercise)}", "cell")
    begun = page.url

    page.locator(ENTRY).filter(has_text=name).first.click()
    expect(page.get_by_role("heading", name="Strike days")).to_be_visible()
    expect(page.get_by_role("combobox", name="Strike day")).to_have_value(re.compile(f"^{name}"))
    assert f"strike={number}" in page.url
    go_back_to(page, begun)
    page.locator(ENTRY).filter(has_text="Phase").first.click()
    expect(page.get_by_role("heading", name="Phases")).to_be_visible()
    go_back_to(page, begun)

    expect(page.locator(ENTRY).filter(has_text=name).first).to_be_visible()


def test_with_a_key_held_an_entry_opens_in_a_tab_of_its_own(
    at_width: Callable[..., BrowserContext], exercise: Exercise
) -> None:
    page = seat(at_width(), exercise, f"calendar?show=Week&day={day_of(exercise)}")
    begun = page.url

    with page.context.expect_page() as opened:
        page.locator(ENTRY).filter(has_text=REFERENCE).first.click(modifiers=["ControlOrMeta"])

    settled(opened.value)
    expect(opened.value.get_by_role("heading", level=1)).to_have_text(f"Action {REFERENCE}")
    assert page.url == begun


@SIZES
def test_a_step_and_a_shape_stand_in_the_address_and_back_undoes_them(
    at_width: Callable[..., BrowserContext], exercise: Exercise, size: tuple[int, int]
) -> None:
    page = seat(at_width(size), exercise, f"calendar?show=Agenda&day={day_of(exercise)}")
    before = page.locator(".calendar .caption").inner_text()

    page.get_by_role("link", name="Later", exact=True).click()
    expect(page.locator(".calendar .caption")).not_to_have_text(before)
    assert "day=" in page.url
    page.go_back()

    expect(page.locator(".calendar .caption")).to_have_text(before)


def test_later_keeps_the_keyboards_place_as_often_as_it_is_pressed(
    at_width: Callable[..., BrowserContext], exercise: Exercise
) -> None:
    page = seat(at_width(), exercise, f"calendar?day={day_of(exercise)}")
    later = page.get_by_role("link", name="Later", exact=True)
    later.focus()

    for _ in range(3):
        before = page.locator(".calendar caption").inner_text()
        page.keyboard.press("Enter")
        expect(page.locator(".calendar caption")).not_to_have_text(before)
        expect(later).to_be_focused()


def test_a_day_that_is_too_full_leads_to_the_whole_of_it(
    at_width: Callable[..., BrowserContext], exercise: Exercise
) -> None:
    page = seat(at_width(), exercise, f"calendar?day={fullest_day(exercise)}", "cell")
    more = page.locator(".calendar .more:visible").first
    left = int((more.text_content() or "").split()[0])

    more.click()

    expect(page.locator(".calendar .caption")).to_be_visible()
    assert page.locator(".calendar ol > li").first.locator("li").count() >= left + 3
    assert "show=Agenda" in page.url
    assert axe_findings(page) == []


def test_a_partner_finds_nothing_to_move_and_no_reference(
    at_width: Callable[..., BrowserContext], exercise: Exercise
) -> None:
    page = seat(at_width(), exercise, "calendar?show=Agenda", "partner")

    said = page.locator(".calendar").inner_text()
    assert "Your action" in said or "Conference" in said
    assert REFERENCE not in page.content()
    assert page.locator(".calendar .move").count() == 0


def test_where_the_days_end_later_keeps_the_keyboards_place_and_leads_nowhere(
    at_width: Callable[..., BrowserContext], exercise: Exercise
) -> None:
    page = enter(at_width(), exercise, "silver").new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{exercise.address}/calendar?day=2199-11-01")
    settled(page)
    later = page.get_by_role("link", name="Later", exact=True)
    later.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**day=2199-12-01")
    expect(later).to_be_disabled()
    expect(later).to_be_focused()
    settled(page)
    before = page.evaluate("history.length")

    page.keyboard.press("Enter")
    later.click(force=True)
    page.wait_for_timeout(1000)

    assert (page.url.rpartition("=")[2], page.evaluate("history.length")) == ("2199-12-01", before)
    assert axe_findings(page) == []


def test_the_link_of_a_calendar_file_opens_the_action_whose_tabs_and_back_are_as_ever(
    at_width: Callable[..., BrowserContext], exercise: Exercise
) -> None:
    with exercise.database.read() as session:
        entry = session.exec(select(Action.calendar_uid).where(Action.reference == REFERENCE)).one()
    page = seat(at_width(), exercise, f"calendar?day={day_of(exercise)}")
    begun = page.url
    page.goto(f"{exercise.address}/action?entry={entry}")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Action {REFERENCE}")

    page.get_by_role("tab", name="Roles", exact=True).click()
    page.wait_for_url(f"**/action?entry={entry}&tab=Roles")
    settled(page)
    page.reload()
    expect(page.get_by_role("tab", selected=True)).to_have_text("Roles")

    expect(page.get_by_role("heading", level=1)).to_have_text(f"Action {REFERENCE}")
    go_back_to(page, begun)
