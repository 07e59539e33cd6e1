"""`planner calendar`: a doubt about the reason is told without a way through that this command has not."""

from pathlib import Path

import pytest

from planner.cli import main
from planner.db import Database
from tests.builders import a_world, an_action
from tests.web.site import give_account


def test_a_reason_in_question_is_refused_with_what_would_help(
    database: Database,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PLANNER_DATABASE_URL", database_url)
    world, file = a_world(database), tmp_path / "calendar.ics"
    an_action(world)
    give_account(world, "silver")
    command = ["--as", "silver", "calendar", "force", "--scope", "force", "-o", str(file), "--why"]

    assert main([*command, "Ring 07700 900123"]) == 1
    told = capsys.readouterr().err
    assert "telephone number" in told
    assert "--looked-at" not in told
    assert not file.exists()
    assert main([*command, "For the briefing"]) == 0
    assert file.exists()
