"""What waits in an action's last hours: an open call, who may answer it; an entry for danger to life."""

from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access, facts
from planner.access import Verb
from planner.db import pick
from planner.models.directory import Person
from planner.models.last_hours import DangerEntry, LastHoursCall
from planner.models.operations import Action
from planner.rules.command import Span
from planner.rules.danger import Danger
from planner.rules.dates import instant_words
from planner.rules.last_hours import may_be_moving
from planner.rules.words import ActionState, Standing
from planner.services.calls import open_call
from planner.views.on_the_day import TAB
from planner.views.one_action import OneAction
from planner.views.today import Task
from planner.work import Look

DANGER_SHOWN = timedelta(days=1)
LIVE = (ActionState.PLANNED, ActionState.REQUESTED, ActionState.BEGUN)


class LastHours(NamedTuple):
    """`called` is what fell, and when those in command were called; `danger` is an entry for danger to life."""

    called: tuple[str, datetime] | None
    continues: bool
    holds: bool
    writes_danger: bool
    danger: Danger | None


def last_hours(look: Look, one: OneAction) -> LastHours:
    """Of a visible action, which `one_action` has shown to be one."""
    action = look.session.get_one(Action, one.row.id)
    near = may_be_moving(action.state, Span(action.starts_at, action.ends_at), look.now)
    row = open_call(look, one.row.id) if near and one.gate.blocking else None
    entry = danger_entry(look, one)
    stands = near and one.gate.standing is Standing.STANDING
    return LastHours(
        (row.sentence, row.called_at) if row else None,
        row is not None and access.may(look, Verb.OVERRIDE, action=action),
        stands and access.may(look, Verb.HOLD, action=action),
        entry is None and access.may(look, Verb.ENTER_FOR_DANGER, action=action),
        entry,
    )


def danger_entry(look: Look, one: OneAction) -> Danger | None:
    """The entry for danger to life at a visible action, if there is one."""
    d = DangerEntry
    query = (
        pick(d.entered_at, d.power, d.reason, Person.title, d.typed_at)
        .join(Person, col(Person.id) == col(d.typed_by))
        .where(col(d.action_id) == one.row.id)
    )
    row = look.session.execute(query).first()
    return Danger._make(row) if row else None


def last_hours_tasks(look: Look) -> tuple[Task, ...]:
    """Calls that wait for this person's word; for who finds places, entries for danger to life of the last day."""
    return (*_called(look), *_danger(look))


def _called(look: Look) -> tuple[Task, ...]:
    if not access.may(look, Verb.HOLD):
        return ()
    c = LastHoursCall
    query = (
        sa.select(Action, col(c.sentence))
        .join(c, col(c.action_id) == col(Action.id))
        .where(col(c.answer).is_(None), col(Action.state).in_(LIVE), col(Action.id).in_(access.visible_actions(look)))
        .order_by(col(Action.starts_at))
    )
    rows = [row for row in look.session.execute(query) if access.may(look, Verb.HOLD, action=row[0])]
    gates = facts.gates(look, [row[0].id for row in rows]) if rows else {}
    return tuple(
        Task("called", f"{action.reference}: {sentence} Continue or hold?", "Say it", "go_ahead", action.reference)
        for action, sentence in rows
        if gates[action.id].blocking and may_be_moving(action.state, Span(action.starts_at, action.ends_at), look.now)
    )


def _danger(look: Look) -> tuple[Task, ...]:
    if not access.may(look, Verb.HOLD_PLACES):
        return ()
    d = DangerEntry
    query = (
        pick(Action.reference, d.entered_at)
        .join(d, col(d.action_id) == col(Action.id))
        .where(
            col(d.typed_at) > look.now - DANGER_SHOWN,
            col(Action.state) == ActionState.BEGUN,
            col(Action.id).in_(access.visible_actions(look)),
        )
        .order_by(d.entered_at)
    )
    return tuple(
        Task(
            "more_needed",
            f"{reference}: entered for immediate danger to life, {instant_words(at)}. Ring for places.",
            "Open the call list",
            "action",
            reference,
            TAB,
        )
        for reference, at in look.session.execute(query)
    )
