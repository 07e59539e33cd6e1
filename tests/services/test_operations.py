"""Operations are set up by the cell with the gate's first policy."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused
from planner.models.directory import Appointment
from planner.models.operations import Operation, Phase
from planner.models.policy import Policy
from planner.rules.words import PhaseKind, Post
from planner.services.operations import (
    OperationRequest,
    PhaseLine,
    create_operation,
    set_phases,
)
from tests.builders import World, a_world

REQUEST = OperationRequest("OP2", "Operation Two", "cell", date(2027, 1, 1), date(2027, 6, 30))
AWARENESS = PhaseLine(PhaseKind.AWARENESS, date(2026, 10, 1), date(2026, 10, 31))
ENFORCEMENT = PhaseLine(PhaseKind.ENFORCEMENT, date(2026, 11, 1), date(2027, 1, 31))


@pytest.fixture
def world(database: Database) -> World:
    """The cell's duty officer is tied to no operation, as on a new installation."""
    world = a_world(database)
    with database.write() as session:
        session.add(Appointment(person_id=world.people["cell"], post=Post.CELL))
    return world


def test_the_cell_sets_up_an_operation_whose_gate_has_a_policy(world: World) -> None:
    with world.desk("cell").writing() as work:
        create_operation(work, REQUEST)

    with world.desk("cell").reading() as look:
        made = look.session.exec(select(Operation).where(Operation.code == "OP2")).one()
        policy = look.session.exec(select(Policy).where(Policy.operation_id == made.id)).one()
    assert "care" in policy.blocks.split()
    with pytest.raises(Refused, match="already"), world.desk("cell").writing() as work:
        create_operation(work, REQUEST)


@pytest.mark.parametrize("name", ["silver", "gold", "national", "partner"])
def test_nobody_else_sets_up_an_operation(world: World, name: str) -> None:
    with pytest.raises(NotAllowed), world.desk(name).writing() as work:
        create_operation(work, REQUEST)


def test_an_operation_ends_after_it_begins(world: World) -> None:
    with pytest.raises(InputError, match="before the first"):
        replace(REQUEST, ends_on=date(2026, 12, 31))
    with pytest.raises(InputError, match="letters, digits"):
        replace(REQUEST, code="OP 2")


def test_a_phase_that_keeps_its_number_keeps_its_calendar_entry(world: World) -> None:
    with world.desk("cell").writing() as work:
        set_phases(work, "OP1", [AWARENESS, ENFORCEMENT])
    before = phases(world)

    with world.desk("cell").writing() as work:
        set_phases(work, "OP1", [AWARENESS, ENFORCEMENT._replace(ends_on=date(2027, 2, 28))])

    after = phases(world)
    assert [row.calendar_uid for row in after] == [row.calendar_uid for row in before]
    assert [row.calendar_sequence for row in after] == [0, 1]


def test_phases_lie_within_the_operation_and_strangers_learn_nothing(world: World) -> None:
    with pytest.raises(InputError, match="outside the operation"), world.desk("cell").writing() as work:
        set_phases(work, "OP1", [AWARENESS._replace(starts_on=date(2026, 9, 30))])
    with pytest.raises(NotFound), world.desk("stranger").writing() as work:
        set_phases(work, "OP1", [AWARENESS])
    with pytest.raises(NotAllowed), world.desk("silver").writing() as work:
        set_phases(work, "OP1", [AWARENESS])

    assert phases(world) == []


def phases(world: World) -> list[Phase]:
    with world.desk("cell").reading() as look:
        return list(look.session.exec(select(Phase).order_by(col(Phase.number))))
