"""A page opened as somebody, and its buttons pressed."""

from streamlit.testing.v1 import AppTest

from planner.services.sessions import hash_of
from planner.settings import ROOT
from tests.builders import World
from tests.web.site import give_account, session_of


def opened(world: World, page: str, name: str = "silver", reference: str = "", tab: str = "", **asked: str) -> AppTest:
    give_account(world, name)
    sid = hash_of(session_of(world.database, name))
    test = AppTest.from_file(str(ROOT / "pages" / page), default_timeout=30)
    test.user = {"username": name, "sid": sid}
    test.query_params["ref"] = reference
    for key, value in asked.items():
        test.query_params[key] = value
    if tab:
        test.query_params["tab"] = tab
    return test.run()


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page
