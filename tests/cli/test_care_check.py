"""`planner care check`: one answer in JSON and in words; exit code 1 with what is short and what comes nearest."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from planner.cli import main
from planner.db import Database
from planner.rules.words import Need, Profile
from planner.services.demand import Line, set_demand
from tests import care
from tests.builders import FIRST_NIGHT, NOW, World, a_unit, a_world, an_action
from tests.web.site import give_account

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    with world.database.write() as session:
        family = (Profile.FAMILY,)
        late = FIRST_NIGHT + timedelta(days=2)
        a_unit(session, world.provider, world.operation, code="F1", places=2, profiles=family, first_night=late)
    return world


@pytest.fixture
def run(world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`planner care check WM-0001` on the world's clock: its exit code and what it prints."""
    monkeypatch.setenv("PLANNER_DATABASE_URL", world.database.url.render_as_string(hide_password=False))
    monkeypatch.setattr("planner.cli.edge.utc_now", lambda: NOW)

    def ran(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        return main(["care", "check", "WM-0001", *words]), capsys.readouterr().out

    return ran


def likely(world: World, **profiles: int) -> None:
    lines = [Line(Profile(name), Need.NONE, 0, places, places) for name, places in profiles.items()]
    with world.desk("silver").writing() as work:
        set_demand(work, "WM-0001", lines)


def test_the_likely_are_placed_with_the_unit_of_each(world: World, run: Run) -> None:
    likely(world, woman=3)
    care.confirm(world, care.book(world, places=1))

    code, said = run("--json")

    answer: dict[str, Any] = {"action": "WM-0001", "placeable": True, "short": [], "cooperation": ""}
    placed = [{"unit": "U1", "profile": "woman", "places": 2}]
    assert (code, json.loads(said)) == (
        0,
        answer | {"placement": placed, "confirmed": {"woman": 1}, "needed": {"woman": 3}},
    )
    assert run() == (0, "WM-0001: everybody likely can be placed.\n")


def test_what_is_short_is_told_by_runs_of_nights_with_what_comes_nearest(world: World, run: Run) -> None:
    likely(world, family=2, woman=1)

    code, said = run("--json")

    short = [{"profile": "family", "places": 2, "from": "2026-11-25", "to": "2026-11-26"}]
    assert (code, json.loads(said)["short"]) == (1, short)
    assert json.loads(said)["placement"] == [{"unit": "U1", "profile": "woman", "places": 1}]
    assert run() == (
        1,
        "WM-0001: 2 places for women with a child are short from Wed 25 November to Thu 26 November; "
        "nearest: all could be placed from Fri 27 November.\n",
    )


def test_one_unit_that_is_asked_is_one_unit(world: World, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    give_account(world, "silver")
    run()

    code = main(["care", "ask", "WM-0001", "--unit", "U1", "--places", "woman=1", "--key", "k", "--as", "silver"])

    assert (code, capsys.readouterr().out) == (0, "Request 1: 1 unit asked.\n")
