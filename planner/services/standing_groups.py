"""Standing groups: set with all their meetings, one of which can be moved or cancelled as any conference; ended."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from planner.access import Verb, agency_named, held_for, require
from planner.errors import InputError, NotAllowed, NotFound, Refused, Stale
from planner.models.conferences import Attendance, Conference, ConferenceSeries
from planner.models.directory import Agency, Region
from planner.models.operations import Operation
from planner.models.policy import Policy
from planner.models.standing import StandingGroup, StandingMember
from planner.rules.counts import count_words
from planner.rules.dates import day_words, instant_words
from planner.rules.invitation_words import MailMethod
from planner.rules.standing import MOST_MEETINGS, Rhythm, meetings, rhythm_words, rule_words
from planner.rules.words import ConferenceKind, ConferenceState
from planner.services.conference_templates import template_of
from planner.services.standing_locks import group_named, may_set
from planner.services.standing_mail import mail_change
from planner.services.texts import needed_text, short_text
from planner.work import Work

LONGEST_NAME, MOST_MINUTES = 60, 480


@dataclass(frozen=True)
class GroupRequest:
    """A group of an operation, of one region or of all, with the agencies that meet and how often they do."""

    operation: str
    name: str
    starts_at: datetime
    minutes: int
    rhythm: Rhythm
    until_on: date
    agencies: tuple[str, ...]
    request_key: str
    region: str | None = None
    venue: str = ""

    def __post_init__(self) -> None:
        needed_text(self.name, "The group's name", most=LONGEST_NAME)
        short_text(self.venue, "The venue", most=100)
        if not self.agencies:
            raise InputError("A standing group has members: choose at least one agency.")
        if not 15 <= self.minutes <= MOST_MINUTES:
            raise InputError(f"A meeting takes 15 to {MOST_MINUTES} minutes; you entered {self.minutes}.")

    @property
    def meetings(self) -> tuple[datetime, ...]:
        """Every meeting; InputError where there is none, too many, or one at a time that is no time."""
        try:
            found = meetings(self.starts_at, self.rhythm, self.until_on)
        except ValueError as error:
            raise InputError(str(error)) from error
        if not found:
            raise InputError(f"The last day, {day_words(self.until_on)}, is before the first meeting.")
        if len(found) > MOST_MEETINGS:
            last = day_words(found[MOST_MEETINGS - 1].date(), year=True)
            raise InputError(
                f"A group is set for at most {MOST_MEETINGS} meetings; these are more. End them by {last}."
            )
        return found


def set_group(work: Work, request: GroupRequest) -> StandingGroup:
    """Set a group with all of its meetings; the members are told once. The same form again changes nothing."""
    work.attempts(Verb.SET_STANDING_GROUP.name.lower(), request.operation)
    known = select(StandingGroup).where(StandingGroup.request_key == request.request_key)
    found = work.session.exec(select(Operation.id).where(Operation.code == request.operation)).first()
    require(work, Verb.SET_STANDING_GROUP, ref=request.operation, operation_id=found or 0)
    operation = work.lock(Operation, found)
    region = _region(work, operation, request.region)
    if (again := work.session.exec(known).first()) is not None:
        return again
    name = needed_text(request.name, "The group's name", most=LONGEST_NAME)
    same = select(StandingGroup.id).where(StandingGroup.operation_id == operation.id, StandingGroup.name == name)
    if work.session.exec(same).first() is not None:
        raise Refused(f"There is a standing group {name} already. Give this one another name.")
    at, members = request.meetings, [agency_named(work, code) for code in dict.fromkeys(request.agencies)]
    if at[0] < work.now:
        raise InputError(f"The first meeting, {instant_words(at[0])}, is over. Choose a later one.")
    group = _written(work, request, operation, region, at)
    work.session.add_all(StandingMember(group_id=group.id or 0, agency_id=row.id or 0) for row in members)
    _convene_all(work, request, group, members)
    said = f"Standing group {name}: {rhythm_words(request.rhythm, at[0])}, {count_words(len(at), 'meeting')}."
    work.record("set_group", said, kind="standing group", ref=str(group.id))
    for agency in members:
        work.notify(f"{said} You are invited, first on {instant_words(at[0])}.", agency_id=agency.id)
    return group


def _region(work: Work, operation: Operation, asked: str | None) -> str | None:
    """Whose group it is: what a regional cell sets is its region's, and nobody else's."""
    number = operation.id or 0
    if asked is None and not may_set(work, number, None):
        own = (held.region for held in held_for(work, Verb.SET_STANDING_GROUP))
        return next(region for region in own if may_set(work, number, region))
    if asked is not None and work.session.get(Region, asked) is None:
        raise NotFound(f"There is no region {asked}.")
    if not may_set(work, number, asked):
        raise NotAllowed("A regional cell sets groups of its own region. Choose your region.")
    return asked


def _written(
    work: Work, request: GroupRequest, operation: Operation, region: str | None, at: Sequence[datetime]
) -> StandingGroup:
    series = ConferenceSeries(calendar_uid=str(uuid.uuid4()), rule=rule_words(request.rhythm, at[0], at[-1]))
    work.session.add(series)
    work.session.flush()
    group = StandingGroup(
        operation_id=operation.id or 0,
        series_id=series.id or 0,
        name=needed_text(request.name, "The group's name", most=LONGEST_NAME),
        region=region,
        rhythm=request.rhythm,
        starts_at=at[0],
        minutes=request.minutes,
        until_on=request.until_on,
        changed_at=work.now,
        request_key=request.request_key,
    )
    work.session.add(group)
    work.session.flush()
    return group


def _convene_all(work: Work, request: GroupRequest, group: StandingGroup, members: Sequence[Agency]) -> None:
    operation = work.session.get_one(Operation, group.operation_id)
    given = template_of(work, group.operation_id)
    policies = select(Policy.quorum).where(
        Policy.operation_id == group.operation_id, col(Policy.nation).is_(None), col(Policy.force_id).is_(None)
    )
    quorum = work.session.exec(policies.order_by(col(Policy.version).desc())).first()
    rows = [
        Conference(
            series_id=group.series_id,
            operation_id=group.operation_id,
            kind=ConferenceKind.STANDING,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=request.minutes),
            occurrence_at=starts_at,
            venue=request.venue,
            chair_id=work.actor.person_id or 0,
            agenda=given.agenda,
            confidentiality=given.confidentiality,
            quorum=quorum,
            marking=operation.marking,
            handling=operation.handling,
            changed_at=work.now,
        )
        for starts_at in request.meetings
    ]
    work.session.add_all(rows)
    work.session.flush()
    work.session.add_all(
        Attendance(conference_id=row.id or 0, agency_id=agency.id or 0) for row in rows for agency in members
    )


def end_group(work: Work, group_id: int, version: int, *, reason: str) -> int:
    """A group meets no more: its meetings to come are cancelled, and the members told; how many meetings."""
    group = group_named(work, group_id)
    if group.version != version:
        raise Stale("This group changed while your page was open. Look at what is kept, then try again.")
    if group.ended_at is not None:
        raise Refused(f"The standing group {group.name} ended on {instant_words(group.ended_at)}.")
    why = needed_text(reason, "Why the group ends")
    to_come = select(Conference).where(
        Conference.series_id == group.series_id,
        Conference.state == ConferenceState.CONVENED,
        Conference.starts_at > work.now,
    )
    rows = work.session.exec(to_come).all()
    for row in rows:
        row.state, row.changed_at, row.version = ConferenceState.CANCELLED, work.now, row.version + 1
    series = work.session.get_one(ConferenceSeries, group.series_id)
    series.calendar_sequence += 1
    group.ended_at, group.changed_at, group.version = work.now, work.now, group.version + 1
    work.session.add_all([*rows, series, group])
    said = f"The standing group {group.name} ends: {count_words(len(rows), 'meeting')} cancelled."
    work.record("end_group", said, kind="standing group", ref=str(group.id), reason=why)
    for row in rows:
        mail_change(work, row, MailMethod.CANCEL)
    for agency_id in work.session.exec(select(StandingMember.agency_id).where(StandingMember.group_id == group.id)):
        work.notify(said, agency_id=agency_id)
    return len(rows)
