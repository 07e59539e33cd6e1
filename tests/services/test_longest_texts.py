"""What is typed in one line is kept whole up to its length, and beyond it refused with its sentence: both databases."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError
from planner.models.operations import Action
from planner.models.policy import Policy
from planner.rules.calendar_choice import USUAL, Scope
from planner.services import actions, copying, danger_to_life, delegations, feeds, go_ahead, last_hours, strike_go
from planner.services.details import set_details
from planner.services.slip_changes import NewTime
from planner.services.slips import SlipRequest, list_consequences
from planner.services.standing_groups import set_group
from planner.services.strike_days import StrikeDayRequest, set_strike_day
from planner.views.accounts import Wanted, accounts
from planner.views.actions import ActionFilter, action_rows
from planner.views.care_bookings import BookingFilter, booking_rows
from planner.views.directory import PersonFilter, people
from planner.views.people import OfferFilter, offers
from planner.views.record import LineFilter, lines
from tests.builders import DAWN, NOW, World, a_world, an_action
from tests.services.test_clashes import REQUEST
from tests.services.test_details import KNOWN
from tests.standing import a_request

A_DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ALONE, FIRST, SECOND = "WM-0000", "WM-0001", "WM-0002"


@pytest.fixture
def world(database: Database) -> World:
    """An action, and a strike day of two that are asked for: all ready by a policy that stops nothing."""
    made = a_world(database)
    with made.database.write() as session:
        session.exec(select(Policy)).one().blocks = ""
    for reference in (ALONE, FIRST, SECOND):
        an_action(made, reference)
    with made.desk("cell").writing() as work:
        set_strike_day(work, StrikeDayRequest("OP1", "Strike one", DAWN.date(), (FIRST, SECOND)))
    allowed(made, "DPIA 1")
    day_asked(made, "")
    return made


def feed(world: World, label: str = "Desk", reason: str = "A reason.") -> None:
    request = feeds.FeedRequest(Scope.PERSON, "me", USUAL, label, NOW.date() + 9 * A_DAY, reason)
    with world.desk("silver").writing() as work:
        feeds.make_feed(work, request)


def allowed(world: World, text: str) -> None:
    with world.desk("cell").writing() as work:
        feeds.allow_feeds(work, "OP1", text)


def stopped(world: World, text: str) -> None:
    with world.desk("cell").writing() as work:
        feeds.stop_feeds(work, "OP1", text)


def asked(world: World, text: str) -> None:
    with world.desk("silver").writing() as work:
        go_ahead.request_go_ahead(work, ALONE, why_now=text)


def day_asked(world: World, text: str) -> None:
    with world.desk("silver").writing() as work:
        strike_go.request_strike_day(work, 1, why_now=text)


def day_given(world: World, text: str | None) -> None:
    with world.desk("gold").writing() as work:
        strike_go.give_strike_day(work, 1, condition=text)


def delegated(world: World, text: str) -> None:
    to, until = "Silver, West Midlands", NOW + 12 * HOUR
    with world.desk("gold").writing() as work:
        delegations.offer_delegation(work, delegations.DelegationRequest("OP1", to, NOW, until, text, "k"))


def begun(world: World, text: str) -> None:
    with world.desk("silver", DAWN + HOUR).writing() as work:
        last_hours.enter_begun(work, ALONE, DAWN, text)


def endangered(world: World, power: str = "PACE 1984 s.17", said: str = "") -> None:
    with world.desk("silver").writing() as work:
        danger_to_life.enter_for_danger(work, danger_to_life.DangerRequest(ALONE, power, NOW - HOUR, said))


def grouped(world: World, **said: str) -> None:
    with world.desk("cell").writing() as work:
        set_group(work, a_request(**said))


def detailed(world: World, **said: str) -> None:
    with world.desk("silver").writing() as work:
        set_details(work, ALONE, replace(KNOWN, **said))  # type: ignore[arg-type]


def planned(world: World, postcode: str) -> None:
    with world.desk("silver").writing() as work:
        actions.plan_action(work, replace(REQUEST, postcode=postcode))


def copied(world: World, postcode: str) -> None:
    later = DAWN + 9 * A_DAY
    with world.desk("silver").writing() as work:
        copying.copy_action(work, copying.CopyRequest(ALONE, later, later + HOUR, "k", postcode))


def moved(world: World, text: str) -> None:
    change = NewTime(DAWN + A_DAY, DAWN + A_DAY + HOUR, text)
    with world.database.read() as session:
        version = session.exec(select(Action.version).where(Action.reference == FIRST)).one()
    with world.desk("silver").writing(rehearsed=True) as work:
        list_consequences(work, SlipRequest((FIRST,), change, "k", {FIRST: version}))


FIELDS: dict[str, tuple[int, Callable[[World, str], None]]] = {
    "what a feed is called": (60, lambda world, text: feed(world, label=text)),
    "why a feed is needed": (200, lambda world, text: feed(world, reason=text)),
    "the feeds' assessment": (120, allowed),
    "why feeds stop": (200, stopped),
    "why now": (300, asked),
    "why now, of a strike day": (300, day_asked),
    "a strike day's condition": (300, day_given),
    "why somebody is on call": (300, delegated),
    "why it is entered afterwards": (300, begun),
    "the power that was used": (120, lambda world, text: endangered(world, power=text)),
    "what happened": (300, lambda world, text: endangered(world, said=text)),
    "a group's name": (60, lambda world, text: grouped(world, name=text)),
    "where a group meets": (100, lambda world, text: grouped(world, venue=text)),
    "the team": (40, lambda world, text: detailed(world, team=text)),
    "why it leaves its strike day": (300, moved),
}
POSTCODES: dict[str, Callable[[World, str], None]] = {
    "of a new action": planned,
    "of a copy": copied,
    "of what is known": lambda world, text: detailed(world, postcode=text),
}


@pytest.mark.parametrize(("most", "verb"), FIELDS.values(), ids=FIELDS.keys())
def test_a_text_is_kept_whole_or_refused_with_its_length(
    world: World, most: int, verb: Callable[[World, str], None]
) -> None:
    if verb is begun:
        asked(world, "")
        with world.desk("gold").writing() as work:
            go_ahead.give_go_ahead(work, ALONE)

    for typed in (most + 1, 900):
        with pytest.raises(InputError, match=re.escape(f"has at most {most} characters; this has {typed}. ")):
            verb(world, "x" * typed)

    verb(world, "x" * most)


@pytest.mark.parametrize("sought", ["x" * 60_000, "%" * 20_000, "a\0b", "€" * 15_000], ids=lambda text: text[:3])
def test_what_is_sought_may_be_longer_than_anything_that_is_kept(world: World, sought: str) -> None:
    with world.desk("cell").reading() as look:
        found = [
            action_rows(look, ActionFilter(text=sought)),
            accounts(look, Wanted(sought)),
            booking_rows(look, BookingFilter(sought)),
            offers(look, OfferFilter(sought)),
            lines(look, LineFilter(sought)),
            people(look, PersonFilter(sought)),
        ]

    assert found == [()] * 6


@pytest.mark.parametrize("verb", POSTCODES.values(), ids=POSTCODES.keys())
def test_a_postcode_is_read_whole_or_refused(world: World, verb: Callable[[World, str], None]) -> None:
    """Pasted with spaces it is longer than eight characters, and its end was lost."""
    for typed in ("B1 1AA, the flat", "B" * 5000):
        with pytest.raises(InputError, match="That is no postcode"):
            verb(world, typed)

    verb(world, "  SW1A   1AA ")
