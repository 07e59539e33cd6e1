"""Where nothing is moved to: a time that is over, a day past the warrant; refused before anything is listed or done."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, PlannerError, Refused
from planner.models.operations import Action, LegalBasis
from planner.services.moving import move_action
from tests import ready
from tests.builders import DAWN, NOW, World, a_world

HOURS = timedelta(hours=3)


@pytest.fixture
def world(database: Database) -> World:
    made = a_world(database)
    ready.make_ready(made)
    with made.database.write() as session:
        power = session.exec(select(LegalBasis)).one()
        power.expires_on = date(2026, 12, 1)
        session.add(power)
    return made


def moved_by(world: World, by: timedelta) -> None:
    with world.desk("silver").writing() as work:
        starts = DAWN + by
        move_action(work, ready.REFERENCE, starts, starts + HOURS, version=ready.version(world))


@pytest.mark.parametrize(
    ("by", "kind", "said"),
    [
        (NOW - DAWN, InputError, "is over or has begun. Choose a time to come"),
        (timedelta(days=-3), InputError, "is over"),
        (timedelta(days=6), Refused, r"warrant of WM-0001 is good until Tue 1 December, .* to Wed 2 December"),
        (timedelta(days=5, hours=17), Refused, "to Wed 2 December"),  # begins on its last day, ends on the next
    ],
)
def test_what_cannot_be_is_refused_with_what_would_help(
    world: World, by: timedelta, kind: type[PlannerError], said: str
) -> None:
    with pytest.raises(kind, match=said):
        moved_by(world, by)

    with world.database.read() as session:
        assert session.exec(select(Action.starts_at)).one() == DAWN


def test_the_warrants_last_day_is_still_one_of_its_days(world: World) -> None:
    moved_by(world, timedelta(days=5))

    with world.database.read() as session:
        assert session.exec(select(Action.starts_at)).one() == DAWN + timedelta(days=5)
