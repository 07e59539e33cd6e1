"""A conference is convened and moved early enough before its actions, or refused with the number that matters."""

from datetime import date, datetime, timedelta

import pytest

from planner import facts
from planner.db import Database
from planner.errors import Refused
from planner.models.policy import Policy
from planner.models.reference import BankHoliday
from planner.rules.words import ConferenceKind, Nation
from planner.services.conference_changes import move_conference
from planner.services.conferences import ConveneRequest, convene
from tests.builders import BLOCKS, DAWN, NOW, World, a_world, an_action

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


def convened(world: World, ends_at: datetime, kind: ConferenceKind = ConferenceKind.PLANNED, *also: str) -> int:
    request = ConveneRequest(("WM-0001", *also), ends_at - HOUR, ends_at, ("ngo",), f"{kind} {ends_at}", kind)
    with world.desk("silver").writing() as work:
        return convene(work, request).id or 0


@pytest.mark.parametrize(
    ("kind", "latest", "said"),
    [
        (ConferenceKind.PLANNED, DAWN - timedelta(hours=12), "A planned conference must be over 12 hours before"),
        (ConferenceKind.REVIEW, DAWN - timedelta(hours=12), "A review conference must be over 12 hours before"),
        (ConferenceKind.EMERGENCY, DAWN - timedelta(hours=2), "An emergency conference must be over 2 hours before"),
    ],
)
def test_each_kind_is_convened_until_its_lead_and_not_after(
    world: World, kind: ConferenceKind, latest: datetime, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        convened(world, latest + MINUTE, kind)
    with pytest.raises(Refused, match="begins on Thu 26 November, 06:00, before this conference ends"):
        convened(world, DAWN + MINUTE, kind)

    assert convened(world, latest, kind)


def test_a_force_may_ask_for_working_days_of_the_nation_and_a_bank_holiday_is_none(world: World) -> None:
    assert convened(world, DAWN - timedelta(hours=13))
    with world.database.write() as session:
        strict = {"force_id": world.force, "conference_lead_days": 1, "reason": "Undertakings take a day."}
        session.add(Policy(operation_id=world.operation, blocks=BLOCKS, set_at=NOW, **strict))

    with pytest.raises(Refused, match=r"1 working day of England .* End it by Wed 25 November, 06:00"):
        convened(world, DAWN - timedelta(hours=13) + MINUTE)
    assert convened(world, DAWN - timedelta(days=1))
    with world.database.write() as session:
        for nation, day in ((Nation.ENGLAND, date(2026, 11, 25)), (Nation.SCOTLAND, date(2026, 11, 24))):
            session.add(BankHoliday(nation=nation, day=day, title="A day", source="gov.uk", source_date="2026"))
    with pytest.raises(Refused, match="It had to end by Tue 24 November, 06:00: convene an emergency conference"):
        convened(world, DAWN - timedelta(days=1) - MINUTE)


def test_a_force_never_loosens_the_lead(world: World) -> None:
    number = an_action(world, "WM-0002", starts_at=DAWN + timedelta(days=2), ends_at=DAWN + timedelta(days=2, hours=1))
    with world.database.write() as session:
        loose = {"conference_lead_hours": 1, "conference_emergency_hours": 1, "reason": "The force's own."}
        session.add(Policy(operation_id=world.operation, force_id=world.force, blocks=BLOCKS, set_at=NOW, **loose))

    with world.desk("silver").reading() as look:
        assert facts.facts_of(look, number).policy.lead == (12, 0, 2)


def test_of_several_actions_the_first_says_when(world: World) -> None:
    an_action(world, "WM-0002", starts_at=DAWN - timedelta(hours=6))
    latest = DAWN - timedelta(hours=18)

    with pytest.raises(Refused, match="too late for WM-0002"):
        convened(world, latest + MINUTE, ConferenceKind.PLANNED, "WM-0002")

    assert convened(world, latest + MINUTE)
    assert convened(world, latest, ConferenceKind.PLANNED, "WM-0002")


def test_a_conference_moves_until_its_lead_and_not_after(world: World) -> None:
    number, latest = convened(world, NOW + HOUR), DAWN - timedelta(hours=12)

    with pytest.raises(Refused, match="End it by Wed 25 November, 18:00"), world.desk("silver").writing() as work:
        move_conference(work, number, 1, starts_at=latest, ends_at=latest + MINUTE)
    with world.desk("silver").writing() as work:
        move_conference(work, number, 1, starts_at=latest - HOUR, ends_at=latest)
