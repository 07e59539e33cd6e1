"""Role offers: police request, only a partner's own lead commits; conditions are answered, acceptances withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from planner.access import Verb, action_id_of, agency_named, lock_action, may, require
from planner.errors import InputError, NotAllowed, NotFound, Refused, Stale
from planner.models.directory import Agency, Region
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import Condition, RoleOffer
from planner.rules.dates import day_words
from planner.rules.windows import local
from planner.rules.words import ConditionState, OfferState
from planner.services.gate import reconsider
from planner.services.leads import ANSWERED, check_training, lead_for
from planner.services.texts import needed_text, said_text
from planner.work import Work

NO_OFFER = "There is no such offer, or none that you can open."
NO_CONDITION = "There is no such condition, or none that you can open."


@dataclass(frozen=True)
class OfferRequest:
    """A post of one action for one agency; without a lead, the agency's own partner lead."""

    action: str
    role: str
    agency: str
    request_key: str
    lead_id: int | None = None
    answer_by: datetime | None = None


def offer_role(work: Work, request: OfferRequest) -> RoleOffer:
    """Offer a post to an agency that the catalogue lets fill it; the lead is told region and post, no more."""
    action = lock_action(work, request.action, Verb.OFFER_ROLE)
    known = work.session.exec(select(RoleOffer).where(RoleOffer.request_key == request.request_key)).first()
    role, agency = _role(work, request.role), agency_named(work, request.agency)
    if known is not None:
        if (known.action_id, known.agency_id) != (action.id, agency.id):
            raise Refused("This form was sent before with other answers. Open it again, then send it.")
        return known
    if agency.kind not in role.agency_kinds.split("|"):
        kinds = role.agency_kinds.replace("|", ", ").replace("_", " ")
        raise Refused(f"{agency.name} cannot be {role.title}: that is for {kinds}.")
    _refuse_twice(work, action, role, agency)
    offer = RoleOffer(
        action_id=action.id or 0,
        role_id=role.id or 0,
        agency_id=agency.id or 0,
        lead_id=lead_for(work, agency, action, request.lead_id),
        offered_at=work.now,
        answer_by=request.answer_by or min(action.starts_at, work.now + timedelta(hours=role.answer_hours)),
        request_key=request.request_key,
    )
    work.session.add(offer)
    work.session.flush()
    work.record_action("offer_role", f"{role.title} offered to {agency.name}.", action, offer=offer.id)
    region, day = work.session.get_one(Region, action.region).name, day_words(local(action.starts_at).date())
    work.notify(f"You are asked to be {role.title} in {region} on {day}. Please answer.", person_id=offer.lead_id)
    return offer


def _role(work: Work, code: str) -> CatalogueRole:
    query = select(CatalogueRole).where(CatalogueRole.code == code).order_by(col(CatalogueRole.version).desc())
    role = work.session.exec(query).first()
    if role is None:
        raise NotFound(f"There is no post {code} in the role catalogue.")
    return role


def _refuse_twice(work: Work, action: Action, role: CatalogueRole, agency: Agency) -> None:
    open_ = select(RoleOffer.id).where(
        RoleOffer.action_id == action.id,
        RoleOffer.role_id == role.id,
        RoleOffer.agency_id == agency.id,
        col(RoleOffer.state).in_((OfferState.OFFERED, *ANSWERED)),
    )
    if work.session.exec(open_).first() is not None:
        raise Refused(f"{role.title} is offered to {agency.name} already.")


def _lock_offer(work: Work, offer_id: int, version: int | None) -> tuple[Action, RoleOffer]:
    work.attempts("answer_offer", f"offer {offer_id}")
    found = work.session.get(RoleOffer, offer_id)
    if found is None:
        raise NotFound(NO_OFFER)
    action = work.lock(Action, found.action_id)
    offer = work.session.get_one(RoleOffer, offer_id, populate_existing=True)
    _may_answer(work, action, offer)  # before the version: a stranger must not learn that the offer exists
    if version is not None and offer.version != version:
        words = offer.state.replace("_", " ")
        raise Stale(f"This offer changed while your page was open: it is now {words}. Look again, then answer.")
    return action, offer


def _is_own(work: Work, offer: RoleOffer) -> bool:
    named, operation_id = (offer.lead_id, offer.deputy_id), work.session.get_one(Action, offer.action_id).operation_id
    return may(work, Verb.ANSWER_OFFER, agency_id=offer.agency_id, named=named, operation_id=operation_id)


def _may_answer(work: Work, action: Action, offer: RoleOffer) -> None:
    """Only the lead or deputy named answers, or the cell for an answer given by telephone."""
    if _is_own(work, offer):
        return
    _visible(work, action, NO_OFFER)
    require(work, Verb.ANSWER_OFFER, ref=f"offer {offer.id}", action=action)


def _visible(work: Work, action: Action, missing: str) -> None:
    """Answer as missing without the action's reference, which the asker may not know."""
    try:
        action_id_of(work, action.reference)
    except NotFound:
        raise NotFound(missing) from None


def answer_offer(
    work: Work,
    offer_id: int,
    *,
    accept: bool,
    conditions: Sequence[str] = (),
    reason: str = "",
    version: int | None = None,
) -> None:
    """Accept, accept with conditions, or decline with a reason; the answer can change until the go-ahead."""
    action, offer = _lock_offer(work, offer_id, version)
    if offer.state not in (OfferState.OFFERED, *ANSWERED):
        raise Refused(f"This offer is {offer.state.replace('_', ' ')}; it can no longer be answered.")
    kept = [said for text in conditions if (said := said_text(text, "A condition"))]
    why = said_text(reason, "The reason")
    if accept and conditions and not kept:
        raise InputError("Say on which condition, or answer yes without one.")
    role = work.session.get_one(CatalogueRole, offer.role_id)
    if accept:
        check_training(work, role, offer)
    elif not why:
        raise InputError("Say in a few words why not, so that the planners can ask somebody else.")
    offer.state = _answered_state(accept, kept)
    offer.answered_at, offer.answered_by = work.now, work.actor.person_id
    offer.reason, offer.version = why or None, offer.version + 1
    work.session.add(offer)
    _replace_conditions(work, offer, kept)
    agency = work.session.get_one(Agency, offer.agency_id)
    by_phone = "" if _is_own(work, offer) else " (typed by the cell, given by telephone)"
    sentence = f"{agency.name}: {role.title} {offer.state.replace('_', ' ')}{by_phone}."
    work.record_action("answer_offer", sentence, action, offer=offer.id, conditions=kept)
    if by_phone:
        work.notify(
            f"The cell typed your answer: {role.title}, {offer.state.replace('_', ' ')}.", person_id=offer.lead_id
        )
    reconsider(work, [action.id or 0], because=sentence)


def _replace_conditions(work: Work, offer: RoleOffer, kept: Sequence[str]) -> None:
    """An answer given anew replaces the conditions of the one before; the record keeps them."""
    for old in work.session.exec(select(Condition).where(Condition.offer_id == offer.id)).all():
        work.session.delete(old)
    work.session.add_all(Condition(offer_id=offer.id or 0, text=text) for text in kept)
    work.session.flush()


def _answered_state(accept: bool, conditions: Sequence[str]) -> OfferState:
    if not accept:
        return OfferState.DECLINED
    return OfferState.ACCEPTED_WITH_CONDITIONS if conditions else OfferState.ACCEPTED


def answer_condition(work: Work, condition_id: int, *, met: bool, answer: str) -> None:
    """Silver says whether a condition is met; a refused one undoes the acceptance until the partner accepts anew."""
    condition = work.session.get(Condition, condition_id)
    offer = work.session.get(RoleOffer, condition.offer_id) if condition else None
    found = work.session.get(Action, offer.action_id) if offer else None
    work.attempts("answer_condition", f"condition {condition_id}")
    if condition is None or offer is None or found is None:
        raise NotFound(NO_CONDITION)
    _visible(work, found, NO_CONDITION)
    action = lock_action(work, found.reference, Verb.ANSWER_CONDITION)
    kept = work.session.get(Condition, condition_id, populate_existing=True)
    if kept is None or kept.state is ConditionState.REFUSED:
        raise Refused("This condition is refused already: the partner must accept anew.")
    said = needed_text(answer, "What was done about the condition")
    condition.state = ConditionState.MET if met else ConditionState.REFUSED
    condition.answer, condition.answered_by, condition.answered_at = said, work.actor.person_id, work.now
    work.session.add(condition)
    sentence = f"Condition {condition.state}: {condition.text} Answer: {condition.answer}"
    work.record_action("answer_condition", sentence, action, offer=offer.id)
    work.notify(sentence, person_id=offer.lead_id)
    reconsider(work, [action.id or 0], because=sentence)


def withdraw_acceptance(work: Work, offer_id: int, *, reason: str) -> None:
    """A partner takes its acceptance back, with a reason; the gate falls."""
    action, offer = _lock_offer(work, offer_id, None)
    if offer.state not in ANSWERED:
        raise Refused("Only an accepted offer can be taken back.")
    why = needed_text(reason, "Why the acceptance is taken back")
    _withdraw(work, action, offer, f"the partner took its acceptance back: {why}")


def withdraw_offer(work: Work, offer_id: int, *, reason: str = "") -> None:
    """The planners no longer ask this agency; one that has accepted is told why."""
    found = work.session.get(RoleOffer, offer_id)
    action = work.session.get(Action, found.action_id) if found else None
    work.attempts("offer_role", f"offer {offer_id}")
    if found is None or action is None:
        raise NotFound(NO_OFFER)
    _visible(work, action, NO_OFFER)
    lock_action(work, action.reference, Verb.OFFER_ROLE)
    work.session.refresh(found)
    if found.state is OfferState.WITHDRAWN:
        raise NotAllowed("This offer is withdrawn already.")
    was_accepted, why = found.state in ANSWERED, said_text(reason, "The reason")
    if was_accepted and not why:
        agency = work.session.get_one(Agency, found.agency_id).name
        raise InputError(f"{agency} has accepted this post. Say in a few words why it is withdrawn: they are told.")
    because = f" Reason: {why}" if why else ""
    role = work.session.get_one(CatalogueRole, found.role_id).title
    done = "accepted post withdrawn" if was_accepted else "offer withdrawn"
    _withdraw(work, action, found, f"{done} by the planners.{because}")
    day = day_words(local(action.starts_at).date())
    work.notify(f"You are no longer asked to be {role} on {day}.{because}", person_id=found.lead_id)


def _withdraw(work: Work, action: Action, offer: RoleOffer, done: str) -> None:
    agency = work.session.get_one(Agency, offer.agency_id).name
    sentence = f"{agency}, {work.session.get_one(CatalogueRole, offer.role_id).title}: {done}"
    offer.state, offer.reason, offer.version = OfferState.WITHDRAWN, sentence, offer.version + 1
    work.session.add(offer)
    work.record_action("withdraw_role", sentence, action, offer=offer.id)
    reconsider(work, [action.id or 0], because=sentence)
