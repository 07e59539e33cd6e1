"""What an invited agency may know of a conference before and while it meets."""

from typing import NamedTuple

from sqlmodel import col

from planner.db import pick
from planner.models.conferences import Attendance, Conference
from planner.rules.agenda import CONFIDENTIALITY, items_of
from planner.rules.words import AttendanceState, ConferenceState
from planner.views.my_part import own_agencies, own_operations
from planner.work import Look


class Room(NamedTuple):
    """The agenda is empty until confidentiality is accepted."""

    venue: str
    join_link: str
    confidentiality: str
    accepted: bool
    agenda: tuple[str, ...]


def my_room(look: Look, conference_id: int) -> Room | None:
    """None where no agency of the reader's own is invited, or it sent apologies, or the conference is cancelled."""
    c, seat = Conference, Attendance
    query = (
        pick(c.venue, c.join_link, c.confidentiality, seat.confidentiality_accepted, c.agenda)
        .join(seat, col(seat.conference_id) == col(c.id))
        .where(
            c.id == conference_id,
            col(seat.agency_id).in_(own_agencies(look)),
            col(c.operation_id).in_(own_operations(look)),
            c.state != ConferenceState.CANCELLED,
            seat.state != AttendanceState.APOLOGIES,
        )
        .order_by(seat.id)
    )
    row = look.session.execute(query).first()
    if row is None:
        return None
    venue, link, statement, accepted, agenda = row
    return Room(venue, link, statement or CONFIDENTIALITY, accepted, items_of(agenda) if accepted else ())
