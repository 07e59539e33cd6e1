"""Minutes as they go out: frozen, numbered, a copy for each agency; an issue after the first is a correction."""

from sqlmodel import col, select

from planner.access import Verb, may, own_agencies
from planner.errors import InputError, NotFound, Refused
from planner.models.conferences import Attendance, Conference
from planner.models.minutes import MinutesCopy, MinutesIssue
from planner.rules.dates import instant_words
from planner.rules.minutes_content import kept_as_json
from planner.rules.quorum import missing_words
from planner.rules.words import ConferenceState
from planner.services.attendance import refuse_stale
from planner.services.conferences import lock_conference
from planner.services.minutes_content import content_of
from planner.services.names import agency_words_of
from planner.services.quorum import missing_of
from planner.services.texts import said_text
from planner.work import Work

NO_MINUTES = "There are no such minutes, or none that you can open."
OUTSIDE = "Minutes wait for you. Please read them, and take receipt."


def issue_minutes(work: Work, conference_id: int, *, note: str = "", version: int | None = None) -> MinutesIssue:
    """Freeze what is minuted and send every invited agency its copy; from the second issue on `note` says what changed.

    `version` is that of the conference which was looked at before they were issued.
    """
    conference, actions = lock_conference(work, conference_id)
    refuse_stale(conference, version)
    _refuse_unminuted(work, conference, [action.id or 0 for action in actions])
    content, corrected = kept_as_json(content_of(work, conference, actions)), said_text(note, "What was corrected")
    last = work.session.exec(
        select(MinutesIssue)
        .where(MinutesIssue.conference_id == conference_id)
        .order_by(col(MinutesIssue.number).desc())
        .limit(1)
    ).first()
    if last is not None and last.content == content:
        raise Refused(f"Nothing changed since issue {last.number} of these minutes. Correct a line, then issue them.")
    if last is not None and not corrected:
        raise InputError(f"Issue {last.number} is out. Say in a sentence what you corrected since.")
    issue = MinutesIssue(
        conference_id=conference_id,
        number=last.number + 1 if last else 1,
        content=content,
        note=corrected if last else "",
        issued_at=work.now,
        issued_by=work.actor.person_id or 0,
    )
    work.session.add(issue)
    work.session.flush()
    _send_copies(work, conference, issue)
    for action in actions:
        what = f"The conference's minutes were issued, issue {issue.number}."
        work.record_action("issue_minutes", what, action, conference=conference_id, note=issue.note)
    return issue


def _refuse_unminuted(work: Work, conference: Conference, action_ids: list[int]) -> None:
    if conference.opened_at is None:
        raise Refused("The agenda was never opened, so nothing is minuted. Open it, then minute what is said.")
    missing = missing_of(work, conference, action_ids)
    if missing:
        raise Refused(f"The conference is not quorate: {missing_words(missing)}. Record who came first.")
    if conference.state is not ConferenceState.HELD:
        raise Refused("The conference is not held yet. Record who came first.")


def _send_copies(work: Work, conference: Conference, issue: MinutesIssue) -> None:
    """Each agency with a seat is told that its copy is there; what stands in it is decided when it is read."""
    seats = select(Attendance.agency_id).where(Attendance.conference_id == conference.id)
    when = instant_words(conference.starts_at)
    what = "are issued" if issue.number == 1 else f"were corrected and issued again, as issue {issue.number}"
    for agency_id in work.session.exec(seats.order_by(col(Attendance.id))).all():
        work.session.add(MinutesCopy(issue_id=issue.id or 0, agency_id=agency_id))
        sentence = f"The minutes of the conference of {when} {what}. Read your copy and take receipt."
        work.notify(sentence, agency_id=agency_id, outside=OUTSIDE, path="/my_part")
    work.session.flush()


def receive_minutes(work: Work, copy_id: int) -> None:
    """An agency's own lead has its copy of the minutes; the planners see when."""
    work.attempts("receive_minutes", f"copy {copy_id}")
    mine = own_agencies(work, Verb.RECEIVE_MINUTES)
    copy = work.session.get(MinutesCopy, copy_id)
    if copy is None or copy.agency_id not in mine:
        raise NotFound(NO_MINUTES)
    issue = work.session.get_one(MinutesIssue, copy.issue_id)
    conference = work.session.get_one(Conference, issue.conference_id)
    if not may(work, Verb.RECEIVE_MINUTES, agency_id=copy.agency_id, operation_id=conference.operation_id):
        raise NotFound(NO_MINUTES)
    row = work.lock(MinutesCopy, copy_id)
    if row.received_at is not None:
        return
    row.received_at, row.received_by = work.now, work.actor.person_id
    work.session.add(row)
    sentence = f"{agency_words_of(work, row.agency_id)} took receipt of the minutes, issue {issue.number}."
    work.record("receive_minutes", sentence, kind="conference", ref=str(conference.id))
