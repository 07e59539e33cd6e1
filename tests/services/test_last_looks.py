"""What changed since somebody looked last: by others, of what they see, one visit at a time."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import func, select

from planner.db import Database
from planner.errors import NotFound
from planner.models.last_looks import LastLook
from planner.rules.words import Immigration
from planner.services import actions
from planner.services.last_looks import note_look
from planner.views.since import Since, changes_since
from tests.builders import NOW, World, a_world, an_action

HOUR = timedelta(hours=1)


@pytest.fixture
def world(database: Database) -> World:
    made = a_world(database)
    an_action(made)
    return made


def visit(world: World, who: str = "gold", at: datetime = NOW, reference: str = "WM-0001") -> Since:
    with world.desk(who, at).writing() as work:
        line = note_look(work, "go_ahead", reference)
    with world.desk(who, at).reading() as look:
        return changes_since(look, line, reference)


def change(world: World, to: Immigration) -> None:
    with world.desk("silver").writing() as work:
        actions.set_immigration(work, "WM-0001", to)


def test_what_others_did_since_the_visit_before_is_told_for_as_long_as_the_visit_lasts(world: World) -> None:
    first = visit(world)
    change(world, Immigration.ON_CALL)

    second, again = visit(world, at=NOW + HOUR), visit(world, at=NOW + HOUR + timedelta(minutes=5))
    later = visit(world, at=NOW + 2 * HOUR)

    assert (first.number, later.number) == (0, 0)
    assert [item.sentence for item in second.latest] == ["Immigration enforcement at WM-0001: on call."]
    assert again == second


def test_ones_own_changes_are_no_news(world: World) -> None:
    visit(world, "silver")
    change(world, Immigration.ON_CALL)

    assert visit(world, "silver", NOW + HOUR).number == 0


def test_of_all_actions_only_those_are_told_that_the_reader_sees(world: World) -> None:
    an_action(world, "OF-0001", force_id=world.force + 1)
    for who in ("national", "gold", "other_silver"):
        visit(world, who, reference="")
    change(world, Immigration.ON_CALL)

    seen = {who: visit(world, who, NOW + HOUR, "").number for who in ("national", "gold", "other_silver")}

    assert seen == {"national": 1, "gold": 1, "other_silver": 0}


def test_who_does_not_see_the_action_leaves_no_look(world: World) -> None:
    with pytest.raises(NotFound):
        visit(world, "stranger")

    with world.desk("cell").reading() as look:
        assert look.session.exec(select(func.count()).select_from(LastLook)).one() == 0


def test_each_page_and_person_has_a_last_look_of_their_own(world: World) -> None:
    visit(world)
    visit(world)
    visit(world, "silver")
    visit(world, reference="")

    with world.desk("cell").reading() as look:
        assert look.session.exec(select(func.count()).select_from(LastLook)).one() == 3
