"""The copy of minutes that one reader may have: a planner's of visible actions, or that of an own agency."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from planner import access
from planner.db import pick
from planner.errors import NotFound
from planner.models.conferences import Attendance, Conference
from planner.models.directory import Agency
from planner.models.minutes import MinutesCopy, MinutesIssue
from planner.models.operations import Action, ActionCompartment
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer
from planner.rules.dates import when_words
from planner.rules.minutes_content import Content, Decided, read_content
from planner.rules.minutes_copy import Copy, Issued, Reader, copy_for
from planner.rules.sharing import ALWAYS
from planner.rules.words import OfferState
from planner.views.minutes import NO_MINUTES, is_own
from planner.views.people import names_providers
from planner.work import Look

ACCEPTED = (OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)
NOT_AGREED = (
    "What was said is not in this copy: no information-sharing agreement in force with your agency covers more than "
    "logistics."
)
NOT_ACCEPTED = (
    "What was said is not in this copy yet: your agency has not accepted the confidentiality statement. Accept it on "
    "My part, then read your copy again."
)
SHARED = "This copy holds what may be shared with your agency; its paragraphs are numbered as in this copy."
OF_PLANNERS = "This copy holds what is about actions that you can see; its paragraphs are numbered as in this copy."


def copy_of(look: Look, issue_id: int) -> Copy:
    """The copy that the reader may have: a planner's of visible actions, or an own agency's; else there is none."""
    row = look.session.get(MinutesIssue, issue_id)
    if row is None:
        raise NotFound(NO_MINUTES)
    content = read_content(row.content)
    conference = look.session.get_one(Conference, row.conference_id)
    reader = _planner(look, content) or _partner(look, content, issue_id, conference)
    if reader is None:
        raise NotFound(NO_MINUTES)
    return copy_for(content, Issued(row.number, row.issued_at, row.note), reader)


def _planner(look: Look, content: Content) -> Reader | None:
    about = {row.action_id: row.reference for row in content.decided}
    seen: Any = access.visible_actions(look).where(col(Action.id).in_(about))
    visible = frozenset(look.session.exec(seen))
    if not visible:
        return None
    agency = look.session.get(Agency, look.actor.agency_id) if look.actor.agency_id else None
    return Reader(
        agency.name if agency else "the operator",
        {number: name for number, name in about.items() if number in visible},
        visible,
        general=True,
        told=names_providers(look),
        closing="" if len(visible) == len(about) else OF_PLANNERS,
    )


def _partner(look: Look, content: Content, issue_id: int, conference: Conference) -> Reader | None:
    """An own agency that has a copy of this issue; what it reads is what is agreed with it today."""
    own = access.own_agencies(look, access.Verb.SEE_OFFERS)
    copies = select(Agency).join(MinutesCopy, col(MinutesCopy.agency_id) == col(Agency.id))
    rows = look.session.exec(copies.where(MinutesCopy.issue_id == issue_id, col(Agency.id).in_(own)))
    agency = next((row for row in rows if is_own(look, row.id or 0, conference.operation_id)), None)
    if agency is None:
        return None
    agency_id = agency.id or 0
    names, sharing = _own_actions(look, content, agency_id), access.shared_with(look, agency_id)
    covered = {row.action_id for row in content.decided if sharing.with_agency(agency_id, row.force_id) > ALWAYS}
    agreed, accepted = len(covered) == len(content.decided), _has_accepted(look, conference, agency_id)
    opened = frozenset(names) & _not_closed(look, covered) if accepted else frozenset()
    closing = SHARED if opened or agreed else NOT_AGREED
    return Reader(
        agency.name,
        names,
        opened,
        general=agreed and accepted,
        agency_id=agency_id,
        closing=closing if accepted else NOT_ACCEPTED,
    )


def _own_actions(look: Look, content: Content, agency_id: int) -> dict[int, str]:
    """The actions at which the agency has a post, or has undertaken something: by its posts, never by reference."""
    about = {row.action_id: row for row in content.decided}
    query = (
        pick(RoleOffer.action_id, CatalogueRole.title)
        .distinct()
        .join(CatalogueRole, col(CatalogueRole.id) == col(RoleOffer.role_id))
        .where(
            RoleOffer.agency_id == agency_id,
            col(RoleOffer.state).in_(ACCEPTED),
            col(RoleOffer.action_id).in_(about),
        )
        .order_by(CatalogueRole.title)
    )
    posts: defaultdict[int, list[str]] = defaultdict(list)
    for action_id, title in look.session.execute(query):
        posts[action_id].append(title)
    undertaken = {row.action_id for row in content.undertaken if row.who.agency_id == agency_id}
    return {
        number: _named(row, posts[number]) for number, row in about.items() if posts[number] or number in undertaken
    }


def _named(row: Decided, posts: Iterable[str]) -> str:
    when = when_words(row.starts_at, row.ends_at)
    return ", ".join([*(posts or ["Your undertaking"]), row.region, when])


def _has_accepted(look: Look, conference: Conference, agency_id: int) -> bool:
    accepted = select(Attendance.confidentiality_accepted).where(
        Attendance.conference_id == conference.id, Attendance.agency_id == agency_id
    )
    return bool(look.session.exec(accepted).first())


def _not_closed(look: Look, action_ids: Collection[int]) -> frozenset[int]:
    """Without those that are closed to a list of people on which the reader does not stand."""
    listed = select(ActionCompartment.action_id).where(ActionCompartment.person_id == look.actor.person_id)
    open_to = sa.or_(col(Action.compartment).is_(False), col(Action.id).in_(listed))
    return frozenset(look.session.exec(select(Action.id).where(col(Action.id).in_(action_ids), open_to)))  # type: ignore[arg-type]
