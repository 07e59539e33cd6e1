"""What of conferences stands on Today: one to open, minutes to issue, what is overdue; for who has to do with it."""

from datetime import datetime, timedelta

import pytest

from planner.db import Database
from planner.services import minutes, minutes_issue, undertakings
from planner.views.conference_tasks import conference_tasks
from planner.views.today import Task
from tests.builders import NOW, World, a_world, an_action
from tests.services.test_minutes import ALL, came, convened

HOUR = timedelta(hours=1)


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


def tasks(world: World, who: str = "cell", at: datetime = NOW) -> list[Task]:
    with world.desk(who, at).reading() as look:
        return list(conference_tasks(look))


def sentences(found: list[Task]) -> list[str]:
    return [task.sentence for task in found]


def test_a_chair_is_led_to_a_conference_from_half_a_day_before(world: World) -> None:
    number = convened(world)

    (task,) = tasks(world)
    assert (task.sentence, task.verb, task.reference) == (
        "You chair the conference of Tue 24 November, 09:00.",
        "Open it",
        str(number),
    )
    assert tasks(world, at=NOW - 13 * HOUR) == []
    assert tasks(world, "silver") == []


def test_minutes_that_did_not_go_out_are_called_to_mind_until_they_do(world: World) -> None:
    number = convened(world)
    came(world, number, *ALL)
    with world.desk("cell").writing() as work:
        minutes.open_agenda(work, number)
        minutes.type_line(work, minutes.LineRequest(number, 1, "Two places.", "a"))
    waiting = sentences(tasks(world, at=NOW + 2 * HOUR))
    with world.desk("cell", NOW + 2 * HOUR).writing() as work:
        minutes_issue.issue_minutes(work, number)

    assert waiting == ["The minutes of the conference of Tue 24 November, 09:00 are not issued yet."]
    assert tasks(world, at=NOW + 3 * HOUR) == []


def test_what_is_overdue_before_an_action_is_one_line_for_its_planners(world: World) -> None:
    number = convened(world)
    for text, hours in (("Find a van", 3), ("Find a nurse", 2)):
        with world.desk("cell").writing() as work:
            request = undertakings.UndertakingRequest(number, "health", text, NOW + hours * HOUR)
            undertakings.add_undertaking(work, request)
    late = NOW + 4 * HOUR

    (task,) = tasks(world, "silver", late)

    assert task.sentence.startswith("2 undertakings are overdue before an action; the first: Find a nurse (")
    assert (task.page, task.tab) == ("conferences", "Undertakings")
    assert tasks(world, "other_silver", late) == []
    assert tasks(world, "silver", NOW + HOUR) == []
