"""Places that a provider gave by telephone on the day: kept beside what is confirmed, never counted by the gate."""

from dataclasses import dataclass

from sqlmodel import col, select

from planner import access
from planner.access import Verb, lock_action, require
from planner.errors import InputError, NotFound, Refused, Stale
from planner.models.care import Unit
from planner.models.directory import Region
from planner.models.on_the_day import TelephonePlaces
from planner.models.operations import Action
from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.on_the_day import has_begun
from planner.services.texts import needed_text
from planner.work import Work

MOST_PLACES = 50
NO_SUCH = "There are no such places given by telephone, or none that you can open."


@dataclass(frozen=True)
class TelephoneRequest:
    """So many places in one unit, as its provider said just now."""

    action: str
    unit: str
    places: int
    request_key: str

    def __post_init__(self) -> None:
        if not 1 <= self.places <= MOST_PLACES:
            raise InputError(f"A provider gives 1 to {MOST_PLACES} places at a time; you entered {self.places}.")


def note_places(work: Work, request: TelephoneRequest) -> TelephonePlaces:
    """Keep what a provider said by telephone, and tell it so that it can correct; the same request twice is one."""
    action = lock_action(work, request.action, Verb.HOLD_PLACES)
    unit = work.session.exec(select(Unit).where(Unit.code == request.unit)).first()
    if unit is None:
        raise NotFound(f"There is no unit {request.unit}. Choose one of the units on the Care page.")
    known = work.session.exec(select(TelephonePlaces).where(TelephonePlaces.request_key == request.request_key)).first()
    if known is not None:
        if (known.action_id, known.unit_id, known.places_said) != (action.id, unit.id, request.places):
            raise Refused("This form was sent before with other contents. Reload the page, then send it.")
        return known
    if not has_begun(action.state):
        raise Refused(
            f"{action.reference} has not begun: hold places under Care. What is said by telephone counts for no gate."
        )
    row = TelephonePlaces(
        action_id=action.id or 0,
        unit_id=unit.id or 0,
        places_said=request.places,
        places=request.places,
        said_at=work.now,
        typed_by=work.actor.person_id,
        request_key=request.request_key,
    )
    work.session.add(row)
    work.session.flush()
    said = f"{count_words(row.places, 'place')} by telephone in unit {unit.code}"
    work.record_action("note_places", f"{said}.", action, unit=unit.code, places=row.places)
    region = work.session.get_one(Region, action.region).name
    told = f"Kept as given by you: {said}, {region}, {instant_words(work.now)}. If that is not so, correct it on Care."
    _tell_provider(work, unit, action, told)
    return row


def correct_places(work: Work, number: int, places: int, why: str, *, version: int | None = None) -> None:
    """What was typed is not so, or no longer: by the provider itself, or by whoever may book; the other is told."""
    row, action, unit, own = _lock_places(work, number)
    if not 0 <= places <= MOST_PLACES:
        raise InputError(f"Give 0 to {MOST_PLACES} places; you entered {places}.")
    reason = needed_text(why, "The reason for the correction")
    if version not in (None, row.version):
        raise Stale(f"Somebody corrected this since your page was drawn: {row.places} now. Look, then try again.")
    if places == row.places:
        raise Refused(f"Unit {unit.code} stands at {count_words(places, 'place')} by telephone already.")
    before = row.places
    row.places, row.correction, row.version = places, reason, row.version + 1
    row.corrected_by, row.corrected_at = work.actor.person_id, work.now
    work.session.add(row)
    told = f"Places by telephone in unit {unit.code} corrected from {before} to {places}: {reason}"
    work.record_action("correct_places", told, action, unit=unit.code, places=places)
    if own:
        work.notify(f"{action.reference}: {told}", person_id=row.typed_by, action_id=action.id)
    else:
        _tell_provider(work, unit, action, told)


def _tell_provider(work: Work, unit: Unit, action: Action, told: str) -> None:
    outside = "Something was kept as said by you on the telephone. Correct it if it is not so."
    work.notify(told, agency_id=unit.provider_id, action_id=action.id, outside=outside, path="/care")


def _lock_places(work: Work, number: int) -> tuple[TelephonePlaces, Action, Unit, bool]:
    """The action locked, then the row read again; whether its own provider asks. A stranger finds none."""
    work.attempts("correct_places", f"telephone {number}")
    row = work.session.get(TelephonePlaces, number)
    if row is None:
        raise NotFound(NO_SUCH)
    action = work.lock(Action, row.action_id)
    work.session.refresh(row)
    unit = work.session.get_one(Unit, row.unit_id)
    own = access.may(work, Verb.ANSWER_HOLD, agency_id=unit.provider_id, operation_id=action.operation_id)
    seen = select(Action.id).where(Action.id == action.id, col(Action.id).in_(access.visible_actions(work)))
    if not own and work.session.exec(seen).first() is None:
        raise NotFound(NO_SUCH)
    if not own:
        require(work, Verb.HOLD_PLACES, ref=f"telephone {number}", action=action)
    return row, action, unit, own
