"""The policy that a gate is judged by, made of the operation's, the nation's and the force's."""

from typing import NamedTuple

from planner.rules.lead_time import Lead


class PolicyFact(NamedTuple):
    """`blocks` names the checks that block; lengths in the unit of their name.

    `id` is the newest policy that was read for it: with it the policy in force at a decision is found again.
    """

    id: int
    version: int
    nights: int
    whole_stay: bool
    blocks: frozenset[str]
    quorum: int
    conference_lead_hours: int
    conference_lead_days: int
    conference_emergency_hours: int
    margin_hours: int
    clash_check_hours: int
    conference_material: frozenset[str] = frozenset()
    onward_route: bool = True
    plan_to_high: bool = True

    @property
    def lead(self) -> Lead:
        """How early a conference must be over."""
        return Lead(self.conference_lead_hours, self.conference_lead_days, self.conference_emergency_hours)
