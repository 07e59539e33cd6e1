"""Who leads for an agency: its appointed partner lead, free at that time, trained where the post asks it."""

from sqlmodel import col, select

from planner.errors import Refused
from planner.models.directory import Agency, Appointment, Training
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer
from planner.rules.words import OfferState, Post
from planner.work import Work

ANSWERED = (OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)


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
    leads = select(Appointment.person_id).where(
        Appointment.post == Post.PARTNER_LEAD,
        Appointment.agency_id == agency.id,
        Appointment.operation_id == action.operation_id,
    )
    query = leads.order_by(col(Appointment.person_id).in_(busy), col(Appointment.id))
    if asked is not None:
        query = query.where(Appointment.person_id == asked)
    found = work.session.exec(query).first()
    if found is None and asked is not None:
        raise Refused(f"That person is not a partner lead of {agency.name} in this operation. Choose one who is.")
    if found is None:
        raise Refused(f"{agency.name} has no partner lead in this operation. Appoint one on the Directory page.")
    return found


def check_training(work: Work, role: CatalogueRole, offer: RoleOffer) -> None:
    if not role.needs_training:
        return
    today = work.now.date()
    rows = work.session.exec(select(Training).where(Training.person_id == offer.lead_id)).all()
    if not any(row.valid_to is None or row.valid_to >= today for row in rows):
        raise Refused(
            f"{role.title} needs a current course in the training register, and none is recorded for this lead. "
            "Record it on the Directory page, or name another lead."
        )
