"""The finder of a time, asked of what is kept: when agencies are at work and busy, and how early it must be over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col, select

from planner import access
from planner.access import NO_ACTION, Verb
from planner.db import pick
from planner.errors import InputError, NotAllowed, NotFound
from planner.facts_policy import bank_holidays, conference_leads
from planner.facts_rows import rows
from planner.models.conferences import Attendance, Conference, ConferenceAction
from planner.models.directory import Agency
from planner.models.operations import Action
from planner.models.roles import RoleOffer
from planner.rules.access import SEAT, posts_words, told_name
from planner.rules.invitation_words import InvitationAnswer
from planner.rules.lead_time import Latest, soonest
from planner.rules.meeting_times import Diary, Slot, best_times
from planner.rules.meeting_words import none_words, too_late_words
from planner.rules.windows import LONDON, Window
from planner.rules.words import AgencyKind, AttendanceState, ConferenceKind, ConferenceState, Nation
from planner.views.availability import ACCEPTED, OFF, availability_of
from planner.views.people import names_providers
from planner.work import Look

HORIZON = timedelta(weeks=6)
LEAST_MINUTES, MOST_MINUTES = 15, 480


@dataclass(frozen=True)
class TimesAsked:
    """A time for a conference about some actions; agencies by their code, or by their seat at one that is to move."""

    references: tuple[str, ...]
    required: tuple[str, ...]
    others: tuple[str, ...] = ()
    minutes: int = 60
    kind: ConferenceKind = ConferenceKind.PLANNED
    from_day: date | None = None
    moving: int | None = None

    def __post_init__(self) -> None:
        if not self.references:
            raise InputError("A conference is about at least one action.")
        if not self.required:
            raise InputError("Say who must come: a time is found for at least one agency.")
        if not LEAST_MINUTES <= self.minutes <= MOST_MINUTES:
            raise InputError(
                f"A conference of {self.minutes} minutes cannot be looked for. Give {LEAST_MINUTES} to {MOST_MINUTES}."
            )


class Times(NamedTuple):
    """The best times, agencies by name; `sentence` says why there is none, or that somebody must miss."""

    slots: tuple[Slot, ...]
    latest: Latest
    first: str
    not_stated: tuple[str, ...]
    sentence: str = ""


class _Agency(NamedTuple):
    id: int
    name: str
    nation: Nation
    required: bool


def best_meeting_times(look: Look, asked: TimesAsked) -> Times:
    """The earliest three times at which all who must come are free, for whoever may convene about these actions.

    What an agency is busy with is never told: another conference, or an action at which it accepted a post.
    """
    actions = _actions(look, asked.references)
    agencies = _agencies(look, asked, actions)
    first, latest = soonest(conference_leads(look, [action.id for action in actions]), asked.kind)
    begins = _begins(look, asked.from_day)
    within = Window(begins, min(latest.ends_at, begins + HORIZON))
    hours = availability_of(look, [agency.id for agency in agencies])
    not_stated = tuple(agency.name for agency in agencies if agency.id not in hours)
    if within.ends_at - begins < timedelta(minutes=asked.minutes):
        words = too_late_words(first.reference, latest, asked.kind, minutes=asked.minutes, now=look.now)
        return Times((), latest, first.reference, not_stated, words)
    holidays, busy = bank_holidays(look), _busy(look, agencies, within, asked.moving)
    diaries = [
        Diary(
            agency.name,
            agency.required,
            hours.get(agency.id),
            holidays.get(agency.nation, frozenset()),
            tuple(busy[agency.id]),
        )
        for agency in agencies
    ]
    slots = best_times(diaries, asked.minutes, within)
    return Times(slots, latest, first.reference, not_stated, none_words(slots, within.ends_at, minutes=asked.minutes))


def _begins(look: Look, day: date | None) -> datetime:
    """From now on, or from the beginning of a later day."""
    return max(look.now, datetime.combine(day, time(), LONDON).astimezone(look.now.tzinfo)) if day else look.now


def _actions(look: Look, references: Collection[str]) -> list[Action]:
    """The actions, each visible and to be convened about by the actor; missing and forbidden answer alike."""
    query = select(Action).where(
        col(Action.reference).in_(list(references)), col(Action.id).in_(access.visible_actions(look))
    )
    found = {action.reference: action for action in look.session.exec(query)}
    for reference in references:
        if reference not in found:
            raise NotFound(NO_ACTION.format(reference=reference))
    for action in found.values():
        if not (look.actor.operator or access.may(look, Verb.CONVENE, action=action)):
            raise NotAllowed(
                f"You cannot {Verb.CONVENE.value} here: that is for {posts_words(Verb.CONVENE)}. "
                "Ask the cell if this should be you."
            )
    return list(found.values())


def _agencies(look: Look, asked: TimesAsked, actions: Collection[Action]) -> list[_Agency]:
    """Who is asked, in the order in which they were named, those who must come first."""
    wanted = list(dict.fromkeys([*asked.required, *asked.others]))
    seats = [int(code[len(SEAT) :][:9]) for code in wanted if code.startswith(SEAT) and code[len(SEAT) :].isdecimal()]
    about = pick(ConferenceAction.conference_id).where(
        col(ConferenceAction.action_id).in_([action.id for action in actions])
    )
    t = Attendance
    seated = sa.and_(
        col(t.agency_id) == col(Agency.id), col(t.conference_id) == (asked.moving or 0), col(t.conference_id).in_(about)
    )
    query = (
        pick(Agency.id, Agency.code, Agency.name, Agency.kind, Agency.nation, t.id)
        .outerjoin(t, seated)
        .where(sa.or_(col(Agency.code).in_(wanted), col(t.id).in_(seats)))
    )
    named, found = names_providers(look), dict[str, _Agency]()
    for number, code, name, kind, nation, seat in look.session.execute(query):
        told = told_name(name, kind, named=named)
        if named or kind is not AgencyKind.CARE_PROVIDER:
            found[code] = _Agency(number, told, nation or Nation.ENGLAND, code in asked.required)
        if seat is not None:
            place = f"{SEAT}{seat}"
            found[place] = _Agency(number, told, nation or Nation.ENGLAND, place in asked.required)
    for code in wanted:
        if code not in found:
            raise NotFound(
                f"There is no agency {code} in the directory. Choose one of the codes on the Directory page."
            )
    return [found[code] for code in wanted]


def _busy(look: Look, agencies: Collection[_Agency], within: Window, moving: int | None) -> dict[int, list[Window]]:
    """When these agencies are taken, by id; of a conference that is to move, its own time is free."""
    c, t, o, a = Conference, Attendance, RoleOffer, Action
    convened = sa.and_(col(c.state) != ConferenceState.CANCELLED, col(c.id) != (moving or 0))
    invited = (
        pick(t.agency_id, t.conference_id)
        .where(col(t.state) != AttendanceState.APOLOGIES)
        .where(sa.or_(col(t.answer).is_(None), col(t.answer) != InvitationAnswer.DECLINED))
    )
    accepted = pick(o.agency_id, o.action_id).where(col(o.state).in_(ACCEPTED))
    found: dict[int, list[Window]] = {agency.id: [] for agency in agencies}
    for row, holds, taken, agency in (
        (c, convened, invited, col(t.agency_id)),
        (a, col(a.state).not_in(OFF), accepted, col(o.agency_id)),
    ):
        meets = sa.and_(holds, col(row.starts_at) < within.ends_at, col(row.ends_at) > within.starts_at)
        # Each time is read once, however many agencies it takes: to make instants of text costs more than the query.
        windows = {
            number: Window(*times)
            for number, *times in rows(look, pick(row.id, row.starts_at, row.ends_at).where(meets))
        }
        for agency_id, number in rows(look, taken.where(agency.in_(list(found)))):
            if number in windows:
                found[agency_id].append(windows[number])
    return found
