"""The gate: one function for each check, over facts; adding a check is a function, a line in CHECKS and a test."""

from typing import NamedTuple

from planner.rules.checks_care import care, child_pathway
from planner.rules.checks_command import parameters
from planner.rules.checks_law import agreements, clashes, legal_basis, region_informed
from planner.rules.checks_people import conference, roles
from planner.rules.checks_support import holds_outlast, interpreters, medical, reception, transport
from planner.rules.command import Span
from planner.rules.findings import Check, Finding, State
from planner.rules.fingerprints import go_ahead_fingerprint, plan_fingerprint, slot_fingerprint
from planner.rules.last_hours import may_be_moving
from planner.rules.values import Facts
from planner.rules.words import ActionState, GoAheadState, Standing

CHECKS: tuple[Check, ...] = (
    legal_basis,
    clashes,
    region_informed,
    conference,
    roles,
    care,
    interpreters,
    medical,
    reception,
    transport,
    child_pathway,
    holds_outlast,
    agreements,
    parameters,
)
NAMES = tuple(check.__name__ for check in CHECKS)
UNDER_WAY = (ActionState.BEGUN, ActionState.DONE)


class Gate(NamedTuple):
    """What the gate says of one action: unmet first is for whoever draws it."""

    reference: str
    findings: tuple[Finding, ...]
    standing: Standing

    @property
    def ready(self) -> bool:
        return not any(finding.stops for finding in self.findings)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.stops)


def judge(facts: Facts) -> Gate:
    """Every check of the gate for one action, and what its go-ahead is worth."""
    blocking = facts.policy.blocks
    findings = [check(facts) for check in CHECKS]
    findings = [_blocking(each) if each.check in blocking and not each.blocks else each for each in findings]
    if facts.overrides:
        slot = slot_fingerprint(facts)
        findings = [_overridden(finding, facts, slot) for finding in findings]
    return Gate(facts.action.reference, tuple(findings), standing(facts))


def _blocking(finding: Finding) -> Finding:
    """As the policy makes it; taken apart and built anew, for _replace takes three times as long."""
    check, state, template, values, remedy, _, final = finding
    return Finding(check, state, template, values, remedy, True, final)


def _overridden(finding: Finding, facts: Facts, slot: str) -> Finding:
    if finding.final or not finding.stops:
        return finding
    for override in facts.overrides:
        if override.check == finding.check and override.fingerprint == slot and facts.now < override.expires_at:
            return finding._replace(
                state=State.OVERRIDDEN, template="{} Overridden: {}", values=(finding.sentence, override.reason)
            )
    return finding


def standing(facts: Facts) -> Standing:
    """What the latest go-ahead is worth: another fingerprint spends it, and a spent one stays spent.

    What began under one is judged as of then: another policy, or a condition answered later, takes nothing back. In the
    last hours another policy does not either: where the gate falls under it, those in command are called.
    """
    given = facts.go_ahead
    if given is None:
        return Standing.NONE
    if given.state is GoAheadState.WITHDRAWN:
        return Standing.WITHDRAWN
    changed = facts.action.state not in UNDER_WAY and given.fingerprint != go_ahead_fingerprint(facts)
    if changed and given.plan is not None and _is_near(facts):
        changed = given.plan != plan_fingerprint(facts)
    if given.state is GoAheadState.SPENT or changed:
        return Standing.SPENT
    return Standing.SUSPENDED if given.state is GoAheadState.SUSPENDED else Standing.STANDING


def _is_near(facts: Facts) -> bool:
    action = facts.action
    return may_be_moving(action.state, Span(action.starts_at, action.ends_at), facts.now)


def unmet_first(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What blocks, then what advises, then what is overridden or met; within each, the gate's order."""
    order = {State.UNMET: 1, State.NOT_RECORDED: 1, State.OVERRIDDEN: 2, State.MET: 3, State.NOT_NEEDED: 4}
    return tuple(sorted(findings, key=lambda finding: 0 if finding.stops else order[finding.state]))
