"""Planning actions: a new one in ten fields at most, a move, children, immigration, standing down."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select

from planner.access import Verb, agency_named, lock_action, require
from planner.errors import InputError, NotFound, Refused, Stale
from planner.models.directory import Agency
from planner.models.operations import Action, Operation
from planner.models.roles import RoleOffer
from planner.rules.dates import when_words
from planner.rules.words import (
    ActionKind,
    ActionState,
    Children,
    Exploitation,
    Immigration,
    OfferState,
    PremisesKind,
)
from planner.services.gate import reconsider
from planner.work import Work

LONGEST_REFERENCE = 60
OVER = (ActionState.BEGUN, ActionState.DONE, ActionState.STOOD_DOWN)


@dataclass(frozen=True)
class PlanRequest:
    """A new action. Of intelligence, a system's name and a reference, never content."""

    operation: str
    force: str
    kind: ActionKind
    premises_kind: PremisesKind
    starts_at: datetime
    ends_at: datetime
    request_key: str
    premises_count: int = 1
    exploitation: Exploitation = Exploitation.UNKNOWN
    languages: str = ""
    intelligence_system: str | None = None
    intelligence_reference: str | None = None
    region: str | None = None
    external_reference: str | None = None

    def __post_init__(self) -> None:
        if self.ends_at <= self.starts_at:
            raise InputError("The action ends before it starts. Check the two times.")
        if self.premises_count < 1:
            raise InputError(f"An action is at one premises at least; you entered {self.premises_count}.")
        if len(self.intelligence_reference or "") > LONGEST_REFERENCE:
            raise InputError(
                f"An intelligence reference has at most {LONGEST_REFERENCE} characters. Content must not be kept here."
            )


def plan_action(work: Work, request: PlanRequest) -> Action:
    """Plan an action for a force that the actor plans for; its reference is made here."""
    work.attempts(Verb.PLAN.name.lower(), request.external_reference or request.force)
    known = work.session.exec(select(Action).where(Action.request_key == request.request_key)).first()
    if known is not None:
        return known
    operation = work.session.exec(
        select(Operation).where(Operation.code == request.operation).with_for_update()
    ).first()
    if operation is None:
        raise NotFound(f"There is no operation {request.operation}, or none that you can open.")
    force = agency_named(work, request.force)
    action = _new(work, request, operation, force)
    require(work, Verb.PLAN, ref=request.external_reference or request.force, action=action)
    work.session.add(action)
    work.session.flush()
    when = when_words(action.starts_at, action.ends_at)
    work.record_action("plan_action", f"{action.reference} was planned for {when}.", action)
    return action


def _new(work: Work, request: PlanRequest, operation: Operation, force: Agency) -> Action:
    region = request.region or force.region
    if region is None:
        raise InputError(f"{force.name} works everywhere: say in which region the action is.")
    return Action(
        operation_id=operation.id or 0,
        reference=_next_reference(work, operation.id or 0, region),
        external_reference=request.external_reference,
        kind=request.kind,
        premises_kind=request.premises_kind,
        premises_count=request.premises_count,
        force_id=force.id or 0,
        region=region,
        starts_at=request.starts_at,
        ends_at=request.ends_at,
        exploitation=request.exploitation,
        languages=request.languages,
        intelligence_system=request.intelligence_system,
        intelligence_reference=request.intelligence_reference,
        calendar_uid=str(uuid.uuid4()),
        changed_at=work.now,
        request_key=request.request_key,
    )


def _next_reference(work: Work, operation_id: int, region: str) -> str:
    """The region's initials and the next number; the operation's row is locked."""
    initials = "".join(word[0] for word in region.split("_")).upper()
    last = work.session.exec(
        select(func.max(Action.reference)).where(
            Action.operation_id == operation_id, col(Action.reference).like(f"{initials}-____")
        )
    ).one()
    return f"{initials}-{int(last.rpartition('-')[2]) + 1 if last else 1:04d}"


def move_action(work: Work, reference: str, starts_at: datetime, ends_at: datetime, *, version: int) -> None:
    """Move an action once: its calendar entry follows, partners are told, the gate is asked again."""
    action = lock_action(work, reference, Verb.PLAN)
    if action.version != version:
        raise Stale(f"{reference} was changed while your page was open. Look again, then move it.")
    if action.state in OVER:
        raise Refused(f"{reference} is {action.state.replace('_', ' ')}: it can no longer be moved.")
    if ends_at <= starts_at:
        raise InputError("The action ends before it starts. Check the two times.")
    action.starts_at, action.ends_at, action.changed_at = starts_at, ends_at, work.now
    action.version, action.calendar_sequence = action.version + 1, action.calendar_sequence + 1
    work.session.add(action)
    sentence = f"{reference} was moved to {when_words(starts_at, ends_at)}."
    work.record_action("move_action", sentence, action)
    leads = select(RoleOffer.lead_id).where(
        RoleOffer.action_id == action.id,
        col(RoleOffer.state).not_in((OfferState.DECLINED, OfferState.WITHDRAWN)),
    )
    for lead in sorted(set(work.session.exec(leads))):
        told = f"A post that you hold or are asked for moved to {when_words(starts_at, ends_at)}."
        work.notify(told, person_id=lead, action_id=action.id)
    reconsider(work, [action.id or 0], because=sentence)


def set_children(
    work: Work, reference: str, children: Children, *, number: int = 0, reason: str = "", agreed_by: str = ""
) -> None:
    """Unknown, expected, or none: none needs a reason and the children's representative's agreement."""
    action = lock_action(work, reference, Verb.PLAN)
    if children is Children.NONE and not (reason.strip() and agreed_by.strip()):
        raise InputError("No children needs a reason, and the post of the children's representative who agrees.")
    if number < 0:
        raise InputError(f"A number of children cannot be negative; you entered {number}.")
    action.children, action.children_number = children, number
    action.children_reason, action.children_agreed_by = reason.strip() or None, agreed_by.strip() or None
    action.version += 1
    work.session.add(action)
    sentence = f"Children at {reference}: {children}."
    work.record_action("set_children", sentence, action, number=number, reason=reason)
    reconsider(work, [action.id or 0], because=sentence)


def set_immigration(work: Work, reference: str, immigration: Immigration) -> None:
    """Whether immigration enforcement attends: a go-ahead given for another attendance is spent."""
    action = lock_action(work, reference, Verb.PLAN)
    action.immigration, action.version = immigration, action.version + 1
    work.session.add(action)
    words = immigration.replace("_", " ")
    work.record_action("set_immigration", f"Immigration enforcement at {reference}: {words}.", action)


def stand_down(work: Work, reference: str, reason: str) -> None:
    """The action will not happen; its calendar entries are cancelled."""
    action = lock_action(work, reference, Verb.PLAN)
    if action.state in OVER:
        raise Refused(f"{reference} is {action.state.replace('_', ' ')} already.")
    if not reason.strip():
        raise InputError("Say why the action is stood down.")
    action.state, action.changed_at, action.version = ActionState.STOOD_DOWN, work.now, action.version + 1
    action.calendar_sequence += 1
    work.session.add(action)
    work.record_action("stand_down", f"{reference} was stood down: {reason.strip()}", action)
