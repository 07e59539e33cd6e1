"""From plan to deed: begin asks the gate again under the lock and spends the warrant, finish ends it, defer waits."""

from datetime import timedelta

from planner.access import Verb, lock_action
from planner.errors import Refused
from planner.models.directory import Region
from planner.models.operations import Action
from planner.rules.dates import instant_words, when_words
from planner.rules.words import ActionState, Standing
from planner.services.actions import lock_open_action
from planner.services.clashes import drop_clashes
from planner.services.decision_log import ground_now
from planner.services.followers import tell_partners, tell_providers
from planner.services.gate import ready_now
from planner.services.legal_basis import keep_warrant, spend_warrant
from planner.services.strike_members import refuse_without_others
from planner.services.texts import needed_text
from planner.work import Work

EARLIEST = timedelta(hours=6)
TO_COME = (ActionState.PLANNED, ActionState.REQUESTED)


def begin_action(work: Work, reference: str) -> None:
    """The teams move: only within the slot, with the gate met and the go-ahead standing at this moment."""
    action = lock_action(work, reference, Verb.BEGIN)
    if action.state not in TO_COME:
        raise Refused(f"{reference} is {action.state.replace('_', ' ')}: only a planned action begins.")
    if not action.starts_at - EARLIEST <= work.now < action.ends_at:
        slot = when_words(action.starts_at, action.ends_at)
        raise Refused(f"{reference} is planned for {slot}; it is {instant_words(work.now)}. Move it first.")
    gate = ready_now(work, action.id or 0)
    if gate.standing is not Standing.STANDING:
        raise Refused(
            f"The go-ahead for {reference} does not stand: it is {gate.standing}. Gold gives or reaffirms it."
        )
    refuse_without_others(work, action)
    action.began_at, resting = work.now, ground_now(work, action.id)
    enter(work, action, ActionState.BEGUN)
    work.record_action("begin_action", f"{reference} began.{spend_warrant(work, action)}", action, ground=resting)


def finish_action(work: Work, reference: str, *, entered: bool) -> None:
    """The teams are out; where they did not enter, a warrant for one entry is unspent again."""
    action = lock_action(work, reference, Verb.BEGIN)
    if action.state is not ActionState.BEGUN:
        raise Refused(f"{reference} is {action.state.replace('_', ' ')}: only an action that began can be finished.")
    said = spend_warrant(work, action) if entered else keep_warrant(work, action)
    enter(work, action, ActionState.DONE)
    drop_clashes(work, action)
    work.record_action("finish_action", f"{reference} is done{'' if entered else ', without entry'}.{said}", action)


def defer_action(work: Work, reference: str, reason: str) -> None:
    """Not now, and no new time yet; a move plans it again."""
    action = lock_open_action(work, reference, Verb.PLAN)
    why = needed_text(reason, "The reason for deferring")
    if action.state is ActionState.DEFERRED:
        raise Refused(f"{reference} is deferred already. Move it to plan it again.")
    action.called_off_at, action.calendar_sequence = work.now, action.calendar_sequence + 1
    enter(work, action, ActionState.DEFERRED)
    drop_clashes(work, action)
    work.record_action("defer_action", f"{reference} was deferred: {why}", action, ground=ground_now(work, action.id))
    region, when = work.session.get_one(Region, action.region).name, when_words(action.starts_at, action.ends_at)
    tell_partners(work, action, f"Your post in {region}, {when}, is deferred. A new time will be asked of you.")
    tell_providers(work, action, f"An action in {region} that has places with you is deferred.")


def enter(work: Work, action: Action, state: ActionState) -> None:
    """A locked action is in another state from now on."""
    action.state, action.changed_at, action.version = state, work.now, action.version + 1
    work.session.add(action)
