"""`planner conference times`: the best times in JSON and in words; exit code 1 where none is left."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from planner.cli import main
from planner.db import Database
from tests.builders import DAWN, NOW, World, a_world, an_action

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


@pytest.fixture
def run(world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`planner conference times` on the world's clock: its exit code, and what it prints."""
    monkeypatch.setenv("PLANNER_DATABASE_URL", world.database.url.render_as_string(hide_password=False))

    def ran(*words: str, at: object = NOW) -> tuple[int, str, str]:
        monkeypatch.setattr("planner.cli.edge.utc_now", lambda: at)
        capsys.readouterr()
        code = main(["conference", "times", *words])
        out = capsys.readouterr()
        return code, out.out, out.err

    return ran


def test_the_best_three_are_told_in_words_and_in_json(run: Run) -> None:
    code, said, _ = run("WM-0001", "--agencies", "force, health", "--minutes", "90")
    _, answer, _ = run("WM-0001", "--agencies", "force,health", "--minutes", "90", "--json")

    assert (code, said.splitlines()) == (
        0,
        [
            "Tue 24 November, 09:00 to 10:30 — everybody can come",
            "Tue 24 November, 09:15 to 10:45 — everybody can come",
            "Tue 24 November, 09:30 to 11:00 — everybody can come",
            "Hours not stated, weekdays 09:00 to 17:00 are taken: Force and Health.",
        ],
    )
    found = json.loads(answer)
    assert (found["latest_end"], found["because"]) == ("2026-11-25T18:00:00+00:00", "12 hours before WM-0001")
    assert [time["starts_at"][11:16] for time in found["times"]] == ["09:00", "09:15", "09:30"]
    assert found["times"][0]["required_missing"] == []


def test_no_time_left_is_an_exit_code_and_a_sentence(run: Run) -> None:
    late = DAWN - timedelta(hours=6)

    code, said, _ = run("WM-0001", "--agencies", "force", at=late)
    emergency, _, _ = run("WM-0001", "--agencies", "force", "--kind", "emergency", "--minutes", "30", at=late)

    assert (code, emergency) == (1, 1)
    assert said.startswith("A planned conference must be over 12 hours before WM-0001 begins")


def test_an_unknown_agency_or_action_is_a_sentence(run: Run) -> None:
    assert run("WM-0001", "--agencies", "nobody")[::2] == (
        1,
        "There is no agency nobody in the directory. Choose one of the codes on the Directory page.\n",
    )
    assert run("WM-0009", "--agencies", "force")[2].startswith("There is no action WM-0009")
    assert run("WM-0001", "--agencies", ",")[2].startswith("Say who must come")
