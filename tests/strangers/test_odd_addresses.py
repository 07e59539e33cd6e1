"""Odd values in a page's address break nothing, tell nothing, and answer a stranger as they answer everybody."""

import pytest
from streamlit.testing.v1 import AppTest

from planner.db import Database
from planner.services.records import verify_record
from planner.services.sessions import hash_of
from planner.settings import ROOT
from planner.ui.desk import PAGES
from tests.builders import World, a_world, an_action
from tests.web.site import client_of, enter, give_account, session_of

CANARY = "WM-4711"
ODD = {
    "nothing": "",
    "a space": " ",
    "eighty letters": "A" * 80,
    "a quotation mark": "' OR 1=1 --",
    "a wildcard": "WM-%",
    "markup": "<script>alert(1)</script>![x](http://evil.example/a.png)",
    "another script": "ＷＭ－４７１１",
    "a turned direction": "\u202e1174-MW",
    "a number": "-1",
    "a path": "../../planner.db",
}
NAMES = ("ref", "action", "tab", "unit", "operation", "page")


def opened(file: str, sid: str, value: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / file), default_timeout=30)
    page.user = {"username": "x", "sid": sid}
    for name in NAMES:
        page.query_params[name] = value
    return page.run()


def drawn(page: AppTest) -> str:
    return "\n".join(str(getattr(element, "value", "")) for element in page).replace("\\", "")


@pytest.fixture
def world(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("PLANNER_DATABASE_URL", database_url)
    world = a_world(database)
    an_action(world, CANARY)
    return world


def seat(world: World, name: str) -> str:
    give_account(world, name)
    return hash_of(session_of(world.database, name))


@pytest.mark.parametrize("value", ODD.values(), ids=ODD.keys())
def test_an_odd_value_in_the_address_breaks_no_page(world: World, value: str) -> None:
    owner, stranger = seat(world, "cell"), seat(world, "stranger")

    for file in [f"{name}.py" for name in PAGES]:
        for sid in (owner, stranger):
            page = opened(file, sid, value)
            assert not page.exception, file
            assert "Something went wrong" not in drawn(page), file
            assert sid == owner or CANARY not in drawn(page), file
    with world.desk("cell").reading() as look:
        assert verify_record(look).whole


def test_the_right_value_opens_the_page(world: World) -> None:
    page = opened("action.py", seat(world, "cell"), CANARY)

    assert not page.exception
    assert CANARY in drawn(page)


@pytest.mark.parametrize(
    "name", ["%00", "OP1%00", "A" * 3000, "..%2f..%2fetc%2fpasswd", "%ff", "%E2%80%AE", "' OR 1=1 --", "OP1/x"]
)
@pytest.mark.parametrize("scope", ["operation", "force", "agency", "person", "%00"])
def test_an_odd_name_of_a_file_is_no_file(database: Database, scope: str, name: str) -> None:
    give_account(a_world(database))
    client = client_of(database)
    enter(client)

    answer = client.get(f"/files/calendar/{scope}/{name}/usual/why")

    assert (answer.status_code, answer.text) == (404, "There is no such file, or none that you can open.")
    assert client.get("/files/calendar/operation/OP1/usual/why").status_code == 200
