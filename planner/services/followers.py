"""Who and what follows actions: partners' leads with a post there, providers with a booking, arrangements.

What follows several is read for all of them at once: a strike day of twenty is moved while somebody looks on.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from planner.models.arrangements import Arrangement
from planner.models.care import Hold
from planner.models.directory import Agency
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
from planner.services.names import region_names
from planner.work import Work

ANSWER_HOURS = 24
ACCEPTED = (OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)
LIVE = (HoldState.REQUESTED, HoldState.HELD, HoldState.CONFIRMED)


Offered = tuple[RoleOffer, CatalogueRole, AgencyKind]


def asked_on(work: Work, actions: Sequence[Action]) -> dict[int, AskedOn]:
    """What the posts of each action are answered on, as it stands now; by action id."""
    lines: defaultdict[int, list[DemandLine]] = defaultdict(list)
    for line in work.session.exec(select(DemandLine).where(col(DemandLine.action_id).in_(_ids(actions)))):
        lines[line.action_id].append(line)
    return {action.id or 0: _asked_on(action, lines[action.id or 0]) for action in actions}


def _asked_on(action: Action, lines: Sequence[DemandLine]) -> AskedOn:
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


def ask_concerned(work: Work, actions: Sequence[Action], before: Mapping[int, AskedOn]) -> frozenset[int]:
    """Ask those again whose answer what changed makes a new question, tell each what that is; returns the leads.

    A commitment accepts what it covers before the next action is asked about: it has room for so many a day.
    """
    now = asked_on(work, actions)
    changes = {number: changes_between(before[number], now[number]) for number in now}
    changed = [action for action in actions if changes[action.id or 0]]
    if not changed:
        return frozenset()
    offered, committed = _offered(work, changed), committed_agencies(work, changed)
    regions = region_names(work, [action.region for action in changed])
    told: set[int] = set()
    for action in changed:
        number = action.id or 0
        asked = [
            (offer, role, concern)
            for offer, role, kind in offered[number]
            if (concern := concerning(changes[number], _concerns(role), kind))
        ]
        for offer, role, concern in asked:
            _ask_again(
                work, action, offer, f"{role.title} in {regions[action.region]}: {because_words(concern)}", concern
            )
            told.add(offer.lead_id)
        for offer, role, _ in asked:
            if offer.agency_id in committed[number]:
                settle_by_commitment(work, action, role, offer)
    return frozenset(told)


def _ids(actions: Sequence[Action]) -> list[int]:
    return [action.id or 0 for action in actions]


def _concerns(role: CatalogueRole) -> Sequence[str]:
    return list(Concern) if role.concerns is None else role.concerns.split("|")


def _offered(work: Work, actions: Sequence[Action]) -> Mapping[int, Sequence[Offered]]:
    """The posts offered or accepted by action, with what each is and to what kind of agency it went."""
    query = (
        select(RoleOffer, CatalogueRole, Agency.kind)
        .join(CatalogueRole, col(CatalogueRole.id) == col(RoleOffer.role_id))
        .join(Agency, col(Agency.id) == col(RoleOffer.agency_id))
    )
    found: defaultdict[int, list[Offered]] = defaultdict(list)
    for offer, role, kind in work.session.execute(query.where(*_open_of(_ids(actions))).order_by(col(RoleOffer.id))):
        found[offer.action_id].append((offer, role, kind))
    return found


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


def follow_move(work: Work, actions: Sequence[Action]) -> None:
    """After a move what was arranged is asked for again; places follow by themselves (care_moving).

    An arrangement stays confirmed only where its own times cover the new ones.
    """
    known = {action.id: action for action in actions}
    regions = region_names(work, [action.region for action in actions])
    confirmed = select(Arrangement).where(
        col(Arrangement.action_id).in_(_ids(actions)), Arrangement.state == ArrangementState.CONFIRMED
    )
    for row in work.session.exec(confirmed.order_by(col(Arrangement.action_id), col(Arrangement.id))).all():
        action = known[row.action_id]
        if row.from_at and row.until_at and row.from_at <= action.starts_at and row.until_at >= action.ends_at:
            continue
        row.state, row.confirmed_at = ArrangementState.REQUESTED, None
        row.changed_at, row.version = work.now, row.version + 1
        work.session.add(row)
        if row.agency_id is not None:
            when = when_words(action.starts_at, action.ends_at)
            told = f"What you arranged for an action in {regions[action.region]} is needed {when}."
            work.notify(f"{told} Please confirm again.", agency_id=row.agency_id, action_id=action.id)


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
    return work.session.exec(select(RoleOffer).where(*_open_of(_ids([action])))).all()


def _open_of(numbers: Sequence[int]) -> tuple[Any, ...]:
    return col(RoleOffer.action_id).in_(numbers), col(RoleOffer.state).in_((OfferState.OFFERED, *ACCEPTED))
