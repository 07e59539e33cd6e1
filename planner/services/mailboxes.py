"""Where agencies and people are reached by mail: a mailbox of an office or a post."""

from sqlmodel import col, select

from planner.access import Verb, require
from planner.errors import InputError, NotFound
from planner.models.directory import Person
from planner.rules.mailboxes import is_mailbox
from planner.services.reach import kept_agency, own_row
from planner.work import Work


def set_own_mailbox(work: Work, text: str) -> None:
    """Where one is told that something waits; empty to be told on the page alone."""
    work.attempts("set_mailbox", work.actor.name)
    person, kept = own_row(work), _mailbox(text)
    person.mailbox = kept
    work.session.add(person)
    _record(work, kept, "person", person.title)


def set_mailbox(work: Work, title: str, text: str) -> None:
    """The mailbox of somebody in the directory, by the cell."""
    require(work, Verb.MANAGE_DIRECTORY, ref=title)
    kept = _mailbox(text)
    query = select(Person).where(Person.title == title.strip(), col(Person.active)).with_for_update()
    person = work.session.exec(query).first()
    if person is None:
        raise NotFound(f"There is nobody called {title.strip()} in the directory.")
    person.mailbox = kept
    work.session.add(person)
    _record(work, kept, "person", person.title)


def set_agency_mailbox(work: Work, code: str, text: str) -> None:
    """The mailbox of an agency's office, by the cell."""
    agency, kept = kept_agency(work, code), _mailbox(text)
    agency.mailbox = kept
    work.session.add(agency)
    _record(work, kept, "agency", agency.code)


def _mailbox(text: str) -> str | None:
    said = text.strip()
    if said and not is_mailbox(said):
        raise InputError("That is no mailbox. Give one of an office or a post, such as duty.desk@example.org.")
    return said or None


def _record(work: Work, kept: str | None, kind: str, ref: str) -> None:
    """The record outlives the mailbox, so it says that there is one, not which."""
    said = "is told by mail too" if kept else "is told on the page alone"
    work.record("set_mailbox", f"{ref} {said}.", kind=kind, ref=ref)
