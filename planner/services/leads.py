"""Who leads for an agency: its appointed partner lead, free at that time, trained where the post asks it."""

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from planner.errors import Refused
from planner.models.directory import Agency, Appointment, Person, Training
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer
from planner.rules.training_words import OF_A_TRAINED_OFFICER
from planner.rules.words import ANSWERED, Post
from planner.services.names import agency_within, agency_words
from planner.work import Work


def lead_for(work: Work, agency: Agency, action: Action, asked: int | None) -> int:
    """The lead asked for, or the agency's own who is free at that time; either must be its partner lead."""
    busy = (
        select(RoleOffer.lead_id)
        .join(Action, col(Action.id) == col(RoleOffer.action_id))
        .where(
            col(RoleOffer.state).in_(ANSWERED),
            col(Action.starts_at) < action.ends_at,
            col(Action.ends_at) > action.starts_at,
            col(Action.id) != action.id,
        )
    )
    query = partner_leads(work, agency.id or 0, action.operation_id)
    query = query.order_by(col(Appointment.person_id).in_(busy), col(Appointment.id))
    if asked is not None:
        query = query.where(Appointment.person_id == asked)
    found = work.session.exec(query).first()
    if found is None and asked is not None:
        whose = agency_within(agency)
        raise Refused(f"That person is not a partner lead of {whose} in this operation. Choose one who is.")
    if found is None:
        whose = agency_words(agency)
        raise Refused(f"{whose} has no partner lead in this operation. Appoint one on the Directory page.")
    return int(found)


def partner_leads(work: Work, agency_id: int, operation_id: int) -> Any:
    """A SELECT of the people who may commit an agency in an operation today."""
    return (
        select(Appointment.person_id)
        .join(Person, col(Person.id) == col(Appointment.person_id))
        .where(
            Appointment.post == Post.PARTNER_LEAD,
            Appointment.agency_id == agency_id,
            Appointment.operation_id == operation_id,
            col(Person.active),
            *held_on(work.now.date()),
        )
    )


def held_on(day: date) -> tuple[Any, ...]:
    """That an appointment is in force on a day."""
    return (
        sa.or_(col(Appointment.valid_from).is_(None), col(Appointment.valid_from) <= day),
        sa.or_(col(Appointment.valid_to).is_(None), col(Appointment.valid_to) >= day),
    )


def holders(work: Work, posts: Collection[Post], operation_id: int, agency_id: int | None = None) -> list[int]:
    """Who holds one of these posts in an operation today; of one agency where it is given."""
    query = select(Appointment.person_id).where(
        col(Appointment.post).in_(posts),
        col(Appointment.operation_id).is_(None) | (col(Appointment.operation_id) == operation_id),
        *held_on(work.now.date()),
    )
    if agency_id is not None:
        query = query.where(Appointment.agency_id == agency_id)
    return sorted(set(work.session.exec(query)))


def is_trained(work: Work, person_id: int) -> bool:
    """Whether a course that still counts is in the register."""
    mine = select(Training).where(Training.person_id == person_id, col(Training.skill) == OF_A_TRAINED_OFFICER)
    rows = work.session.exec(mine).all()
    today = work.now.date()
    return any(row.valid_to is None or row.valid_to >= today for row in rows)


def check_training(work: Work, role: CatalogueRole, person_id: int) -> None:
    if role.needs_training and not is_trained(work, person_id):
        raise Refused(
            f"{role.title} needs a current course in the training register, and none is recorded for this lead. "
            "Record it on the Directory page, or name another lead."
        )
