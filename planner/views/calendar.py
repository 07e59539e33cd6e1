"""Calendar entries by scope, kind and detail; only what the reader may see."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from planner.db import pick
from planner.errors import InputError
from planner.inputs.calendar_choices import scope_of
from planner.models.conferences import Conference, ConferenceSeries
from planner.models.operations import Action, Operation, Phase
from planner.outputs.calendar import calendar_file
from planner.outputs.calendar_entries import (
    ActionEntry,
    CalendarName,
    ConferenceEntry,
    Entry,
    PhaseEntry,
    busy_only,
)
from planner.outputs.organizer import organizer
from planner.rules.calendar_choice import Choice, Detail, EntryKind, Scope, kinds_words, usual
from planner.rules.markings import Marked
from planner.rules.windows import LONGEST_ACTION, local
from planner.rules.words import ActionState, ConferenceState
from planner.settings import load_settings
from planner.views.calendar_dates import MAILBOX, booked_nights, deadlines, expiries, hold_ends
from planner.views.calendar_days import Days, begins_within, meets, within
from planner.views.calendar_scopes import Reach, kinds_for, reach_of
from planner.views.calendar_standing import meetings_page, not_left_out, standing_entries
from planner.work import Look

NAMES = {
    Scope.OPERATION: CalendarName.OPERATION,
    Scope.REGION: CalendarName.REGION,
    Scope.FORCE: CalendarName.FORCE,
    Scope.AGENCY: CalendarName.AGENCY,
    Scope.PROVIDER: CalendarName.PROVIDER,
    Scope.PERSON: CalendarName.MINE,
    Scope.SERIES: CalendarName.SERIES,
}
OFF = (ActionState.STOOD_DOWN, ActionState.DEFERRED)


def calendar_bytes(look: Look, scope: str, name: str, choice: Choice | None = None) -> bytes:
    """The calendar file of a scope, of what is usual or chosen; missing and forbidden answer alike."""
    kind = scope_of(scope)
    entries = entries_of(look, kind, name, choice or usual(kind))
    return calendar_file(entries, name=NAMES[kind], made_by=look.actor.name, made_at=look.now)


def entries_of(
    look: Look, scope: Scope, name: str, choice: Choice, within: Any = None, days: Days | None = None
) -> tuple[Entry, ...]:
    """The entries of a calendar; `within`, a SELECT of operations' ids, leaves out those of other operations.

    Of `days` alone, a series is its meetings, each by itself.
    """
    refused = choice.kinds - set(kinds_for(look, scope))
    if refused:
        raise InputError(f"Your posts open no {kinds_words(refused)} here. Choose other kinds of entries.")
    reach = reach_of(look, scope, name, within)
    entries = tuple(_entries(look, reach, choice, days))
    return busy_only(entries) if choice.detail is Detail.BUSY else entries


def _entries(look: Look, reach: Reach, choice: Choice, days: Days | None) -> Iterator[Entry]:
    kinds = choice.kinds
    if EntryKind.ACTIONS in kinds and reach.actions is not None:
        yield from _actions(look, reach, choice.alarm, days)
    if EntryKind.CONFERENCES in kinds and reach.meetings is not None:
        yield from _conferences(look, reach.meetings, days)
    if EntryKind.PHASES in kinds and reach.phases is not None:
        yield from _phases(look, reach.phases, days)
    if EntryKind.DEADLINES in kinds and reach.offers is not None:
        yield from deadlines(look, reach.offers, days)
    if EntryKind.EXPIRIES in kinds and reach.actions is not None:
        yield from expiries(look, reach.actions, days)
    if EntryKind.HOLDS in kinds:
        yield from hold_ends(look, reach, days)
    if EntryKind.BOOKINGS in kinds:
        yield from booked_nights(look, reach, days)


def _actions(look: Look, reach: Reach, alarm: int | None, days: Days | None) -> Iterator[Entry]:
    """Neutral titles count what stands of a day: 2 of 5. A partner's own lead to My part and name no action."""
    public, begins_at = load_settings().public_url, days.begins_at if days is not None else None
    for row, number, total in _numbered(_action_rows(look, reach, days)):
        if begins_at is not None and row.ends_at <= begins_at:
            continue
        yield ActionEntry(
            uid=row.calendar_uid,
            sequence=row.calendar_sequence,
            changed_at=row.changed_at,
            organizer=MAILBOX,
            marked=Marked(row.marking, row.handling),
            url=f"{public}/{'my_part' if reach.own else f'action?entry={row.calendar_uid}'}",
            cancelled_at=(row.called_off_at or row.changed_at) if row.state in OFF else None,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            number=number,
            of=total,
            alarm_minutes=alarm,
        )


def _action_rows(look: Look, reach: Reach, days: Days | None) -> Sequence[Action]:
    """In order of time; of some days, with all that begin on the day on which the first of theirs began.

    Without those beside it the number of one that was begun before would be another than in the file.
    """
    theirs = col(Action.id).in_(reach.actions)
    if days is not None:
        lasting = meets(Action.starts_at, Action.ends_at, days, longest=LONGEST_ACTION)
        first = look.session.execute(pick(sa.func.min(Action.starts_at)).where(theirs, lasting)).scalar()
        days = days._replace(first=min(days.first, local(first).date())) if first is not None else days
    query = select(Action).where(theirs, begins_within(Action.starts_at, days))
    return look.session.exec(query.order_by(col(Action.starts_at), col(Action.id))).all()


def _numbered(rows: Iterable[Action]) -> Iterator[tuple[Action, int | None, int]]:
    """Each with its number among those of its day that stand, and how many those are; what is called off has none.

    It vanishes from a file by time alone: if it were counted, the others' titles would change on that day.
    """
    by_day: defaultdict[date, list[Action]] = defaultdict(list)
    for row in rows:
        by_day[local(row.starts_at).date()].append(row)
    for day in by_day.values():
        total, numbers = sum(row.state not in OFF for row in day), count(1)
        for row in day:
            yield row, None if row.state in OFF else next(numbers), total


def _conferences(look: Look, ids: Any, days: Days | None) -> Iterable[Entry]:
    query = (
        select(Conference, ConferenceSeries)
        .join(ConferenceSeries, col(ConferenceSeries.id) == col(Conference.series_id))
        .where(col(Conference.id).in_(ids), meets(Conference.starts_at, Conference.ends_at, days))
    )
    ours, url = organizer(load_settings()), meetings_page(look)
    if days is None:
        yield from standing_entries(look, ids)
        query = query.where(col(Conference.occurrence_at).is_(None))
    else:
        query = query.where(not_left_out(ids))
    for row, series in look.session.exec(query.order_by(col(Conference.starts_at), col(Conference.id))):
        yield ConferenceEntry(
            uid=series.calendar_uid,
            sequence=series.calendar_sequence,
            changed_at=row.changed_at,
            organizer=ours,
            marked=Marked(row.marking, row.handling),
            url=url,
            cancelled_at=row.changed_at if row.state is ConferenceState.CANCELLED else None,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )


def _phases(look: Look, operations: Any, days: Days | None) -> Iterable[Entry]:
    query = select(Phase, Operation).join(Operation).where(col(Phase.operation_id).in_(operations))
    query = query.where(within(Phase.starts_on, Phase.ends_on, days))
    for row, operation in look.session.exec(query.order_by(col(Phase.operation_id), col(Phase.number))):
        yield PhaseEntry(
            uid=row.calendar_uid,
            sequence=row.calendar_sequence,
            changed_at=row.changed_at,
            organizer=MAILBOX,
            marked=Marked(operation.marking, operation.handling),
            url=f"{load_settings().public_url}/operation",
            number=row.number,
            first_on=row.starts_on,
            last_on=row.ends_on,
        )
