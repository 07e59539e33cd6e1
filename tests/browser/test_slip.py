"""The slip at 18:20 in a browser: one day typed, two presses, everything on the list is true afterwards, and undone."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext
from sqlmodel import Session, col, select

from planner.errors import PlannerError
from planner.models.care import Hold, Unit
from planner.models.go_ahead import GoAhead
from planner.models.operations import Action
from planner.models.records import Notice
from planner.models.roles import RoleOffer
from planner.models.slips import Slip, SlipAction
from planner.rules.windows import local
from planner.rules.words import GoAheadState, HoldState, Need, OfferState, Profile
from planner.services import care
from planner.work import Desk
from tests.browser.conftest import axe_findings
from tests.browser.stage import enter, exercise_at
from tests.browser.walk import PATIENCE_MS, Exercise, Visitor, person

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
ACCEPTED = (OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)
BOOKED = (HoldState.HELD, HoldState.CONFIRMED)


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("slip"), actions=60, prepare=book_two_places) as found:
        yield found


def an_action_that_goes_ahead(session: Session) -> Action:
    given = select(GoAhead.action_id).where(GoAhead.state == GoAheadState.GIVEN)
    return session.exec(select(Action).where(col(Action.id).in_(given)).order_by(col(Action.id))).all()[0]


def book_two_places(exercise: Exercise) -> None:
    """The cell holds two places for an action that goes ahead already."""
    with exercise.database.read() as session:
        action = an_action_that_goes_ahead(session)
        units = session.exec(select(Unit.code).order_by(col(Unit.id))).all()
    desk = Desk(exercise.database, person(exercise, "cell"))
    for unit in units:  # the first that serves there and has room
        request = care.HoldRequest(action.reference, unit, ((Profile.WOMAN, Need.NONE, 2),), "slip-hold")
        try:
            with desk.writing() as work:
                care.hold_places(work, request)
        except PlannerError:
            continue
        return
    raise AssertionError("no unit has two places")


def posts(session: Session, action: int) -> dict[int | None, OfferState]:
    rows = session.exec(select(RoleOffer.id, RoleOffer.state).where(RoleOffer.action_id == action))
    return dict(rows.all())


def bookings(session: Session, action: int) -> set[tuple[object, ...]]:
    rows = session.exec(select(Hold).where(Hold.action_id == action, col(Hold.state).in_(BOOKED)))
    return {(row.provider_id, row.first_night, row.nights, row.state) for row in rows}


def test_one_day_typed_and_two_presses_do_what_the_list_says(
    at_width: Callable[..., BrowserContext], exercise: Exercise
) -> None:
    with exercise.database.read() as session:
        action = an_action_that_goes_ahead(session)
        number = action.id or 0
        answered, booked = posts(session, number), bookings(session, number)
    page = enter(at_width(), exercise, "cell").new_page()
    page.set_default_timeout(PATIENCE_MS)
    cell = Visitor(page, exercise.address)

    cell.open(f"action?ref={action.reference}&tab=Move and begin")
    cell.pick_day("New day", local(action.starts_at).date() + timedelta(days=1))
    cell.press("See what follows")
    listed = page.locator(f".st-key-slip-move-{action.reference}")
    listed.get_by_text("What follows").wait_for()
    shown = [line.removeprefix("• ") for line in listed.inner_text().splitlines() if line.startswith("• ")]
    told = re.search(r"(\d+) (?:person|people) and (\d+) agenc", listed.inner_text())
    assert axe_findings(page) == []
    with exercise.database.read() as session:
        assert session.get_one(Action, number).starts_at == action.starts_at, "looking moved it"
    cell.press("Do exactly this")
    cell.is_told("The action is moved; everybody whom it concerns is told once.")

    with exercise.database.read() as session:
        moved, now = session.get_one(Action, number), posts(session, number)
        kept = session.exec(select(SlipAction.listed).where(SlipAction.action_id == number)).one()
        made_at = session.exec(select(Slip.made_at)).one()
        new = session.exec(
            select(Notice).where(Notice.at == made_at)
        ).all()  # the clock tells of other things meanwhile
        shifted = {(who, night + timedelta(days=1), nights, HoldState.HELD) for who, night, nights, _ in booked}
        assert set(shown) <= set(kept.split("\n"))
        assert (moved.starts_at - action.starts_at, moved.calendar_sequence) == (
            timedelta(days=1),
            action.calendar_sequence + 1,
        )
        again = sum(state in ACCEPTED and now[key] is OfferState.OFFERED for key, state in answered.items())
        assert f"{again} posts are asked again" in kept
        assert {booking[:3] for booking in bookings(session, number)} <= {booking[:3] for booking in shifted}
        readers = [(row.person_id, row.agency_id) for row in new]
        assert len(readers) == len(set(readers))
        assert told is not None
        assert (len({p for p, _ in readers if p}), len({a for _, a in readers if a})) == tuple(map(int, told.groups()))
        assert state_of(session, number) is GoAheadState.SPENT

    page.get_by_role("button", name=re.compile("Undo, until")).click()
    cell.is_told("The change is undone; who was told of it is told so.")
    with exercise.database.read() as session:
        assert session.get_one(Action, number).starts_at == action.starts_at
        assert posts(session, number) == answered
        assert bookings(session, number) == booked
        assert state_of(session, number) is GoAheadState.SPENT, "a spent go-ahead came back"


def state_of(session: Session, action: int) -> GoAheadState:
    rows = session.exec(select(GoAhead.state).where(GoAhead.action_id == action).order_by(col(GoAhead.id).desc()))
    return rows.all()[0]
