"""Planning actions: a new one in ten fields at most, a move, immigration's presence, standing down."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from planner.access import NO_ACTION, Verb, agency_named, lock_action, require, visible_actions
from planner.db import pick
from planner.errors import InputError, NotFound, Refused, Stale
from planner.models.directory import Agency, Region
from planner.models.operations import Action, Operation
from planner.models.records import RecordLine
from planner.named import operation_id_of
from planner.rules.dates import day_words, when_words
from planner.rules.windows import LONGEST_ACTION, local
from planner.rules.words import (
    ActionKind,
    ActionState,
    AgencyKind,
    Exploitation,
    Immigration,
    Outcome,
    PremisesKind,
)
from planner.services.care_claims import return_places
from planner.services.cells import cell_of
from planner.services.clashes import check_clashes, drop_clashes
from planner.services.decision_log import ground_now
from planner.services.followers import ask_concerned, asked_on, tell_partners
from planner.services.gate import reconsider, spend
from planner.services.texts import needed_text, short_text
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
    postcode: str | None = None

    def __post_init__(self) -> None:
        check_times(self.starts_at, self.ends_at)
        if self.premises_count < 1:
            raise InputError(f"An action is at one premises at least; you entered {self.premises_count}.")
        check_intelligence(self.intelligence_system, self.intelligence_reference)
        short_text(self.languages, "The list of languages")


def check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise InputError("The action ends before it starts. Check the two times.")
    if ends_at - starts_at > LONGEST_ACTION:
        days = (ends_at - starts_at).days
        raise InputError(
            f"The action would last {days} days; it lasts {LONGEST_ACTION.days} at most. Check the two days."
        )


def check_intelligence(system: str | None, reference: str | None) -> None:
    """A system's name and a reference stand together and are short: content is kept elsewhere."""
    short_text(system, "The intelligence system's name", most=40)
    short_text(reference, "An intelligence reference", most=LONGEST_REFERENCE)
    if bool(system) != bool(reference):
        raise InputError("An intelligence reference and the name of its system stand together. Give both or neither.")


def plan_action(work: Work, request: PlanRequest) -> Action:
    """Plan an action for a force that the actor plans for; its reference is made here, its clash check run."""
    about = request.external_reference or request.force
    require(work, Verb.PLAN, ref=about)  # first: who plans nothing learns nothing of what there is
    lock_numbers(work)
    operation = work.session.get_one(Operation, operation_id_of(work, request.operation))
    action = _new(work, request, operation, agency_named(work, request.force))
    require(work, Verb.PLAN, ref=about, action=action)
    known = work.session.exec(select(Action).where(Action.request_key == request.request_key)).first()
    if known is not None:
        _refuse_another(known, action)
        return known
    work.session.add(action)
    work.session.flush()
    when = when_words(action.starts_at, action.ends_at)
    work.record_action("plan_action", f"{action.reference} was planned for {when}.", action)
    check_clashes(work, [action])
    return action


def lock_numbers(work: Work) -> None:
    """Numbers are given under one lock for every operation, because a reference alone must name one action."""
    work.session.exec(select(Operation.id).order_by(col(Operation.id)).with_for_update(key_share=True)).all()


def _refuse_another(known: Action, asked: Action) -> None:
    """What never changes after planning must agree; the rest may have been edited since."""
    same = (known.operation_id, known.force_id, known.external_reference)
    if same != (asked.operation_id, asked.force_id, asked.external_reference):
        raise Refused("This form was sent before with other answers. Open it again, then send it.")


def _new(work: Work, request: PlanRequest, operation: Operation, force: Agency) -> Action:
    region = request.region or force.region
    if force.kind is not AgencyKind.POLICE_FORCE:
        raise InputError(f"{force.name} is no police force. An action belongs to a force; partners are offered posts.")
    if region is None:
        raise InputError(f"{force.name} works everywhere: say in which region the action is.")
    if work.session.get(Region, region) is None:
        raise InputError(f"There is no region {region}. Choose one of the list.")
    refuse_outside(operation, request.starts_at)
    return Action(
        operation_id=operation.id or 0,
        reference=_next_reference(work, region),
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
        premises_cell=cell_of(request.postcode) if request.postcode else None,
        calendar_uid=str(uuid.uuid4()),
        changed_at=work.now,
        request_key=request.request_key,
    )


def _next_reference(work: Work, region: str) -> str:
    """The region's initials and the next number; regions that share their initials share the numbers."""
    initials = "".join(word[0] for word in region.split("_")).upper()
    query = select(Action.reference).where(col(Action.reference).startswith(f"{initials}-", autoescape=True))
    tails = (reference.removeprefix(f"{initials}-") for reference in work.session.exec(query))
    return f"{initials}-{max((int(tail) for tail in tails if tail.isdecimal()), default=0) + 1:04d}"


def refuse_outside(operation: Operation, starts_at: datetime) -> None:
    """A day on which the operation does not run."""
    day = local(starts_at).date()
    if not operation.starts_on <= day <= operation.ends_on:
        first, last = day_words(operation.starts_on, year=True), day_words(operation.ends_on, year=True)
        raise InputError(f"{day_words(day, year=True)} is outside {operation.name}, which runs from {first} to {last}.")


def lock_action_at(work: Work, reference: str, verb: Verb, *, version: int | None = None) -> Action:
    """Lock an action; Stale names the last change when the page is older than that."""
    action = lock_action(work, reference, verb)
    _refuse_stale(work, action, version)
    return action


def _refuse_stale(work: Work, action: Action, version: int | None) -> None:
    if version is not None and action.version != version:
        last = work.session.exec(
            select(RecordLine.sentence)
            .where(RecordLine.action_id == action.id, RecordLine.outcome == Outcome.DONE)
            .order_by(col(RecordLine.number).desc())
        ).first()
        since = f" The last change: {last}" if last else ""
        raise Stale(f"{action.reference} was changed while your page was open.{since} Look again, then try again.")


def lock_open_action(work: Work, reference: str, verb: Verb, *, version: int | None = None) -> Action:
    """Lock an action that is still to come."""
    action = lock_action_at(work, reference, verb, version=version)
    _refuse_over(action)
    return action


def lock_open_actions(work: Work, versions: Mapping[str, int | None], verb: Verb) -> list[Action]:
    """The same for several with the version of each, in two queries; the first in the order of locking is refused."""
    number, seen = col(Action.id), col(Action.id).in_(visible_actions(work))
    known = work.session.execute(
        pick(Action.reference, number, seen).where(col(Action.reference).in_(versions)).order_by(number)
    ).all()
    locked = {row.reference: row for row in work.lock_all(Action, [row[1] for row in known if row[2]])}
    for reference in dict.fromkeys([*(row[0] for row in known), *versions]):
        work.attempts(verb.name.lower(), reference)
        if reference not in locked:
            raise NotFound(NO_ACTION.format(reference=reference))
        require(work, verb, ref=reference, action=locked[reference])
        _refuse_stale(work, locked[reference], versions[reference])
        _refuse_over(locked[reference])
    return [*locked.values()]


def _refuse_over(action: Action) -> None:
    if action.state in OVER:
        raise Refused(f"{action.reference} is {action.state.replace('_', ' ')}: it can no longer be changed.")


def set_immigration(work: Work, reference: str, immigration: Immigration) -> None:
    """Whether immigration enforcement attends: a go-ahead given for another attendance is spent, partners are told."""
    action = lock_open_action(work, reference, Verb.PLAN)
    if action.immigration is immigration:
        return
    before = asked_on(work, [action])
    action.immigration, action.version = immigration, action.version + 1
    work.session.add(action)
    sentence = f"Immigration enforcement at {reference}: {immigration.replace('_', ' ')}."
    work.record_action("set_immigration", sentence, action)
    region = work.session.get_one(Region, action.region).name
    asked = ask_concerned(work, [action], before)
    told = f"In {region}, immigration enforcement is now: {immigration.replace('_', ' ')}."
    tell_partners(work, action, told, but=asked)
    reconsider(work, [action.id or 0], because=sentence)


def stand_down(work: Work, reference: str, reason: str) -> None:
    """The action will not happen; its calendar entries are cancelled, partners and providers are told."""
    action = lock_open_action(work, reference, Verb.PLAN)
    why = needed_text(reason, "The reason for standing down")
    action.state, action.changed_at, action.version = ActionState.STOOD_DOWN, work.now, action.version + 1
    action.called_off_at = action.called_off_at or work.now  # what was deferred is off since then
    action.calendar_sequence += 1
    work.session.add(action)
    drop_clashes(work, action)
    work.record_action("stand_down", f"{reference} was stood down: {why}", action, ground=ground_now(work, action.id))
    region, when = work.session.get_one(Region, action.region).name, when_words(action.starts_at, action.ends_at)
    tell_partners(work, action, f"Your post in {region}, {when}, is no longer needed: it was stood down.")
    spend(work, action.id or 0, reference, "it was stood down.")
    return_places(work, action, "The action was stood down.")
