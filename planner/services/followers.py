"""Who and what follows an action: partners' leads with a post there, providers with a booking, arrangements."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from planner.models.arrangements import Arrangement
from planner.models.care import Hold
from planner.models.directory import Agency, Region
from planner.models.operations import Action, DemandLine
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer
from planner.rules.concerns import AskedOn, Change, because_words, changes_between, concerning
from planner.rules.dates import when_words
from planner.rules.reminders import next_reminder
from planner.rules.role_words import Concern
from planner.rules.words import AgencyKind, ArrangementState, HoldState, OfferState
from planner.services.answers import settle_by_commitment, tell_lead
from planner.services.commitments import committed_agencies
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
    asked = [
        (offer, role, concern)
        for offer, role, kind in _offered(work, action)
        if (concern := concerning(changes, _concerns(role), kind))
    ]
    region = work.session.get_one(Region, action.region)
    for offer, role, concern in asked:
        _ask_again(work, action, offer, f"{role.title} in {region.name}: {because_words(concern)}", concern)
        told.add(offer.lead_id)
    work.session.flush()
    committed = committed_agencies(work, action) if asked else frozenset()
    for offer, role, _ in asked:
        if offer.agency_id in committed:
            settle_by_commitment(work, action, role, offer)
    return frozenset(told)


def _concerns(role: CatalogueRole) -> Sequence[str]:
    return list(Concern) if role.concerns is None else role.concerns.split("|")


def _offered(work: Work, action: Action) -> Sequence[tuple[RoleOffer, CatalogueRole, AgencyKind]]:
    """The posts of an action that are offered or accepted, with what each is and to what kind of agency it went."""
    query = (
        select(RoleOffer, CatalogueRole, Agency.kind)
        .join(CatalogueRole, col(CatalogueRole.id) == col(RoleOffer.role_id))
        .join(Agency, col(Agency.id) == col(RoleOffer.agency_id))
    )
    rows = work.session.execute(query.where(*_open_of(action)).order_by(col(RoleOffer.id)))
    return [(offer, role, kind) for offer, role, kind in rows]


def _ask_again(work: Work, action: Action, offer: RoleOffer, sentence: str, because: Sequence[Change]) -> None:
    """An accepted post waits for an answer again; one that waits anyway is only told what changed."""
    if offer.state in ACCEPTED:
        offer.state, offer.asked_because = OfferState.OFFERED, because_words(because)
        offer.offered_at, offer.answer_by = work.now, min(action.starts_at, work.now + timedelta(hours=ANSWER_HOURS))
        recalled = next_reminder(None, offer.offered_at, offer.answer_by)
        offer.reminded, offer.remind_at = None, recalled[1] if recalled else None
    offer.version += 1
    work.session.add(offer)
    told = f"{sentence} Please answer for it as it is now."
    tell_lead(work, offer, told, outside="What you were asked for changed. Please answer again.")


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
    return work.session.exec(select(RoleOffer).where(*_open_of(action))).all()


def _open_of(action: Action) -> tuple[Any, ...]:
    return RoleOffer.action_id == action.id, col(RoleOffer.state).in_((OfferState.OFFERED, *ACCEPTED))
