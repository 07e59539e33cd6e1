"""A change of plan through the page: what is asked, what is listed, and what one more press does."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from planner.models.operations import Action, Operation
from planner.models.slips import Slip
from planner.services.strike_days import StrikeDayRequest, set_strike_day
from tests.builders import World, an_action
from tests.ui.pages import opened, press

WHY = "Why it leaves strike day Strike one, if it goes to another day"
NEXT_WEEK = datetime.combine(datetime.now(UTC).date() + timedelta(days=7), time(10), UTC)  # pages go by the clock
HOURS = timedelta(hours=3)


@pytest.fixture
def planned(world: World) -> World:
    """Two actions of next week."""
    with world.database.write() as session:
        operation = session.get_one(Operation, world.operation)
        operation.ends_on = (NEXT_WEEK + timedelta(days=90)).date()
        session.add(operation)
    for reference in ("WM-0001", "WM-0002"):
        an_action(world, reference, starts_at=NEXT_WEEK, ends_at=NEXT_WEEK + HOURS)
    return world


@pytest.fixture
def member(planned: World) -> World:
    """They belong to one strike day."""
    with planned.desk("cell").writing() as work:
        set_strike_day(work, StrikeDayRequest("OP1", "Strike one", NEXT_WEEK.date(), ("WM-0001", "WM-0002")))
    return planned


def the_move(world: World, reference: str = "WM-0001") -> AppTest:
    page = opened(world, "action.py", "silver", reference=reference, tab="Move and begin")
    day = next(box for box in page.date_input if box.label == "New day")
    day.set_value((NEXT_WEEK + timedelta(days=1)).date())
    return page


def shown(page: AppTest) -> str:
    return "\n".join(str(item.value) for kind in (page.text, page.error, page.warning) for item in kind)


def test_a_member_moved_alone_is_asked_why_it_leaves_its_strike_day(member: World) -> None:
    page = press(the_move(member), "See what follows")

    assert "Say why it leaves, choose a time on that day, or move the whole strike day." in shown(page)
    next(box for box in page.text_input if box.label == WHY).set_value("The vans are needed elsewhere.")
    press(page, "See what follows")
    assert "It leaves strike day Strike one." in shown(page)
    press(page, "Do exactly this")

    with member.database.read() as session:
        assert session.get_one(Action, 1).strike_day_id is None
        assert session.exec(select(Slip.sentence)).one().endswith("The reason: The vans are needed elsewhere.")


def test_who_belongs_to_no_strike_day_is_not_asked(planned: World) -> None:
    page = the_move(planned)

    assert WHY not in [box.label for box in page.text_input]
