"""When agencies can be asked: said by the partner's own lead for its agency, by the cell for any, one or many."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from sqlmodel import select

from planner.access import Verb, agency_named, require
from planner.errors import InputError, Stale
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


@dataclass(frozen=True)
class TypedHours:
    """One agency's row of a table as it was typed; `drawn` is what it said when the page was drawn."""

    agency: str
    weekdays: str
    opens: time | None
    closes: time | None
    bank_holidays: bool = False
    actions_a_day: int | None = None
    drawn: Said | None = None

    def request(self, name: str) -> AvailabilityRequest | None:
        """What is wanted, None where the row was emptied; InputError by the agency's name where it cannot be."""
        times = {"From": self.opens, "Until": self.closes}
        if not (self.weekdays or self.bank_holidays) and {*times.values(), self.actions_a_day} == {None}:
            return None
        if self.opens is None or self.closes is None:
            missing = " and ".join(column for column, at in times.items() if at is None)
            raise InputError(f"{name}: no time in {missing}. Give one, or empty the whole row to say nothing.")
        try:
            return AvailabilityRequest(self.weekdays, self.opens, self.closes, self.bank_holidays, self.actions_a_day)
        except InputError as error:
            raise InputError(f"{name}: {error}") from None


def set_availability(work: Work, agency: str, request: AvailabilityRequest) -> Availability:
    """One agency's hours and daily capacity; they advise who asks, and stop nobody."""
    return _set(work, work.lock(Agency, _own(work, agency)), request)


def clear_availability(work: Work, agency: str) -> None:
    """Nothing is said of this agency's hours any more."""
    _clear(work, work.lock(Agency, _own(work, agency)))


def set_availabilities(work: Work, rows: Sequence[TypedHours]) -> int:
    """The hours of many agencies, all or nothing; how many changed, each with its own line of the record.

    Access to each is decided first, in the order of the rows; they are locked in one order. A row that somebody else
    changed since it was drawn refuses all of them, unless it says already what is wanted.
    """
    ids = {row.agency: _own(work, row.agency) for row in rows}
    agencies = {number: work.lock(Agency, number) for number in sorted(ids.values())}
    twice = [code for code, times in Counter(row.agency for row in rows).items() if times > 1]
    if twice:
        work.attempts(Verb.SET_AVAILABILITY.name.lower(), twice[0])
        raise InputError(f"{agencies[ids[twice[0]]].name} is in the table twice. Keep one row of it.")
    return sum(_set_typed(work, agencies[ids[row.agency]], row) for row in rows)


def _set_typed(work: Work, agency: Agency, row: TypedHours) -> bool:
    """Whether a row of the table changed anything."""
    work.attempts(Verb.SET_AVAILABILITY.name.lower(), agency.code)
    kept, request = work.session.get(Availability, agency.id), row.request(agency.name)
    now = said_of(kept) if kept else None
    if now == (request.said if request else None):
        return False
    if now != row.drawn:
        words = f"can be asked {hours_words(now)}" if now else "has said nothing of its hours"
        raise Stale(
            f"Somebody changed {agency.name} while your page was open: it {words}. Nothing of the table is kept; "
            "look at that row, then try again."
        )
    if request is None:
        _clear(work, agency)
    else:
        _set(work, agency, request)
    return True


def _own(work: Work, code: str) -> int:
    """The id of an agency that the actor may speak for, to be locked."""
    there = work.session.exec(select(Agency.id).where(Agency.code == code)).first()
    require(work, Verb.SET_AVAILABILITY, ref=code, agency_id=there or 0)
    return agency_named(work, code).id or 0


def _set(work: Work, agency: Agency, request: AvailabilityRequest) -> Availability:
    row = keep_availability(work, agency, request)
    sentence = f"{agency.code} can be asked {hours_words(request.said)}."
    work.record("set_availability", sentence, kind="agency", ref=agency.code)
    return row


def _clear(work: Work, agency: Agency) -> None:
    row = work.session.get(Availability, agency.id)
    if row is not None:
        work.session.delete(row)
    sentence = f"When {agency.code} can be asked is no longer said."
    work.record("clear_availability", sentence, kind="agency", ref=agency.code)


def said_of(row: Availability) -> Said:
    """A row as the rules read it."""
    return Said(row.weekdays, row.opens, row.closes, row.bank_holidays, row.actions_a_day)


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
