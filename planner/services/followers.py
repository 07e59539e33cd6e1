"""Who and what follows an action: partners' leads with a post there, providers with a booking, arrangements."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import col, select

from planner.models.arrangements import Arrangement
from planner.models.care import Hold
from planner.models.directory import Agency, Region
from planner.models.operations import Action, DemandLine
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer
from planner.rules.concerns import AskedOn, because_words, changes_between, concerning
from planner.rules.dates import when_words
from planner.rules.reminders import next_reminder
from planner.rules.role_words import Concern
from planner.rules.words import ArrangementState, HoldState, OfferState
from planner.services.answers import settle_by_commitment, tell_lead
from planner.work import Work

ANSWER_HOURS = 24
ACCEPTED = (OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)
LIVE = (HoldState.REQUESTED, HoldState.HELD, HoldState.CONFIRMED)


def asked_on(work: Work, action: Action) -> AskedOn:
    """What the posts of an action are answered on, as it stands now."""
    lines = work.session.exec(select(DemandLine).where(DemandLine.action_id == action.id))
    return AskedOn(
        action.starts_at,
        action.ends_at,
        (action.premises_kind, action.premises_count, action.premises_cell),
        {(line.profile, line.need): (line.likely, line.high) for line in lines},
        action.children,
        action.children_number,
        action.immigration,
        frozenset(word.strip().casefold() for word in action.languages.split(",") if word.strip()),
    )


def ask_concerned(work: Work, action: Action, before: AskedOn) -> frozenset[int]:
    """Ask those again whose answer what changed makes a new question, tell each what that is; returns the leads."""
    work.session.flush()
    changes, told = changes_between(before, asked_on(work, action)), set()
    if not changes:
        return frozenset()
    for offer in _offers(work, action):
        role, agency = work.session.get_one(CatalogueRole, offer.role_id), work.session.get_one(Agency, offer.agency_id)
        concerns = list(Concern) if role.concerns is None else role.concerns.split("|")
        concern = concerning(changes, concerns, agency.kind)
        if concern:
            _ask_again(work, action, role, offer, because_words(concern))
            told.add(offer.lead_id)
    return frozenset(told)


def _ask_again(work: Work, action: Action, role: CatalogueRole, offer: RoleOffer, because: str) -> None:
    """An accepted post waits for an answer again; one that waits anyway is only told what changed."""
    if offer.state in ACCEPTED:
        offer.state, offer.asked_because = OfferState.OFFERED, because
        offer.offered_at, offer.answer_by = work.now, min(action.starts_at, work.now + timedelta(hours=ANSWER_HOURS))
        recalled = next_reminder(None, offer.offered_at, offer.answer_by)
        offer.reminded, offer.remind_at = None, recalled[1] if recalled else None
    offer.version += 1
    work.session.add(offer)
    work.session.flush()
    region = work.session.get_one(Region, action.region).name
    told = f"{role.title} in {region}: {because} Please answer for it as it is now."
    tell_lead(work, offer, told, outside="What you were asked for changed. Please answer again.")
    settle_by_commitment(work, action, role, offer)


def follow_move(work: Work, action: Action) -> None:
    """After a move what was arranged is asked for again; places follow by themselves (care_moving)."""
    region, when = work.session.get_one(Region, action.region).name, when_words(action.starts_at, action.ends_at)
    _arrange_again(work, action, f"What you arranged for an action in {region} is needed {when}. Please confirm again.")


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


def tell_partners(work: Work, action: Action, sentence: str, *, but: frozenset[int] = frozenset()) -> None:
    """To each lead with a post offered or accepted; the sentence names no place, force or target."""
    for lead in sorted({offer.lead_id for offer in _offers(work, action)} - but):
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
