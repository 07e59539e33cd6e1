"""A conference moved or cancelled: the invited are told, the calendar entry follows, a held one stays."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotFound, Refused, Stale
from planner.models.conferences import Conference, ConferenceSeries
from planner.models.records import Notice
from planner.rules.words import ConferenceState
from planner.services.actions import stand_down
from planner.services.conference_changes import cancel_conference, move_conference
from planner.services.conferences import ConveneRequest, convene
from planner.services.undertakings import UndertakingRequest, add_undertaking
from tests.builders import DAWN, NOW, World, a_world, an_action

LATER = NOW + timedelta(hours=4)


def a_conference(world: World) -> int:
    an_action(world)
    request = ConveneRequest(("WM-0001",), NOW, NOW + timedelta(hours=1), ("ngo",), "k1")
    with world.desk("silver").writing() as work:
        return convene(work, request).id or 0


def test_a_moved_conference_tells_the_invited_and_its_calendar_entry(database: Database) -> None:
    world = a_world(database)
    conference = a_conference(world)

    with pytest.raises(NotFound) as denied, world.desk("other_silver").writing() as work:
        move_conference(work, conference, 1, starts_at=LATER, ends_at=LATER + timedelta(hours=1))
    with world.desk("silver").writing() as work:
        move_conference(work, conference, 1, starts_at=LATER, ends_at=LATER + timedelta(hours=1))
    with pytest.raises(Stale), world.desk("silver").writing() as work:
        cancel_conference(work, conference, 1, reason="No longer needed.")
    with world.desk("silver").writing() as work:
        cancel_conference(work, conference, 2, reason="No longer needed.")

    assert "WM-0001" not in str(denied.value)
    with world.desk("silver").reading() as look:
        told = look.session.exec(select(Notice.sentence).where(Notice.agency_id == world.ngo)).all()
        assert look.session.exec(select(ConferenceSeries.calendar_sequence)).one() == 2
        assert look.session.get_one(Conference, conference).state is ConferenceState.CANCELLED
    assert told[1:] == [
        "The case conference moved to Tue 24 November, 13:00.",
        "The case conference on Tue 24 November, 13:00 is cancelled.",
    ]


def test_a_conference_moves_past_an_action_that_is_stood_down_and_not_past_another(database: Database) -> None:
    world = a_world(database)
    an_action(world)
    an_action(world, "WM-0002", starts_at=DAWN + timedelta(days=7), ends_at=DAWN + timedelta(days=7, hours=3))
    at = NOW + timedelta(hours=1)
    with world.desk("silver").writing() as work:
        number = convene(work, ConveneRequest(("WM-0001", "WM-0002"), NOW, at, ("ngo",), "k1")).id or 0
    after = DAWN + timedelta(days=1)

    with pytest.raises(Refused, match="WM-0001 begins on"), world.desk("silver").writing() as work:
        move_conference(work, number, 1, starts_at=after, ends_at=after + timedelta(hours=1))
    with world.desk("silver").writing() as work:
        stand_down(work, "WM-0001", "It is empty.")
    with world.desk("silver").writing() as work:
        move_conference(work, number, 1, starts_at=after, ends_at=after + timedelta(hours=1))
        due = after + timedelta(days=1)
        add_undertaking(work, UndertakingRequest(number, "ngo", "Name a deputy.", due))


def test_nobody_is_told_of_a_conference_that_is_over_already(database: Database) -> None:
    world = a_world(database)
    conference = a_conference(world)
    before = NOW - timedelta(days=7)
    asked = ConveneRequest(("WM-0001",), before, NOW, ("ngo",), "over")

    with (
        pytest.raises(InputError, match="is over since Tue 17 November"),
        world.desk("silver").writing() as work,
    ):
        move_conference(work, conference, 1, starts_at=before, ends_at=before + timedelta(hours=1))
    with pytest.raises(InputError, match="is over since"), world.desk("silver").writing() as work:
        convene(work, asked)
    with world.desk("silver").writing() as work:  # it began and is not over: somebody was late to convene it
        convene(work, replace(asked, ends_at=NOW + timedelta(minutes=5)))
