"""Payloads in every column of free text: each page shows them, obeys none, and asks nobody else for anything."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext
from sqlmodel import select

from planner.db import Database
from planner.models.command import Pause, PauseAnswer
from planner.models.directory import Agency, Person
from planner.models.operations import Objective, ObjectiveSet
from planner.rules.words import AgencyKind
from planner.ui.directory_tabs import TABS
from planner.ui.operation_tabs import TABS as OPERATION_TABS
from planner.work import utc_now
from tests.browser.conftest import go_on, settled
from tests.browser.free_text import PAYLOADS, plant_payloads
from tests.browser.stage import REFERENCE, enter, exercise_at
from tests.browser.walk import PATIENCE_MS, Exercise

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
SMALL = 300
OBEYED = '[src*="evil"], [href*="evil"], [style*="evil"]'
PATHS = {
    "silver": (
        "",
        *(f"operation?tab={tab}" for tab in OPERATION_TABS),
        "actions",
        "calendar",
        "roles",
        "conferences",
        *(f"directory?tab={tab}" for tab in ("People", "Agencies", "Roles", "Figures")),
        *(f"action?ref={REFERENCE}&tab={tab}" for tab in ("Gate", "Plan", "Roles", "Conference", "Care", "Decisions")),
    ),
    "gold": ("", f"go_ahead?ref={REFERENCE}"),
    "cell": ("care", "record", *(f"directory?tab={tab}" for tab in TABS)),
    "partner": ("", "my_part"),
    "provider": ("", "my_part", "care"),
}


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    var = tmp_path_factory.mktemp("payloads")
    with exercise_at(var, actions=SMALL, prepare=lambda made: _plant(made.database)) as exercise:
        yield exercise


def _plant(database: Database) -> None:
    """What nobody asked for in the exercise is there too: a pause with its answer, another version of objectives."""
    with database.write() as session:
        force = session.exec(select(Agency.id).where(Agency.kind == AgencyKind.POLICE_FORCE)).first()
        now, person = utc_now(), session.exec(select(Person.id)).first()
        pause = Pause(
            operation_id=1, from_at=now, until_at=now + timedelta(days=1), reason="", asked_by=person, asked_at=now
        )
        session.add_all((pause, ObjectiveSet(operation_id=1, version=2, reason="", set_by=person, set_at=now)))
        session.flush()
        said = {"goes_on": True, "text": "", "answered_by": person, "answered_at": now}
        session.add(PauseAnswer(pause_id=pause.id, force_id=force, **said))
        session.add(Objective(operation_id=1, number=1, text="", version=2))
    plant_payloads(database)


@pytest.mark.parametrize("who", PATHS)
def test_every_page_shows_what_was_typed_and_obeys_none_of_it(
    at_width: Callable[..., BrowserContext], exercise: Exercise, who: str
) -> None:
    page, asked, seen = enter(at_width(), exercise, who).new_page(), [], ""
    page.set_default_timeout(PATIENCE_MS)
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}"))

    for path in PATHS[who]:
        go_on(page, f"{exercise.address}/{path}")
        settled(page)
        seen += page.locator("body").inner_text()
        assert page.locator(OBEYED).count() == 0, path

    own = (exercise.address, exercise.address.replace("http", "ws"), "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
    assert any(payload.split("(")[0].split(" ")[0] in seen for payload in PAYLOADS)
