"""The power an action rests on: references only, with the last lawful day by the nation's rule."""

from dataclasses import dataclass
from datetime import date

from planner.access import Verb
from planner.errors import InputError
from planner.models.directory import Region
from planner.models.operations import Action, LegalBasis
from planner.models.reference import WarrantRule
from planner.rules.dates import day_words
from planner.rules.warrants import expiry
from planner.rules.windows import local
from planner.rules.words import Entries, Power
from planner.services.actions import lock_open_action
from planner.services.gate import reconsider
from planner.services.texts import short_text
from planner.work import Work


@dataclass(frozen=True)
class LegalRequest:
    """A warrant or other power; `expires_on` is what its own text or statute says, where it says so."""

    action: str
    power: Power
    statute: str
    reference: str
    issued_on: date | None = None
    expires_on: date | None = None
    entries: Entries = Entries.ONE
    hour_reason: str = ""
    accompanying: str = ""
    direction_reference: str = ""

    def __post_init__(self) -> None:
        if not self.reference.strip() or not self.statute.strip():
            raise InputError("Give the power's name and its reference, never its contents.")
        short_text(self.statute, "The power's name", most=100)
        short_text(self.reference, "The power's reference", most=60)
        short_text(self.direction_reference, "The direction's reference", most=60)
        short_text(self.hour_reason, "The reason for the hour")
        short_text(self.accompanying, "The list of who accompanies")
        if self.issued_on and self.expires_on and self.expires_on < self.issued_on:
            raise InputError("The power ends before it is issued. Check the two days.")


def set_legal_basis(work: Work, request: LegalRequest, *, version: int | None = None) -> None:
    """Record the power; the earliest of the nation's rule and what is typed is its last day."""
    action = lock_open_action(work, request.action, Verb.SET_LEGAL_BASIS, version=version)
    last = _last_day(work, action, request)
    row = work.session.get(LegalBasis, action.id, populate_existing=True)
    if row is None:
        row = LegalBasis(action_id=action.id or 0, power=request.power, statute="", reference="", changed_at=work.now)
    if row.reference != request.reference.strip():
        row.spent_at = None  # another warrant has not been used
    row.power, row.statute, row.reference = request.power, request.statute.strip(), request.reference.strip()
    row.issued_on, row.expires_on, row.entries, row.changed_at = request.issued_on, last, request.entries, work.now
    row.hour_reason, row.accompanying = request.hour_reason.strip() or None, request.accompanying.strip()
    row.direction_reference = request.direction_reference.strip() or None
    action.version += 1
    work.session.add(row)
    work.session.add(action)
    sentence = f"The legal basis of {action.reference} was recorded" + (f", until {last:%-d %B %Y}." if last else ".")
    work.record_action("set_legal_basis", sentence, action)
    reconsider(work, [action.id or 0], because=sentence)


def _last_day(work: Work, action: Action, request: LegalRequest) -> date | None:
    """A warrant always has one; where the nation counts months, a typed day can only shorten them."""
    if request.power is not Power.WARRANT:
        return request.expires_on
    if request.issued_on is not None and request.issued_on > local(work.now).date():
        raise InputError(
            f"{day_words(request.issued_on, year=True)} is still to come: enter the warrant once it is issued."
        )
    rule = work.session.get(WarrantRule, work.session.get_one(Region, action.region).nation)
    months = rule.months if rule else None
    if months and request.issued_on is None:
        raise InputError(f"A warrant here stands {months} months from its issue: enter the day it was issued.")
    last = expiry(request.issued_on, months, request.expires_on)
    if last is None:
        raise InputError("In this nation the warrant itself says until when it stands: enter its last lawful day.")
    return last
