"""A world behind the pages: the database that they open is the test's own."""

import pytest

from planner.db import Database
from tests.builders import World, a_world


@pytest.fixture
def world(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("PLANNER_DATABASE_URL", database_url)
    return a_world(database)
