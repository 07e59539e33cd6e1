"""Steps of the walk that decide: the request, the go-ahead, overrides, policy, pauses, who is in command."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlmodel import col, select

from planner.models.command import Pause
from planner.models.directory import Person
from planner.models.go_ahead import Override
from planner.models.policy import Policy
from planner.models.turns import CommandTurn, Delegation
from planner.rules.command import CommandPost
from planner.rules.policy_terms import Terms
from planner.rules.readiness import NAMES
from planner.services import (
    actions,
    command,
    conduct,
    danger_to_life,
    delegations,
    go_ahead,
    last_hours,
    override_ends,
    pauses,
    policy,
    telephoned,
)
from tests.builders import BLOCKS
from tests.race.command_choice import WHY, Choice, Step, ids, of_one, plain
from tests.ready import REFERENCE


def _override(c: Choice) -> Step:
    check, by = NAMES[c.pick % len(NAMES)], "silver" if c.pick % 7 == 6 else "gold"
    request = go_ahead.OverrideRequest(REFERENCE, check, "The risk of waiting is greater than this.")
    return by, lambda work: go_ahead.override_check(work, request)


def _take_back(c: Choice) -> Step:
    standing = select(Override.check).where(col(Override.withdrawn_at).is_(None))
    checks = c.session.exec(standing).all()
    check = checks[c.pick % len(checks)] if checks else NAMES[c.pick % len(NAMES)]
    return "gold", lambda work: override_ends.take_back_override(work, REFERENCE, check, WHY)


def _policy(c: Choice) -> Step:
    terms = Terms(blocks=frozenset(BLOCKS.split()), quorum=2 + c.pick % 2, nights=3)
    last = c.session.exec(select(Policy.version).order_by(col(Policy.version).desc())).first()
    request = policy.PolicyRequest("OP1", terms, WHY, version=last)
    return "national", lambda work: policy.set_policy(work, request)


def _pause(c: Choice) -> Step:
    request = pauses.PauseRequest("OP1", c.now, c.now + timedelta(hours=2), WHY, c.key)
    return "national", lambda work: pauses.ask_pause(work, request)


def _delegate(c: Choice) -> Step:
    title = _title(c, "silver" if c.pick % 3 else "other_silver")
    request = delegations.DelegationRequest("OP1", title, c.now, c.now + timedelta(hours=9), WHY, c.key)
    return "gold", lambda work: delegations.offer_delegation(work, request)


def _title(c: Choice, name: str) -> str:
    return str(c.session.exec(select(Person.title).where(Person.id == c.world.people[name])).one())


def _take_command(c: Choice) -> Step:
    request = command.TurnRequest("OP1", CommandPost.GOLD, c.now, c.now + timedelta(days=3), c.key)
    return "gold", lambda work: command.take_command(work, request)


def _end_command(c: Choice) -> Step:
    number = c.one(ids(CommandTurn))
    return "gold", lambda work: command.end_command(work, number, c.now + timedelta(hours=1))


def _type(c: Choice) -> Step:
    title = _title(c, "gold")
    decision = telephoned.TypedDecision(REFERENCE, title)
    return ("loggist", "silver")[c.pick % 4 == 3], lambda work: telephoned.type_go_ahead(work, decision)


def _danger(c: Choice) -> Step:
    """Seldom: nothing is to be decided any more after it."""
    request = danger_to_life.DangerRequest(REFERENCE, "PACE 1984 s.17(1)(e)" if c.pick % 10 == 0 else " ", c.now)
    return "silver", lambda work: danger_to_life.enter_for_danger(work, request)


COMMAND: Mapping[str, Callable[[Choice], Step]] = {
    "request": plain("silver", go_ahead.request_go_ahead),
    "request by Gold": plain("gold", go_ahead.request_go_ahead),
    "take back the request": plain("silver", go_ahead.take_back_request),
    "not yet": plain("gold", go_ahead.answer_not_yet, WHY),
    "give": plain("gold", go_ahead.give_go_ahead),
    "give by Silver": plain("silver", go_ahead.give_go_ahead),
    "give on a condition": plain("gold", go_ahead.give_go_ahead, condition="Two vans."),
    "reaffirm": plain("gold", go_ahead.reaffirm_go_ahead),
    "withdraw": plain("gold", go_ahead.withdraw_go_ahead, WHY),
    "override": _override,
    "take an override back": _take_back,
    "type a decision": _type,
    "confirm a decision": plain("gold", telephoned.confirm_go_ahead),
    "begin": plain("silver", conduct.begin_action),
    "begun earlier": lambda c: (
        "silver",
        lambda work: last_hours.enter_begun(work, REFERENCE, c.now - timedelta(minutes=20 * (1 + c.pick % 3)), WHY),
    ),
    "continue": plain("gold", last_hours.continue_action, WHY),
    "hold the action": plain("silver", last_hours.hold_action, WHY),
    "danger to life": _danger,
    "finish": lambda c: ("silver", lambda work: conduct.finish_action(work, REFERENCE, entered=c.pick % 2 > 0)),
    "defer": plain("silver", conduct.defer_action, WHY),
    "stand down": plain("silver", actions.stand_down, WHY),
    "policy": _policy,
    "pause": _pause,
    "end the pause": of_one("national", Pause, pauses.end_pause, WHY),
    "answer the pause": of_one("gold", Pause, pauses.answer_pause, WHY, goes_on=True),
    "delegate": _delegate,
    "accept a delegation": of_one("silver", Delegation, delegations.accept_delegation),
    "end a delegation": of_one("gold", Delegation, delegations.end_delegation),
    "take command": _take_command,
    "end command": _end_command,
}
