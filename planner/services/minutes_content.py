"""What a conference's minutes hold at this moment, gathered from its rows."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import col, select

from planner.db import pick
from planner.models.conferences import Attendance, Conference, ConferenceAction, Undertaking
from planner.models.directory import Agency, Person, Region
from planner.models.minutes import Dissent, MinuteLine
from planner.models.operations import Action
from planner.rules.agenda import items_of
from planner.rules.counts import count_words
from planner.rules.minutes_content import (
    Content,
    Decided,
    Dissented,
    Item,
    Present,
    Said,
    Typed,
    Undertaken,
    Who,
    effective,
)
from planner.rules.words import AttendanceState
from planner.services.markings import marked_as
from planner.work import Look


def content_of(look: Look, conference: Conference, actions: Sequence[Action]) -> Content:
    """The minutes as they stand; nothing of it says where the conference met."""
    present = _present(look, conference)
    return Content(
        kind=conference.kind,
        starts_at=conference.starts_at,
        ends_at=conference.ends_at,
        chair=look.session.get_one(Person, conference.chair_id).title,
        quorum=_quorum_words(present),
        confidentiality=conference.confidentiality,
        present=present,
        items=_items(look, conference),
        decided=_decided(look, conference, actions),
        undertaken=_undertaken(look, conference),
        marked=marked_as(conference),
    )


def _quorum_words(present: Sequence[Present]) -> str:
    """Of a conference that is quorate: who made it so."""
    came = [seat for seat in present if seat.state is AttendanceState.ATTENDED]
    counted = count_words(sum(seat.may_commit for seat in came), "agency", "agencies")
    return f"Quorate: {counted} of those there may commit resources, and a victim's advocate was among them."


def _who(agency: Agency) -> Who:
    return Who(agency.id or 0, agency.name, agency.kind)


def _present(look: Look, conference: Conference) -> tuple[Present, ...]:
    rows = look.session.exec(
        select(Attendance, Agency)
        .join(Agency, col(Agency.id) == col(Attendance.agency_id))
        .where(Attendance.conference_id == conference.id)
        .order_by(col(Attendance.id))
    )
    return tuple(
        Present(_who(agency), seat.state, seat.may_commit, bool(seat.victims_advocate)) for seat, agency in rows
    )


def _items(look: Look, conference: Conference) -> tuple[Item, ...]:
    m = MinuteLine
    query = pick(m.id, m.item, m.action_id, m.text, m.instead_of).where(m.conference_id == conference.id)
    lines = effective(map(Typed._make, look.session.execute(query)))
    return tuple(
        Item(title, tuple(Said(line.text, line.action_id) for line in lines if line.item == number))
        for number, title in enumerate(items_of(conference.agenda), 1)
    )


def _decided(look: Look, conference: Conference, actions: Sequence[Action]) -> tuple[Decided, ...]:
    links = {
        link.action_id: link
        for link in look.session.exec(select(ConferenceAction).where(ConferenceAction.conference_id == conference.id))
    }
    regions = dict(look.session.execute(pick(Region.code, Region.name)).all())
    dissents = _dissents(look, conference)
    return tuple(
        Decided(
            *(action.id or 0, action.reference, action.force_id, regions[action.region]),
            *(action.starts_at, action.ends_at),
            decision=links[action.id or 0].decision,
            reasons=links[action.id or 0].reasons,
            options=links[action.id or 0].options,
            dissents=tuple(dissents[action.id or 0]),
        )
        for action in sorted(actions, key=lambda action: (action.starts_at, action.reference))
    )


def _dissents(look: Look, conference: Conference) -> defaultdict[int, list[Dissented]]:
    query = (
        select(Dissent, Agency)
        .outerjoin(Agency, col(Agency.id) == col(Dissent.agency_id))
        .where(Dissent.conference_id == conference.id)
        .order_by(col(Dissent.id))
    )
    found: defaultdict[int, list[Dissented]] = defaultdict(list)
    for row, agency in look.session.exec(query):
        found[row.action_id].append(Dissented(_who(agency) if agency else None, row.text))
    return found


def _undertaken(look: Look, conference: Conference) -> tuple[Undertaken, ...]:
    query = (
        select(Undertaking, Agency)
        .join(Agency, col(Agency.id) == col(Undertaking.agency_id))
        .where(Undertaking.conference_id == conference.id)
        .order_by(col(Undertaking.due_at), col(Undertaking.id))
    )
    return tuple(
        Undertaken(_who(agency), row.owner, row.action_id, row.text, row.due_at, row.before_action, row.state)
        for row, agency in look.session.exec(query)
    )
