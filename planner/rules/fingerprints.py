"""What a decision was taken on, as a short hash: when it changes, the decision no longer fits."""

import hashlib
import json
import re
from typing import Any

from planner.rules.values import Facts


def digest(values: Any) -> str:
    """Sixteen bytes of a hash over plain values, in their order."""
    return hashlib.sha256(json.dumps(values, default=str).encode()).hexdigest()[:32]


def row_version(values: Any) -> str:
    """A row's own content as a short code that no spreadsheet takes for a number, such as v3f9a01c2."""
    return f"v{digest(values)[:8]}"


def is_row_version(text: str) -> bool:
    return re.fullmatch("v[0-9a-f]{8}", text) is not None


def go_ahead_fingerprint(facts: Facts) -> str:
    """Window, region, demand, attendance, conditions and policy: another fingerprint spends a go-ahead for good."""
    return digest([*_plan(facts), facts.policy.id, facts.policy.version])


def plan_fingerprint(facts: Facts) -> str:
    """The same without the policy: what is asked in an action's last hours, when teams may be moving."""
    return digest(_plan(facts))


def _plan(facts: Facts) -> list[Any]:
    action = facts.action
    return [
        action.starts_at.isoformat(),
        action.ends_at.isoformat(),
        action.region,
        action.kind,
        sorted(facts.demand),
        action.children,
        action.children_number,
        action.immigration,
        sorted((condition.text, condition.state) for condition in facts.conditions),
    ]


def slot_fingerprint(facts: Facts) -> str:
    """The slot an override was given for: it expires when the action moves."""
    action = facts.action
    return digest([action.starts_at.isoformat(), action.ends_at.isoformat(), action.region])
