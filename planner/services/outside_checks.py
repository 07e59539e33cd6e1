"""Deconfliction in a system outside this one: by which office, under which reference, on which day."""

from dataclasses import dataclass
from datetime import date, time

from sqlmodel import select

from planner.access import Verb, lock_action
from planner.errors import InputError, Refused
from planner.models.arrangements import Arrangement
from planner.rules.dates import day_words
from planner.rules.windows import from_local, local
from planner.rules.words import ArrangementKind, ArrangementState
from planner.services.texts import needed_text, short_text
from planner.work import Work


@dataclass(frozen=True)
class OutsideCheck:
    """What an office outside this system answered; its reference, never what it said."""

    action: str
    office: str
    reference: str
    on: date
    request_key: str

    def __post_init__(self) -> None:
        needed_text(self.office, "The office that checked", most=100)
        if not self.reference.strip():
            raise InputError("The outside check has a reference there. Enter it.")
        short_text(self.reference, "The outside check's reference", most=60)


def record_outside_check(work: Work, request: OutsideCheck) -> None:
    """It stands until the action moves; one that waited to be asked again is replaced by it."""
    action = lock_action(work, request.action, Verb.CLEAR_CLASH)
    known = work.session.exec(select(Arrangement).where(Arrangement.request_key == request.request_key)).first()
    if known is not None:
        if (known.action_id, known.kind) != (action.id, ArrangementKind.DECONFLICTION):
            raise Refused("This form was sent before with other answers. Open it again, then send it.")
        return
    today = local(work.now).date()
    if request.on > today:
        raise InputError(f"{day_words(request.on, year=True)} is still to come: record the check once it is made.")
    waiting = select(Arrangement).where(
        Arrangement.action_id == action.id,
        Arrangement.kind == ArrangementKind.DECONFLICTION,
        Arrangement.state == ArrangementState.REQUESTED,
    )
    for row in work.session.exec(waiting):
        row.state, row.changed_at, row.version = ArrangementState.WITHDRAWN, work.now, row.version + 1
        work.session.add(row)
    made = Arrangement(
        action_id=action.id or 0,
        kind=ArrangementKind.DECONFLICTION,
        state=ArrangementState.CONFIRMED,
        answered_post=needed_text(request.office, "The office that checked", most=100),
        reference=request.reference.strip(),
        confirmed_at=work.now if request.on == today else from_local(request.on, time(12)),
        changed_at=work.now,
        request_key=request.request_key,
    )
    work.session.add(made)
    sentence = f"{action.reference} was checked outside by {made.answered_post}, {day_words(request.on)}."
    work.record_action("record_outside_check", sentence, action)
