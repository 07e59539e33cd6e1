"""A provider says on what terms it takes people; by telephone the care lead or the cell types it, marked so.

A change by which live bookings would rest on a unit that no longer takes them is refused, so no gate falls by it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from planner.access import Verb, may, require
from planner.errors import InputError, NotFound, Refused, Stale
from planner.facts_care import units
from planner.models.care import Hold, Provider, ProviderTerms, Unit, UnitTerms
from planner.models.directory import Agency, Zone
from planner.rules.care_terms import LONGEST_HOLD, LONGEST_NOTICE, children_beside_adults, office_number
from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.values import UnitFact
from planner.rules.windows import local
from planner.rules.words import Exploitation, Need, Profile
from planner.services.care_claims import delete_expired
from planner.services.care_parts import booked_words
from planner.services.importing_units import lost, narrows, resting_on, write_fact
from planner.services.texts import needed_text, said_text
from planner.work import Work

NO_PROVIDER = "There is no such care provider, or none whose terms you can state."
NO_UNIT = "There is no such unit, or none whose terms you can state."


@dataclass(frozen=True)
class TermsRequest:
    """For all units of a provider; without `unasked_hold_hours` nothing is held without asking.

    `post` and `number` are whom to ring out of hours: a post and its office, never a person. `drawn` is when the
    terms were last said as the page was drawn.
    """

    notice_hours: int = 0
    notice_refused: bool = False
    unasked_hold_hours: int | None = None
    standard: str = ""
    checked_on: date | None = None
    post: str = ""
    number: str = ""
    drawn: datetime | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.notice_hours <= LONGEST_NOTICE:
            raise InputError(f"Notice is 0 to {LONGEST_NOTICE} hours; you entered {self.notice_hours}.")
        if self.unasked_hold_hours is not None and not 1 <= self.unasked_hold_hours <= LONGEST_HOLD:
            raise InputError(
                f"Places are held unasked for 1 to {LONGEST_HOLD} hours, or not at all; "
                f"you entered {self.unasked_hold_hours}."
            )
        if self.number and office_number(self.number) is None:
            raise InputError("The office's telephone number has 7 to 15 digits, such as 0121 496 0000. Type it again.")
        if bool(self.number) != bool(self.post.strip()):
            raise InputError("Out of hours needs both: the post that answers, and the number of its office.")


@dataclass(frozen=True)
class UnitTermsRequest:
    """Whom one unit takes and what it asks of them; `drawn` as above."""

    profiles: tuple[Profile, ...]
    needs: tuple[Need, ...]
    exploitations: tuple[Exploitation, ...]
    zones: tuple[str, ...]
    criteria: str = ""
    cooperation_required: bool = False
    languages: str = ""
    drawn: datetime | None = None

    def __post_init__(self) -> None:
        if not (self.profiles and self.exploitations and self.zones):
            raise InputError("Choose whom the unit takes, after which exploitation, and at least one zone.")
        if children_beside_adults(self.profiles):
            raise InputError(
                "A unit cannot take children beside adults: adult places never cover children. "
                "Ask the cell to give the children's places a unit of their own."
            )


def keep_terms(work: Work, code: str, request: TermsRequest) -> None:
    """Notice, standard, holds without asking, whom to ring: by the provider itself, or as it said by telephone."""
    agency, provider = _lock_provider(work, code)
    kept = work.session.get(ProviderTerms, provider.agency_id)
    _refuse_stale(kept.said_at if kept else None, request.drawn)
    if request.checked_on is not None and request.checked_on > local(work.now).date():
        raise InputError("The day on which the standard was checked is still to come. Give the day it was done.")
    provider.notice_hours, provider.unasked_hold_hours = request.notice_hours, request.unasked_hold_hours
    provider.standard = said_text(request.standard, "The standard that is met") or None
    provider.standard_checked_on = request.checked_on if provider.standard else None
    work.session.add(provider)
    terms = kept or ProviderTerms(provider_id=provider.agency_id, said_at=work.now)
    terms.notice_refused = request.notice_refused and request.notice_hours > 0
    terms.out_of_hours_post = needed_text(request.post, "The post that answers out of hours") if request.post else ""
    terms.office_number = office_number(request.number) or ""
    _say(work, terms, agency, "Your terms", kind="agency", ref=agency.code)


def keep_unit_terms(work: Work, code: str, request: UnitTermsRequest) -> None:
    """Whom a unit takes, in which zones, and what it asks; what live bookings rest on stays."""
    unit, provider, agency = _lock_unit(work, code)
    kept = work.session.get(UnitTerms, unit.id)
    _refuse_stale(kept.said_at if kept else None, request.drawn)
    _check_zones(work, request)
    delete_expired(work, provider.agency_id)
    work.session.flush()
    old = units(work)[unit.id or 0]
    new = UnitFact(
        old.site,
        frozenset(request.profiles),
        frozenset({Need.NONE, *request.needs}),
        frozenset(request.exploitations),
        frozenset(request.zones),
    )
    _refuse_lost(work, unit, old, new)
    if new != old:
        write_fact(work, unit.id or 0, new)
    unit.criteria = said_text(request.criteria, "The access criteria")
    unit.cooperation_required = request.cooperation_required
    work.session.add(unit)
    terms = kept or UnitTerms(unit_id=unit.id or 0, said_at=work.now)
    terms.languages = said_text(request.languages, "The list of languages")
    _say(work, terms, agency, f"Whom unit {unit.code} takes", kind="unit", ref=unit.code)


def _say(work: Work, terms: ProviderTerms | UnitTerms, agency: Agency, what: str, *, kind: str, ref: str) -> None:
    """Who said it and how, in the row, in the record and, where it was by telephone, to the provider itself."""
    own = may(work, Verb.ANSWER_HOLD, agency_id=agency.id)
    terms.said_at, terms.said_by, terms.by_telephone = work.now, work.actor.person_id, not own
    work.session.add(terms)
    how = "by the provider" if own else "as the provider said by telephone"
    work.record("keep_terms", f"{what.replace('Your', 'The').strip()}: kept {how}.", kind=kind, ref=ref)
    if not own:
        told = (
            f"{what}: kept as said by you on the telephone, {instant_words(work.now)}. If that is not so, correct it."
        )
        outside = "Something was kept as said by you on the telephone. Correct it if it is not so."
        work.notify(told, agency_id=agency.id, outside=outside, path="/care")


def _refuse_stale(said_at: datetime | None, drawn: datetime | None) -> None:
    if said_at is not None and drawn is not None and said_at - drawn > timedelta(0):
        raise Stale(f"These terms were changed meanwhile, {instant_words(said_at)}. Look at them, then try again.")


def _lock_provider(work: Work, code: str) -> tuple[Agency, Provider]:
    require(work, Verb.SET_TERMS, ref=code)  # the post first: whether a provider exists is said to few
    agency = work.session.exec(select(Agency).where(Agency.code == code)).first()
    if agency is None or not may(work, Verb.SET_TERMS, agency_id=agency.id or 0):
        raise NotFound(NO_PROVIDER)
    if work.session.get(Provider, agency.id) is None:
        raise NotFound(NO_PROVIDER)
    return agency, work.lock(Provider, agency.id)


def _lock_unit(work: Work, code: str) -> tuple[Unit, Provider, Agency]:
    require(work, Verb.SET_TERMS, ref=code)
    unit = work.session.exec(select(Unit).where(Unit.code == code)).first()
    if unit is None or not may(work, Verb.SET_TERMS, agency_id=unit.provider_id):
        raise NotFound(NO_UNIT)
    provider = work.lock(Provider, unit.provider_id)
    return work.session.get_one(Unit, unit.id), provider, work.session.get_one(Agency, unit.provider_id)


def _check_zones(work: Work, request: UnitTermsRequest) -> None:
    known = set(work.session.exec(select(Zone.code).where(col(Zone.code).in_(request.zones))))
    unknown = sorted(set(request.zones) - known)
    if unknown:
        raise InputError(f"There is no zone {unknown[0]}. Choose zones of the list.")


def _refuse_lost(work: Work, unit: Unit, old: UnitFact, new: UnitFact) -> None:
    """Whoever is booked stays taken: the provider takes those bookings back first, with a reason."""
    if not narrows(old, new):
        return
    numbers = lost(resting_on(work, [unit.id or 0]).get(unit.id or 0, ()), old, new)
    if numbers:
        holds = work.session.exec(select(Hold).where(col(Hold.id).in_(numbers)).order_by(col(Hold.id))).all()
        resting = count_words(len(numbers), "live booking")
        raise Refused(
            f"{resting} would rest on a unit that no longer takes them: {booked_words(work, holds)}. "
            "Take them back first, with a reason, or keep whom it takes."
        )
