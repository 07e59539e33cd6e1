"""A conference while it meets: who came, confidentiality before the agenda, lines as they are typed.

Lines are only ever added, each under its own key, so two people who type at once lose nothing and a form that is sent
twice is one line. A correction is another line.
"""

from dataclasses import dataclass

from sqlmodel import select

from planner.access import Verb, action_id_of, may, own_agencies, require, visible_actions
from planner.errors import InputError, NotFound, Refused, Stale
from planner.models.conferences import Attendance, Conference, ConferenceAction
from planner.models.directory import Agency
from planner.models.minutes import MinuteLine
from planner.models.operations import Action
from planner.rules.agenda import items_of
from planner.rules.counts import count_words
from planner.rules.words import AttendanceState, ConferenceState
from planner.services.attendance import meet_now
from planner.services.conference_answers import NO_INVITATION
from planner.services.conferences import NO_CONFERENCE, lock_conference
from planner.services.names import agency_words
from planner.services.texts import minute_text
from planner.work import Work


@dataclass(frozen=True)
class LineRequest:
    """A line under an item of the agenda, from 1; about one action, or about all of them."""

    conference_id: int
    item: int
    text: str
    request_key: str
    action: str | None = None
    instead_of: int | None = None


def open_agenda(work: Work, conference_id: int, *, held_now: bool = False) -> None:
    """The agenda opens once everybody who came has accepted confidentiality; what was said before is not minuted."""
    conference, actions = lock_conference(work, conference_id)
    if conference.opened_at is not None:
        return
    rows = work.session.exec(
        select(Attendance, Agency)
        .join(Agency, Attendance.agency_id == Agency.id)  # type: ignore[arg-type]
        .where(Attendance.conference_id == conference_id, Attendance.state == AttendanceState.ATTENDED)
    ).all()
    if not rows:
        raise Refused("Nobody is here yet. Note who came, then open the agenda.")
    without = sorted(agency_words(agency) for row, agency in rows if not row.confidentiality_accepted)
    if without:
        raise Refused(
            f"{count_words(len(without), 'agency has', 'agencies have')} not accepted confidentiality: "
            f"{', '.join(without)}. Each accepts on its own page, or aloud: tick it then."
        )
    if work.now < conference.starts_at:
        meet_now(work, conference, held_now)
    conference.opened_at, conference.version = work.now, conference.version + 1
    work.session.add(conference)
    for action in actions:
        work.record_action("open_agenda", "The conference's agenda was opened.", action, conference=conference_id)


def accept_confidentiality(work: Work, conference_id: int) -> None:
    """An invited agency's own lead accepts the statement, on its own page."""
    work.attempts("accept_confidentiality", f"conference {conference_id}")
    mine = own_agencies(work, Verb.ACCEPT_CONFIDENTIALITY)
    found = work.session.get(Conference, conference_id)
    rows = work.session.exec(select(Attendance).where(Attendance.conference_id == conference_id)).all()
    own = next(
        (
            row
            for row in rows
            if found is not None
            and row.agency_id in mine
            and may(work, Verb.ACCEPT_CONFIDENTIALITY, agency_id=row.agency_id, operation_id=found.operation_id)
        ),
        None,
    )
    if found is None or own is None or found.state is ConferenceState.CANCELLED:
        raise NotFound(NO_INVITATION)
    work.lock(Conference, conference_id)
    row = work.session.get_one(Attendance, own.id, populate_existing=True)
    if row.confidentiality_accepted:
        return
    row.confidentiality_accepted = True
    row.confidentiality_at, row.confidentiality_by = work.now, work.actor.person_id
    work.session.add(row)
    agency = agency_words(work.session.get_one(Agency, row.agency_id))
    work.record(
        "accept_confidentiality",
        f"{agency} accepted the confidentiality statement.",
        kind="conference",
        ref=str(conference_id),
    )


def type_line(work: Work, request: LineRequest) -> MinuteLine:
    """Keep what was typed, as it was typed; the same key is the same line."""
    conference = _recordable(work, request.conference_id)
    known = work.session.exec(select(MinuteLine).where(MinuteLine.request_key == request.request_key)).first()
    if known is not None:
        return known
    if conference.opened_at is None:
        raise Refused("The agenda is not open yet: everybody accepts confidentiality first.")
    if not 1 <= request.item <= len(items_of(conference.agenda)):
        raise InputError(f"There is no item {request.item} on this agenda.")
    text = minute_text(request.text, "The line")
    if not text and request.instead_of is None:
        raise InputError("Type what is to be minuted.")
    line = MinuteLine(
        conference_id=request.conference_id,
        item=request.item,
        action_id=_action(work, request),
        text=text,
        typed_at=work.now,
        typed_by=work.actor.person_id or 0,
        instead_of=_corrected(work, request),
        request_key=request.request_key,
    )
    work.session.add(line)
    work.session.flush()
    what = "A minuted line was corrected." if request.instead_of else "A line was minuted."
    work.record("type_line", what, kind="conference", ref=str(request.conference_id), line=line.id)
    return line


def _recordable(work: Work, conference_id: int) -> Conference:
    """A conference that this person may record, without its actions locked: lines of several people are only added."""
    work.attempts(Verb.RECORD_CONFERENCE.name.lower(), f"conference {conference_id}")
    conference = work.session.get(Conference, conference_id)
    about = select(ConferenceAction.action_id).where(ConferenceAction.conference_id == conference_id)
    actions = work.session.exec(select(Action).where(Action.id.in_(about))).all()  # type: ignore[union-attr]
    seen = set(work.session.exec(visible_actions(work)))
    if conference is None or not actions or any(action.id not in seen for action in actions):
        raise NotFound(NO_CONFERENCE)
    for action in actions:
        require(work, Verb.RECORD_CONFERENCE, ref=f"conference {conference_id}", action=action)
    if conference.state is ConferenceState.CANCELLED:
        raise Refused("This conference is cancelled. Convene another one.")
    return conference


def _action(work: Work, request: LineRequest) -> int | None:
    if request.action is None:
        return None
    number = action_id_of(work, request.action)
    if work.session.get(ConferenceAction, (request.conference_id, number)) is None:
        raise NotFound(f"This conference is not about {request.action}.")
    return number


def _corrected(work: Work, request: LineRequest) -> int | None:
    """The line that this one takes the place of, which nobody has corrected meanwhile."""
    if request.instead_of is None:
        return None
    old = work.session.get(MinuteLine, request.instead_of)
    if old is None or old.conference_id != request.conference_id:
        raise NotFound("There is no such line in these minutes.")
    again = work.session.exec(select(MinuteLine.id).where(MinuteLine.instead_of == request.instead_of)).first()
    if again is not None:
        raise Stale("Somebody corrected this line just now. Look at what stands there, then correct that.")
    return request.instead_of
