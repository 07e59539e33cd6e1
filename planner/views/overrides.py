"""Every override of an operation in one list, for whoever sees its action: newest first."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import col, func, select

from planner import access
from planner.db import pick
from planner.models.directory import Agency, Person
from planner.models.go_ahead import Override
from planner.models.operations import Action
from planner.rules.counts import count_words
from planner.views.today import Task
from planner.work import Look

PER_PAGE = 50
LATELY = timedelta(hours=24)


class OverrideRow(NamedTuple):
    """`was` is what the check said; it stands until the action's end or until it is taken back."""

    action: str
    force: str
    check: str
    was: str
    reason: str
    by: str
    at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None


class Overrides(NamedTuple):
    """`closed` counts those of actions that are closed to the reader, for who is to see every one."""

    total: int
    closed: int
    rows: tuple[OverrideRow, ...]


def overrides(look: Look, operation_id: int, page: int = 1, *, per_page: int | None = PER_PAGE) -> Overrides:
    """One page of them; without a length all of them."""
    o, visible = Override, access.visible_actions(look)
    within = col(Action.operation_id) == operation_id
    counted = select(func.count()).select_from(Override).join(Action, col(Action.id) == col(o.action_id)).where(within)
    total = int(look.session.exec(counted.where(col(Action.id).in_(visible))).one())
    whole = access.may(look, access.Verb.SET_POLICY, operation_id=operation_id)
    closed = int(look.session.exec(counted).one()) - total if whole else 0
    query = (
        pick(Action.reference, Agency.name, o.check, o.sentence, o.reason, Person.title)
        .add_columns(o.given_at, o.expires_at, o.withdrawn_at)
        .join(Action, col(Action.id) == col(o.action_id))
        .join(Agency, col(Agency.id) == col(Action.force_id))
        .join(Person, col(Person.id) == col(o.given_by))
        .where(within, col(Action.id).in_(visible))
        .order_by(col(o.id).desc())
        .limit(per_page)
        .offset((page - 1) * (per_page or 0))
    )
    return Overrides(total, closed, tuple(OverrideRow._make(row) for row in look.session.execute(query)))


def override_tasks(look: Look) -> tuple[Task, ...]:
    """What was overridden in the last day, for the national Gold: counted, and one click from the list."""
    if not access.held_for(look, access.Verb.SET_POLICY):
        return ()
    counted = (
        select(func.count())
        .select_from(Override)
        .where(col(Override.action_id).in_(access.visible_actions(look)), col(Override.given_at) > look.now - LATELY)
    )
    number = int(look.session.exec(counted).one())
    if not number:
        return ()
    sentence = f"{count_words(number, 'check was', 'checks were')} overridden in the last 24 hours."
    return (Task("overridden", sentence, "Read the reasons", "operation", "", "Overrides"),)
