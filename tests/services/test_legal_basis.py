"""The power an action rests on: the earliest last day counts, and another warrant is unspent."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError
from planner.models.directory import Region
from planner.models.operations import LegalBasis
from planner.models.reference import WarrantRule
from planner.rules.words import Nation, Power
from planner.services.legal_basis import LegalRequest, set_legal_basis
from tests.builders import NOW, World, a_world, an_action

ISSUED = date(2026, 11, 20)
WARRANT = LegalRequest("WM-0001", Power.WARRANT, "PACE 1984 s.8", "W/1", issued_on=ISSUED)


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


def kept(world: World, request: LegalRequest) -> LegalBasis:
    with world.desk("silver").writing() as work:
        set_legal_basis(work, request)
    with world.desk("cell").reading() as look:
        return look.session.exec(select(LegalBasis)).one()


def test_a_warrant_ends_three_months_after_issue(world: World) -> None:
    assert kept(world, WARRANT).expires_on == date(2027, 2, 20)


def test_a_typed_last_day_shortens_and_never_lengthens(world: World) -> None:
    assert kept(world, replace(WARRANT, expires_on=date(2026, 12, 1))).expires_on == date(2026, 12, 1)
    assert kept(world, replace(WARRANT, expires_on=date(2027, 6, 1))).expires_on == date(2027, 2, 20)


def test_where_months_count_the_day_of_issue_is_needed(world: World) -> None:
    with pytest.raises(InputError, match="3 months from its issue"):
        kept(world, replace(WARRANT, issued_on=None, expires_on=date(2027, 6, 1)))


def test_where_no_rule_stands_the_last_day_is_typed(world: World) -> None:
    with world.database.write() as session:
        region = session.get_one(Region, "wm")
        region.nation = Nation.SCOTLAND
        rule = {"rule": "none", "confidence": "unverified", "source": "-", "source_date": "-"}
        session.add_all([region, WarrantRule(nation=Nation.SCOTLAND, months=None, **rule)])

    with pytest.raises(InputError, match="enter its last lawful day"):
        kept(world, WARRANT)
    assert kept(world, replace(WARRANT, expires_on=date(2026, 12, 18))).expires_on == date(2026, 12, 18)


def test_a_warrant_issued_tomorrow_is_refused(world: World) -> None:
    with pytest.raises(InputError, match="still to come"):
        kept(world, replace(WARRANT, issued_on=date(2026, 11, 25)))


def test_another_warrant_is_unspent_and_the_same_one_stays_spent(world: World) -> None:
    kept(world, WARRANT)
    with world.database.write() as session:
        row = session.exec(select(LegalBasis)).one()
        row.spent_at = NOW
        session.add(row)

    assert kept(world, WARRANT).spent_at == NOW
    assert kept(world, replace(WARRANT, reference="W/2")).spent_at is None


def test_a_reference_is_short_and_never_content(world: World) -> None:
    with pytest.raises(InputError, match="at most 60"):
        replace(WARRANT, reference="x" * 61)
    with pytest.raises(InputError, match="one line"):
        replace(WARRANT, accompanying="medical\nlead")
