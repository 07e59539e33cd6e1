"""What several tests of the gate share: it is read as `planner gate --json` tells it."""

import json
from typing import Any

import pytest

from planner.cli import main
from planner.db import Database
from tests import ready
from tests.builders import NOW


@pytest.fixture
def read(database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> ready.Read:
    """The gate of the one action, on the world's clock; `states` by check and the `exit` code beside it."""
    monkeypatch.setenv("PLANNER_DATABASE_URL", database.url.render_as_string(hide_password=False))
    monkeypatch.setattr("planner.cli.edge.utc_now", lambda: NOW)

    def now() -> dict[str, Any]:
        capsys.readouterr()
        code = main(["gate", ready.REFERENCE, "--json"])
        found: dict[str, Any] = json.loads(capsys.readouterr().out)[0]
        return {**found, "exit": code, "states": {item["check"]: item["state"] for item in found["findings"]}}

    return now
