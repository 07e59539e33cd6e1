"""How high anything is marked that a reader may come upon."""

import sqlalchemy as sa
from sqlmodel import col

from planner.access import visible_operations
from planner.db import pick
from planner.models.conferences import Conference
from planner.models.operations import Action, Operation
from planner.rules.markings import highest
from planner.rules.words import Marking
from planner.work import Look


def highest_held(look: Look) -> Marking:
    """The highest marking of an operation the reader works in, or of any action or conference of it.

    A page of several actions carries this, and not the highest of its rows: it stays the same on every page, filter and
    tab, costs one query, and what is to be over-marked is so by one word. It is no installation's ceiling either: who
    works in an OFFICIAL operation alone is told so. Each action's handling instructions stand on its own page.
    """
    mine = visible_operations(look).scalar_subquery()
    held = sa.union(
        pick(Operation.marking).where(col(Operation.id).in_(mine)),
        pick(Action.marking).where(col(Action.operation_id).in_(mine)),
        pick(Conference.marking).where(col(Conference.operation_id).in_(mine)),
    )
    return highest(row[0] for row in look.session.execute(held))
