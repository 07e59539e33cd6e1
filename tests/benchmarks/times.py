"""The finder of a time: twelve agencies over six weeks, with two hundred conferences beside the exercise's actions."""

from datetime import timedelta
from itertools import islice

from sqlmodel import col, select

from planner.db import Database
from planner.models.conferences import Attendance, Conference, ConferenceSeries
from planner.models.directory import Agency, Appointment, Availability
from planner.models.operations import Action
from planner.models.roles import RoleOffer
from planner.rules.words import AgencyKind, ConferenceKind, OfferState, Post
from planner.views.meeting_times import TimesAsked, best_meeting_times
from planner.work import Desk, utc_now
from tests.benchmarks.table import Row, in_turn, seconds

AGENCIES, CONFERENCES, WEEKS = 12, 200, 6
BUDGET_MS = 200.0
LENGTH = timedelta(hours=1)


def rows(database: Database, rounds: int) -> list[Row]:
    """Every agency sits at conferences and has accepted posts at actions within the six weeks."""
    reference, codes, planner, taken = _stage(database)
    asked = TimesAsked((reference,), codes[:-2], codes[-2:])
    desk = Desk(database, planner)

    def look_for() -> float:
        with desk.reading() as look:
            return seconds(lambda: best_meeting_times(look, asked))

    in_turn(1, look_for)  # the first of each statement is compiled
    (measured,) = in_turn(rounds, look_for)
    said = f"{len(codes)} agencies, {CONFERENCES} conferences, {taken:,} accepted posts"
    return [Row("A time to meet found over six weeks", measured * 1000, BUDGET_MS, "ms", said)]


def _stage(database: Database) -> tuple[str, tuple[str, ...], int, int]:
    """An action beyond the six weeks, its twelve agencies and a planner; how many posts the agencies have accepted."""
    now = utc_now()
    with database.write() as session:
        others = session.exec(select(Agency).where(Agency.kind != AgencyKind.CARE_PROVIDER).order_by(col(Agency.id)))
        agencies = list(islice(others, AGENCIES))
        cell = session.exec(select(Appointment.person_id).where(Appointment.post == Post.CELL)).first() or 0
        actions = session.exec(select(Action).order_by(col(Action.id))).all()
        offers = session.exec(select(RoleOffer)).all()
        for number, offer in enumerate(offers):
            offer.agency_id, offer.state = agencies[number % AGENCIES].id or 0, OfferState.ACCEPTED
        for number, action in enumerate(actions):
            action.starts_at = now + timedelta(weeks=WEEKS) * number / len(actions)
            action.ends_at = action.starts_at + 3 * LENGTH
        last = actions[-1]
        last.starts_at, last.ends_at = now + timedelta(weeks=WEEKS + 1), now + timedelta(weeks=WEEKS + 1, hours=3)
        for agency in agencies[::2]:
            hours = session.get(Availability, agency.id) or Availability(agency_id=agency.id or 0, changed_at=now)
            hours.weekdays, hours.opens, hours.closes = "1234567", now.time().min, now.time().min
            session.add(hours)
        for number in range(CONFERENCES):
            series = ConferenceSeries(calendar_uid=f"benchmark-times-{number}")
            session.add(series)
            session.flush()
            starts_at = now + timedelta(weeks=WEEKS) * number / CONFERENCES
            meeting = Conference(
                series_id=series.id or 0,
                operation_id=last.operation_id,
                kind=ConferenceKind.PLANNED,
                starts_at=starts_at,
                ends_at=starts_at + LENGTH,
                chair_id=cell,
                changed_at=now,
            )
            session.add(meeting)
            session.flush()
            session.add_all(Attendance(conference_id=meeting.id or 0, agency_id=row.id or 0) for row in agencies)
        return last.reference, tuple(row.code for row in agencies), cell, len(offers)
