"""Facts of command: what was overridden for a slot, and the newest go-ahead."""

from datetime import datetime
from typing import NamedTuple

from planner.rules.words import GoAheadState


class OverrideFact(NamedTuple):
    check: str
    reason: str
    fingerprint: str
    expires_at: datetime


class GoAheadFact(NamedTuple):
    """`plan` is its fingerprint without the policy, where it was kept."""

    id: int
    state: GoAheadState
    fingerprint: str
    plan: str | None = None
