"""The record's lines, found and counted; none for who may not see the record."""

from planner.db import Database
from planner.rules.words import Outcome
from planner.services.actions import stand_down
from planner.views.record import LineFilter, count_lines, lines
from tests.builders import a_world, an_action


def test_a_line_is_found_by_reference_and_outcome_and_only_by_its_readers(database: Database) -> None:
    world = a_world(database)
    an_action(world)
    an_action(world, "WM-0002")
    for reference in ("WM-0001", "WM-0002"):
        with world.desk("silver").writing() as work:
            stand_down(work, reference, "No longer needed.")

    with world.desk("cell").reading() as look:
        found = lines(look, LineFilter("wm-0002", Outcome.DONE))
        refused = lines(look, LineFilter(outcome=Outcome.REFUSED))
        number = count_lines(look, LineFilter())
    with world.desk("silver").reading() as look:
        unseen = (lines(look, LineFilter()), count_lines(look, LineFilter()))

    assert [row.sentence for row in found] == ["WM-0002 was stood down: No longer needed."]
    assert (refused, number, unseen) == ((), 2, ((), 0))
