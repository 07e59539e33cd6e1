"""Legal holds: set and lifted by the cell with a reason, on an operation it works in; seen by the record's readers."""

import pytest

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, PlannerError, Refused
from planner.rules.words import Outcome
from planner.services.legal_holds import lift_legal_hold, set_legal_hold
from planner.views.legal_holds import legal_holds, operations_to_hold
from planner.views.record import LineFilter, lines
from tests.builders import NOW, World, a_world

WHY = "The coroner asked for everything."
OVER = "The inquest has ended."


def set_hold(world: World, name: str = "cell", code: str = "OP1", why: str = WHY) -> None:
    with world.desk(name).writing() as work:
        set_legal_hold(work, code, why)


def lift_hold(world: World, name: str = "cell", code: str = "OP1", why: str = OVER) -> None:
    with world.desk(name).writing() as work:
        lift_legal_hold(work, code, why)


def test_the_cell_sets_a_hold_and_lifts_it_and_both_stand_in_the_record(database: Database) -> None:
    world = a_world(database)

    set_hold(world)
    with world.desk("national").reading() as look:
        standing = legal_holds(look)
    lift_hold(world)

    with world.desk("cell").reading() as look:
        lifted, record = legal_holds(look), lines(look, LineFilter())
        left = operations_to_hold(look)
    assert standing == (("OP1", WHY, NOW, None, None),)
    assert lifted == (("OP1", WHY, NOW, NOW, OVER),)
    assert left == {"OP1": False}
    assert [(row.verb, row.outcome) for row in record] == [
        ("lift_legal_hold", Outcome.DONE),
        ("set_legal_hold", Outcome.DONE),
    ]


def test_one_hold_stands_at_a_time_and_none_is_lifted_that_was_not_set(database: Database) -> None:
    world = a_world(database)

    with pytest.raises(Refused, match="no legal hold on OP1 to lift"):
        lift_hold(world)
    set_hold(world)
    with pytest.raises(Refused, match="stands already"):
        set_hold(world)
    lift_hold(world)
    set_hold(world)

    with world.desk("cell").reading() as look:
        assert [row.lifted_reason for row in legal_holds(look)] == [None, OVER]
        assert operations_to_hold(look) == {"OP1": True}


@pytest.mark.parametrize("verb", [set_hold, lift_hold])
@pytest.mark.parametrize(
    ("name", "code", "why", "refusal"),
    [
        ("silver", "OP1", WHY, NotAllowed),
        ("national", "OP1", WHY, NotAllowed),
        ("stranger", "OP1", WHY, NotFound),
        ("cell", "OP9", WHY, NotFound),
        ("cell", "OP1", "  ", InputError),
    ],
)
def test_who_may_not_is_refused_and_the_attempt_is_kept(
    database: Database, verb: object, name: str, code: str, why: str, refusal: type[PlannerError]
) -> None:
    world = a_world(database)
    assert callable(verb)

    with pytest.raises(refusal):
        verb(world, name, code, why)

    with world.desk("cell").reading() as look:
        assert [row.outcome for row in lines(look, LineFilter())] == [Outcome.REFUSED]
        assert legal_holds(look) == ()
    with world.desk("silver").reading() as look:
        assert (legal_holds(look), operations_to_hold(look)) == ((), {})
