"""Who is asked and has not answered is reminded by the planners: one offer, or all that wait for one lead."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import col, select

from planner.errors import InputError, NotFound, Refused
from planner.models.directory import Agency
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer
from planner.rules.board import CHASED_AGAIN
from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.windows import local
from planner.rules.words import OfferState
from planner.services.answers import NO_OFFER, tell_lead
from planner.services.names import agency_words
from planner.services.offers import lock_asked
from planner.work import Work


def chase(work: Work, offer_id: int) -> None:
    """Silver reminds the lead and the deputy of an unanswered offer, once an hour at most."""
    action, offer = lock_asked(work, offer_id)
    if offer.state is not OfferState.OFFERED:
        raise Refused(f"This offer is {offer.state.replace('_', ' ')}: there is nothing to chase.")
    if _lately(work, offer):
        raise Refused(f"They were reminded at {local(offer.chased_at or work.now):%H:%M}. Ring them, or wait an hour.")
    _remember(work, action, offer)
    by = instant_words(offer.answer_by)
    told = f"The planners wait for your answer: {_post(work, offer)}, by {by}."
    tell_lead(work, offer, told, outside=f"The planners wait for your answer, by {by}.", deputy=True)


def chase_all(work: Work, offer_ids: Sequence[int]) -> int:
    """Remind of several at once, each lead and deputy in one notice; returns of how many.

    What was answered meanwhile, or reminded of in the last hour, is left out; Refused when nothing is left.
    """
    if not offer_ids:
        raise InputError("Choose at least one.")
    waiting: defaultdict[tuple[int, int | None], list[RoleOffer]] = defaultdict(list)
    for number in _in_locking_order(work, offer_ids):
        action, offer = lock_asked(work, number)
        if offer.state is OfferState.OFFERED and not _lately(work, offer):
            _remember(work, action, offer)
            waiting[offer.lead_id, offer.deputy_id].append(offer)
    if not waiting:
        raise Refused("Nothing is left to remind them of: all is answered, or they were reminded within the hour.")
    for offers in waiting.values():
        _tell(work, offers)
    return sum(map(len, waiting.values()))


def _in_locking_order(work: Work, numbers: Sequence[int]) -> list[int]:
    """By action ascending; one that is missing is refused as missing by its lock."""
    o = RoleOffer
    found = work.session.exec(
        select(o.action_id, o.id).where(col(o.id).in_(numbers)).order_by(col(o.action_id), col(o.id))
    )
    known = [number or 0 for _, number in found]
    missing = [number for number in numbers if number not in known]
    if missing:
        work.attempts("offer_role", f"offer {missing[0]}")
        raise NotFound(NO_OFFER)
    return known


def _tell(work: Work, offers: Sequence[RoleOffer]) -> None:
    first = min(offers, key=lambda offer: offer.answer_by)
    answers, by = count_words(len(offers), "answer"), instant_words(first.answer_by)
    told = f"The planners wait for {answers} of yours, the first by {by}: {_post(work, first)}."
    tell_lead(work, first, told, outside=f"The planners wait for {answers} of yours, the first by {by}.", deputy=True)


def _lately(work: Work, offer: RoleOffer) -> bool:
    return offer.chased_at is not None and work.now - offer.chased_at < CHASED_AGAIN


def _remember(work: Work, action: Action, offer: RoleOffer) -> None:
    offer.chased_at = work.now
    work.session.add(offer)
    agency = work.session.get_one(Agency, offer.agency_id)
    sentence = f"{agency_words(agency)} was reminded of {_post(work, offer)}."
    work.record_action("chase", sentence, action, offer=offer.id)


def _post(work: Work, offer: RoleOffer) -> str:
    return work.session.get_one(CatalogueRole, offer.role_id).title
