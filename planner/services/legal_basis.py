"""The power an action rests on: references only, from a warrant's application to its re-issue; what an entry spends."""

from dataclasses import dataclass
from datetime import date, datetime

from planner.access import Verb
from planner.errors import InputError, Refused
from planner.models.directory import Region
from planner.models.operations import Action, LegalBasis
from planner.models.reference import WarrantRule
from planner.rules.dates import day_words, instant_words
from planner.rules.warrants import expiry
from planner.rules.windows import local
from planner.rules.words import Entries, Power
from planner.services.actions import lock_open_action
from planner.services.gate import reconsider
from planner.services.texts import short_text
from planner.work import Work

MOST_MONTHS = 24


@dataclass(frozen=True)
class LegalRequest:
    """A warrant or other power; `expires_on` is what its own text says, `statute_months` what its statute gives.

    With `hearing_at` the warrant is only applied for: it has no day of issue, and the reference is the application's.
    """

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
    hearing_at: datetime | None = None
    statute_months: int | None = None
    all_premises: bool = False
    premises_authority: bool = False
    direction_asked_on: date | None = None
    direction_given_on: date | None = None

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
        if self.statute_months is not None and not 1 <= self.statute_months <= MOST_MONTHS:
            raise InputError(f"A statute gives 1 to {MOST_MONTHS} months; you entered {self.statute_months}.")
        self._check_application()
        self._check_direction()

    def _check_application(self) -> None:
        if self.hearing_at is None:
            return
        if self.power is not Power.WARRANT:
            raise InputError("Only a warrant is applied for. Choose Warrant, or take the hearing out.")
        if self.issued_on is not None or self.expires_on is not None:
            raise InputError("A warrant that is issued has no hearing to come. Enter one of the two.")

    def _check_direction(self) -> None:
        asked, given = self.direction_asked_on, self.direction_given_on
        if given and not self.direction_reference.strip():
            raise InputError("A direction that is given has a reference. Enter it, or leave the day out.")
        if asked and given and given < asked:
            raise InputError("The direction is given before it was asked for. Check the two days.")


def set_legal_basis(work: Work, request: LegalRequest, *, version: int | None = None) -> None:
    """Record the power; the earliest of the nation's rule, the statute and the text is its last day."""
    action = lock_open_action(work, request.action, Verb.SET_LEGAL_BASIS, version=version)
    row = work.session.get(LegalBasis, action.id, populate_existing=True)
    if row is None:
        row = LegalBasis(action_id=action.id or 0, power=request.power, statute="", reference="", changed_at=work.now)
    if row.reference != request.reference.strip():
        row.spent_at = None  # another warrant has not been used
        if request.hearing_at and row.issued_on:
            row.former_reference = row.reference
    _keep(work, action, row, request)
    if request.hearing_at:
        sentence = f"A warrant for {action.reference} was applied for; it is heard {instant_words(request.hearing_at)}."
    else:
        sentence = f"The legal basis of {action.reference} was recorded{_until(row)}.{_direction(request)}"
    work.record_action("set_legal_basis", sentence, action)
    reconsider(work, [action.id or 0], because=sentence)


def reissue_warrant(work: Work, request: LegalRequest, *, version: int | None = None) -> None:
    """The warrant is issued again: it is unspent, has a life of its own, and the former reference stays."""
    action = lock_open_action(work, request.action, Verb.SET_LEGAL_BASIS, version=version)
    row = work.session.get(LegalBasis, action.id, populate_existing=True)
    if row is None or row.power is not Power.WARRANT or row.hearing_at is not None:
        raise Refused(f"{action.reference} has no warrant that was issued before. Record the first one.")
    if request.power is not Power.WARRANT or request.hearing_at or request.issued_on is None:
        raise InputError("A warrant that is issued again has a day of issue. Enter it.")
    former, before = row.reference, row.issued_on
    if former == request.reference.strip() and request.issued_on == before:
        raise Refused(f"{former} of {day_words(before, year=True)} is the warrant kept already. Enter the new one.")
    if before is not None and request.issued_on < before:
        raise InputError(
            f"{former} was issued {day_words(before, year=True)}: the new one is not older. Check the day."
        )
    row.spent_at, row.former_reference = None, former
    _keep(work, action, row, request)
    sentence = f"The warrant of {action.reference} was issued again: {row.reference} in place of {former}{_until(row)}."
    work.record_action("reissue_warrant", sentence, action, former=former)
    reconsider(work, [action.id or 0], because=sentence)


def _keep(work: Work, action: Action, row: LegalBasis, request: LegalRequest) -> None:
    last = _last_day(work, action, request)
    warrant = request.power is Power.WARRANT
    row.power, row.statute, row.reference = request.power, request.statute.strip(), request.reference.strip()
    row.issued_on, row.expires_on, row.entries, row.changed_at = request.issued_on, last, request.entries, work.now
    row.text_until, row.statute_months, row.hearing_at = request.expires_on, request.statute_months, request.hearing_at
    row.hour_reason, row.accompanying = request.hour_reason.strip() or None, request.accompanying.strip()
    row.all_premises, row.premises_authority = warrant and request.all_premises, warrant and request.premises_authority
    row.direction_asked_on, row.direction_given_on = request.direction_asked_on, request.direction_given_on
    row.direction_reference = request.direction_reference.strip() or None
    action.version += 1
    work.session.add(row)
    work.session.add(action)


def _until(row: LegalBasis) -> str:
    return f", until {row.expires_on:%-d %B %Y}" if row.expires_on else ""


def _direction(request: LegalRequest) -> str:
    """The procurator fiscal's direction is a step of its own in Scotland, and stands in the record as one."""
    if request.direction_reference.strip():
        given = f", {day_words(request.direction_given_on)}" if request.direction_given_on else ""
        return f" The procurator fiscal's direction is given{given}."
    asked = request.direction_asked_on
    return f" The procurator fiscal's direction was asked for {day_words(asked)}." if asked else ""


def _last_day(work: Work, action: Action, request: LegalRequest) -> date | None:
    """A warrant that is issued always has one; where the nation counts months, others can only shorten them."""
    today = local(work.now).date()
    for day, what in (
        (request.direction_asked_on, "the request to the procurator fiscal once it is made"),
        (request.direction_given_on, "the direction once it is given"),
    ):
        if day is not None and day > today:
            raise InputError(f"{day_words(day, year=True)} is still to come: enter {what}.")
    if request.hearing_at is not None:
        if request.hearing_at <= work.now:
            heard = instant_words(request.hearing_at)
            raise InputError(f"{heard} is over: enter the warrant that was issued, or when it is heard next.")
        return None
    if request.power is not Power.WARRANT:
        return request.expires_on
    if request.issued_on is not None and request.issued_on > today:
        raise InputError(
            f"{day_words(request.issued_on, year=True)} is still to come: enter the warrant once it is issued."
        )
    rule = work.session.get(WarrantRule, work.session.get_one(Region, action.region).nation)
    months = rule.months if rule else None
    if months and request.issued_on is None:
        raise InputError(f"A warrant here stands {months} months from its issue: enter the day it was issued.")
    last = expiry(request.issued_on, months, request.expires_on, statute_months=request.statute_months)
    if last is None:
        raise InputError("In this nation the warrant itself says until when it stands: enter its last lawful day.")
    return last


def spend_warrant(work: Work, action: Action) -> str:
    """The entry that begins now uses up a warrant for one entry; the sentence that says so, or nothing."""
    row = work.session.get(LegalBasis, action.id, populate_existing=True)
    if row is None or row.power is not Power.WARRANT or row.entries is not Entries.ONE or row.spent_at is not None:
        return ""
    row.spent_at, row.changed_at = work.now, work.now
    work.session.add(row)
    return " Its warrant allows one entry and is spent by this one."


def keep_warrant(work: Work, action: Action) -> str:
    """The teams left without entering: the warrant that the beginning spent is unspent again."""
    row = work.session.get(LegalBasis, action.id, populate_existing=True)
    if row is None or row.spent_at is None:
        return ""
    row.spent_at, row.changed_at = None, work.now
    work.session.add(row)
    return " Its warrant was not used."
