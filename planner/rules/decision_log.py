"""The decision log: which lines of the record are decisions, and the ground that each is taken on."""

from collections import Counter

from planner.rules.counts import count_words
from planner.rules.dates import when_words
from planner.rules.findings import State
from planner.rules.log_headings import Part
from planner.rules.readiness import Gate
from planner.rules.values import Facts

BY_HAND = "log_decision"
# Verbs of the record that decide something, in the words of the log; what merely follows from one is none.
OF_ACTION = {
    "request_go_ahead": "Go-ahead asked for",
    "take_back_request": "Request taken back",
    "answer_not_yet": "Not yet",
    "give_go_ahead": "Go-ahead given",
    "confirm_go_ahead": "Telephoned decision confirmed",
    "reaffirm_go_ahead": "Go-ahead reaffirmed",
    "withdraw_go_ahead": "Go-ahead withdrawn",
    "override": "Check overridden",
    "take_back_override": "Override taken back",
    "decide": "Conference's decision",
    "dissent": "Dissent",
    "clear_actions": "Cleared by a standing group",
    "decide_places": "Who has places first",
    "move_action": "Moved",
    "slip": "Plan changed",
    "undo_slip": "Change of plan undone",
    "set_immigration": "Immigration enforcement's presence",
    "defer_action": "Deferred",
    "stand_down": "Stood down",
    "leave_strike_day": "Dropped from its strike day",
    "continue_action": "Continued in the last hours",
    "hold_action": "Held in the last hours",
    "begin_action": "Begun",
    "enter_begun": "Begun, entered afterwards",
    "enter_for_danger": "Entered for immediate danger to life",
    "finish_action": "Closed",
    "close_to": "Closed to a list",
    "open_again": "Opened again",
    BY_HAND: "By hand",
}
OF_OPERATION = {
    "set_objectives": "Objectives and parameters",
    "set_policy": "The gate's policy",
    "ask_pause": "Pause asked for",
    "answer_pause": "Answer to a pause",
    "end_pause": "Pause ended",
    "set_phases": "Phases",
    BY_HAND: "By hand",
}


def ground(facts: Facts, gate: Gate) -> dict[str, str]:
    """What a decision on an action rests on as it is taken, under the first four headings."""
    said = {finding.check: finding.sentence for finding in gate.findings}
    policy = facts.policy
    return {
        Part.INFORMATION: _information(facts, gate),
        Part.STRATEGY: f"{said['conference']} {said['care']} {said['child_pathway']}",
        Part.POWERS: f"{said['legal_basis']} Policy in force: version {policy.version}. {said['parameters']}",
        Part.OPTIONS: _options(facts, gate),
    }


def _information(facts: Facts, gate: Gate) -> str:
    """When, how many are expected, and what the gate said: the unmet by name."""
    likely, high = sum(line.likely for line in facts.demand), sum(line.high for line in facts.demand)
    counted = Counter(finding.state for finding in gate.findings)
    unmet = [item for item in gate.findings if item.state in (State.UNMET, State.NOT_RECORDED)]
    named = " ".join(
        f"{item.check.replace('_', ' ').capitalize()} {'blocks' if item.blocks else 'advises'}: {item.sentence}"
        for item in unmet
    )
    met = count_words(counted[State.MET] + counted[State.NOT_NEEDED], "check")
    when = when_words(facts.action.starts_at, facts.action.ends_at, year=True)
    people = f"{likely} likely, {high} at most" if facts.demand else "nobody has said how many to expect"
    return f"{when}; {people}. {met} met or not needed, {len(unmet)} unmet." + (f" {named}" if named else "")


def _options(facts: Facts, gate: Gate) -> str:
    """What was set aside, and what else was asked."""
    said = [f"{item.sentence}" for item in gate.findings if item.state is State.OVERRIDDEN]
    said += [f"{pause.asked_words} {pause.answer or 'No answer yet.'}" for pause in facts.pauses]
    return " ".join(said)
