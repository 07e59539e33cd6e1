"""Bytes that are no text, anywhere on the command line or in who acts: one sentence, whatever the command."""

import json
import os
from pathlib import Path

import pytest

from planner.cli import main
from planner.db import Database
from tests.builders import a_world

NO_TEXT = os.fsdecode(b"\xff")
SAID = "“?” has bytes that are no text in UTF-8. Type it again; rename it if it is a file."


@pytest.fixture(autouse=True)
def _world(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    a_world(database)
    monkeypatch.setenv("PLANNER_DATABASE_URL", database.url.render_as_string(hide_password=False))


@pytest.mark.parametrize(
    "words",
    [
        ["gate", "WM-0001", "--as", NO_TEXT],
        ["calendar", NO_TEXT, "--scope", "force", "-o", "file.ics"],
        ["import", "agencies", NO_TEXT],
        ["export", "actions", "-o", "file.csv", "--operation", NO_TEXT],
    ],
)
def test_an_argument_that_is_no_text_is_refused_in_a_sentence(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert (main(words), capsys.readouterr().err) == (1, f"{SAID}\n")
    assert (main([*words, "--json"]), json.loads(capsys.readouterr().out)["error"]["sentence"]) == (1, SAID)
    assert not [path for path in tmp_path.iterdir() if path.stem == "file"]


def test_who_acts_by_the_environment_is_text_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLANNER_AS", NO_TEXT)

    assert (main(["gate", "WM-0001"]), capsys.readouterr().err) == (1, f"{SAID}\n")
