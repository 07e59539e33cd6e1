"""The verbs of command above one action: the gate's policy."""

from typing import Any

from planner.rules.policy_terms import Terms
from planner.services import policy
from tests.builders import BLOCKS
from tests.strangers.verbs import MEMBERS, Verb


def _policy(code: Any, **of: Any) -> policy.PolicyRequest:
    terms = Terms(blocks=frozenset(BLOCKS.split()), quorum=4)
    return policy.PolicyRequest(code, terms, "More must be there.", **of)


COMMAND = (
    Verb("set_policy", "national", "operation", lambda w, x: policy.set_policy(w, _policy(x)), knows=MEMBERS),
    Verb(
        "tighten_policy",
        "gold",
        "operation",
        lambda w, x: policy.tighten_policy(w, _policy(x, force="force")),
        knows=MEMBERS,
    ),
)
