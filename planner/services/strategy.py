"""A strategy discussion about an identified child: its slot, who convenes it and that it was held, never what was said.

Source: the four nations' own procedures; the discussion belongs to the children's service and is minuted there alone.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select

from planner.access import Verb, agency_named, lock_action
from planner.errors import InputError, NotFound, Refused
from planner.models.directory import Agency
from planner.models.minutes import StrategyDiscussion
from planner.models.operations import Action
from planner.rules.dates import instant_words
from planner.rules.quorum import POLICE
from planner.rules.words import AgencyKind
from planner.services.names import agency_words
from planner.work import Work

NO_DISCUSSION = "There is no such discussion, or none that you can open."
CONVENES = POLICE | {AgencyKind.CHILDRENS_SERVICE, AgencyKind.HEALTH}


@dataclass(frozen=True)
class DiscussionRequest:
    action: str
    agency: str
    starts_at: datetime
    request_key: str


def note_discussion(work: Work, request: DiscussionRequest) -> StrategyDiscussion:
    """When it is, and which children's service, force or health agency convenes it."""
    action = lock_action(work, request.action, Verb.ARRANGE)
    known = select(StrategyDiscussion).where(StrategyDiscussion.request_key == request.request_key)
    if (found := work.session.exec(known).first()) is not None:
        return found
    agency = agency_named(work, request.agency)
    if agency.kind not in CONVENES:
        raise InputError(f"{agency_words(agency)} convenes none: a children's service, a force or health does.")
    row = StrategyDiscussion(
        action_id=action.id or 0,
        agency_id=agency.id or 0,
        starts_at=request.starts_at,
        noted_by=work.actor.person_id,
        request_key=request.request_key,
    )
    work.session.add(row)
    work.session.flush()
    when = instant_words(row.starts_at)
    said = f"A strategy discussion is noted for {when}, convened by {agency_words(agency)}. It is minuted elsewhere."
    work.record_action("note_discussion", said, action, discussion=row.id)
    return row


def hold_discussion(work: Work, discussion_id: int) -> None:
    """It was held; nothing more is kept of it."""
    work.attempts(Verb.ARRANGE.name.lower(), f"discussion {discussion_id}")
    row = work.session.get(StrategyDiscussion, discussion_id)
    if row is None:
        raise NotFound(NO_DISCUSSION)
    try:
        action = lock_action(work, work.session.get_one(Action, row.action_id).reference, Verb.ARRANGE)
    except NotFound:
        raise NotFound(NO_DISCUSSION) from None
    row = work.session.get_one(StrategyDiscussion, discussion_id, populate_existing=True)
    if row.held_at is not None:
        return
    if work.now < row.starts_at:
        raise Refused(f"The discussion is at {instant_words(row.starts_at)}. Note that it was held once it was.")
    row.held_at, row.noted_by = work.now, work.actor.person_id
    work.session.add(row)
    agency = agency_words(work.session.get_one(Agency, row.agency_id))
    work.record_action("hold_discussion", f"The strategy discussion of {agency} was held.", action, discussion=row.id)
