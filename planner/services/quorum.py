"""What a conference lacks for its quorum: by the strictest policy of its actions, and by what it asks itself."""

from collections.abc import Collection

from sqlmodel import select

from planner import facts
from planner.models.conferences import Attendance, Conference
from planner.models.directory import Agency
from planner.rules.conference_values import SeatFact
from planner.rules.quorum import kinds_in, missing_for_quorum
from planner.services.names import agency_words
from planner.work import Look


def missing_of(look: Look, conference: Conference, action_ids: Collection[int]) -> tuple[str, ...]:
    """In words; empty when quorate."""
    known = facts.load(look, list(action_ids))
    rows = look.session.exec(
        select(Attendance, Agency).where(Attendance.conference_id == conference.id, Agency.id == Attendance.agency_id)
    ).all()
    seats = [
        SeatFact(
            *(agency_words(agency), agency.kind, row.state),
            *(row.may_commit, row.victims_advocate, row.confidentiality_accepted),
        )
        for row, agency in rows
    ]
    needed = max([conference.quorum or 0, *(item.policy.quorum for item in known.values())])
    return missing_for_quorum(seats, needed, kinds_in(conference.required_kinds))
