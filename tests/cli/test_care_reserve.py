"""`planner care reserve`: set, hold, share, list; one answer in JSON, refused with the sentence and exit code 1."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from planner.cli import main
from planner.db import Database
from tests import care
from tests.builders import NOW, World, a_world, an_action
from tests.web.site import give_account

SET = ("set", "--operation", "OP1", "--region", "wm", "--places", "2", "--reason", "Weak premises.", "--key", "k1")
HOLD = ("hold", "1", "--unit", "U1", "--places", "woman=2", "--first-night", "2026-11-25", "--nights", "3")
Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    for name in ("care_lead", "silver"):
        give_account(world, name)
    return world


@pytest.fixture
def run(world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`planner care reserve …` on the world's clock: its exit code and its answer."""
    monkeypatch.setenv("PLANNER_DATABASE_URL", world.database.url.render_as_string(hide_password=False))
    monkeypatch.setattr("planner.cli.edge.utc_now", lambda: NOW)

    def ran(*words: str, by: str = "care_lead") -> tuple[int, Any]:
        capsys.readouterr()
        code = main(["care", "reserve", *words, "--json", *(["--as", by] if by else [])])
        return code, json.loads(capsys.readouterr().out)

    return ran


def test_a_reserve_is_set_held_shared_and_listed(world: World, run: Run) -> None:
    row = {"reserve": 1, "operation": "OP1", "region": "wm", "places": 2, "reason": "Weak premises."}
    assert run(*SET) == run(*SET) == (0, row)
    held = {"reserve": 1, "hold": 1, "state": "held", "unit": "U1", "first_night": "2026-11-25", "nights": 3}
    assert run(*HOLD, "--key", "k2") == (0, held | {"places": {"woman": 2}})
    assert run("share", "1", "WM-0001") == (0, {"reserve": 1, "actions": ["WM-0001"]})
    waiting = run("list")
    care.confirm(world, 1)

    stands = {"confirmed": 2, "waiting": 0, "covered": [{"from": "2026-11-25", "to": "2026-11-27"}], "shared_by": 1}
    assert waiting == (0, [row | stands | {"confirmed": 0, "waiting": 2, "covered": []}])
    assert run("list") == run("list", by="") == (0, [row | stands])


def test_who_sets_no_reserve_is_refused_and_lists_none(run: Run) -> None:
    run(*SET)

    refusals = [
        run(*SET[:-1], "k9", by="silver"),
        run(*HOLD, "--key", "k2", by="silver"),
        run("share", "1", "WM-0001", by="silver"),
        run(*SET[:-1], "k9", by=""),
    ]

    assert [(code, said["error"]["kind"]) for code, said in refusals] == [(1, "not_allowed")] * 4
    assert run("list", by="silver") == (0, [])
    assert len(run("list")[1]) == 1


def test_what_cannot_be_taken_is_said_in_a_sentence(run: Run) -> None:
    run(*SET)
    few = [word.replace("woman=2", "woman=9") for word in HOLD]
    odd = [word.replace("woman=2", "2") for word in HOLD]

    said = {words: run(*words)[1]["error"]["sentence"] for words in ((*few, "--key", "k"), (*odd, "--key", "k"))}

    assert list(said.values()) == [
        "The unit has 4 places left on Wed 25 November, and 9 are asked for. "
        "Fewer places, other nights or another unit would do, or its provider opens more.",
        "--places 2 is not PROFILE=N. Profiles: woman, man, family, child; N a whole number.",
    ]


def test_a_reason_that_seems_to_name_somebody_is_refused_until_it_was_looked_at(run: Run) -> None:
    doubtful = ["Palm Cove is full." if word == "Weak premises." else word for word in SET]

    code, told = run(*doubtful)
    assert (code, told["error"]["kind"], told["error"]["in_question"]) == (1, "questioned", ["Palm Cove"])
    code, row = run(*doubtful, "--looked-at", "Palm Cove")

    assert (code, row["reason"]) == (0, "Palm Cove is full.")
