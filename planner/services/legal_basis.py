"""The power an action rests on: references only, with the last lawful day by the nation's rule."""

from dataclasses import dataclass
from datetime import date

from planner.access import Verb, lock_action
from planner.errors import InputError
from planner.models.directory import Region
from planner.models.operations import LegalBasis
from planner.models.reference import WarrantRule
from planner.rules.warrants import expiry
from planner.rules.words import Entries, Power
from planner.services.gate import reconsider
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
        if self.issued_on and self.expires_on and self.expires_on < self.issued_on:
            raise InputError("The power ends before it is issued. Check the two days.")


def set_legal_basis(work: Work, request: LegalRequest) -> None:
    """Record the power; the earliest of the nation's rule and what is typed is its last day."""
    action = lock_action(work, request.action, Verb.SET_LEGAL_BASIS)
    region = work.session.get_one(Region, action.region)
    rule = work.session.get(WarrantRule, region.nation)
    last = expiry(request.issued_on, rule.months if rule else None, request.expires_on)
    if request.power is Power.WARRANT and last is None:
        raise InputError("In this nation the warrant itself says until when it stands: enter its last lawful day.")
    row = work.session.get(LegalBasis, action.id) or LegalBasis(
        action_id=action.id or 0,
        power=request.power,
        statute=request.statute,
        reference=request.reference,
        changed_at=work.now,
    )
    row.power, row.statute, row.reference = request.power, request.statute.strip(), request.reference.strip()
    row.issued_on, row.expires_on, row.entries, row.changed_at = request.issued_on, last, request.entries, work.now
    row.hour_reason, row.accompanying = request.hour_reason.strip() or None, request.accompanying
    row.direction_reference = request.direction_reference.strip() or None
    work.session.add(row)
    sentence = f"The legal basis of {action.reference} was recorded" + (f", until {last:%-d %B %Y}." if last else ".")
    work.record_action("set_legal_basis", sentence, action)
    reconsider(work, [action.id or 0], because=sentence)
