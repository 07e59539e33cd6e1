"""Where boards are taken out: each on a tab that there is, with what it holds, for a reason; the link is the file's."""

from urllib.parse import unquote

import pytest
from streamlit.testing.v1 import AppTest

from planner.db import Database
from planner.outputs.boards.registry import BOARDS
from planner.ui.export_forms import AS_FILTERED, EVERYTHING, OF_OPERATION
from tests.builders import World, a_world, an_action
from tests.ui.pages import opened

PAGES = sorted({board.page for board in BOARDS.values()})


@pytest.fixture
def world(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("PLANNER_DATABASE_URL", database_url)
    world = a_world(database)
    an_action(world)
    return world


def unfolded(world: World, page: str, tab: str, board: str) -> AppTest:
    where = {"show": tab} if page == "roles" else {"tab": tab}
    test = opened(world, f"{page}.py", "cell", **where)
    test.session_state[f"export-{board}"] = True
    test.run()
    assert not test.exception
    return test


def links(page: AppTest) -> list[str]:
    return [element.proto.url for element in page.get("link_button") if "/files/table/" in element.proto.url]


@pytest.mark.parametrize("page", PAGES)
def test_every_board_stands_on_a_tab_that_there_is(world: World, page: str) -> None:
    tabs = {tab.label for tab in opened(world, f"{page}.py", "cell").tabs}

    assert {board.tab for board in BOARDS.values() if board.page == page and board.tab} - tabs == set()


def test_without_a_reason_there_is_no_link_and_with_one_it_says_what_the_filter_says(world: World) -> None:
    page = unfolded(world, "actions", "All actions", "actions")
    assert links(page) == []

    page.selectbox(key="export-actions-name").set_value("actions")
    page.text_input(key="export-actions-why").set_value("For a/b").run()

    assert [unquote(unquote(link)) for link in links(page)] == ["/files/table/actions.xlsx;to_come=yes/For a/b"]
    assert AS_FILTERED in page.text[-1].value


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("Ring 07700 900123", "telephone number"),
        ("a/../b", "in words"),
        ("..", "in words"),
        ("It is SECRET", "no place here"),
        ("For the file " * 20, "at most 200 characters; this has 259"),
        ("a\u0007b", "cannot be seen"),
    ],
)
def test_a_reason_for_which_no_file_is_given_is_refused_before_the_link(world: World, why: str, told: str) -> None:
    page = unfolded(world, "actions", "All actions", "actions")

    page.text_input(key="export-actions-why").set_value(why).run()

    assert links(page) == []
    assert told in page.text[-1].value


def test_the_record_leaves_as_its_page_filters_it_and_its_limit_is_said(world: World) -> None:
    page = unfolded(world, "record", "Lines", "record")
    page.text_input[0].set_value("WM-").run()
    page.text_input(key="export-record-why").set_value("For court").run()

    assert [unquote(unquote(link)) for link in links(page)] == ["/files/table/record.xlsx;text=WM-/For court"]
    assert any(f"{AS_FILTERED} At most the newest 10,000 lines" in text.value for text in page.text)


def test_accounts_leave_as_their_page_filters_them(world: World) -> None:
    page = unfolded(world, "accounts", "", "accounts")
    page.checkbox[0].check().run()
    page.text_input(key="export-accounts-why").set_value("For a check").run()

    assert [unquote(unquote(link)) for link in links(page)] == ["/files/table/accounts.xlsx;without=yes/For a check"]


@pytest.mark.parametrize(
    ("page", "tab", "board", "told", "scope"),
    [
        ("roles", "All offers", "offers", EVERYTHING, "offers.xlsx"),
        ("directory", "Training", "trained", EVERYTHING, "trained.xlsx"),
        ("care", "Places by night", "nights", EVERYTHING, "nights.xlsx"),
        ("conferences", "Standing groups", "standing-groups", EVERYTHING, "standing-groups.xlsx"),
        ("operation", "Overrides", "overrides", OF_OPERATION, "overrides.xlsx;operation=OP1"),
        ("conferences", "To come", "conferences", EVERYTHING, "conferences.xlsx"),
    ],
)
def test_other_tabs_say_that_they_give_everything(
    world: World, page: str, tab: str, board: str, told: str, scope: str
) -> None:
    shown = unfolded(world, page, tab, board)
    shown.text_input(key=f"export-{board}-why").set_value("For a briefing").run()

    assert [unquote(link) for link in links(shown)] == [f"/files/table/{scope}/For a briefing"]
    assert any(told in text.value for text in shown.text)
