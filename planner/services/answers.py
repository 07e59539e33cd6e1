"""Answers to offers: only a partner's own lead commits; the cell types what was said by telephone."""

from collections.abc import Sequence

from sqlmodel import col, select

from planner.access import Verb, action_id_of, may, require
from planner.errors import InputError, NotFound, Refused, Stale
from planner.models.directory import Region
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import Condition, RoleOffer, RoleRequest
from planner.rules.dates import day_words, when_words
from planner.rules.windows import local
from planner.rules.words import ANSWERED, ActionState, OfferState
from planner.services.clashes import follow_clashes
from planner.services.commitments import matching_commitment
from planner.services.gate import reconsider
from planner.services.leads import check_training
from planner.services.names import agency_words_of
from planner.services.texts import needed_text, said_text
from planner.work import Work

NO_OFFER = "There is no such offer, or none that you can open."
OVER = (ActionState.BEGUN, ActionState.DONE, ActionState.STOOD_DOWN)


def lock_offer(
    work: Work, offer_id: int, version: int | None, *, verb: str = "answer_offer"
) -> tuple[Action, RoleOffer]:
    """Lock the action of an offer for its lead, its deputy or the cell; Stale when the page is older than the offer."""
    work.attempts(verb, f"offer {offer_id}")
    found = work.session.get(RoleOffer, offer_id)
    if found is None:
        raise NotFound(NO_OFFER)
    action = work.lock(Action, found.action_id)
    offer = work.session.get_one(RoleOffer, offer_id, populate_existing=True)
    _may_answer(work, action, offer)  # before the version: a stranger must not learn that the offer exists
    if version is not None and offer.version != version:
        _refuse_filled(work, action, offer)
        words = offer.state.replace("_", " ")
        raise Stale(f"This offer changed while your page was open: it is now {words}. Look again, then answer.")
    return action, offer


def is_own(work: Work, offer: RoleOffer) -> bool:
    """Whether the actor is the lead or deputy whom an offer names, and speaks for its agency."""
    named, operation_id = (offer.lead_id, offer.deputy_id), work.session.get_one(Action, offer.action_id).operation_id
    return may(work, Verb.ANSWER_OFFER, agency_id=offer.agency_id, named=named, operation_id=operation_id)


def _may_answer(work: Work, action: Action, offer: RoleOffer) -> None:
    """Only the lead or deputy named answers, or the cell for an answer given by telephone."""
    if is_own(work, offer):
        return
    visible_or_missing(work, action, NO_OFFER)
    require(work, Verb.ANSWER_OFFER, ref=f"offer {offer.id}", action=action)


def visible_or_missing(work: Work, action: Action, missing: str) -> None:
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
    proposal: str = "",
    version: int | None = None,
    told_by: str = "",
) -> None:
    """Accept, accept with conditions, or decline with a reason and what would do instead, until the door is opened.

    `told_by` is the post that gave an answer by telephone, for the record.
    """
    action, offer = lock_offer(work, offer_id, version)
    _refuse_closed(work, action, offer)
    kept = [said for text in conditions if (said := said_text(text, "A condition"))]
    why, instead = said_text(reason, "The reason"), said_text(proposal, "What would do instead")
    if accept and conditions and not kept:
        raise InputError("Say on which condition, or answer yes without one.")
    role = work.session.get_one(CatalogueRole, offer.role_id)
    if accept:
        _refuse_full(work, action, offer)
        check_training(work, role, offer.lead_id)
    elif not (why or instead):
        raise InputError("Say in a few words why not, so that the planners can ask somebody else.")
    by_telephone = not is_own(work, offer)
    offer.reason, offer.proposal = why or None, instead or None
    offer.answered_by, offer.telephone_by = work.actor.person_id, work.actor.person_id if by_telephone else None
    _replace_conditions(work, offer, kept)
    agency = agency_words_of(work, offer.agency_id)
    said = _by_telephone(said_text(told_by, "Who said it", most=100)) if by_telephone else ""
    _answer(work, action, offer, _answered_state(accept, kept))
    sentence = f"{agency}: {role.title} {offer.state.replace('_', ' ')}{said}."
    work.record_action("answer_offer", sentence, action, offer=offer.id, conditions=kept, instead=instead)
    if by_telephone:
        told = f"The cell typed your answer: {role.title}, {offer.state.replace('_', ' ')}. Correct it if it is not so."
        tell_lead(work, offer, told, outside="An answer was typed for you. Correct it if it is not so.")
    _judge_again(work, action, sentence)


def _judge_again(work: Work, action: Action, because: str) -> None:
    follow_clashes(work, action)
    reconsider(work, [action.id or 0], because=because)


def _by_telephone(told_by: str) -> str:
    return f" (typed by the cell, given by telephone{f' by {told_by}' if told_by else ''})"


def tell_lead(work: Work, offer: RoleOffer, sentence: str, *, outside: str, deputy: bool = False) -> None:
    """Tell the lead, and the deputy where asked; the letter leads straight to the offer."""
    for person in dict.fromkeys([offer.lead_id, *([offer.deputy_id] if deputy and offer.deputy_id else [])]):
        work.notify(sentence, person_id=person, outside=outside, path=f"/my_part?ref={offer.id}")


def accept_all(work: Work, wanted: Sequence[tuple[int, int]]) -> int:
    """Say yes to several offers at once, each as it was shown (its id and version): all of them or none."""
    if not wanted:
        raise InputError("Choose at least one.")
    offers = {offer.id: offer.action_id for offer in _offers(work, [number for number, _ in wanted])}
    missing = [number for number, _ in wanted if number not in offers]
    if missing:
        work.attempts("answer_offer", f"offer {missing[0]}")
        raise NotFound(NO_OFFER)
    for number, version in sorted(wanted, key=lambda each: (offers[each[0]], each[0])):  # actions ascending
        answer_offer(work, number, accept=True, version=version)
    return len(wanted)


def _offers(work: Work, numbers: Sequence[int]) -> Sequence[RoleOffer]:
    return work.session.exec(select(RoleOffer).where(col(RoleOffer.id).in_(numbers))).all()


def _answer(work: Work, action: Action, offer: RoleOffer, state: OfferState) -> None:
    """Keep the answer; whoever takes the last seat of a request ends the asking of the others."""
    offer.state, offer.answered_at, offer.version = state, work.now, offer.version + 1
    offer.remind_at, offer.reminded, offer.asked_because = None, None, None
    work.session.add(offer)
    work.session.flush()
    if state in ANSWERED and offer.request_id is not None:
        _end_asking(work, action, offer, work.session.get_one(RoleRequest, offer.request_id))


def _end_asking(work: Work, action: Action, taken_by: RoleOffer, request: RoleRequest) -> None:
    asked = work.session.exec(
        select(RoleOffer).where(RoleOffer.request_id == request.id).order_by(col(RoleOffer.id))
    ).all()
    if request.seats is None or sum(offer.state in ANSWERED for offer in asked) < request.seats:
        return
    role, day = work.session.get_one(CatalogueRole, request.role_id), day_words(local(action.starts_at).date())
    region = work.session.get_one(Region, action.region).name
    for offer in asked:
        if offer.state is OfferState.OFFERED:
            offer.state, offer.filled_by, offer.version = OfferState.WITHDRAWN, taken_by.id, offer.version + 1
            offer.remind_at = None
            work.session.add(offer)
            told = f"Thank you: {role.title} in {region} on {day} is filled. Nothing more is asked of you."
            tell_lead(work, offer, told, outside="A post you were asked for is filled. Thank you.")


def _refuse_filled(work: Work, action: Action, offer: RoleOffer) -> None:
    if offer.filled_by is not None:
        role = work.session.get_one(CatalogueRole, offer.role_id).title
        when = when_words(action.starts_at, action.ends_at)
        raise Refused(f"Thank you: {role}, {when}, was filled by another agency first. Nothing more is asked of you.")


def _refuse_full(work: Work, action: Action, offer: RoleOffer) -> None:
    """Who declined and can after all comes too late once the last seat is taken."""
    request = work.session.get(RoleRequest, offer.request_id) if offer.request_id else None
    if request is None or request.seats is None or offer.state in ANSWERED:
        return
    others = select(RoleOffer.id).where(
        RoleOffer.request_id == request.id, col(RoleOffer.state).in_(ANSWERED), RoleOffer.id != offer.id
    )
    if len(work.session.exec(others).all()) >= request.seats:
        when = when_words(action.starts_at, action.ends_at)
        raise Refused(f"Thank you: this post, {when}, is filled meanwhile. Nothing more is asked of you.")


def _refuse_closed(work: Work, action: Action, offer: RoleOffer) -> None:
    """Nothing is answered once it was taken back or filled, or once the door is open."""
    _refuse_filled(work, action, offer)
    if offer.state is OfferState.WITHDRAWN:
        raise Refused("This offer is withdrawn; it can no longer be answered. Ring the planners if you can help.")
    when = when_words(action.starts_at, action.ends_at)
    if action.state in OVER or work.now >= action.ends_at:
        raise Refused(f"This was for {when}, which is under way or over: ring the planners.")


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


def settle_by_commitment(work: Work, action: Action, role: CatalogueRole, offer: RoleOffer) -> bool:
    """Accept an offer that a standing commitment of its agency covers, and tell the lead that it was; or False."""
    found = matching_commitment(work, action, role, offer)
    if found is None:
        return False
    offer.lead_id, offer.commitment_id = found.lead_id, found.id
    offer.answered_by, offer.telephone_by, offer.reason = found.lead_id, None, None
    _replace_conditions(work, offer, ())
    _answer(work, action, offer, OfferState.ACCEPTED)
    agency = agency_words_of(work, offer.agency_id)
    sentence = f"{agency}: {role.title} accepted by its standing commitment."
    work.record_action("accept_by_commitment", sentence, action, offer=offer.id, commitment=found.id)
    day = day_words(local(action.starts_at).date())
    told = f"Your standing commitment accepted {role.title} on {day}. Take it back if you cannot."
    tell_lead(work, offer, told, outside="Your standing commitment accepted a post. Take it back if you cannot.")
    return True


def withdraw_acceptance(work: Work, offer_id: int, *, reason: str) -> None:
    """A partner takes its acceptance back, with a reason; the gate falls."""
    action, offer = lock_offer(work, offer_id, None)
    if offer.state not in ANSWERED:
        raise Refused("Only an accepted offer can be taken back.")
    why = needed_text(reason, "Why the acceptance is taken back")
    withdraw(work, action, offer, f"the partner took its acceptance back: {why}")


def withdraw(work: Work, action: Action, offer: RoleOffer, done: str) -> None:
    """End an offer, whoever ends it; a standing go-ahead is asked for its gate again."""
    agency = agency_words_of(work, offer.agency_id)
    sentence = f"{agency}, {work.session.get_one(CatalogueRole, offer.role_id).title}: {done}"
    offer.state, offer.reason, offer.version = OfferState.WITHDRAWN, sentence, offer.version + 1
    offer.remind_at = None
    work.session.add(offer)
    work.record_action("withdraw_role", sentence, action, offer=offer.id)
    _judge_again(work, action, sentence)
