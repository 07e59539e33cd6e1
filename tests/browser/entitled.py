"""What a person without a planner's post may be told: their own offers, bookings and units, and nothing beside."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from planner.db import Database
from planner.models.care import Hold, Reserve, Unit
from planner.models.charter import Charter, CharterLine
from planner.models.conferences import Attendance, Undertaking
from planner.models.directory import Agency, Appointment, Person
from planner.models.on_the_day import TelephonePlaces
from planner.models.operations import Action
from planner.models.records import Notice
from planner.models.reference import CatalogueRole
from planner.models.roles import Condition, RoleOffer
from planner.rules.words import Post
from tests.browser.canaries import Canary


def entitled(database: Database, person_id: int) -> set[Canary]:
    """Every canary that may reach this person."""
    with database.read() as session:
        agency_id = session.get_one(Person, person_id).agency_id
        posts = set(session.exec(select(Appointment.post).where(Appointment.person_id == person_id)))
        found = {Canary("person.title", person_id)}
        if posts:
            found |= {Canary("agency.name", agency_id), Canary("agency.code", agency_id)}
            found |= set(_told(session, person_id, agency_id))
        if Post.PARTNER_LEAD in posts:
            found |= set(_of_partner(session, person_id, agency_id))
            found |= set(_of_own_work(session, person_id, agency_id))
        if Post.PROVIDER_LEAD in posts:
            found |= set(_of_provider(session, agency_id))
        return found


def _told(session: Session, person_id: int, agency_id: int) -> Iterator[Canary]:
    mine = sa.or_(col(Notice.person_id) == person_id, col(Notice.agency_id) == agency_id)
    for number in session.exec(select(Notice.id).where(mine)):
        yield Canary("notice.sentence", number or 0)


def _of_partner(session: Session, person_id: int, agency_id: int) -> Iterator[Canary]:
    """Of the offers made to this lead: the post, what it commits to, the region, and the conditions they raised."""
    named = sa.or_(col(RoleOffer.lead_id) == person_id, col(RoleOffer.deputy_id) == person_id)
    for offer in session.exec(select(RoleOffer).where(named)).all():
        yield Canary("cataloguerole.title", offer.role_id)
        yield Canary("cataloguerole.responsibilities", offer.role_id)
        yield Canary("roleoffer.reason", offer.id or 0)
        yield _region(session, session.get_one(Action, offer.action_id).region)
        for number in session.exec(select(Condition.id).where(Condition.offer_id == offer.id)):
            yield from (Canary("condition.text", number or 0), Canary("condition.answer", number or 0))
    for number in session.exec(select(Undertaking.id).where(Undertaking.agency_id == agency_id)):
        yield Canary("undertaking.text", number or 0)
    for number in session.exec(select(Attendance.conference_id).where(Attendance.agency_id == agency_id)):
        yield Canary("conference.venue", number)


def _of_own_work(session: Session, person_id: int, agency_id: int) -> Iterator[Canary]:
    """What can be promised in advance, where; colleagues; the charter: its operation, and who leads what."""
    agency = session.get_one(Agency, agency_id)
    for role in session.exec(select(CatalogueRole)).all():
        if agency.kind in role.agency_kinds.split("|"):
            yield Canary("cataloguerole.title", role.id or 0)
    if agency.region is not None:
        yield _region(session, agency.region)
    for colleague in session.exec(select(Appointment.person_id).where(Appointment.agency_id == agency_id)):
        yield Canary("person.title", colleague)
    for operation in session.exec(select(Appointment.operation_id).where(Appointment.person_id == person_id)):
        yield Canary("operation.name", operation or 0)
        lines = select(CharterLine.agency_id).join(Charter, col(Charter.id) == col(CharterLine.charter_id))
        for leader in session.exec(lines.where(Charter.operation_id == operation, col(CharterLine.leads))):
            yield Canary("agency.name", leader)
        own = select(CharterLine.id).join(Charter, col(Charter.id) == col(CharterLine.charter_id))
        for number in session.exec(own.where(Charter.operation_id == operation, CharterLine.agency_id == agency_id)):
            yield Canary("charterline.responsibilities", number or 0)


def _of_provider(session: Session, agency_id: int) -> Iterator[Canary]:
    """Its own units and bookings, with the region; the operation that it opens places to."""
    yield Canary("provider.standard", agency_id)
    yield from (Canary(f"providerterms.{name}", agency_id) for name in ("outofhourspost", "officenumber"))
    for number in session.exec(select(Appointment.operation_id).where(Appointment.agency_id == agency_id)):
        yield Canary("operation.name", number or 0)
    for number in session.exec(select(Unit.id).where(Unit.provider_id == agency_id)):
        yield from (Canary(f"unit.{name}", number or 0) for name in ("code", "name", "criteria"))
        yield Canary("unitterms.languages", number or 0)
    said = select(TelephonePlaces).join(Unit, col(Unit.id) == col(TelephonePlaces.unit_id))
    for row in session.exec(said.where(Unit.provider_id == agency_id)).all():
        yield Canary("telephoneplaces.correction", row.id or 0)
        yield _region(session, session.get_one(Action, row.action_id).region)
    for hold in session.exec(select(Hold).where(Hold.provider_id == agency_id)).all():
        yield Canary("hold.reason", hold.id or 0)
        if hold.action_id is not None:
            yield _region(session, session.get_one(Action, hold.action_id).region)
        else:
            yield _region(session, session.get_one(Reserve, hold.reserve_id).region or "")


def _region(session: Session, code: str) -> Canary:
    """A region's row has no number of its own but SQLite's."""
    query: Any = sa.text("SELECT rowid FROM region WHERE code = :code").bindparams(code=code)
    return Canary("region.name", session.execute(query).scalar_one())
