"""Who holds command of one's own force, who is on call, and what of it waits for this person."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from planner import access
from planner.access import Verb
from planner.db import pick
from planner.models.directory import Agency, Appointment, Person, Region
from planner.models.go_ahead import GoAhead
from planner.models.operations import Action, Operation
from planner.models.turns import CommandTurn, Delegation
from planner.rules.command import CommandPost
from planner.rules.dates import instant_words
from planner.rules.words import GoAheadState
from planner.services.delegations import IN_COMMAND
from planner.services.telephoned import CONFIRMED_WITHIN
from planner.views.today import Task
from planner.work import Look

GIVER: Any = aliased(Person)


class TurnRow(NamedTuple):
    """A turn of command; `mine`: of this person."""

    id: int
    post: CommandPost
    who: str
    from_at: datetime
    to_at: datetime
    accepted: bool
    mine: bool


class DelegationRow(NamedTuple):
    """A delegation; `state` is asked, accepted or on call."""

    id: int
    giver: str
    delegate: str
    region: str | None
    from_at: datetime
    to_at: datetime
    accepted: bool
    reason: str
    mine: bool
    ends: bool


class Command(NamedTuple):
    """What a commander's page shows of command; the choices are by code, or titles."""

    turns: tuple[TurnRow, ...]
    delegations: tuple[DelegationRow, ...]
    operations: dict[str, str]
    regions: dict[str, str]
    colleagues: tuple[str, ...]
    posts: tuple[CommandPost, ...]
    delegates: bool


def command(look: Look) -> Command:
    """Of the forces for which this person holds command; empty for everybody else."""
    forces = access.own_agencies(look, Verb.HOLD_COMMAND)
    posts = tuple(post for post in CommandPost if any(held.post.value == post.value for held in look.actor.held))
    if not forces:
        return Command((), _delegations(look, ()), {}, {}, (), (), False)
    o, mine = Operation, access.operations_for(look, Verb.HOLD_COMMAND)
    operations = look.session.execute(pick(o.code, o.name).where(col(o.id).in_(mine)).order_by(o.name))
    regions = look.session.execute(pick(Region.code, Region.name).order_by(Region.name))
    return Command(
        _turns(look, forces),
        _delegations(look, forces),
        _named(operations),
        _named(regions),
        _colleagues(look, forces),
        posts,
        bool(access.held_for(look, Verb.DELEGATE)),
    )


def _named(rows: Iterable[Any]) -> dict[str, str]:
    return {str(row[0]): str(row[1]) for row in rows}


def _turns(look: Look, forces: tuple[int, ...]) -> tuple[TurnRow, ...]:
    t = CommandTurn
    query = (
        pick(t.id, t.post, Person.title, t.from_at, t.to_at, col(t.accepted_at).is_not(None))
        .add_columns(col(t.person_id) == look.actor.person_id)
        .join(Person, col(Person.id) == col(t.person_id))
        .where(
            col(t.force_id).in_(forces),
            col(t.operation_id).in_(access.operations_for(look, Verb.HOLD_COMMAND)),
            col(t.to_at) > look.now,
            col(t.withdrawn_at).is_(None),
        )
        .order_by(t.post, t.from_at, t.id)
    )
    return tuple(TurnRow._make(row) for row in look.session.execute(query))


def _delegations(look: Look, forces: tuple[int, ...]) -> tuple[DelegationRow, ...]:
    """Those of one's own force that are not over, and those that name this person."""
    d, me = Delegation, look.actor.person_id
    gives = access.own_agencies(look, Verb.DELEGATE)
    query = (
        pick(d.id, GIVER.title, Person.title, Region.name, d.from_at, d.to_at)
        .add_columns(col(d.accepted_at).is_not(None), d.reason, col(d.delegate_id) == me)
        .add_columns(sa.or_(col(d.delegate_id) == me, col(d.force_id).in_(gives)))
        .select_from(d)
        .join(Person, col(Person.id) == col(d.delegate_id))
        .join(GIVER, GIVER.id == d.giver_id)
        .outerjoin(Region, col(Region.code) == col(d.region))
        .where(
            sa.or_(col(d.delegate_id) == me, col(d.force_id).in_(forces)),
            col(d.to_at) > look.now,
            col(d.ended_at).is_(None),
        )
        .order_by(d.from_at, d.id)
    )
    return tuple(DelegationRow._make(row) for row in look.session.execute(query))


def _colleagues(look: Look, forces: tuple[int, ...]) -> tuple[str, ...]:
    """Others of these forces who hold command."""
    query = (
        pick(Person.title)
        .join(Appointment, col(Appointment.person_id) == col(Person.id))
        .join(Agency, col(Agency.id) == col(Person.agency_id))
        .where(
            col(Person.active),
            col(Agency.id).in_(forces),
            col(Appointment.post).in_(IN_COMMAND),
            col(Person.id) != look.actor.person_id,
        )
        .distinct()
        .order_by(Person.title)
    )
    return tuple(look.session.execute(query).scalars())


def command_tasks(look: Look) -> tuple[Task, ...]:
    """What of command waits for this person: a telephoned decision to confirm, a delegation or a handover to accept."""
    if look.actor.person_id is None:
        return ()
    return (*_to_confirm(look), *_to_accept(look))


def _to_confirm(look: Look) -> tuple[Task, ...]:
    """In this person's name, on an action that they may still see."""
    g = GoAhead
    query = (
        pick(Action.reference, g.given_at, Person.title, g.state)
        .join(Action, col(Action.id) == col(g.action_id))
        .join(Person, col(Person.id) == col(g.typed_by))
        .where(
            g.given_by == look.actor.person_id,
            col(g.confirmed_at).is_(None),
            col(g.state).in_((GoAheadState.GIVEN, GoAheadState.SUSPENDED)),
            col(Action.id).in_(access.visible_actions(look)),
        )
        .order_by(g.given_at)
    )
    return tuple(
        Task(
            "suspended" if state is GoAheadState.SUSPENDED else "to_decide",
            f"{typist} wrote down that you gave the go-ahead for {reference} by telephone. "
            f"Confirm it by {instant_words(at + CONFIRMED_WITHIN)}.",
            "Look at it",
            "go_ahead",
            reference,
        )
        for reference, at, typist, state in look.session.execute(query)
    )


def _to_accept(look: Look) -> tuple[Task, ...]:
    found = command(look)
    asked = [
        f"{row.giver} asks you to be on call for go-aheads from {instant_words(row.from_at)}."
        for row in found.delegations
        if row.mine and not row.accepted
    ]
    asked += [
        f"You are asked to take over as {row.post} from {instant_words(row.from_at)}."
        for row in found.turns
        if row.mine and not row.accepted
    ]
    return tuple(Task("to_decide", sentence, "Answer", "go_ahead", "") for sentence in asked)
