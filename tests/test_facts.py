"""Facts of one action or many, and the pages that list them, take the same number of queries."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from planner import access, facts
from planner.db import Database
from planner.services.exercise import load_pentameter2
from planner.views import actions as view
from planner.views import today
from planner.views.coverage import by_force
from planner.work import Desk, Look
from tests.builders import World, a_world, an_action
from tests.posts import ask_for_posts, book_one_twice


def every_gate(look: Look) -> None:
    facts.gates(look, access.visible_actions(look))


def the_actions_page(look: Look) -> None:
    wanted = view.ActionFilter()
    view.count_actions(look, wanted)
    rows = view.action_rows(look, wanted)
    assert facts.gates(look, [row.id for row in rows]).keys() == {row.id for row in rows}
    view.forces(look)
    view.planning_choices(look)


def coverage(look: Look) -> None:
    assert sum(force.actions for force in by_force(look)) == view.count_actions(look, view.ActionFilter())


def today_page(look: Look) -> None:
    week, _ = today.week_ahead(look)
    assert week.actions == view.count_actions(look, view.ActionFilter())
    today.lapsing(look)
    today.notices(look)


def queries(world: World, read: Callable[[Look], None]) -> int:
    seen: list[str] = []

    def count(_: Any, __: Any, statement: str, *___: Any) -> None:
        seen.append(statement)

    engine = world.database.engine
    with world.desk("silver").reading() as look:
        sa.event.listen(engine, "before_cursor_execute", count)
        read(look)
        sa.event.remove(engine, "before_cursor_execute", count)
    return len(seen)


@pytest.mark.parametrize("read", [every_gate, the_actions_page, coverage, today_page], ids=lambda read: read.__name__)
def test_thirty_actions_take_as_many_queries_as_one(database: Database, read: Callable[[Look], None]) -> None:
    world = a_world(database)
    an_action(world, "WM-0001")
    one = queries(world, read)
    for number in range(2, 31):
        an_action(world, f"WM-{number:04d}")

    thirty = queries(world, read)

    assert 10 < one < 40
    assert thirty == one


def test_what_is_asked_by_ids_is_what_a_select_of_many_answers(database: Database) -> None:
    load_pentameter2(database, actions=facts.FEW + 20)
    ask_for_posts(database, 1)
    book_one_twice(database)

    with Desk(database).reading() as look:
        of_all = facts.load(look, access.visible_actions(look))
        some = sorted(of_all)[::7]
        of_some = facts.load(look, some)

    assert len(of_all) > facts.FEW > len(some) > 20
    for key, each in of_some.items():
        assert each.units.items() <= of_all[key].units.items()  # of these actions' bookings alone
        assert each == of_all[key]._replace(units=each.units)
    assert any(each.offers for each in of_some.values())
