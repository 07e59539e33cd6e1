"""Case conferences: who attended, what was decided for each action, what was undertaken."""

from datetime import datetime

from sqlmodel import Field, UniqueConstraint

from planner.db import Table, UtcDateTime, by_value
from planner.models.columns import instant, key, link, maybe_instant, maybe_link, request_key, words
from planner.models.operations import highest_marking
from planner.rules.invitation_words import AnsweredVia, InvitationAnswer
from planner.rules.words import AttendanceState, ConferenceKind, ConferenceState, Decision, Marking, UndertakingState


class ConferenceSeries(Table, table=True):
    """Owns the calendar entry; a single conference is a series of one."""

    id: int | None = key()
    calendar_uid: str = Field(unique=True)
    calendar_sequence: int = 0
    rule: str | None = None


class Conference(Table, table=True):
    """One meeting; its marking is that of what is said there, never below one of its actions'.

    `agenda` is an item a line; `quorum` and `required_kinds` (agency kinds, split by |) are what this one asks beside
    policy; `opened_at` is when its agenda was opened, after confidentiality was accepted. `occurrence_at` names
    a meeting of a standing group by when it was first to be, wherever it moves.
    """

    id: int | None = key()
    series_id: int = link("conferenceseries.id")
    operation_id: int = link("operation.id")
    kind: ConferenceKind = Field(sa_type=by_value(ConferenceKind))
    state: ConferenceState = Field(default=ConferenceState.CONVENED, sa_type=by_value(ConferenceState))
    starts_at: datetime = Field(sa_type=UtcDateTime, index=True)
    ends_at: datetime = instant()
    venue: str = ""
    join_link: str = words()
    chair_id: int = link("person.id", index=False)
    agenda: str = words()
    confidentiality: str = words()
    quorum: int | None = None
    required_kinds: str = words()
    strike_day_id: int | None = maybe_link("strikeday.id", index=False)
    review_of: int | None = maybe_link("conference.id", index=False)
    opened_at: datetime | None = maybe_instant()
    occurrence_at: datetime | None = maybe_instant()
    held_at: datetime | None = maybe_instant()
    marking: Marking = Field(
        default_factory=highest_marking,
        sa_type=by_value(Marking),
        sa_column_kwargs={"server_default": Marking.OFFICIAL_SENSITIVE.value},
    )
    handling: str | None = None
    changed_at: datetime = instant()
    version: int = 1
    request_key: str | None = request_key()


class ConferenceAction(Table, table=True):
    """What a conference decided for one action, and the action as it was then (planner.rules.decided).

    `clear_until`: a standing group let it go ahead for so long, without a conference of its own.
    """

    conference_id: int = Field(foreign_key="conference.id", primary_key=True)
    action_id: int = Field(foreign_key="action.id", primary_key=True, index=True)
    decision: Decision | None = Field(default=None, sa_type=by_value(Decision))
    reasons: str = ""
    options: str = words()
    decided_on: str | None = None
    decided_at: datetime | None = maybe_instant()
    policy_id: int | None = maybe_link("policy.id", index=False)
    clear_until: datetime | None = maybe_instant()


class Attendance(Table, table=True):
    """An agency's seat; only a representative who may commit resources counts for the quorum.

    `answer` is what the agency says before the conference, `state` what became of it. `answer_stamp` is when it was
    given by the clock of whoever gave it: an older reply changes nothing. A deputy comes for the same agency; a
    substitute is another agency that it proposes, until the planners take it or say no.
    """

    __table_args__ = (UniqueConstraint("conference_id", "agency_id"),)
    id: int | None = key()
    conference_id: int = link("conference.id", index=False)
    agency_id: int = link("agency.id")
    person_id: int | None = maybe_link("person.id")
    state: AttendanceState = Field(default=AttendanceState.INVITED, sa_type=by_value(AttendanceState))
    may_commit: bool = False
    victims_advocate: bool = False
    confidentiality_accepted: bool = False
    confidentiality_at: datetime | None = maybe_instant()
    confidentiality_by: int | None = maybe_link("person.id", index=False)
    answer: InvitationAnswer | None = Field(default=None, sa_type=by_value(InvitationAnswer))
    answered_at: datetime | None = maybe_instant()
    answered_via: AnsweredVia | None = Field(default=None, sa_type=by_value(AnsweredVia))
    answered_by: int | None = maybe_link("person.id", index=False)
    answer_stamp: datetime | None = maybe_instant()
    answer_comment: str | None = None
    deputy_id: int | None = maybe_link("person.id", index=False)
    substitute_id: int | None = maybe_link("agency.id", index=False)


class Undertaking(Table, table=True):
    id: int | None = key()
    conference_id: int = link("conference.id")
    action_id: int | None = maybe_link("action.id")
    agency_id: int = link("agency.id")
    owner: str = words()
    text: str
    due_at: datetime = instant()
    before_action: bool = False
    state: UndertakingState = Field(default=UndertakingState.OPEN, sa_type=by_value(UndertakingState))
    closed_at: datetime | None = maybe_instant()
    closed_by: int | None = maybe_link("person.id", index=False)
    chased_at: datetime | None = maybe_instant()
