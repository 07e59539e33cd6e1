"""Arrangements: confirmed by a post, never in custody, withdrawn only by those who see the action."""

import pytest

from planner.db import Database
from planner.errors import InputError, NotFound, Refused
from planner.models.arrangements import Arrangement
from planner.rules.words import ArrangementKind, ArrangementState, SiteKind
from planner.services.arrangements import ArrangementRequest, confirm_arrangement, withdraw_arrangement
from tests.builders import World, a_world, an_action


def a_reception(site: SiteKind = SiteKind.COMMUNITY) -> ArrangementRequest:
    return ArrangementRequest("WM-0001", ArrangementKind.RECEPTION, "duty manager", "k1", site=site)


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


@pytest.mark.parametrize("site", [SiteKind.CUSTODY, SiteKind.DETENTION])
def test_nobody_is_received_in_custody(site: SiteKind) -> None:
    assert a_reception().site is SiteKind.COMMUNITY
    with pytest.raises(InputError, match="never receive possible victims"):
        a_reception(site)


def test_a_childrens_service_answers_in_and_out_of_hours() -> None:
    with pytest.raises(InputError, match="one out of hours"):
        ArrangementRequest("WM-0001", ArrangementKind.CHILDREN_SERVICE, "manager", "k", in_hours_post="manager")


def test_an_arrangement_is_withdrawn_once_and_by_no_stranger(world: World) -> None:
    with world.desk("silver").writing() as work:
        row = confirm_arrangement(work, a_reception()).id or 0

    with pytest.raises(NotFound) as denied, world.desk("other_silver").writing() as work:
        withdraw_arrangement(work, row, "The hall is flooded.")
    with world.desk("silver").writing() as work:
        withdraw_arrangement(work, row, "The hall is flooded.")
    with pytest.raises(Refused, match="withdrawn already"), world.desk("silver").writing() as work:
        withdraw_arrangement(work, row, "The hall is flooded.")

    assert "WM-0001" not in str(denied.value)
    with world.desk("silver").reading() as look:
        assert look.session.get_one(Arrangement, row).state is ArrangementState.WITHDRAWN
