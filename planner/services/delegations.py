"""On call: a force's Gold lets a colleague in command give go-aheads for some hours; it counts once accepted."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from planner.access import Verb, agency_named, held_for, may, operations_for, require
from planner.errors import InputError, NotFound, Refused
from planner.models.directory import Appointment, Person, Region
from planner.models.turns import Delegation
from planner.named import operation_id_of
from planner.rules.command import LONGEST_DELEGATION
from planner.rules.dates import instant_words
from planner.rules.words import Post
from planner.services.leads import held_on
from planner.services.texts import needed_text
from planner.work import Look, Work

IN_COMMAND = (Post.GOLD, Post.SILVER)
NO_DELEGATION = "There is no such delegation, or none of yours."
NOBODY = "Nobody of your force called {title} holds command in this operation. Choose its Gold or Silver."


@dataclass(frozen=True)
class DelegationRequest:
    """Who gives go-aheads in the commander's place, from when to when, for which actions, and why."""

    operation: str
    delegate: str
    from_at: datetime
    to_at: datetime
    reason: str
    request_key: str
    region: str | None = None
    force: str | None = None

    def __post_init__(self) -> None:
        if self.to_at <= self.from_at:
            raise InputError("The delegation ends before it begins. Check the two times.")
        if self.to_at - self.from_at > LONGEST_DELEGATION:
            raise InputError(f"A delegation lasts {LONGEST_DELEGATION.days} days at most. Give a nearer end.")


def offer_delegation(work: Work, request: DelegationRequest) -> Delegation:
    """Gold names somebody of the own force who holds command; they accept before it counts."""
    require(work, Verb.DELEGATE, ref=request.operation)
    operation_id, force_id = _own(work, request)
    require(work, Verb.DELEGATE, ref=request.operation, operation_id=operation_id, agency_id=force_id)
    known = work.session.exec(select(Delegation).where(Delegation.request_key == request.request_key)).first()
    if known is not None:
        return known
    if request.region is not None and work.session.get(Region, request.region) is None:
        raise InputError(f"There is no region {request.region}. Choose one of the list.")
    if request.to_at <= work.now:
        raise InputError("The delegation would be over already. Give a later end.")
    person = colleague_in_command(work, request.delegate, operation_id, force_id)
    if person.id == work.actor.person_id:
        raise Refused("You hold this command yourself: name a colleague who is on call in your place.")
    made = Delegation(
        operation_id=operation_id,
        force_id=force_id,
        region=request.region,
        giver_id=work.actor.person_id or 0,
        delegate_id=person.id or 0,
        from_at=request.from_at,
        to_at=request.to_at,
        reason=needed_text(request.reason, "Why somebody stands in"),
        offered_at=work.now,
        request_key=request.request_key,
    )
    work.session.add(made)
    work.session.flush()
    said = f"{person.title} is asked to give go-aheads {_span(made)}: {made.reason}"
    _record(work, "offer_delegation", said, made)
    work.notify(f"You are asked to be on call for go-aheads {_span(made)}.", person_id=person.id, path="/go_ahead")
    return made


def accept_delegation(work: Work, number: int) -> None:
    """The colleague who was named says yes; from then on, and within its hours, they give go-aheads."""
    row = _lock(work, number, mine=True)
    if row.accepted_at is not None:
        raise Refused("You accepted this already.")
    row.accepted_at = work.now
    work.session.add(row)
    said = f"{work.actor.name} is on call for go-aheads {_span(row)}."
    _record(work, "accept_delegation", said, row)
    work.notify(said, person_id=row.giver_id)


def end_delegation(work: Work, number: int) -> None:
    """Its giver, another Gold of the force or the delegate ends it; what was given under it stands."""
    row = _lock(work, number, mine=False)
    row.ended_at, row.ended_by = work.now, work.actor.person_id
    work.session.add(row)
    said = f"The delegation {_span(row)} was ended by {work.actor.name}."
    _record(work, "end_delegation", said, row)
    for person_id in {row.giver_id, row.delegate_id} - {work.actor.person_id}:
        work.notify(said, person_id=person_id)


def colleague_in_command(look: Look, title: str, operation_id: int, force_id: int) -> Person:
    """Somebody at work who holds command for this force in this operation today."""
    query = (
        select(Person)
        .join(Appointment, col(Appointment.person_id) == col(Person.id))
        .where(
            Person.title == title,
            col(Person.active),
            col(Appointment.post).in_(IN_COMMAND),
            col(Appointment.agency_id).is_(None) | (col(Appointment.agency_id) == force_id),
            Person.agency_id == force_id,
            col(Appointment.operation_id).is_(None) | (col(Appointment.operation_id) == operation_id),
            *held_on(look.now.date()),
        )
    )
    found = look.session.exec(query).first()
    if found is None:
        raise NotFound(NOBODY.format(title=title or "that"))
    return found


def _own(work: Work, request: DelegationRequest) -> tuple[int, int]:
    """The operation, and the force that is named, or for which the actor commands in it."""
    found = operation_id_of(work, request.operation, among=operations_for(work, Verb.DELEGATE))
    if request.force is not None:
        return found, agency_named(work, request.force).id or 0
    held = [each for each in held_for(work, Verb.DELEGATE) if each.operation_id in (None, found)]
    return found, held[0].agency_id or work.actor.agency_id or 0


def _lock(work: Work, number: int, *, mine: bool) -> Delegation:
    """A delegation that is not over, for its delegate, or also for its force's Gold."""
    work.attempts(Verb.DELEGATE.name.lower(), f"delegation {number}")
    row = work.session.get(Delegation, number)
    own = row is not None and row.delegate_id == work.actor.person_id
    if row is None or not (own or (not mine and _commands(work, row))):
        raise NotFound(NO_DELEGATION)
    row = work.lock(Delegation, number)
    if row.ended_at is not None or row.to_at <= work.now:
        raise Refused("This delegation is over. A new one can be offered.")
    return row


def _commands(work: Work, row: Delegation) -> bool:
    return may(work, Verb.DELEGATE, operation_id=row.operation_id, agency_id=row.force_id)


def _span(row: Delegation) -> str:
    return f"from {instant_words(row.from_at)} to {instant_words(row.to_at)}"


def _record(work: Work, verb: str, said: str, row: Delegation) -> None:
    work.record(verb, said, kind="delegation", ref=str(row.id), delegate=row.delegate_id)
