"""A page opened as somebody, and its buttons pressed."""

from streamlit.testing.v1 import AppTest

from planner.services.accounts import hash_of, sign_in
from planner.settings import ROOT
from planner.work import Desk
from tests.builders import World
from tests.web.site import give_account


def opened(world: World, page: str, name: str = "silver", reference: str = "", tab: str = "") -> AppTest:
    give_account(world, name)
    with Desk(world.database).writing() as work:
        sid = hash_of(sign_in(work, name, right=True, loopback=True) or "")
    test = AppTest.from_file(str(ROOT / "pages" / page), default_timeout=30)
    test.user = {"username": name, "sid": sid}
    test.query_params["ref"] = reference
    if tab:
        test.query_params["tab"] = tab
    return test.run()


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page
