"""An offer passes on within its agency: a deputy beside the lead, or another lead in their place; with its history."""

from sqlmodel import col, select

from planner.errors import Refused
from planner.models.directory import Agency, Person
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import OfferHandover, RoleOffer
from planner.rules.dates import day_words
from planner.rules.role_words import HandoverKind
from planner.rules.windows import local
from planner.rules.words import ANSWERED, OfferState, Post
from planner.services.answers import lock_offer
from planner.services.clashes import follow_clashes
from planner.services.gate import reconsider
from planner.services.leads import check_training, holders, partner_leads
from planner.services.names import agency_within, agency_words_of, person_words
from planner.services.texts import needed_text
from planner.work import Work


def name_deputy(work: Work, offer_id: int, deputy: str, *, version: int | None = None) -> None:
    """Another lead of the same agency may answer as well, by their title; they are told."""
    action, offer = lock_offer(work, offer_id, version)
    _refuse_over(offer)
    person = _colleague(work, action, offer, deputy)
    if person.id == offer.lead_id:
        raise Refused(f"{deputy} leads this post already. Name somebody else as deputy.")
    if person.id == offer.deputy_id:
        return
    offer.deputy_id, offer.version = person.id, offer.version + 1
    work.session.add(offer)
    _note(work, action, offer, HandoverKind.DEPUTY, offer.lead_id, person, "Named as deputy.")
    _tell(work, action, offer, person, "You are named as deputy for")


def hand_over(work: Work, offer_id: int, to: str, reason: str, *, version: int | None = None) -> None:
    """Another lead of the same agency takes the post; what was accepted stays accepted, and the planners are told."""
    action, offer = lock_offer(work, offer_id, version)
    _refuse_over(offer)
    why = needed_text(reason, "Why the post is handed over")
    person = _colleague(work, action, offer, to)
    if person.id == offer.lead_id:
        raise Refused(f"{to} leads this post already.")
    _refuse_circle(work, offer, person)
    role = work.session.get_one(CatalogueRole, offer.role_id)
    if offer.state in ANSWERED:
        check_training(work, role, person.id or 0)
    before = offer.lead_id
    offer.lead_id, offer.version = person.id or 0, offer.version + 1
    offer.deputy_id = None if offer.deputy_id == person.id else offer.deputy_id
    work.session.add(offer)
    _note(work, action, offer, HandoverKind.HANDOVER, before, person, why)
    _tell(work, action, offer, person, "You take over")
    agency, to_whom = agency_words_of(work, offer.agency_id), person_words(work, offer.lead_id)
    sentence = f"{agency}: {role.title} passed to {to_whom}."
    for number in holders(work, (Post.SILVER,), action.operation_id, action.force_id):
        work.notify(f"{action.reference}: {sentence}", person_id=number, action_id=action.id)
    work.session.flush()
    follow_clashes(work, action)
    reconsider(work, [action.id or 0], because=sentence)


def _refuse_over(offer: RoleOffer) -> None:
    if offer.state not in (OfferState.OFFERED, *ANSWERED):
        raise Refused(f"This offer is {offer.state.replace('_', ' ')}: there is nothing to pass on.")


def _colleague(work: Work, action: Action, offer: RoleOffer, title: str) -> Person:
    """Somebody who may commit the same agency in the operation."""
    leads = partner_leads(work, offer.agency_id, action.operation_id)
    found = work.session.exec(select(Person).where(Person.title == title, col(Person.id).in_(leads))).first()
    if found is None:
        agency = agency_within(work.session.get_one(Agency, offer.agency_id))
        raise Refused(f"{title or 'Nobody'} may not commit {agency} in this operation. Choose one of its leads.")
    return found


def _refuse_circle(work: Work, offer: RoleOffer, person: Person) -> None:
    query = select(OfferHandover).where(
        OfferHandover.offer_id == offer.id,
        OfferHandover.kind == HandoverKind.HANDOVER,
        OfferHandover.from_id == person.id,
    )
    before = work.session.exec(query.order_by(col(OfferHandover.id).desc())).first()
    if before is not None:
        day = day_words(local(before.at).date())
        raise Refused(
            f"{person.title} handed this post on, on {day}: it does not go round in a circle. "
            "Choose another lead, or take it back so that the planners can ask elsewhere."
        )


def _note(
    work: Work, action: Action, offer: RoleOffer, kind: HandoverKind, before: int, person: Person, why: str
) -> None:
    work.session.add(
        OfferHandover(
            offer_id=offer.id or 0,
            kind=kind,
            from_id=before,
            to_id=person.id or 0,
            by_id=work.actor.person_id,
            at=work.now,
            reason=why,
        )
    )
    role = work.session.get_one(CatalogueRole, offer.role_id).title
    left, new = person_words(work, before), person_words(work, person.id or 0)
    said = f"{new} is deputy for {left}" if kind is HandoverKind.DEPUTY else f"{left} to {new}: {why}"
    work.record_action(kind.value, f"{role}: {said}", action, offer=offer.id)


def _tell(work: Work, action: Action, offer: RoleOffer, person: Person, how: str) -> None:
    role, day = work.session.get_one(CatalogueRole, offer.role_id).title, day_words(local(action.starts_at).date())
    work.notify(
        f"{how} {role} on {day}.",
        person_id=person.id,
        outside="A post was passed to you.",
        path=f"/my_part?ref={offer.id}",
    )
