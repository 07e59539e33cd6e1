"""Every page, opened alone and inside the frame, by someone signed out and by someone without a post."""

from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from streamlit.testing.v1 import AppTest

from planner.db import Database
from planner.services.sessions import hash_of
from planner.settings import ROOT
from planner.ui.desk import PAGES
from tests.builders import a_world, an_action
from tests.web.site import give_account, session_of

FILES = sorted(path.name for path in (ROOT / "pages").glob("*.py"))
CANARY = "WM-4711"


def opened(path: Path, sid: str, reference: str = CANARY) -> AppTest:
    page = AppTest.from_file(str(path), default_timeout=30)
    page.user = {"username": "x", "sid": sid}
    page.query_params["action"] = reference
    page.query_params["ref"] = reference
    return page.run()


def drawn(page: AppTest) -> str:
    """All that was drawn, without the backslashes that keep text from being Markdown."""
    return "\n".join(str(getattr(element, "value", "")) for element in page).replace("\\", "")


@pytest.fixture
def seats(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A session's hash by user name, in a world whose one action is the canary."""
    monkeypatch.setenv("PLANNER_DATABASE_URL", database_url)
    world = a_world(database)
    an_action(world, CANARY)
    found = {"nobody": ""}
    for name in ("cell", "stranger"):
        give_account(world, name)
        found[name] = hash_of(session_of(database, name))
    return found


def test_every_page_has_a_place_in_the_navigation() -> None:
    assert {f"{name}.py" for name in PAGES} == set(FILES)


@pytest.mark.parametrize("file", FILES)
def test_a_page_opened_signed_out_shows_nothing_but_the_way_in(seats: dict[str, str], file: str) -> None:
    for sid in (seats["nobody"], "0" * 64):
        page, missing = (opened(ROOT / "pages" / file, sid, reference) for reference in (CANARY, "WM-0000"))
        way_back = quote("/?" + urlencode({"action": CANARY, "ref": CANARY}), safe="")

        assert not page.exception
        assert [title.value for title in page.title] == ["You are signed out"]
        assert [text.value for text in page.text] == ["Your session has ended. Sign in again to go on."]
        # The address that they typed themselves is in the link that leads back to it, and nowhere else.
        assert way_back in drawn(page)
        assert CANARY not in drawn(page).replace(way_back, "")
        assert drawn(page).replace(CANARY, "") == drawn(missing).replace("WM-0000", "")


@pytest.mark.parametrize("file", FILES)
def test_a_stranger_sees_nothing_and_missing_looks_like_forbidden(seats: dict[str, str], file: str) -> None:
    there = opened(ROOT / "pages" / file, seats["stranger"])
    missing = opened(ROOT / "pages" / file, seats["stranger"], "WM-0000")

    assert not there.exception
    assert CANARY not in drawn(there)
    assert drawn(there).replace(CANARY, "") == drawn(missing).replace("WM-0000", "")
    if file not in ("today.py", "account.py"):
        assert [title.value for title in there.title] == ["Not found"]


def test_the_owner_sees_the_canary(seats: dict[str, str]) -> None:
    page = opened(ROOT / "pages" / "action.py", seats["cell"])

    assert not page.exception
    assert CANARY in drawn(page)


@pytest.mark.parametrize("name", ["stranger", "cell"])
def test_the_frame_and_the_page_in_it_name_the_same_marking(seats: dict[str, str], name: str) -> None:
    page = opened(ROOT / "streamlit_app.py", seats[name])

    said = page.text[0].value.partition(" · ")[0]
    assert said == ("OFFICIAL" if name == "stranger" else "OFFICIAL-SENSITIVE")
    assert f":gray-badge[{said}]" in drawn(page)


@pytest.mark.parametrize("name", ["nobody", "stranger", "cell"])
def test_the_frame_opens_for_each(seats: dict[str, str], name: str) -> None:
    page = opened(ROOT / "streamlit_app.py", seats[name])

    assert not page.exception
    assert [title.value for title in page.title][:1] == (["You are signed out"] if name == "nobody" else ["Today"])
