"""A decision by telephone: typed by a loggist, it stands at once, and its giver confirms it within twelve hours."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, select

from planner.access import Verb, lock_action
from planner.errors import NotAllowed, Refused
from planner.models.go_ahead import GoAhead
from planner.models.operations import Action
from planner.rules.dates import instant_words
from planner.rules.drawn import Drawn
from planner.rules.words import ActionState, GoAheadState, Post
from planner.services.authorisers import authorisers
from planner.services.drawn import as_drawn
from planner.services.four_eyes import by_another
from planner.services.gate import must_be_ready
from planner.services.go_ahead import keep_given
from planner.services.leads import holders
from planner.services.pauses import refuse_paused
from planner.services.strike_members import refuse_alone
from planner.work import Work

CONFIRMED_WITHIN = timedelta(hours=12)
TO_COME = (ActionState.PLANNED, ActionState.REQUESTED)
UNCONFIRMED = "It was typed for a commander who has not confirmed it within 12 hours."


@dataclass(frozen=True)
class TypedDecision:
    """What a loggist was told: who decided, by their post's title, and on what condition."""

    action: str
    given_by: str
    condition: str | None = None


def type_go_ahead(work: Work, decision: TypedDecision, *, drawn: Drawn | None = None) -> None:
    """The loggist writes down what a commander decided by telephone; four eyes hold for both of them."""
    action = lock_action(work, decision.action, Verb.TYPE_GO_AHEAD)
    judged = as_drawn(work, action, drawn)
    by_another(work, action.requested_by, f"the go-ahead for {action.reference}")
    refuse_alone(work, action)
    giver = next((each for each in authorisers(work, action) if each.name == decision.given_by), None)
    if giver is None or giver.person_id is None:
        raise Refused(f"{decision.given_by or 'Nobody'} does not authorise {action.reference} now. Ask who is on call.")
    if giver.person_id == action.requested_by:
        raise NotAllowed(f"{giver.name} requested the go-ahead for {action.reference}: another commander must give it.")
    keep_given(work, action, judged, by=giver.person_id, condition=decision.condition, typed=True)
    until = instant_words(work.now + CONFIRMED_WITHIN)
    work.notify(
        f"{work.actor.name} wrote down that you gave the go-ahead for {action.reference}. Confirm it by {until}.",
        person_id=giver.person_id,
        action_id=action.id,
        outside="A decision was written down in your name. Confirm it.",
        path="/",
    )


def confirm_go_ahead(work: Work, reference: str) -> None:
    """Who gave it by telephone says that they did; one that was suspended for want of it stands again."""
    action = lock_action(work, reference, Verb.GIVE_GO_AHEAD)
    row = _latest(work, action)
    if row is None or row.typed_by is None or row.confirmed_at is not None:
        raise Refused(f"No decision on {reference} waits for a confirmation.")
    if row.given_by != work.actor.person_id:
        raise NotAllowed("It was given in another commander's name: they confirm it, or you withdraw it.")
    if row.state not in (GoAheadState.GIVEN, GoAheadState.SUSPENDED):
        raise Refused(f"The go-ahead for {reference} is {row.state}: there is nothing left to confirm.")
    stands_again = row.state is GoAheadState.SUSPENDED and row.change_reason == UNCONFIRMED
    if stands_again:
        known, gate = as_drawn(work, action, None)
        must_be_ready(gate)
        refuse_paused(known)
        row.state, row.changed_at, row.changed_by, row.change_reason = GoAheadState.GIVEN, work.now, row.given_by, None
    row.confirmed_at, row.version = work.now, row.version + 1
    work.session.add(row)
    sentence = f"{work.actor.name} confirmed the go-ahead for {reference} that was given by telephone."
    work.record_action("reaffirm_go_ahead" if stands_again else "confirm_go_ahead", sentence, action)
    for person_id in {row.requested_by, row.typed_by}:
        work.notify(sentence, person_id=person_id, action_id=action.id)


def suspend_unconfirmed(work: Work) -> int:
    """By the clock: what nobody confirmed within twelve hours no longer stands; Gold and national Gold are told."""
    due = (
        select(GoAhead.action_id)
        .join(Action, col(Action.id) == col(GoAhead.action_id))
        .where(
            GoAhead.state == GoAheadState.GIVEN,
            col(GoAhead.typed_by).is_not(None),
            col(GoAhead.confirmed_at).is_(None),
            col(GoAhead.given_at) <= work.now - CONFIRMED_WITHIN,
            col(Action.state).in_(TO_COME),
        )
    )
    number = 0
    for action in work.lock_all(Action, sorted(set(work.session.exec(due)))):
        row = _latest(work, action)
        if row is not None and row.state is GoAheadState.GIVEN and row.confirmed_at is None and action.state in TO_COME:
            _suspend(work, action, row)
            number += 1
    return number


def _suspend(work: Work, action: Action, row: GoAhead) -> None:
    row.state, row.changed_at, row.changed_by = GoAheadState.SUSPENDED, work.now, None
    row.change_reason, row.version = UNCONFIRMED, row.version + 1
    work.session.add(row)
    sentence = f"The go-ahead for {action.reference} is suspended: {UNCONFIRMED}"
    work.record_action("suspend_go_ahead", sentence, action)
    golds = holders(work, (Post.GOLD,), action.operation_id, action.force_id)
    above = holders(work, (Post.NATIONAL_GOLD,), action.operation_id)
    for person_id in sorted({*golds, *above, row.given_by, row.requested_by}):
        work.notify(sentence, person_id=person_id, action_id=action.id)


def _latest(work: Work, action: Action) -> GoAhead | None:
    query = select(GoAhead).where(GoAhead.action_id == action.id).order_by(col(GoAhead.id).desc())
    return work.session.exec(query).first()
