"""A provider's lead hands over for a while: a colleague answers in their place until a day, or until it is taken back.

The stand-in holds the lead's post for these days, so every verb asks the same table; they name nobody further.
"""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from planner.access import Verb, held_for, may, require
from planner.db import pick
from planner.errors import InputError, NotFound, Refused
from planner.models.care import StandIn
from planner.models.directory import Appointment, Person
from planner.rules.dates import day_words
from planner.rules.words import Post
from planner.services.leads import holders
from planner.services.names import person_words
from planner.work import Look, Work

LONGEST = timedelta(days=92)
NOBODY = "There is nobody of your service called {title}. Ask the cell to bring your colleague in."
NO_STAND_IN = "There is no such stand-in, or none of your service."


def name_stand_in(work: Work, title: str, operation_id: int, until: date) -> StandIn:
    """A colleague of the same service answers requests from today until a day, that day included."""
    provider_id = _own_provider(work, title, operation_id)
    person = _colleague(work, title, provider_id)
    if person.id in holders(work, (Post.PROVIDER_LEAD,), operation_id, provider_id):
        raise Refused(f"{title} answers requests already. Name somebody else.")
    today = work.now.date()
    last = min(today + LONGEST, _own_last_day(work, operation_id) or date.max)
    if not today <= until <= last:
        raise InputError(f"A stand-in answers until a day from {day_words(today)} to {day_words(last, year=True)}.")
    made = StandIn(
        provider_id=provider_id,
        operation_id=operation_id,
        person_id=person.id or 0,
        named_by=work.actor.person_id or 0,
        named_at=work.now,
        until=until,
    )
    post = Appointment(person_id=made.person_id, post=Post.PROVIDER_LEAD, valid_from=today, valid_to=until)
    post.operation_id, post.agency_id = operation_id, provider_id
    work.session.add_all([made, post])
    work.session.flush()
    who, day = person_words(work, made.person_id), day_words(until, year=True)
    work.record("name_stand_in", f"{who} stands in until {day}.", kind="stand_in", ref=str(made.id), person=person.id)
    told = f"You stand in for {work.actor.name} until {day}: requests for places wait for you on Care."
    work.notify(told, person_id=person.id, outside="You are named to stand in for a colleague.", path="/care")
    return made


def take_back_stand_in(work: Work, number: int) -> None:
    """The lead answers alone again, from now on; what was answered meanwhile stays."""
    require(work, Verb.NAME_STAND_IN, ref=f"stand-in {number}")
    row = work.session.get(StandIn, number)
    if row is None or not may(work, Verb.NAME_STAND_IN, agency_id=row.provider_id, operation_id=row.operation_id):
        raise NotFound(NO_STAND_IN)
    row = work.lock(StandIn, number)
    _refuse_stand_in(work, row.operation_id)
    if row.ended_at is not None or row.until < work.now.date():
        raise Refused("This is over already: your colleague no longer stands in.")
    row.ended_at, row.ended_by = work.now, work.actor.person_id
    work.session.add(row)
    work.session.execute(sa.delete(Appointment).where(_its_post(row)))
    who = person_words(work, row.person_id)
    work.record("take_back_stand_in", f"{who} no longer stands in.", kind="stand_in", ref=str(number))
    work.notify(f"You no longer stand in for {work.actor.name}.", person_id=row.person_id)


def end_with_lead(work: Work, person_id: int | None, last_day: date) -> None:
    """Nobody stands in for longer than the lead who named them holds the post."""
    query = select(StandIn).where(
        StandIn.named_by == person_id, col(StandIn.ended_at).is_(None), col(StandIn.until) > last_day
    )
    for row in work.session.exec(query.order_by(col(StandIn.id))).all():
        post = sa.update(Appointment).where(_its_post(row)).values(valid_to=last_day)
        begun = row.named_at.date() <= last_day
        work.session.execute(post if begun else sa.delete(Appointment).where(_its_post(row)))
        if begun:
            row.until = last_day
        else:
            row.ended_at, row.ended_by = work.now, work.actor.person_id
        work.session.add(row)
        who = person_words(work, row.person_id)
        said = f"{who} no longer stands in after {day_words(last_day, year=True)}: the lead's own post ends."
        work.record("end_stand_in", said, kind="stand_in", ref=str(row.id))
        work.notify("You stand in no longer than your lead holds the post.", person_id=row.person_id)


def _its_post(row: StandIn) -> sa.ColumnElement[bool]:
    """The stand-in's own post, by the days for which it was made."""
    a = Appointment
    return sa.and_(
        col(a.person_id) == row.person_id,
        col(a.post) == Post.PROVIDER_LEAD,
        col(a.operation_id) == row.operation_id,
        col(a.agency_id) == row.provider_id,
        col(a.valid_from) == row.named_at.date(),
        col(a.valid_to) == row.until,
    )


def standing_in(look: Look, operation_id: int | None = None) -> StandIn | None:
    """Under which handover the actor answers now, if it is not their own post."""
    query = select(StandIn).where(
        StandIn.person_id == look.actor.person_id,
        col(StandIn.ended_at).is_(None),
        col(StandIn.until) >= look.now.date(),
    )
    if operation_id is not None:
        query = query.where(StandIn.operation_id == operation_id)
    return look.session.exec(query.order_by(col(StandIn.id).desc())).first()


def _own_provider(work: Work, title: str, operation_id: int) -> int:
    """The provider that the actor leads in an operation, not as a stand-in."""
    require(work, Verb.NAME_STAND_IN, ref=title)
    own = [held.agency_id for held in held_for(work, Verb.NAME_STAND_IN) if held.operation_id in (None, operation_id)]
    if not own or own[0] is None:
        raise NotFound(NOBODY.format(title=title))
    _refuse_stand_in(work, operation_id)
    return own[0]


def _refuse_stand_in(work: Work, operation_id: int) -> None:
    standing = standing_in(work, operation_id)
    if standing is not None:
        until = day_words(standing.until, year=True)
        raise Refused(f"You stand in yourself, until {until}: the lead names and takes back stand-ins.")


def _colleague(work: Work, title: str, provider_id: int) -> Person:
    mine = select(Person.id).where(Person.title == title, Person.agency_id == provider_id, col(Person.active))
    found = work.session.exec(mine).first()
    if found is None:
        raise NotFound(NOBODY.format(title=title))
    return work.lock(Person, found)


def _own_last_day(work: Work, operation_id: int) -> date | None:
    """The last day of the lead's own post: nobody hands over for longer than they hold it."""
    query = pick(Appointment.valid_to).where(
        Appointment.person_id == work.actor.person_id,
        Appointment.post == Post.PROVIDER_LEAD,
        col(Appointment.operation_id).is_(None) | (col(Appointment.operation_id) == operation_id),
    )
    days = list(work.session.execute(query).scalars())
    return None if None in days else max(day for day in days if day is not None)
