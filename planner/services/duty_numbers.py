"""The telephone number at which a post or an agency's duty desk is reached at any hour; it stands on printed sheets."""

from planner.errors import InputError
from planner.rules.duty_numbers import is_duty_number
from planner.services.reach import kept_agency, own_row
from planner.work import Work


def set_own_number(work: Work, text: str) -> None:
    """Where one's post is rung at any hour; empty to be reached through the cell."""
    work.attempts("set_duty_number", work.actor.name)
    person, kept = own_row(work), _number(text)
    person.duty_number = kept
    work.session.add(person)
    _record(work, kept, "person", person.title)


def set_agency_number(work: Work, code: str, text: str) -> None:
    """The number of an agency's duty desk, by the cell."""
    agency, kept = kept_agency(work, code), _number(text)
    agency.duty_number = kept
    work.session.add(agency)
    _record(work, kept, "agency", agency.code)


def _number(text: str) -> str | None:
    said = " ".join(text.split())
    if said and not is_duty_number(said):
        raise InputError("That is no telephone number. Give one of a duty desk or a post, such as 01632 960 001.")
    return said or None


def _record(work: Work, kept: str | None, kind: str, ref: str) -> None:
    """The record outlives the number, so it says that there is one, not which."""
    said = "has a number for any hour" if kept else "is reached through the cell"
    work.record("set_duty_number", f"{ref} {said}.", kind=kind, ref=ref)
