"""When agencies can be asked: said by the partner's own lead for its agency, by the cell for any."""

from dataclasses import dataclass
from datetime import time

from sqlmodel import select

from planner.access import Verb, agency_named, require
from planner.errors import InputError
from planner.inputs.availability import MOST_A_DAY
from planner.models.directory import Agency, Availability
from planner.rules.availability import EVERY_DAY, hours_words
from planner.rules.availability import Availability as Said
from planner.work import Work


@dataclass(frozen=True)
class AvailabilityRequest:
    """An agency's hours; `weekdays` are the days' numbers, Monday 1: "12345"."""

    weekdays: str
    opens: time
    closes: time
    bank_holidays: bool = False
    actions_a_day: int | None = None

    def __post_init__(self) -> None:
        if not self.weekdays or not set(self.weekdays) <= set(EVERY_DAY):
            raise InputError("An agency can be asked on one weekday at least. Choose the days.")
        if self.actions_a_day is not None and not 1 <= self.actions_a_day <= MOST_A_DAY:
            raise InputError(
                f"{self.actions_a_day} actions a day cannot be taken. Give 1 to {MOST_A_DAY}, or leave it out."
            )

    @property
    def said(self) -> Said:
        """As the rules read it: the days once each, in order."""
        days = "".join(sorted(set(self.weekdays)))
        return Said(days, self.opens, self.closes, self.bank_holidays, self.actions_a_day)


def set_availability(work: Work, agency: str, request: AvailabilityRequest) -> Availability:
    """One agency's hours and daily capacity; they advise who asks, and stop nobody."""
    row = keep_availability(work, _own(work, agency), request)
    words = hours_words(request.said)
    work.record("set_availability", f"{agency} can be asked {words}.", kind="agency", ref=agency)
    return row


def clear_availability(work: Work, agency: str) -> None:
    """Nothing is said of this agency's hours any more."""
    found = _own(work, agency)
    row = work.session.get(Availability, found.id)
    if row is not None:
        work.session.delete(row)
    work.record("clear_availability", f"When {agency} can be asked is no longer said.", kind="agency", ref=agency)


def _own(work: Work, code: str) -> Agency:
    """The agency, locked, where the actor may speak for it."""
    there = work.session.exec(select(Agency.id).where(Agency.code == code)).first()
    require(work, Verb.SET_AVAILABILITY, ref=code, agency_id=there or 0)
    return work.lock(Agency, agency_named(work, code).id)


def keep_availability(work: Work, agency: Agency, request: AvailabilityRequest) -> Availability:
    """Write the hours of an agency that is locked already."""
    row = work.session.get(Availability, agency.id)
    said = request.said
    if row is None:
        row = Availability(agency_id=agency.id or 0, changed_at=work.now, **said._asdict())
    for name, value in said._asdict().items():
        setattr(row, name, value)
    row.changed_at, row.changed_by = work.now, work.actor.person_id
    work.session.add(row)
    return row
