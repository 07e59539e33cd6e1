"""What a conference is convened from: which actions, whom to invite, who may chair, what is usual."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col, select

from planner import access, facts
from planner.access import Verb
from planner.actors import actors_at
from planner.db import pick
from planner.models.directory import Appointment
from planner.models.operations import Action, Operation
from planner.rules.access import posts_of
from planner.rules.words import ActionState
from planner.services.conference_templates import Template, template_of
from planner.views.people import AgencyChoice, agencies_near
from planner.views.strike_days import StrikeDayRow, strike_days
from planner.work import Look

TO_COME = (ActionState.PLANNED, ActionState.REQUESTED, ActionState.DEFERRED)


class ActionChoice(NamedTuple):
    reference: str
    starts_at: datetime
    ends_at: datetime


class WhatFor(NamedTuple):
    """Actions still to come whose conference the reader may convene, and strike days of which it plans a member."""

    actions: tuple[ActionChoice, ...]
    strike_days: tuple[StrikeDayRow, ...]


class TemplateRow(NamedTuple):
    """What the conferences of an operation begin with, for its cell."""

    code: str
    name: str
    given: Template


class Convening(NamedTuple):
    """What the form begins with; `chairs` are posts by the person's number, `own` the reader's."""

    starts_at: datetime
    agencies: tuple[AgencyChoice, ...]
    chairs: dict[int, str]
    own: int | None
    quorum: int
    agenda: str
    confidentiality: str


def what_to_convene_for(look: Look) -> WhatFor:
    query = select(Action).where(
        col(Action.id).in_(access.visible_actions(look)), col(Action.state).in_(TO_COME), Action.starts_at > look.now
    )
    rows = look.session.exec(query.order_by(col(Action.starts_at), col(Action.reference))).all()
    mine = {row.reference: row for row in rows if access.may(look, Verb.CONVENE, action=row)}
    days = [row for row in strike_days(look, from_day=look.now.date()) if mine.keys() & set(row.members)]
    return WhatFor(tuple(ActionChoice(row.reference, row.starts_at, row.ends_at) for row in mine.values()), tuple(days))


def convening(look: Look, references: Sequence[str]) -> Convening:
    """For visible actions; NotFound where one is not."""
    ids = [access.action_id_of(look, reference) for reference in references]
    known = facts.load(look, ids)
    places = {(each.action.force_id, each.action.region): each.action for each in known.values()}
    near = {choice.code: choice for action in places.values() for choice in agencies_near(look, action)}
    template = template_of(look, next(iter(known.values())).action.operation_id)
    return Convening(
        min(each.action.starts_at for each in known.values()),
        tuple(sorted(near.values(), key=lambda choice: (not choice.usual, choice.name))),
        _chairs(look, ids),
        look.actor.person_id,
        max(each.policy.quorum for each in known.values()),
        template.agenda,
        template.confidentiality,
    )


def _chairs(look: Look, action_ids: Sequence[int]) -> dict[int, str]:
    """Who may record it for each of these actions."""
    actions = look.session.exec(select(Action).where(col(Action.id).in_(action_ids))).all()
    a = Appointment
    posts = pick(a.person_id).where(
        col(a.post).in_(posts_of(Verb.RECORD_CONFERENCE)),
        sa.or_(col(a.operation_id).is_(None), col(a.operation_id) == actions[0].operation_id),
    )
    people = actors_at(look.session, set(look.session.execute(posts).scalars()), look.now)
    able = [one for one in people if all(access.sees(one, action, Verb.RECORD_CONFERENCE) for action in actions)]
    return {one.person_id or 0: one.name for one in sorted(able, key=lambda one: one.name)}


def templates(look: Look) -> tuple[TemplateRow, ...]:
    """Of the operations whose template the reader may change."""
    mine = col(Operation.id).in_(access.operations_for(look, Verb.SET_AGENDA))
    rows = () if look.actor.operator else look.session.exec(select(Operation).where(mine).order_by(Operation.name))
    return tuple(TemplateRow(row.code, row.name, template_of(look, row.id or 0)) for row in rows)
