"""The filter offers what goes together, and the days end where no more can be asked for."""

from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from planner.models.directory import Region
from planner.rules.words import Nation
from tests.builders import World, an_action
from tests.ui.calendars import caption_of, follow, titles, ways_of
from tests.ui.pages import opened

APART = (
    "No action in this calendar is both of West Midlands and of Other force, so none is shown. "
    "Choose all regions or all forces under Filter; the other stays as it is."
)


@pytest.fixture
def world(world: World) -> World:
    """The force plans in both regions, the other force in the north alone."""
    with world.database.write() as session:
        session.add(Region(code="no", name="North", nation=Nation.ENGLAND, zone="midlands"))
    starts = datetime.now(UTC).replace(hour=11, minute=0) + timedelta(days=3)
    plans = {"WM-0001": ("wm", world.force), "NO-0001": ("no", world.force), "NO-0002": ("no", world.force + 1)}
    for reference, (region, force) in plans.items():
        times = {"starts_at": starts, "ends_at": starts + timedelta(hours=3)}
        an_action(world, reference, region=region, force_id=force, **times)
    return world


def filtered(world: World, **asked: str) -> AppTest:
    return opened(world, "calendar.py", "cell", show="Agenda", filter="open", **asked)


def offered(page: AppTest, label: str) -> list[str]:
    assert not page.exception
    return list(next(field for field in page.selectbox if field.label == label).options)


def said(page: AppTest) -> list[str]:
    return [text.value for text in page.text]


def test_what_is_chosen_leaves_what_has_actions_together_with_it(world: World) -> None:
    page = filtered(world, region="wm")

    assert offered(page, "Region") == ["All regions", "North", "West Midlands"]
    assert offered(page, "Force") == ["All forces", "Force"]
    next(field for field in page.selectbox if field.label == "Region").set_value("no").run()
    assert offered(page, "Force") == ["All forces", "Force", "Other force"]
    next(field for field in page.selectbox if field.label == "Force").set_value("other_force").run()
    assert (offered(page, "Region"), len(offered(page, "Force"))) == (["All regions", "North"], 3)
    assert [name for name, _ in titles(page)] == ["NO-0002"]


def test_a_pair_that_no_action_is_of_is_said_with_what_helps(world: World) -> None:
    page = opened(world, "calendar.py", "cell", show="Agenda", region="wm", force="other_force")

    assert (titles(page), APART in said(page)) == ([], True)
    assert APART in said(follow(page, "Filter"))
    assert offered(page, "Region") == ["All regions", "North", "West Midlands"]
    next(field for field in page.selectbox if field.label == "Region").set_value("").run()
    assert ([name for name, _ in titles(page)], APART in said(page)) == (["NO-0002"], False)


@pytest.mark.parametrize(
    ("last", "way", "back", "before"),
    [
        ("2199-12-31", "Later", "Earlier", "November 2199"),
        ("1901-01-01", "Earlier", "Later", "February 1901"),
    ],
)
def test_beyond_the_last_days_that_can_be_asked_for_a_step_leads_nowhere(
    world: World, last: str, way: str, back: str, before: str
) -> None:
    page = opened(world, "calendar.py", "cell", day=last)
    for shape in ("Month", "Week", "Agenda"):
        step = ways_of(follow(page, shape))[way]

        assert (step.get("href"), step.get("role"), step.get("aria-disabled")) == (None, "link", "true")
    page = follow(follow(page, "Month"), back)
    assert caption_of(page) == before
    assert ways_of(page)[way].get("href")
