"""Which pages open: every page opened by every post, each held alone."""

from collections import Counter

import pytest
from streamlit.testing.v1 import AppTest

from planner.db import Database
from planner.rules.access import PAGES, pages_of
from planner.rules.words import Post
from planner.services.sessions import hash_of
from planner.settings import ROOT
from planner.ui.desk import PAGES as DRAWN
from tests.builders import World, a_world
from tests.strangers.scene import REFERENCE, set_scene
from tests.strangers.seats import Seat, take_seats
from tests.web.site import give_account, session_of

NOT_HERE = ["There is no such page, or none that you can open."]
# Pages that draw what the database decides; the rest is the same Python on both.
A_FEW = ("today", "action", "care", "calendar", "record")


def opened(sid: str, page: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=30)
    test.user = {"username": "x", "sid": sid}
    test.query_params["ref"] = REFERENCE
    return test.run()


def drawn(page: AppTest) -> str:
    return "\n".join(str(getattr(element, "value", "")) for element in page).replace("\\", "")


def title_of(page: str) -> str:
    return {
        "operation": "Operation One",
        "action": f"Action {REFERENCE}",
        "go_ahead": f"Go-ahead: action {REFERENCE}",
    }.get(page, DRAWN[page].title)


def sit(world: World, number: int, seat: Seat) -> str:
    """A session's hash for somebody who holds this post alone."""
    name = f"seat-{number}"
    world.people[name] = world.people[seat.name]
    give_account(world, name)
    return hash_of(session_of(world.database, name))


def test_the_pages_of_the_table_are_those_that_are_drawn() -> None:
    assert list(PAGES) == list(DRAWN)
    assert sorted(PAGES) == sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def test_every_page_opens_to_the_posts_of_the_table_and_to_no_other(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch, full: bool
) -> None:
    monkeypatch.setenv("PLANNER_DATABASE_URL", database_url)
    world = a_world(database)
    set_scene(world)
    seats = take_seats(world)
    pages = tuple(PAGES) if full or database_url.startswith("sqlite") else A_FEW
    counted = Counter[str]()

    for number, seat in enumerate(seat for seat in seats if seat.how == "own"):
        sid = sit(world, number, seat)
        for name in pages:
            page, opens = opened(sid, name), name in pages_of(seat.post)
            assert not page.exception, (seat.name, name)
            titles = [item.value.replace("\\", "") for item in page.title]
            assert titles == [title_of(name) if opens else "Not found"], (seat.name, name)
            if not opens:
                assert [item.value for item in page.text] == NOT_HERE, (seat.name, name)
                assert REFERENCE not in drawn(page), (seat.name, name)
            counted["opened" if opens else "not found"] += 1

    print(f"pages: {dict(counted)}")
    assert counted["opened"]
    assert counted["not found"]


def test_an_actions_page_is_none_to_a_post_of_another_force_region_or_operation(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANNER_DATABASE_URL", database_url)
    world = a_world(database)
    set_scene(world)
    seats = take_seats(world)
    wrong = [seat for seat in seats if seat.how in ("other force", "other region")]
    wrong += [seat for seat in seats if (seat.post, seat.how) == (Post.CELL, "other operation")]

    assert len(wrong) == 6
    for number, seat in enumerate(wrong):
        sid = sit(world, number, seat)
        page = opened(sid, "action")
        assert [item.value for item in page.title] == ["Not found"], seat.name
        assert [item.value for item in page.text] == NOT_HERE, seat.name
        for name in ("today", "actions", "roles", "conferences", "calendar"):
            assert REFERENCE not in drawn(opened(sid, name)), (seat.name, name)
