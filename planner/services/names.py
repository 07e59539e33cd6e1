"""Whom sentences name: many read the record, notices and the gate, so a care provider's name stands in none of them."""

from collections.abc import Iterable

from sqlmodel import col, select

from planner.access import agency_named
from planner.models.conferences import Attendance
from planner.models.directory import Agency, Person, Region
from planner.rules.access import SEAT, told_name
from planner.work import Look, Work


def region_names(look: Look, codes: Iterable[str]) -> dict[str, str]:
    """The names of regions by their codes."""
    return dict(look.session.exec(select(Region.code, Region.name).where(col(Region.code).in_(set(codes)))).all())


def agency_words(agency: Agency) -> str:
    """An agency, where a sentence begins."""
    return told_name(agency.name, agency.kind)


def agency_within(agency: Agency) -> str:
    """An agency, within a sentence."""
    words = agency_words(agency)
    return words if words == agency.name else words[0].lower() + words[1:]


def agency_words_of(work: Work, agency_id: int) -> str:
    return agency_words(work.session.get_one(Agency, agency_id))


def person_words(work: Work, person_id: int) -> str:
    """Somebody by the post they are known by, which for a provider's people would tell whose they are."""
    person = work.session.get_one(Person, person_id)
    return told_name(person.title, work.session.get_one(Agency, person.agency_id).kind)


def seated(work: Work, conference_id: int, code: str) -> Agency:
    """An agency by its code, or by its seat at a conference where its code would tell a provider's name."""
    number = code.removeprefix(SEAT)
    if code != number and number.isdecimal():
        query = select(Agency).where(
            Attendance.id == int(number[:9]),
            Attendance.conference_id == conference_id,
            Agency.id == Attendance.agency_id,
        )
        found = work.session.exec(query).first()
        if found is not None:
            return found
    return agency_named(work, code)
