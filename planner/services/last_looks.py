"""A visit to a page is kept for the person alone, so that the next one can say what changed in between."""

from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from planner.access import action_id_of
from planner.models.directory import Person
from planner.models.last_looks import LastLook
from planner.models.records import RecordLine
from planner.work import Work

ONE_VISIT = timedelta(minutes=15)


def note_look(work: Work, page: str, reference: str = "") -> int | None:
    """Up to which line of the record this person had seen before this visit; None at the first one.

    Of an action, or without a reference of all; looks within a quarter of an hour are one visit.
    """
    if work.actor.person_id is None:
        return None
    action_id = action_id_of(work, reference) if reference else None
    work.lock(Person, work.actor.person_id)
    mine = select(LastLook).where(
        LastLook.person_id == work.actor.person_id, LastLook.page == page, col(LastLook.action_id) == action_id
    )
    seen = work.session.exec(mine).first()
    head = int(work.session.execute(sa.select(sa.func.coalesce(sa.func.max(col(RecordLine.number)), 0))).scalar_one())
    if seen is None:
        seen = LastLook(person_id=work.actor.person_id, page=page, action_id=action_id, began_at=work.now, line=head)
    else:
        if work.now - seen.began_at > ONE_VISIT:
            seen.line_before, seen.began_at = seen.line, work.now
        seen.line = head
    work.session.add(seen)
    return seen.line_before
