"""The shared drawings in a real browser: contrast, width, and free text that is shown and never obeyed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from planner.ui.widgets import JOIN, UNSEEN
from tests.browser.conftest import DESK, PHONE, axe_findings, scrolls_sideways, serving, settled
from tests.browser.hostile import HOSTILE

SHOWN_IN = {
    "markdown": ".st-key-markdown{} [data-testid=stMarkdownContainer]",
    "button": ".st-key-button{} button p",
    "table": ".st-key-table{} td",
    "rows": ".st-key-rows{} td + td",
    "task": ".st-key-tasks{} .sentence",
    "way": ".st-key-tasks{} a.way",
}
OBEYED = "a, img, svg, em, strong, code, del, sup, sub, script, iframe, .katex, span[style]"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("server") / "log"
    with serving(Path(__file__).parent / "drawings.py", log=log) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_in_either_scheme(
    at_width: Callable[..., BrowserContext], address: str, size: tuple[int, int], scheme: str
) -> None:
    page = at_width(size, scheme).new_page()
    page.goto(address)
    settled(page)

    assert axe_findings(page) == []


def test_a_phone_never_scrolls_sideways(phone: Page, address: str) -> None:
    phone.goto(address)
    settled(phone)

    assert not scrolls_sideways(phone)


def test_a_phone_shows_a_marking_with_every_handling_instruction(phone: Page, address: str) -> None:
    phone.goto(address)
    settled(phone)
    marking = phone.locator(".stMarkdownBadge", has_text="LEGAL PROFESSIONAL PRIVILEGE")

    expect(marking).to_have_css("white-space", "normal")  # the rules of style may arrive after the words
    hidden = marking.evaluate("e => e.scrollWidth - e.clientWidth")

    assert "EMBARGOED UNTIL" in (marking.text_content() or "")
    assert hidden <= 0


@pytest.mark.parametrize(("scheme", "ink"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(15, 20, 25)")])
def test_what_is_primary_can_be_read(
    at_width: Callable[..., BrowserContext], address: str, scheme: str, ink: str
) -> None:
    page = at_width(DESK, scheme).new_page()
    page.goto(address)
    settled(page)

    button = page.get_by_role("button", name="Hold places").locator("p")
    way = page.get_by_role("link", name="Find places")

    assert [each.evaluate("e => getComputedStyle(e).color") for each in (button, way)] == [ink, ink]


@pytest.mark.parametrize(("size", "least"), [(DESK, 40), (PHONE, 44)], ids=["desk", "phone"])
def test_a_way_is_seen_when_it_has_the_focus_and_is_met_by_a_thumb(
    at_width: Callable[..., BrowserContext], address: str, size: tuple[int, int], least: int
) -> None:
    page = at_width(size).new_page()
    page.goto(address)
    settled(page)
    way = page.get_by_role("link", name="Find places")

    before = way.evaluate("e => getComputedStyle(e).outlineStyle")
    while not way.evaluate("e => e === document.activeElement"):
        page.keyboard.press("Tab")

    assert (before, way.evaluate("e => getComputedStyle(e).outlineStyle")) == ("none", "solid")
    assert way.evaluate("e => e.getBoundingClientRect().height") >= least


@pytest.mark.parametrize("place", SHOWN_IN)
def test_free_text_is_shown_letter_by_letter(page: Page, address: str, place: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    settled(page)
    drawn = [page.locator(SHOWN_IN[place].format(number)).first for number in range(len(HOSTILE))]

    texts = [(element.text_content() or "").replace(JOIN, "").strip() for element in drawn]

    assert texts == [" ".join(UNSEEN.sub("", text).split()) for text in HOSTILE]
    assert [element.locator(OBEYED).count() for element in drawn] == [0] * len(HOSTILE)
    assert [url for url in asked if not url.startswith((address, "data:", "blob:", "ws:"))] == []
