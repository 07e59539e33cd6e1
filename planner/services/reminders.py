"""What the clock does about offers that nobody answers: the lead, then the deputy, then the cell is told."""

from sqlmodel import col, select

from planner.models.directory import Agency
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer
from planner.rules.dates import instant_words
from planner.rules.reminders import next_reminder
from planner.rules.role_words import Reminder
from planner.rules.words import OfferState, Post
from planner.services.leads import holders
from planner.services.names import agency_words
from planner.work import Work

MOST_AT_ONCE = 200
TOLD = {
    Reminder.HALF_TIME: "Half of the time to answer is over",
    Reminder.DUE: "Your answer is due now",
    Reminder.DEPUTY: "An answer is overdue",
    Reminder.CELL: "An answer is overdue",
}


def remind(work: Work) -> int:
    """Recall every unanswered offer whose time has come, each one step; returns how many."""
    due = (
        select(RoleOffer.action_id, RoleOffer.id)
        .where(col(RoleOffer.remind_at) <= work.now, RoleOffer.state == OfferState.OFFERED)
        .order_by(col(RoleOffer.action_id), col(RoleOffer.id))
        .limit(MOST_AT_ONCE)
    )
    done = 0
    for action_id, offer_id in work.session.exec(due).all():
        action = work.lock(Action, action_id)
        offer = work.session.get_one(RoleOffer, offer_id, populate_existing=True)
        if offer.state is OfferState.OFFERED and offer.remind_at is not None and offer.remind_at <= work.now:
            _remind(work, action, offer)
            done += 1
    return done


def _remind(work: Work, action: Action, offer: RoleOffer) -> None:
    step = next_reminder(offer.reminded, offer.offered_at, offer.answer_by)
    if step is None or work.now >= action.starts_at:
        offer.remind_at = None
        work.session.add(offer)
        return
    offer.reminded = step[0]
    after = next_reminder(offer.reminded, offer.offered_at, offer.answer_by)
    offer.remind_at = max(after[1], work.now) if after else None
    work.session.add(offer)
    role, agency = work.session.get_one(CatalogueRole, offer.role_id), work.session.get_one(Agency, offer.agency_id)
    told, by = TOLD[offer.reminded], instant_words(offer.answer_by)
    if offer.reminded is Reminder.CELL:
        for person in holders(work, (Post.CELL,), action.operation_id):
            work.notify(
                f"{action.reference}: {agency.name} has not answered for {role.title}, due {by}. Ring them.",
                person_id=person,
                action_id=action.id,
            )
    else:
        person = offer.deputy_id if offer.reminded is Reminder.DEPUTY and offer.deputy_id else offer.lead_id
        work.notify(
            f"{told}: {role.title}, by {by}.",
            person_id=person,
            outside=f"{told}, for a post you were asked for by {by}.",
            path=f"/my_part?ref={offer.id}",
        )
    sentence = f"{agency_words(agency)} was reminded of {role.title} ({offer.reminded.replace('_', ' ')})."
    work.record_action("remind", sentence, action, offer=offer.id)
