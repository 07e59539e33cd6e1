"""The verbs of command above one action: objectives and parameters, the gate's policy, a pause, the decision log."""

from datetime import timedelta
from typing import Any

from planner.rules.log_headings import Headings
from planner.rules.policy_terms import Terms
from planner.services import decision_log, objectives, pauses, policy
from planner.work import Work
from tests.builders import BLOCKS, NOW, World
from tests.strangers.scene import Scene
from tests.strangers.verbs import HOUR, MEMBERS, Verb


def _policy(code: Any, **of: Any) -> policy.PolicyRequest:
    terms = Terms(blocks=frozenset(BLOCKS.split()), quorum=4)
    return policy.PolicyRequest(code, terms, "More must be there.", **of)


def _objectives(work: Work, code: Any) -> object:
    return objectives.set_objectives(work, objectives.ObjectivesRequest(code, ["Care first."], [], "To begin with."))


def _ask(work: Work, code: Any, key: str = "pause") -> Any:
    request = pauses.PauseRequest(code, NOW - HOUR, NOW + timedelta(days=1), "A leak is looked into.", key)
    return pauses.ask_pause(work, request)


def _paused(world: World, now: Scene) -> Scene:
    with world.desk("national").writing() as work:
        return {**now, "pause": _ask(work, "OP1", "before").id or 0}


def _entry(about: Any) -> decision_log.LogRequest:
    return decision_log.LogRequest(about, "We wait a day; reviewed tomorrow.", "entry", "Two of us were there.")


COMMAND = (
    Verb("log_decision", "gold", "action", lambda w, x: decision_log.log_decision(w, _entry(x))),
    Verb(
        "log_for_operation",
        "national",
        "operation",
        lambda w, x: decision_log.log_for_operation(w, _entry(x)),
        knows=MEMBERS,
    ),
    Verb(
        "set_log_headings",
        "national",
        "operation",
        lambda w, x: decision_log.set_log_headings(w, x, Headings.JESIP),
        knows=MEMBERS,
    ),
    Verb("set_objectives", "national", "operation", _objectives, knows=MEMBERS),
    Verb("set_policy", "national", "operation", lambda w, x: policy.set_policy(w, _policy(x)), knows=MEMBERS),
    Verb(
        "tighten_policy",
        "gold",
        "operation",
        lambda w, x: policy.tighten_policy(w, _policy(x, force="force")),
        knows=MEMBERS,
    ),
    Verb("ask_pause", "national", "operation", _ask, knows=MEMBERS),
    Verb("end_pause", "national", "pause", lambda w, x: pauses.end_pause(w, x, "It is found."), _paused),
    Verb(
        "answer_pause",
        "gold",
        "pause",
        lambda w, x: pauses.answer_pause(w, x, "A child may be there.", goes_on=True, force="force"),
        _paused,
    ),
)
