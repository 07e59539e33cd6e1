"""The facts of a case conference that a gate is judged on: who sat there, what was decided and undertaken."""

from datetime import datetime
from typing import NamedTuple

from planner.rules.words import (
    AgencyKind,
    AttendanceState,
    ConferenceKind,
    ConferenceState,
    Decision,
    UndertakingState,
)


class SeatFact(NamedTuple):
    agency: str
    agency_kind: AgencyKind
    state: AttendanceState
    may_commit: bool
    victims_advocate: bool
    confidentiality_accepted: bool


class ConferenceFact(NamedTuple):
    id: int
    kind: ConferenceKind
    state: ConferenceState
    starts_at: datetime
    held_at: datetime | None
    decision: Decision | None
    decided_on: str | None
    quorum: int | None = None
    required_kinds: str = ""
    clear_until: datetime | None = None


class UndertakingFact(NamedTuple):
    text: str
    agency: str
    due_at: datetime
    state: UndertakingState
