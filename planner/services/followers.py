"""Who and what follows an action: partners' leads with a post there, providers with a booking, arrangements."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import col, select

from planner.models.arrangements import Arrangement
from planner.models.care import Hold
from planner.models.directory import Region
from planner.models.operations import Action
from planner.models.roles import RoleOffer
from planner.rules.dates import when_words
from planner.rules.words import ArrangementState, HoldState, OfferState
from planner.work import Work

ANSWER_HOURS = 24
ACCEPTED = (OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)
LIVE = (HoldState.REQUESTED, HoldState.HELD, HoldState.CONFIRMED)


def ask_again(work: Work, action: Action) -> None:
    """After a move: what was accepted or confirmed was for the old time, so each is asked again and told."""
    region, when = work.session.get_one(Region, action.region).name, when_words(action.starts_at, action.ends_at)
    for offer in _offers(work, action):
        if offer.state in ACCEPTED:
            offer.state, offer.version = OfferState.OFFERED, offer.version + 1
            offer.answer_by = min(action.starts_at, work.now + timedelta(hours=ANSWER_HOURS))
            work.session.add(offer)
    _arrange_again(work, action, f"What you arranged for an action in {region} is needed {when}. Please confirm again.")
    work.session.flush()
    tell_partners(work, action, f"A post asked of you in {region} moved to {when}. Please answer for the new time.")
    tell_providers(work, action, f"An action in {region} that has places with you moved; you may be asked again.")


def _arrange_again(work: Work, action: Action, sentence: str) -> None:
    """An arrangement stays confirmed only where its own times cover the new ones."""
    confirmed = select(Arrangement).where(
        Arrangement.action_id == action.id, Arrangement.state == ArrangementState.CONFIRMED
    )
    for row in work.session.exec(confirmed.order_by(col(Arrangement.id))):
        if row.from_at and row.until_at and row.from_at <= action.starts_at and row.until_at >= action.ends_at:
            continue
        row.state, row.confirmed_at = ArrangementState.REQUESTED, None
        row.changed_at, row.version = work.now, row.version + 1
        work.session.add(row)
        if row.agency_id is not None:
            work.notify(sentence, agency_id=row.agency_id, action_id=action.id)


def tell_partners(work: Work, action: Action, sentence: str) -> None:
    """To each lead with a post offered or accepted; the sentence names no place, force or target."""
    for lead in sorted({offer.lead_id for offer in _offers(work, action)}):
        work.notify(sentence, person_id=lead, action_id=action.id)


def tell_providers(work: Work, action: Action, sentence: str) -> None:
    """To each provider with a live booking."""
    asked = select(Hold.provider_id).where(Hold.action_id == action.id, col(Hold.state).in_(LIVE))
    for provider in sorted(set(work.session.exec(asked))):
        work.notify(sentence, agency_id=provider, action_id=action.id)


def _offers(work: Work, action: Action) -> Sequence[RoleOffer]:
    return work.session.exec(
        select(RoleOffer).where(
            RoleOffer.action_id == action.id, col(RoleOffer.state).in_((OfferState.OFFERED, *ACCEPTED))
        )
    ).all()
