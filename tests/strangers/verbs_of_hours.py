"""The verbs of command by the hour: delegates on call, turns and handovers, decisions by telephone."""

from datetime import timedelta
from typing import Any

from planner.rules.command import CommandPost
from planner.rules.words import Post
from planner.services import arrangements, command, danger_to_life, delegations, last_hours, strike_go, telephoned
from planner.work import Work
from tests import command as people
from tests.builders import DAWN, NOW, World
from tests.strangers import scene
from tests.strangers.scene import Scene
from tests.strangers.verbs import HOUR, MEMBERS, Verb

NEAR = DAWN - timedelta(hours=6)
SILVER = "Silver, West Midlands"


def _delegate(work: Work, code: Any) -> object:
    request = delegations.DelegationRequest(code, SILVER, NOW, NOW + HOUR, "A night off.", "on-call", force="force")
    return delegations.offer_delegation(work, request)


def _take(work: Work, code: Any) -> object:
    post = CommandPost.GOLD if any(held.post is Post.GOLD for held in work.actor.held) else CommandPost.SILVER
    return command.take_command(work, command.TurnRequest(code, post, NOW, DAWN, "turn", force="force"))


def _typed(work: Work, reference: Any) -> object:
    return telephoned.type_go_ahead(work, telephoned.TypedDecision(reference, "Gold, West Midlands"))


def with_loggist(world: World, now: Scene) -> Scene:
    people.a_commander(world, "loggist", Post.LOGGIST)
    return now


def typed(world: World, now: Scene) -> Scene:
    """A loggist wrote Gold's decision down."""
    with_loggist(world, now)
    with world.desk("loggist").writing() as work:
        _typed(work, scene.REFERENCE)
    return now


def delegated(world: World, now: Scene) -> Scene:
    """Silver is asked to be on call."""
    return {**now, "delegation": people.delegate(world)}


def in_command(world: World, now: Scene) -> Scene:
    """Gold is in command, and a second Gold is there."""
    people.a_commander(world, "second_gold")
    return {**now, "turn": people.take(world, to_at=DAWN)}


def handed_over(world: World, now: Scene) -> Scene:
    """The second Gold is asked to take over from Gold."""
    now = in_command(world, now)
    with world.desk("gold").writing() as work:
        made = command.propose_handover(work, int(now["turn"]), "Second gold, West Midlands", NOW + HOUR, DAWN)
        return {**now, "handover": made.id or 0}


def called(world: World, now: Scene) -> Scene:
    """Transport fell away six hours before the start."""
    scene.given_and_checked(world, now)
    with world.desk("silver", NEAR).writing() as work:
        arrangements.withdraw_arrangement(work, int(now["arrangement"]), "The driver is ill.")
    return now


def _danger(work: Work, reference: Any) -> object:
    return danger_to_life.enter_for_danger(work, danger_to_life.DangerRequest(reference, "PACE 1984 s.17(1)(e)", DAWN))


HOURS = (
    Verb("offer_delegation", "gold", "operation", _delegate, knows=MEMBERS),
    Verb(
        "accept_delegation",
        "silver",
        "delegation",
        lambda w, x: delegations.accept_delegation(w, x),
        delegated,
    ),
    Verb("end_delegation", "gold", "delegation", lambda w, x: delegations.end_delegation(w, x), delegated),
    Verb("take_command", "gold", "operation", _take, knows=MEMBERS),
    Verb(
        "propose_handover",
        "gold",
        "turn",
        lambda w, x: command.propose_handover(w, x, "Second gold, West Midlands", NOW + HOUR, DAWN),
        in_command,
    ),
    Verb("accept_handover", "second_gold", "handover", lambda w, x: command.accept_handover(w, x), handed_over),
    Verb("end_command", "gold", "turn", lambda w, x: command.end_command(w, x, NOW + timedelta(hours=2)), in_command),
    Verb("type_go_ahead", "loggist", "action", _typed, with_loggist),
    Verb("request_strike_day", "silver", "strike_day", lambda w, x: strike_go.request_strike_day(w, x), scene.struck),
    Verb("give_strike_day", "gold", "strike_day", lambda w, x: strike_go.give_strike_day(w, x), scene.struck),
    Verb(
        "continue_action",
        "gold",
        "action",
        lambda w, x: last_hours.continue_action(w, x, "Vans of the force will do."),
        called,
        NEAR,
    ),
    Verb("hold_action", "silver", "action", lambda w, x: last_hours.hold_action(w, x, "No van."), called, NEAR),
    Verb(
        "enter_begun",
        "silver",
        "action",
        lambda w, x: last_hours.enter_begun(w, x, DAWN, "No signal there."),
        scene.given_and_checked,
        DAWN + HOUR,
    ),
    Verb("enter_for_danger", "silver", "action", _danger, at=DAWN),
    Verb("confirm_go_ahead", "gold", "action", lambda w, x: telephoned.confirm_go_ahead(w, x), typed),
)
