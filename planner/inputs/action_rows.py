"""A line of a file of actions as read: times are UTC, words are the field's own."""

from dataclasses import dataclass
from datetime import datetime

from planner.rules.words import ActionKind, Exploitation, Marking, PremisesKind, Profile


@dataclass(frozen=True, order=True)
class DemandRow:
    """People expected of one profile."""

    profile: Profile
    low: int
    likely: int
    high: int


@dataclass(frozen=True)
class ActionRow:
    """One action as a file gives it; `demand` is empty when the file says nothing of people.

    A line that was exported has the action's own reference and version, and says which columns it `speaks_of`: one of
    these that is blank was made blank.
    """

    line: int
    external_reference: str
    force_code: str
    region_code: str
    kind: ActionKind
    premises_kind: PremisesKind
    premises_count: int
    starts_at: datetime
    ends_at: datetime
    exploitation: Exploitation
    demand: tuple[DemandRow, ...]
    intelligence_system: str | None
    intelligence_reference: str | None
    languages: tuple[str, ...]
    marking: Marking
    planner_reference: str | None = None
    version: int | None = None
    speaks_of: frozenset[str] = frozenset()

    @property
    def exported(self) -> bool:
        return self.planner_reference is not None
