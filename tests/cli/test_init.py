"""`planner init` says what the database holds, and repeating it changes nothing."""

import json
from typing import Any

import pytest

from planner.cli import main
from planner.db import Database
from tests.builders import a_world, an_action


@pytest.fixture
def said(database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.setenv("PLANNER_DATABASE_URL", database.url.render_as_string(hide_password=False))

    def run(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        return main(["init", *words]), capsys.readouterr().out

    return run


def test_an_empty_installation_has_its_reference_data_and_no_action(said: Any) -> None:
    code, text = said("--json")
    again = said("--json")

    found = json.loads(text)
    assert (code, found["operation"], found["actions"], found["forces"]) == (0, "", 0, 58)
    assert again == (0, text)
    assert "is ready and empty." in said()[1]


def test_an_installation_in_use_keeps_what_it_holds_and_says_so(database: Database, said: Any) -> None:
    an_action(a_world(database))

    code, text = said()

    assert code == 0
    assert "is ready and holds 1 actions of Operation One." in text
