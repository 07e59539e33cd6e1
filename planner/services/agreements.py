"""Information-sharing agreements: recorded, changed, ended by the cell; without one a partner sees logistics only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from planner.access import Verb, agency_named, require
from planner.errors import InputError, NotFound, Refused, Stale
from planner.models.directory import Agency, Agreement
from planner.models.operations import Action
from planner.models.roles import RoleOffer
from planner.rules.dates import day_words
from planner.rules.sharing import POLICE, SIGNS, Basis, Category, categories_in, categories_words, kept_as
from planner.rules.words import ActionState, OfferState
from planner.services.gate import reconsider
from planner.services.names import agency_within
from planner.services.texts import needed_text, said_text, short_text
from planner.work import Work

OPEN = (ActionState.PLANNED, ActionState.REQUESTED, ActionState.BEGUN)
ACCEPTED = (OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)
MEANWHILE = "Somebody changed this agreement while your page was open. Look at what is kept, then try again."


@dataclass(frozen=True)
class AgreementRequest:
    """What was agreed: with whom (by code), who signed for police, why, on what law, what it covers, for how long."""

    agency: str
    police: str
    reference: str
    purpose: str
    basis: Basis
    categories: Collection[Category]
    valid_from: date
    valid_to: date
    review_on: date | None = None
    basis_text: str = ""

    def __post_init__(self) -> None:
        if self.valid_to < self.valid_from:
            raise InputError("The agreement ends before it begins. Check the two days.")
        if self.review_on is not None and not self.valid_from <= self.review_on <= self.valid_to:
            raise InputError("The review falls outside the agreement. Give a day from its first to its last.")


def add_agreement(work: Work, request: AgreementRequest) -> Agreement:
    """An agreement with a partner; from its first day to its last the partner sees what it covers."""
    require(work, Verb.MANAGE_DIRECTORY, ref=request.agency)
    partner = _partner(work, request.agency)
    row = Agreement(agency_id=partner.id or 0, **_said(work, request))
    work.session.add(row)
    covers = categories_words(request.categories)
    sentence = f"Agreement {row.reference} with {agency_within(partner)} was recorded; it covers {covers}."
    work.record("add_agreement", sentence, kind="agency", ref=request.agency, basis=request.basis)
    work.notify(f"An information-sharing agreement is recorded; it covers {covers}.", agency_id=partner.id)
    return row


def change_agreement(work: Work, number: int, request: AgreementRequest, *, version: int) -> Agreement:
    """Other terms of the same agreement; what no longer holds by it stops at once."""
    row, served = _locked(work, number, request.agency)
    partner = _partner(work, request.agency)
    if partner.id != row.agency_id:
        raise Refused("An agreement stays with its partner. End this one and record another.")
    if row.version != version:
        raise Stale(MEANWHILE)
    before = categories_in(row.covers)
    said = _said(work, request)
    changed = sorted(name for name, value in said.items() if getattr(row, name) != value)
    for name, value in said.items():
        setattr(row, name, value)
    row.version += 1
    work.session.add(row)
    now = categories_in(row.covers)
    covers = "" if now == before else f" It now covers {categories_words(now)}."
    sentence = f"Agreement {row.reference} with {agency_within(partner)} was changed.{covers}"
    work.record("change_agreement", sentence, kind="agency", ref=partner.code, changed=changed)
    reconsider(work, served, because="An information-sharing agreement was changed.")
    return row


def end_agreement(work: Work, number: int, last_day: date, reason: str) -> Agreement:
    """The agreement holds up to this day, yesterday at the earliest; what it opened closes with it."""
    row, served = _locked(work, number, str(number))
    why = needed_text(reason, "Why the agreement ends")
    partner = work.session.get_one(Agency, row.agency_id)
    if last_day >= row.valid_to:
        ends = day_words(row.valid_to, year=True)
        raise Refused(f"Agreement {row.reference} ends on {ends} in any case. Give an earlier day.")
    if last_day < work.now.date() - timedelta(days=1):
        raise InputError("An agreement that was in force cannot be ended for days gone by. Give yesterday or later.")
    row.valid_to, row.version = last_day, row.version + 1
    row.valid_from = min(row.valid_from, last_day)
    if row.review_on is not None and row.review_on > last_day:
        row.review_on = None
    work.session.add(row)
    ends = day_words(last_day, year=True)
    sentence = f"Agreement {row.reference} with {agency_within(partner)} ends on {ends}: {why}"
    work.record("end_agreement", sentence, kind="agency", ref=partner.code, reason=why)
    work.notify(f"The information-sharing agreement ends on {ends}.", agency_id=partner.id)
    reconsider(work, served, because="An information-sharing agreement was ended.")
    return row


def _locked(work: Work, number: int, ref: str) -> tuple[Agreement, tuple[int, ...]]:
    """The agreement, and the open actions whose gate may hang on it, locked in their order."""
    require(work, Verb.MANAGE_DIRECTORY, ref=ref)
    there = work.session.get(Agreement, number)
    if there is None:
        raise NotFound("There is no such agreement, or none that you can open.")
    served = _served(work, there.agency_id)
    for action_id in served:
        work.lock(Action, action_id)
    row = work.lock(Agreement, number)
    if _served(work, row.agency_id) != served:
        raise Refused("Posts of this agency were answered just now. Try again.")
    return row, served


def _served(work: Work, agency_id: int) -> tuple[int, ...]:
    query = (
        select(RoleOffer.action_id)
        .join(Action, col(Action.id) == col(RoleOffer.action_id))
        .where(
            RoleOffer.agency_id == agency_id,
            col(RoleOffer.state).in_(ACCEPTED),
            col(Action.state).in_(OPEN),
            Action.ends_at >= work.now,
        )
    )
    return tuple(sorted(set(work.session.exec(query))))


def _partner(work: Work, code: str) -> Agency:
    partner = agency_named(work, code)
    if partner.kind in POLICE:
        raise InputError(f"{partner.name} is of the police, who plan here. An agreement is with a partner: name one.")
    return partner


def _said(work: Work, request: AgreementRequest) -> dict[str, Any]:
    """The terms as a row keeps them."""
    police = agency_named(work, request.police)
    if police.kind not in SIGNS:
        raise InputError(f"{police.name} cannot sign for police. Name the force that signed, or the national cell.")
    return {
        "police_id": police.id,
        "reference": short_text(_present(request.reference), "The agreement's reference", most=60),
        "purpose": needed_text(request.purpose, "The agreement's purpose"),
        "basis": request.basis,
        "basis_text": said_text(request.basis_text, "What is said beside the lawful basis"),
        "covers": kept_as(request.categories),
        "valid_from": request.valid_from,
        "valid_to": request.valid_to,
        "review_on": request.review_on,
    }


def _present(reference: str) -> str:
    if not reference.strip():
        raise InputError("The agreement's reference is missing. Give the document's own.")
    return reference
