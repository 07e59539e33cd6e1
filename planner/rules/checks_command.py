"""The check of command: whether an action stays within what the national Gold set."""

from planner.rules.counts import count_words
from planner.rules.findings import Finding, State
from planner.rules.parameters import Planned, broken
from planner.rules.values import Facts

NONE_SET = Finding("parameters", State.NOT_NEEDED, "Gold set no parameter that can be checked.")
MOVE = "Silver: plan within it, or ask the national Gold."


def parameters(facts: Facts) -> Finding:
    """Each tactical parameter that can be checked is kept; one that blocks stops the action.

    Source: Gold sets objectives and tactical parameters, documented; Silver plans within them.
    """
    if not facts.parameters:
        return NONE_SET
    action = facts.action
    found = broken(facts.parameters, Planned(action.starts_at, action.ends_at, action.immigration))
    if found:
        said = "; ".join(item.words for item in found)
        blocks = any(item.parameter.blocks for item in found)
        return Finding("parameters", State.UNMET, "Outside Gold's parameters: {}.", (said,), MOVE, blocks)
    kept = count_words(len(facts.parameters), "parameter")
    return Finding("parameters", State.MET, "Within Gold's {} that can be checked.", (kept,))
