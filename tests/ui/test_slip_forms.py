"""A change of plan through the page: what is asked, what is listed, and what one more press does."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlmodel import func, select
from streamlit.testing.v1 import AppTest

from planner.models.operations import Action, Operation
from planner.models.records import RecordLine
from planner.models.slips import Slip
from planner.rules.words import Outcome, Power
from planner.services.legal_basis import LegalRequest, set_legal_basis
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


def the_move(world: World, days: int = 1) -> AppTest:
    page = opened(world, "action.py", "silver", reference="WM-0001", tab="Move and begin")
    day = next(box for box in page.date_input if box.label == "New day")
    day.set_value((NEXT_WEEK + timedelta(days=days)).date())
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


def without_a_reason_for_the_hour(world: World, reason: str = "") -> None:
    """A power that lets nobody in at night unless the hour has its reason."""
    first = NEXT_WEEK.date() - timedelta(days=8)
    last = first + timedelta(days=60)
    with world.desk("silver", datetime.now(UTC)).writing() as work:
        request = LegalRequest("WM-0001", Power.WARRANT, "Warrant", "W/1", issued_on=first, expires_on=last)
        set_legal_basis(work, replace(request, hour_reason=reason))


def refusals(world: World) -> int:
    with world.database.read() as session:
        query = select(func.count()).select_from(RecordLine).where(RecordLine.outcome == Outcome.REFUSED)
        return int(session.exec(query).one())


def test_what_breaks_on_every_day_is_said_once_and_found_once_with_the_list(planned: World) -> None:
    without_a_reason_for_the_hour(planned)
    page = the_move(planned, days=-6)  # to tomorrow: the days before it cannot be, which nobody asked for
    next(box for box in page.time_input if box.label == "Starts at").set_value(time(23))

    press(page, "See what follows")

    every = "On every day nearby:\n• Legal basis: Entry at 23:00 has no reason for the hour.\nBeside that:\n• "
    said = shown(page)
    assert every in said
    assert said.count("has no reason for the hour") == 2  # in the list itself, and of every day nearby
    assert refusals(planned) == 0

    without_a_reason_for_the_hour(planned, "They are in at night alone.")
    page.run()

    assert every in shown(page)  # not tried anew while the list waits
