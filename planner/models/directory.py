"""Zones, regions, agencies, people and the posts they hold, agreements, training, when agencies can be asked."""

from datetime import date, datetime, time

from sqlmodel import CheckConstraint, Field, UniqueConstraint

from planner.db import Table, by_value
from planner.models.columns import instant, key, link, maybe_link
from planner.rules.sharing import Basis
from planner.rules.training_words import Skill
from planner.rules.words import AgencyKind, Nation, Post


class Zone(Table, table=True):
    """Where a place of care can serve; every nation is at least one zone of its own."""

    code: str = Field(primary_key=True, max_length=40)
    name: str
    nation: Nation = Field(sa_type=by_value(Nation))


class Region(Table, table=True):
    code: str = Field(primary_key=True, max_length=40)
    name: str
    nation: Nation = Field(sa_type=by_value(Nation))
    zone: str = link("zone.code")


class Agency(Table, table=True):
    """Any organisation, police forces included; `nations` is empty when it works in all of them."""

    id: int | None = key()
    code: str = Field(unique=True, max_length=40)
    name: str
    kind: AgencyKind = Field(sa_type=by_value(AgencyKind), index=True)
    region: str | None = maybe_link("region.code")
    nation: Nation | None = Field(default=None, sa_type=by_value(Nation))
    nations: str = ""
    first_responder: bool = False
    dedicated_team: bool = False
    active_from: date | None = None
    active_to: date | None = None
    successor: str | None = None
    mailbox: str | None = None
    duty_number: str | None = None
    fictional: bool = False
    source: str = ""
    source_date: str = ""


class Secondment(Table, table=True):
    """An agency that sits in a cell."""

    cell_id: int = Field(foreign_key="agency.id", primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", primary_key=True, index=True)


class Person(Table, table=True):
    """Somebody who holds posts; shown by post, never by more than is needed to reach them at work."""

    id: int | None = key()
    title: str = Field(unique=True, max_length=120)
    agency_id: int = link("agency.id")
    mailbox: str | None = None
    duty_number: str | None = None
    active: bool = True


class Appointment(Table, table=True):
    """A post held by a person, within an operation, a region, a force or an agency, from one day to another."""

    __table_args__ = (UniqueConstraint("person_id", "post", "operation_id", "region", "agency_id", "valid_from"),)
    id: int | None = key()
    person_id: int = link("person.id")
    post: Post = Field(sa_type=by_value(Post))
    operation_id: int | None = maybe_link("operation.id")
    region: str | None = maybe_link("region.code")
    agency_id: int | None = maybe_link("agency.id")
    valid_from: date | None = None
    valid_to: date | None = None


class Agreement(Table, table=True):
    """An information-sharing agreement: without a current one a partner sees logistics only.

    `police_id` is who signed for police: a force, for its own actions, or a cell, for all. `covers` holds the
    categories, logistics apart, with a bar between them.
    """

    id: int | None = key()
    agency_id: int = link("agency.id")
    police_id: int | None = maybe_link("agency.id")
    purpose: str = ""
    basis: Basis | None = Field(default=None, sa_type=by_value(Basis))
    basis_text: str = ""
    covers: str = ""
    reference: str
    valid_from: date
    valid_to: date
    review_on: date | None = None
    version: int = 1


class Training(Table, table=True):
    """A completed course of somebody, in one of the listed skills."""

    id: int | None = key()
    person_id: int = link("person.id")
    skill: Skill = Field(default=Skill.RECOGNISING, sa_type=by_value(Skill))
    course: str
    completed_on: date
    valid_to: date | None = None


class TrainingCount(Table, table=True):
    """How many of a force have a skill, where names are not wanted; the last word of each force and skill.

    `given_by` is the return or the post that the number comes from.
    """

    __table_args__ = (UniqueConstraint("agency_id", "skill"), CheckConstraint("number >= 0", name="none_or_more"))
    id: int | None = key()
    agency_id: int = link("agency.id", index=False)
    skill: Skill = Field(sa_type=by_value(Skill))
    number: int
    as_of: date
    given_by: str


class Availability(Table, table=True):
    """When an agency can be asked: weekdays by number, Monday 1; local hours; how many actions a day it can stand."""

    __table_args__ = (CheckConstraint("actions_a_day > 0", name="some_a_day"),)
    agency_id: int = Field(foreign_key="agency.id", primary_key=True)
    weekdays: str = Field(max_length=7)
    opens: time
    closes: time
    bank_holidays: bool = False
    actions_a_day: int | None = None
    changed_at: datetime = instant()
    changed_by: int | None = maybe_link("person.id", index=False)
