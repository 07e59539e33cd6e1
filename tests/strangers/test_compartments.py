"""A closed action is nothing to whoever is not on its list: in pages, counts, files, commands. Partners keep theirs."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from planner.cli import main
from planner.db import Database
from planner.services.answers import answer_offer
from planner.services.compartments import close_to
from planner.services.offers import OfferRequest, offer_role
from planner.views.actions import ActionFilter, count_actions
from planner.views.calendar import calendar_bytes
from planner.views.coverage import by_force
from planner.views.my_part import my_offers
from planner.views.today import week_ahead
from planner.work import Desk, utc_now
from tests.builders import World, a_world, an_action
from tests.outputs.sheets import taken_by
from tests.ui.pages import opened
from tests.web.site import client_of, enter, give_account

CANARY = "WM-4711"
MISSING = "WM-0000"
PAGES_OF_ACTIONS = ("today", "actions", "action", "roles", "conferences", "care", "go_ahead", "calendar", "record")
ASKED = "first_responder"


@pytest.fixture
def world(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> World:
    """An action still to come, with a partner asked, closed by its Gold to Gold and Silver."""
    monkeypatch.setenv("PLANNER_DATABASE_URL", database_url)
    world = a_world(database)
    soon = utc_now() + timedelta(days=3)
    an_action(world, CANARY, starts_at=soon, ends_at=soon + timedelta(hours=3), calendar_uid="uid-of-the-canary")
    with desk(world, "silver").writing() as work:
        offer_role(work, OfferRequest(CANARY, ASKED, "ngo", "offer"))
    with desk(world, "gold").writing() as work:
        close_to(work, CANARY, ["Silver, West Midlands"])
    return world


def desk(world: World, name: str) -> Desk:
    return Desk(world.database, world.people[name])


def drawn(world: World, page: str, name: str, reference: str) -> str:
    shown = opened(world, f"{page}.py", name, reference)
    assert not shown.exception
    return "\n".join(str(getattr(element, "value", "")) for element in shown).replace("\\", "")


@pytest.mark.parametrize("page", PAGES_OF_ACTIONS)
def test_no_page_shows_it_to_the_cell(world: World, page: str) -> None:
    there = drawn(world, page, "cell", CANARY)

    assert CANARY not in there
    if page in ("action", "go_ahead"):
        assert "There is no such page, or none that you can open." in there
        assert there == drawn(world, page, "national", MISSING)


@pytest.mark.parametrize("page", ["today", "actions", "action", "roles", "go_ahead"])
def test_the_same_pages_show_it_to_who_is_on_the_list(world: World, page: str) -> None:
    assert CANARY in drawn(world, page, "silver", CANARY)


def counts(world: World, name: str) -> tuple[int, int, int]:
    with desk(world, name).reading() as look:
        return count_actions(look, ActionFilter()), len(by_force(look)), week_ahead(look)[0].actions


def test_no_number_counts_it(world: World) -> None:
    assert {name: counts(world, name) for name in ("cell", "national", "care_lead")} == dict.fromkeys(
        ("cell", "national", "care_lead"), (0, 0, 0)
    )
    assert counts(world, "silver") == (1, 1, 1)


Run = Callable[..., tuple[int, object]]


@pytest.fixture
def run(world: World, capsys: pytest.CaptureFixture[str]) -> Run:
    for name in ("cell", "silver"):
        give_account(world, name)

    def ran(*words: str) -> tuple[int, object]:
        capsys.readouterr()
        code = main([*words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return ran


def test_the_gate_command_answers_like_one_that_does_not_exist(run: Run) -> None:
    there, missing = run("gate", CANARY, "--as", "cell"), run("gate", MISSING, "--as", "cell")

    assert json.dumps(there).replace(CANARY, MISSING) == json.dumps(missing)
    assert there[0] == 1
    assert run("gate", "--as", "cell") == (0, [])
    _, own = run("gate", "--as", "silver")
    assert isinstance(own, list)
    assert [item["action"] for item in own] == [CANARY]


def test_no_calendar_holds_it(world: World) -> None:
    for scope, name in (("operation", "OP1"), ("person", "me")):
        with desk(world, "cell").reading() as look:
            assert b"uid-of-the-canary" not in calendar_bytes(look, scope, name)
    with desk(world, "silver").reading() as look:
        assert b"uid-of-the-canary" in calendar_bytes(look, "operation", "OP1")


def test_no_sheet_of_any_board_holds_it(world: World) -> None:
    found = {}
    for name in ("cell", "silver"):
        with desk(world, name).reading() as look:
            found[name] = {board for board, sheet in taken_by(look).items() if CANARY in sheet.text}

    assert found["cell"] == set()
    assert found["silver"] == {"actions", "posts", "offers", "chase", "log"}


def test_the_file_of_its_force_is_no_file(world: World) -> None:
    answers = {}
    for name in ("cell", "silver"):
        give_account(world, name)
        client = client_of(world.database)
        enter(client, name)
        answers[name] = [
            client.get(f"/files/calendar/force/{code}/usual/why").status_code for code in ("force", "no_such_force")
        ]

    assert answers == {"cell": [404, 404], "silver": [200, 404]}


def test_a_partner_keeps_what_it_was_asked_and_answers_it(world: World) -> None:
    with desk(world, "partner").reading() as look:
        (offer,) = my_offers(look)

    with desk(world, "partner").writing() as work:
        answer_offer(work, offer.id, accept=True)

    with desk(world, "partner").reading() as look:
        assert [item.state for item in my_offers(look)] == ["accepted"]
        assert b"uid-of-the-canary" in calendar_bytes(look, "agency", "ngo")
