"""The Content-Security-Policy as a browser keeps it: no page asks for more, and a script put into one does not run."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import opening
from tests.browser.seats import Seats
from tests.browser.stage import REFERENCE, enter, exercise_at
from tests.browser.test_accessibility import SIGHTS, Sight, look_at, wrong_with
from tests.browser.walk import PATIENCE_MS, Exercise

SMALL = 40
EVERY = 6
# What a browser's own tools run at once is not held to the policy; what they leave for later is.
LISTEN = """
window.refused = [];
addEventListener("securitypolicyviolation", found => refused.push(found.violatedDirective + " " + found.blockedURI));
"""
PLANTED = """() => setTimeout(() => {
for (const attempt of [
  () => eval("window.ran = 'eval'"),
  () => new Function("window.ran = 'Function'")(),
  () => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])) && (window.ran = "WebAssembly"),
]) try { attempt() } catch {}
const script = document.createElement("script");
script.textContent = "window.ran = 'inline'";
document.body.append(script);
document.body.insertAdjacentHTML("beforeend", "<img src='data:,x' onerror=\\"window.ran = 'handler'\\">");
const outside = document.createElement("script");
outside.src = URL.createObjectURL(new Blob(["window.ran = 'blob'"]));
document.body.append(outside);
})"""
# A library of Streamlit's would count long numbers faster with it, and counts them without it where it may not.
TRIED = "script-src wasm-eval"
Opened = Callable[[str], Page]


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("policy"), actions=SMALL) as found:
        yield found


@pytest.fixture(scope="module")
def opened(seats: Seats, exercise: Exercise) -> Iterator[Opened]:
    """The page of somebody's browser, which keeps the policy and says what it refused."""
    with opening(seats) as open_context:

        @cache
        def open_for(who: str) -> Page:
            context = open_context(bypass_csp=False)
            page = (enter(context, exercise, who) if who else context).new_page()
            page.set_default_timeout(PATIENCE_MS)
            page.add_init_script(LISTEN)
            return page

        yield open_for


@pytest.mark.parametrize("number", range(len(SIGHTS)), ids=[sight.name for sight in SIGHTS])
def test_no_page_asks_for_more_than_the_policy_allows(
    opened: Opened, exercise: Exercise, full: bool, number: int
) -> None:
    if not full and number % EVERY:
        pytest.skip(f"every page at the full size, each {EVERY}th otherwise")
    sight = SIGHTS[number]
    page, errors = opened(sight.who), []
    page.on("pageerror", lambda error: errors.append(str(error)))

    look_at(page, exercise.address, sight)

    assert errors == []
    assert [said for said in page.evaluate("refused") if said != TRIED] == []
    assert wrong_with(page) == []


def test_a_script_put_into_a_page_does_not_run(opened: Opened, exercise: Exercise) -> None:
    page = opened("silver")
    look_at(page, exercise.address, Sight("silver", f"action?ref={REFERENCE}", "Plan"))

    page.evaluate(PLANTED)
    page.wait_for_timeout(1000)

    refused = [said.partition(" ")[0] for said in page.evaluate("refused")]
    assert page.evaluate("window.ran") is None
    assert sorted(set(refused)) == ["script-src", "script-src-attr", "script-src-elem"]
