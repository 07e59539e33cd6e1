"""An action that has begun, and people counted there."""

import sqlalchemy as sa

from planner.models.operations import Action
from planner.rules.on_the_day import Count
from planner.rules.words import ActionState, Post
from planner.services.on_the_day import CountRequest, count_people
from tests.builders import DAWN, World, an_action
from tests.care import a_person

REFERENCE = "WM-0001"


def begun(world: World, **changes: object) -> int:
    """Its teams are at the door; how it came to that is tried elsewhere."""
    return an_action(world, REFERENCE, **({"state": ActionState.BEGUN} | changes))


def begin(world: World) -> None:
    """What was planned by its verbs has begun."""
    with world.database.write() as session:
        session.execute(sa.update(Action).values(state=ActionState.BEGUN))


def a_loggist(world: World) -> None:
    a_person(world, "loggist", world.force, (Post.LOGGIST, world.operation, world.force))


def press(world: World, *counts: Count, who: str = "silver", key: str = "") -> None:
    """One press each, in this order."""
    for number, count in enumerate(counts):
        with world.desk(who, DAWN).writing() as work:
            count_people(work, CountRequest(REFERENCE, count, f"{key}{who}{number}{count}"))
