"""Posts offered: to one agency's named lead or to several at once; and taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from planner.access import Verb, agency_named, lock_action
from planner.errors import InputError, NotAllowed, NotFound, Refused
from planner.models.directory import Agency, Region
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer, RoleRequest
from planner.rules.dates import day_words, instant_words
from planner.rules.reminders import next_reminder
from planner.rules.windows import local
from planner.rules.words import ANSWERED, OfferState
from planner.services.answers import NO_OFFER, settle_by_commitment, tell_lead, visible_or_missing, withdraw
from planner.services.clashes import follow_clashes
from planner.services.current_posts import check_serves, role_asked_for
from planner.services.leads import lead_for
from planner.services.names import agency_within, agency_words, agency_words_of
from planner.services.texts import said_text
from planner.work import Work

MOST_AT_ONCE = 60


@dataclass(frozen=True)
class OfferRequest:
    """A post of one action for one agency; without a lead, the agency's own partner lead."""

    action: str
    role: str
    agency: str
    request_key: str
    lead_id: int | None = None
    answer_by: datetime | None = None


@dataclass(frozen=True)
class AskRequest:
    """A post of one action asked of several agencies; with `first`, the first to accept fill what is needed of it."""

    action: str
    role: str
    agencies: tuple[str, ...]
    request_key: str
    first: bool = True
    answer_by: datetime | None = None

    def __post_init__(self) -> None:
        if not self.agencies:
            raise InputError("Choose at least one agency to ask.")
        if len(set(self.agencies)) > MOST_AT_ONCE:
            raise InputError(f"Ask {MOST_AT_ONCE} agencies at most at once; you chose {len(set(self.agencies))}.")


def offer_role(work: Work, request: OfferRequest) -> RoleOffer:
    """Offer a post to an agency that the catalogue lets fill it; the lead is told region and post, no more."""
    action = lock_action(work, request.action, Verb.OFFER_ROLE)
    known = work.session.exec(select(RoleOffer).where(RoleOffer.request_key == request.request_key)).first()
    role, agency = role_coded(work, request.role), agency_named(work, request.agency)
    if known is not None:
        if (known.action_id, known.agency_id) != (action.id, agency.id):
            raise Refused("This form was sent before with other answers. Open it again, then send it.")
        return known
    offer = _offered(work, action, role, agency, request.answer_by, lead_id=request.lead_id, key=request.request_key)
    if settle_by_commitment(work, action, role, offer):
        follow_clashes(work, action)
    else:
        _tell_asked(work, action, role, offer)
    return offer


def ask_agencies(work: Work, request: AskRequest) -> tuple[RoleOffer, ...]:
    """Ask several agencies for one post at once, all of them or none; where the first to accept fill it, it says so."""
    action = lock_action(work, request.action, Verb.OFFER_ROLE)
    role = role_coded(work, request.role)
    known = work.session.exec(select(RoleRequest).where(RoleRequest.request_key == request.request_key)).first()
    if known is not None:
        if (known.action_id, known.role_id) != (action.id, role.id):
            raise Refused("This form was sent before with other answers. Open it again, then send it.")
        return tuple(work.session.exec(select(RoleOffer).where(RoleOffer.request_id == known.id)).all())
    agencies = [agency_named(work, code) for code in dict.fromkeys(request.agencies)]
    made = RoleRequest(
        action_id=action.id or 0,
        role_id=role.id or 0,
        seats=_seats_left(work, action, role) if request.first else None,
        asked_by=work.actor.person_id,
        asked_at=work.now,
        request_key=request.request_key,
    )
    work.session.add(made)
    work.session.flush()
    asked = [_offered(work, action, role, agency, request.answer_by, asked_in=made.id) for agency in agencies]
    waiting: list[RoleOffer] = []
    for offer in sorted(asked, key=lambda offer: offer.agency_id):  # one order, in which commitments are locked
        if offer.state is OfferState.OFFERED and not settle_by_commitment(work, action, role, offer):
            waiting.append(offer)
    if len(waiting) < len(asked):
        follow_clashes(work, action)
    for offer in waiting:
        if offer.state is OfferState.OFFERED:  # a standing commitment may have filled it on the way
            _tell_asked(work, action, role, offer)
    return tuple(asked)


def _seats_left(work: Work, action: Action, role: CatalogueRole) -> int:
    taken = select(RoleOffer.id).where(
        RoleOffer.action_id == action.id, RoleOffer.role_id == role.id, col(RoleOffer.state).in_(ANSWERED)
    )
    return max(1, role.needed - len(work.session.exec(taken).all()))


def _offered(
    work: Work,
    action: Action,
    role: CatalogueRole,
    agency: Agency,
    answer_by: datetime | None,
    *,
    lead_id: int | None = None,
    key: str | None = None,
    asked_in: int | None = None,
) -> RoleOffer:
    """One offer, recorded; of another kind of agency, or twice, it is refused."""
    if agency.kind not in role.agency_kinds.split("|"):
        kinds = role.agency_kinds.replace("|", ", ").replace("_", " ")
        raise Refused(f"{agency_words(agency)} cannot be {role.title}: that is for {kinds}.")
    check_serves(work, action, role)
    _refuse_twice(work, action, role, agency)
    until = answer_by or min(action.starts_at, work.now + timedelta(hours=role.answer_hours))
    if until <= work.now:
        raise InputError(f"An answer by {instant_words(until)} cannot be given: that is past. Give a later time.")
    recalled = next_reminder(None, work.now, until)
    offer = RoleOffer(
        action_id=action.id or 0,
        role_id=role.id or 0,
        agency_id=agency.id or 0,
        lead_id=lead_for(work, agency, action, lead_id),
        offered_at=work.now,
        answer_by=until,
        request_key=key,
        request_id=asked_in,
        remind_at=recalled[1] if recalled else None,
    )
    work.session.add(offer)
    work.session.flush()
    work.record_action("offer_role", f"{role.title} offered to {agency_within(agency)}.", action, offer=offer.id)
    return offer


def _tell_asked(work: Work, action: Action, role: CatalogueRole, offer: RoleOffer) -> None:
    region, day = work.session.get_one(Region, action.region).name, day_words(local(action.starts_at).date())
    by = instant_words(offer.answer_by)
    told = f"You are asked to be {role.title} in {region} on {day}. Please answer by {by}."
    tell_lead(work, offer, told, outside=f"You are asked for a post. Please answer by {by}.")


def role_coded(work: Work, code: str) -> CatalogueRole:
    """The latest version of a post of the catalogue."""
    return role_asked_for(work, code)


def _refuse_twice(work: Work, action: Action, role: CatalogueRole, agency: Agency) -> None:
    versions = select(CatalogueRole.id).where(CatalogueRole.code == role.code)
    open_ = select(RoleOffer.id).where(
        RoleOffer.action_id == action.id,
        col(RoleOffer.role_id).in_(versions),
        RoleOffer.agency_id == agency.id,
        col(RoleOffer.state).in_((OfferState.OFFERED, *ANSWERED)),
    )
    if work.session.exec(open_).first() is not None:
        raise Refused(f"{role.title} is offered to {agency_within(agency)} already.")


def withdraw_offer(work: Work, offer_id: int, *, reason: str = "") -> None:
    """The planners no longer ask this agency; one that has accepted is told why."""
    action, offer = lock_asked(work, offer_id)
    if offer.state is OfferState.WITHDRAWN:
        raise NotAllowed("This offer is withdrawn already.")
    was_accepted, why = offer.state in ANSWERED, said_text(reason, "The reason")
    if was_accepted and not why:
        agency = agency_words_of(work, offer.agency_id)
        raise InputError(f"{agency} has accepted this post. Say in a few words why it is withdrawn: they are told.")
    because = f" Reason: {why}" if why else ""
    role = work.session.get_one(CatalogueRole, offer.role_id).title
    done = "accepted post withdrawn" if was_accepted else "offer withdrawn"
    withdraw(work, action, offer, f"{done} by the planners.{because}")
    day = day_words(local(action.starts_at).date())
    told = f"You are no longer asked to be {role} on {day}.{because}"
    tell_lead(work, offer, told, outside="You are no longer asked for a post.", deputy=True)


def lock_asked(work: Work, offer_id: int) -> tuple[Action, RoleOffer]:
    """Lock the action of an offer for who offers its posts; missing and forbidden answer alike."""
    work.attempts("offer_role", f"offer {offer_id}")
    found = work.session.get(RoleOffer, offer_id)
    action = work.session.get(Action, found.action_id) if found else None
    if found is None or action is None:
        raise NotFound(NO_OFFER)
    visible_or_missing(work, action, NO_OFFER)
    locked = lock_action(work, action.reference, Verb.OFFER_ROLE)
    return locked, work.session.get_one(RoleOffer, offer_id, populate_existing=True)
