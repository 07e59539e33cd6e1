"""The go-ahead: requested by Silver, given by the owning force's Gold, never by who asked; overrides; withdrawal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from planner.access import Verb, lock_action
from planner.errors import InputError, NotAllowed, Refused
from planner.models.go_ahead import GoAhead, Override
from planner.models.operations import Action
from planner.rules.dates import when_words
from planner.rules.decision_log import ground
from planner.rules.drawn import Drawn
from planner.rules.findings import Finding, State
from planner.rules.fingerprints import go_ahead_fingerprint, plan_fingerprint, slot_fingerprint
from planner.rules.policy_terms import check_words
from planner.rules.readiness import Gate
from planner.rules.values import Facts
from planner.rules.words import ActionState, GoAheadState, Standing
from planner.services.decision_log import ground_now
from planner.services.drawn import as_drawn
from planner.services.followers import tell_partners
from planner.services.four_eyes import by_another
from planner.services.gate import must_be_ready
from planner.services.names import person_words
from planner.services.pauses import refuse_paused
from planner.services.strike_members import refuse_alone
from planner.services.texts import needed_text, said_text
from planner.work import Work

SHORTEST_REASON = 10
LONGEST_REASON = 500


@dataclass(frozen=True)
class OverrideRequest:
    """One finding set aside for one slot, with the reason that prints on the order."""

    action: str
    check: str
    reason: str

    def __post_init__(self) -> None:
        if len(said_text(self.reason, "The reason", most=LONGEST_REASON)) < SHORTEST_REASON:
            raise InputError(
                f"An override needs a reason of at least {SHORTEST_REASON} characters; it prints on the order."
            )


def request_go_ahead(work: Work, reference: str, *, decide_by: datetime | None = None, why_now: str = "") -> None:
    """Silver asks, and says why now; the gate may still be shut then: Gold sees what is missing."""
    action = lock_action(work, reference, Verb.REQUEST_GO_AHEAD)
    refuse_alone(work, action)
    keep_request(work, action, decide_by=decide_by, why_now=why_now)


def keep_request(work: Work, action: Action, *, decide_by: datetime | None, why_now: str) -> None:
    """A locked action waits for its commander's decision."""
    reference = action.reference
    if action.state not in (ActionState.PLANNED, ActionState.REQUESTED):
        raise Refused(f"{reference} is {action.state.replace('_', ' ')}: a go-ahead can be asked for planned actions.")
    action.state, action.requested_by, action.requested_at = ActionState.REQUESTED, work.actor.person_id, work.now
    action.decide_by, action.version = decide_by or action.starts_at, action.version + 1
    action.why_now = said_text(why_now, "Why now") or None
    work.session.add(action)
    why = f" Why now: {action.why_now}" if action.why_now else ""
    sentence = f"The go-ahead for {reference} was requested.{why}"
    work.record_action("request_go_ahead", sentence, action, ground=ground_now(work, action.id))


def take_back_request(work: Work, reference: str) -> None:
    """Silver asks no longer: nothing waits for Gold until it is asked for again."""
    action = lock_action(work, reference, Verb.REQUEST_GO_AHEAD)
    _close_request(work, action)
    work.record_action("take_back_request", f"The request for the go-ahead for {reference} was taken back.", action)


def answer_not_yet(work: Work, reference: str, reason: str, *, drawn: Drawn | None = None) -> None:
    """Gold sends the request back with what is missing; Silver is told and asks again when it is there."""
    action = lock_action(work, reference, Verb.GIVE_GO_AHEAD)
    known, gate = as_drawn(work, action, drawn)
    why = needed_text(reason, "The reason")
    asked_by = _close_request(work, action)
    sentence = f"Not yet, for {reference}: {why}"
    work.record_action("answer_not_yet", sentence, action, ground=ground(known, gate))
    work.notify(sentence, person_id=asked_by, action_id=action.id)


def _close_request(work: Work, action: Action) -> int | None:
    """The action is planned again; a go-ahead that was given is withdrawn instead."""
    if action.state is not ActionState.REQUESTED:
        raise Refused(f"No request waits: the go-ahead for {action.reference} is not asked for.")
    _, gate = as_drawn(work, action, None)
    if gate.standing in (Standing.STANDING, Standing.SUSPENDED):
        raise Refused(f"The go-ahead for {action.reference} was given and is {gate.standing}: Gold withdraws it.")
    asked_by, action.requested_by, action.requested_at = action.requested_by, None, None
    action.state, action.version = ActionState.PLANNED, action.version + 1
    work.session.add(action)
    return asked_by


def give_go_ahead(work: Work, reference: str, *, condition: str | None = None, drawn: Drawn | None = None) -> None:
    """Gold gives it: asked for by another person, every blocking check met or overridden now, under the lock."""
    action = lock_action(work, reference, Verb.GIVE_GO_AHEAD)
    known, gate = as_drawn(work, action, drawn)
    by_another(work, action.requested_by, f"the go-ahead for {reference}")
    refuse_alone(work, action)
    keep_given(work, action, (known, gate), by=_person(work), condition=condition)


def keep_given(
    work: Work, action: Action, judged: tuple[Facts, Gate], *, by: int, condition: str | None, typed: bool = False
) -> GoAhead:
    """A go-ahead of a locked action, by whoever decided it; `typed`: the actor only writes it down."""
    (known, gate), reference = judged, action.reference
    _refuse_past_deciding(action)
    if action.requested_by is None:
        raise Refused(f"Nobody has requested the go-ahead for {reference}. Silver requests it on the action's page.")
    if gate.standing is Standing.STANDING:
        raise Refused(f"The go-ahead for {reference} already stands.")
    must_be_ready(gate)
    refuse_paused(known)
    given = GoAhead(
        action_id=action.id or 0,
        state=GoAheadState.GIVEN,
        fingerprint=go_ahead_fingerprint(known),
        plan_fingerprint=plan_fingerprint(known),
        policy_id=known.policy.id,
        requested_by=action.requested_by,
        given_by=by,
        given_at=work.now,
        typed_by=work.actor.person_id if typed else None,
        condition=said_text(condition, "The condition") or None,
        changed_at=work.now,
    )
    work.session.add(given)
    how = f"given by telephone: {person_words(work, by)} decided it" if typed else "given"
    sentence = f"The go-ahead for {reference} is {how}." + (f" Condition: {given.condition}" if given.condition else "")
    kept = {"fingerprint": given.fingerprint, "policy": known.policy.version, "ground": ground(known, gate)}
    work.record_action("give_go_ahead", sentence, action, **kept)
    work.notify(sentence, person_id=action.requested_by, action_id=action.id)
    return given


def _refuse_past_deciding(action: Action) -> None:
    """What has begun, is over or was put off is decided on no more."""
    if action.state not in (ActionState.PLANNED, ActionState.REQUESTED):
        state = action.state.replace("_", " ")
        raise Refused(f"{action.reference} is {state}: a go-ahead and its overrides come before an action begins.")


def reaffirm_go_ahead(work: Work, reference: str, *, drawn: Drawn | None = None) -> None:
    """A suspended go-ahead stands again in one click, once the gate is met; a spent one never does."""
    action = lock_action(work, reference, Verb.GIVE_GO_AHEAD)
    by_another(work, action.requested_by, f"the go-ahead for {reference}")
    known, gate = as_drawn(work, action, drawn)
    if gate.standing is not Standing.SUSPENDED:
        raise Refused(f"The go-ahead for {reference} is {gate.standing}: only a suspended one can be reaffirmed.")
    must_be_ready(gate)
    refuse_paused(known)
    _change(work, action, GoAheadState.GIVEN, "reaffirm_go_ahead", "reaffirmed")


def withdraw_go_ahead(work: Work, reference: str, reason: str, *, drawn: Drawn | None = None) -> None:
    """Gold takes it back, with a reason; a new one must be given."""
    action = lock_action(work, reference, Verb.GIVE_GO_AHEAD)
    _, gate = as_drawn(work, action, drawn)
    if gate.standing not in (Standing.STANDING, Standing.SUSPENDED):
        raise Refused(f"There is no go-ahead for {reference} to withdraw: it is {gate.standing}.")
    why = needed_text(reason, "The reason for withdrawing")
    _change(work, action, GoAheadState.WITHDRAWN, "withdraw_go_ahead", f"withdrawn: {why}")


def override_check(work: Work, request: OverrideRequest, *, drawn: Drawn | None = None) -> None:
    """Set one blocking finding aside for this slot; some checks can never be set aside."""
    action = lock_action(work, request.action, Verb.OVERRIDE)
    known, gate = as_drawn(work, action, drawn)
    _refuse_past_deciding(action)
    finding = next((item for item in gate.findings if item.check == request.check), None)
    if finding is None:
        raise InputError(f"There is no check called {request.check}.")
    if finding.state not in (State.UNMET, State.NOT_RECORDED) or not finding.blocks:
        raise Refused(f"There is nothing to override: {finding.sentence}")
    if finding.final:
        raise Refused(f"This check is never overridden: {finding.sentence} {finding.remedy}")
    reason = said_text(request.reason, "The reason", most=LONGEST_REASON)
    said = set_aside(work, action, (known, gate), [finding], reason)
    if action.requested_by:
        work.notify(said[0], person_id=action.requested_by, action_id=action.id)


def set_aside(
    work: Work, action: Action, judged: tuple[Facts, Gate], findings: Sequence[Finding], reason: str
) -> list[str]:
    """Override each for a locked action's slot, under the policy of now; partners are told which, never why."""
    (known, gate), said = judged, []
    for finding in findings:
        row = Override(
            action_id=action.id or 0,
            check=finding.check,
            sentence=finding.sentence,
            reason=reason,
            fingerprint=slot_fingerprint(known),
            policy_id=known.policy.id,
            given_by=_person(work),
            given_at=work.now,
            expires_at=action.ends_at,
        )
        work.session.add(row)
        name = check_words(finding.check).capitalize()
        said.append(f"{name} is overridden for {action.reference}: {reason} (was: {finding.sentence})")
        work.record_action("override", said[-1], action, check=finding.check, ground=ground(known, gate))
    when = when_words(action.starts_at, action.ends_at)
    checks = ", ".join(check_words(finding.check) for finding in findings)
    tell_partners(work, action, f"{when}: the commander overrode {checks} for this action. Your post stays as it is.")
    return said


def _person(work: Work) -> int:
    if work.actor.person_id is None:
        raise NotAllowed("The operator of the installation decides nothing: sign in as the commander.")
    return work.actor.person_id


def _change(work: Work, action: Action, state: GoAheadState, verb: str, words: str) -> None:
    row = work.session.exec(
        select(GoAhead).where(GoAhead.action_id == action.id).order_by(col(GoAhead.id).desc())
    ).first()
    if row is None:
        raise Refused(f"There is no go-ahead for {action.reference}.")
    row.state, row.changed_at, row.changed_by = state, work.now, work.actor.person_id
    if state is GoAheadState.GIVEN:
        row.confirmed_at = row.confirmed_at or work.now  # a commander stands behind it, whoever typed it
    row.change_reason, row.version = words, row.version + 1
    work.session.add(row)
    sentence = f"The go-ahead for {action.reference} is {words.rstrip('.')}."
    work.record_action(verb, sentence, action, ground=ground_now(work, action.id))
    work.notify(sentence, person_id=row.requested_by, action_id=action.id)
