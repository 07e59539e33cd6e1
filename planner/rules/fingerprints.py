"""What a decision was taken on, as a short hash: when it changes, the decision no longer fits."""

import hashlib
import json
from typing import Any

from planner.rules.values import Facts


def _digest(values: Any) -> str:
    return hashlib.sha256(json.dumps(values, default=str).encode()).hexdigest()[:32]


def go_ahead_fingerprint(facts: Facts) -> str:
    """Window, region, demand, attendance, conditions and policy: another fingerprint spends a go-ahead for good."""
    action = facts.action
    return _digest(
        [
            action.starts_at.isoformat(),
            action.ends_at.isoformat(),
            action.region,
            action.kind,
            sorted(facts.demand),
            action.children,
            action.children_number,
            action.immigration,
            sorted((condition.text, condition.state) for condition in facts.conditions),
            facts.policy.id,
            facts.policy.version,
        ]
    )


def slot_fingerprint(facts: Facts) -> str:
    """The slot an override was given for: it expires when the action moves."""
    action = facts.action
    return _digest([action.starts_at.isoformat(), action.ends_at.isoformat(), action.region])


def conference_fingerprint(facts: Facts) -> str:
    """What a conference decided on: place, partners' posts, power and demand. Fewer people is no new question."""
    action, legal = facts.action, facts.legal
    return _digest(
        [
            action.region,
            action.kind,
            action.premises_kind,
            action.premises_count,
            action.exploitation,
            action.immigration,
            legal.power if legal else None,
            sorted((line.profile, line.need, line.likely, line.high) for line in facts.demand),
            action.children,
        ]
    )
