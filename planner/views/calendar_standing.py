"""A standing group in a calendar: a series at the London hour without what is cancelled, what moved beside it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from planner import access
from planner.models.conferences import Conference, ConferenceSeries
from planner.models.standing import StandingGroup
from planner.outputs.calendar_entries import ConferenceEntry, Frequency, Repeats
from planner.outputs.organizer import organizer
from planner.rules.markings import Marked, together
from planner.rules.standing import meetings, recurrence
from planner.rules.words import ConferenceState
from planner.settings import load_settings
from planner.work import Look


def meetings_page(look: Look) -> str:
    """The address where this reader finds a conference: whoever is only invited answers on their own page."""
    page = "conferences" if access.opens(look.actor, "conferences") else "my_part"
    return f"{load_settings().public_url}/{page}"


def standing_entries(look: Look, ids: Any) -> Iterator[ConferenceEntry]:
    """The series of which any of these conferences is a meeting; a meeting that is not among them is left out."""
    query = (
        select(StandingGroup, ConferenceSeries)
        .join(ConferenceSeries, col(ConferenceSeries.id) == col(StandingGroup.series_id))
        .where(col(StandingGroup.series_id).in_(select(Conference.series_id).where(col(Conference.id).in_(ids))))
        .order_by(col(StandingGroup.id))
    )
    url = meetings_page(look)
    for group, series in look.session.exec(query).all():
        held = select(Conference).where(Conference.series_id == group.series_id, col(Conference.id).in_(ids))
        rows = look.session.exec(held.order_by(col(Conference.starts_at))).all()
        yield from _series(group, series, rows, url)


def not_left_out(ids: Any) -> Any:
    """A condition on conferences: a series just leaves a cancelled meeting out, as long as any of it stands."""
    stands = select(Conference.series_id).where(
        col(Conference.id).in_(ids),
        col(Conference.occurrence_at).is_not(None),
        col(Conference.state) != ConferenceState.CANCELLED,
    )
    return sa.or_(
        col(Conference.state) != ConferenceState.CANCELLED,
        col(Conference.occurrence_at).is_(None),
        col(Conference.series_id).not_in(stands),
    )


def _series(
    group: StandingGroup, series: ConferenceSeries, rows: Sequence[Conference], url: str
) -> Iterator[ConferenceEntry]:
    """Where none of its meetings stands, it is cancelled as a whole."""
    every = meetings(group.starts_at, group.rhythm, group.until_on)
    live = {row.occurrence_at: row for row in rows if row.state is not ConferenceState.CANCELLED}
    frequency, interval, by_day = recurrence(group.rhythm, group.starts_at)
    length, last = timedelta(minutes=group.minutes), max(row.changed_at for row in rows)
    repeats = Repeats(
        frequency=Frequency(frequency),
        interval=interval,
        by_day=by_day,
        until=every[-1],
        left_out=tuple(at for at in every if live and at not in live),
    )
    shared: dict[str, Any] = {
        "uid": series.calendar_uid,
        "sequence": series.calendar_sequence,
        "organizer": organizer(load_settings()),
        "marked": together(Marked(row.marking, row.handling) for row in live.values() or rows),
        "url": url,
    }
    times: dict[str, Any] = {"starts_at": group.starts_at, "ends_at": group.starts_at + length}
    off = None if live else last
    yield ConferenceEntry(**shared, **times, changed_at=last, cancelled_at=off, repeats=repeats)
    for at, row in live.items():
        if at is not None and (row.starts_at, row.ends_at) != (at, at + length):
            yield ConferenceEntry(
                **shared, changed_at=row.changed_at, starts_at=row.starts_at, ends_at=row.ends_at, instead_of=at
            )
