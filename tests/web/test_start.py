"""The start of the server: the sign-in page is there before what pages draw with is loaded."""

import threading

import pytest
from starlette.applications import Starlette

from planner.db import Database
from planner.web import app, clock
from tests.builders import a_world
from tests.web.site import HERE, TestClient, give_account


def test_the_sign_in_page_is_there_while_what_pages_draw_with_is_loaded(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_account(a_world(database))
    monkeypatch.setattr(app, "prepared", lambda _: database)  # which is closed after the test
    monkeypatch.setattr(clock, "one_round", lambda *_: None)  # its thread would outlive the test
    asked, loaded = threading.Event(), []
    monkeypatch.setattr(app, "load_what_pages_draw_with", lambda: loaded.append(asked.wait(30)))
    site = app.site()

    with TestClient(Starlette(False, site.routes, site.middleware, lifespan=site.lifespan), base_url=HERE) as client:
        before, answer = list(loaded), client.get("/login")
        asked.set()

    assert (before, answer.status_code) == ([], 200)
    assert "Sign in" in answer.text
    assert loaded == [True]
