"""The exercise's case conferences: one a region and day, held or still to come."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from planner.models.conferences import Attendance, Conference, ConferenceAction, ConferenceSeries, Undertaking
from planner.rules.words import AttendanceState, ConferenceKind, ConferenceState, Decision, UndertakingState
from planner.services.exercise.people import Cast
from planner.services.exercise.rows import Rows
from planner.services.exercise.stages import CONFERENCE_BEFORE, NEAR_DAYS, Placed


class Meetings:
    """Writes conferences with seats, decisions and an undertaking."""

    def __init__(self, rows: Rows, cast: Cast, operation: int, now: datetime) -> None:
        self.rows, self.cast, self.operation, self.now = rows, cast, operation, now
        self.today = now.date()
        self.conferences: dict[tuple[str, date], int] = {}

    def confer(self, placed: Placed) -> None:
        """One conference a region and day, held two days before, or convened when that is still to come."""
        key = (placed.force.region, placed.drawn.day)
        if key not in self.conferences:
            self.conferences[key] = self._convene(placed)
        decision = Decision.PROCEED if self._held_at(placed) is not None else None
        self.rows.add(
            ConferenceAction,
            conference_id=self.conferences[key],
            action_id=placed.id,
            decision=decision,
            reasons="Care, roles and power are there." if decision else "",
            decided_at=self._held_at(placed),
        )

    def _held_at(self, placed: Placed) -> datetime | None:
        at = min(placed.starts_at - CONFERENCE_BEFORE, self.now - timedelta(hours=10))
        soon = (placed.drawn.day - self.today).days <= NEAR_DAYS
        return at if soon and placed.starts_at - at >= timedelta(hours=12) else None

    def _convene(self, placed: Placed) -> int:
        rows, held_at = self.rows, self._held_at(placed)
        starts_at = held_at or placed.starts_at - CONFERENCE_BEFORE
        series = rows.add(ConferenceSeries, calendar_uid=str(uuid5(UUID(placed.uid), "conference")))
        conference = rows.add(
            Conference,
            series_id=series,
            operation_id=self.operation,
            kind=ConferenceKind.PLANNED,
            state=ConferenceState.HELD if held_at else ConferenceState.CONVENED,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            venue="By video, link after sign-in",
            chair_id=placed.force.silver,
            held_at=held_at,
            changed_at=self.now,
        )
        self._seats(placed, conference, attended=held_at is not None)
        rows.add(
            Undertaking,
            conference_id=conference,
            agency_id=self.cast.partners[placed.force.region].health,
            text="Screening room ready at reception",
            due_at=placed.starts_at - timedelta(hours=18),
            before_action=True,
            state=UndertakingState.DONE if held_at else UndertakingState.OPEN,
        )
        return conference

    def _seats(self, placed: Placed, conference: int, *, attended: bool) -> None:
        partners = self.cast.partners[placed.force.region]
        for agency in (placed.force.id, partners.ngo, partners.health, partners.children):
            self.rows.add(
                Attendance,
                conference_id=conference,
                agency_id=agency,
                state=AttendanceState.ATTENDED if attended else AttendanceState.INVITED,
                may_commit=True,
                victims_advocate=agency == partners.ngo,
                confidentiality_accepted=attended,
            )
