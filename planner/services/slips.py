"""A change of plan that others feel: everything that follows is listed before, and exactly that list is applied.

The list is made by doing the change in a transaction that is rolled back, and comparing the facts before and after;
doing it in earnest makes the list again, and refuses when it is another than the one that was looked at.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlmodel import col, select

from planner import facts
from planner.errors import Refused, Stale
from planner.models.operations import Action, StrikeDay
from planner.models.slips import Slip, SlipAction
from planner.rules.consequences import Consequence, Side, consequences, told_words
from planner.rules.counts import count_words
from planner.rules.readiness import judge
from planner.services.actions import lock_open_actions
from planner.services.slip_changes import Change, carry_out
from planner.services.slip_rows import rows_of, strike_days_in
from planner.services.telling import told_once
from planner.work import Work


@dataclass(frozen=True)
class SlipRequest:
    """One change of one action, or of all of a strike day; `versions` are those of the page it was typed on."""

    actions: tuple[str, ...]
    change: Change
    request_key: str
    versions: Mapping[str, int]
    strike_day: int | None = None

    @property
    def fingerprint(self) -> str:
        return digest((self.actions, self.change, self.strike_day))


class Listed(NamedTuple):
    """What follows, how many people and agencies are told, and the mark of exactly this list."""

    consequences: tuple[Consequence, ...]
    people: int
    agencies: int
    mark: str

    @property
    def told(self) -> str:
        return told_words(self.people, self.agencies)

    def of(self, action: str) -> tuple[str, ...]:
        """The lines of one action, as they are shown and kept."""
        return tuple(" ".join(item.sentence.split()) for item in self.consequences if item.action == action)

    @property
    def concerns_nobody(self) -> bool:
        """Nobody else has been asked for anything yet, so that nobody need be told."""
        return not (self.people or self.agencies)

    @property
    def breaks(self) -> bool:
        return any(item.breaks for item in self.consequences)


def list_consequences(work: Work, request: SlipRequest) -> Listed:
    """Do it and list what followed: for a transaction that is rolled back (`desk.writing(rehearsed=True)`)."""
    return _do(work, request, _locked(work, request))


def slip(work: Work, request: SlipRequest, *, seen: str) -> Slip:
    """Apply exactly the list that was looked at, whose mark is `seen`; the same request again gives the same answer."""
    known = work.session.exec(select(Slip).where(Slip.request_key == request.request_key)).first()
    if known is not None:
        if known.request_fingerprint != request.fingerprint:
            raise Refused("This request was sent before with other contents. Reload the page and begin again.")
        return known
    row, listed = carry_out_and_keep(work, request)
    if listed.mark != seen:
        raise Stale("What follows from this change is no longer what you looked at. Look at the list again.")
    return row


def carry_out_and_keep(work: Work, request: SlipRequest) -> tuple[Slip, Listed]:
    """Apply a change whatever follows; what followed is kept with it."""
    actions = _locked(work, request)
    numbers = [action.id or 0 for action in actions]
    before = rows_of(work, numbers, request.strike_day)
    listed = _do(work, request, actions)
    row = Slip(
        strike_day_id=request.strike_day,
        sentence=request.change.words,
        before=before,
        after=rows_of(work, numbers, request.strike_day, strike_days_in(before)),
        made_by=work.actor.person_id,
        made_at=work.now,
        request_key=request.request_key,
        request_fingerprint=request.fingerprint,
    )
    work.session.add(row)
    work.session.flush()
    count = count_words(len(listed.consequences), "consequence")
    for action in actions:
        lines = "\n".join(listed.of(action.reference))
        work.session.add(SlipAction(slip_id=row.id or 0, action_id=action.id or 0, listed=lines))
        work.record_action("slip", f"{request.change.words} {count} listed and applied.", action, slip=row.id)
    return row, listed


def _locked(work: Work, request: SlipRequest) -> list[Action]:
    """All of it, in the order in which everybody locks; a strike day goes whole or not at all."""
    wanted = {reference: request.versions.get(reference) for reference in request.actions}
    found = lock_open_actions(work, wanted, request.change.verb)
    if request.strike_day is not None:
        _refuse_part(work, request.strike_day, found)
    return found


def _refuse_part(work: Work, strike_day_id: int, found: Sequence[Action]) -> None:
    of_day = select(Action.id).where(Action.strike_day_id == strike_day_id)
    left = set(work.session.exec(of_day)) ^ {action.id for action in found}
    if left:
        name = work.session.get_one(StrikeDay, strike_day_id).name
        other = count_words(len(left), "action")
        raise Refused(
            f"{name} goes as a whole, and {other} of it changed or cannot be opened by you. "
            "Look again, or let who plans them move the day."
        )


def _do(work: Work, request: SlipRequest, actions: Sequence[Action]) -> Listed:
    numbers = [action.id or 0 for action in actions]
    before = _sides(work, numbers)
    carry_out(work, request.change, actions, request.strike_day)
    work.session.flush()
    people, agencies = told_once(work)
    found = consequences(before, _sides(work, numbers))
    return Listed(found, people, agencies, digest((found, people, agencies)))


def _sides(work: Work, numbers: Sequence[int]) -> list[Side]:
    known = facts.load(work, numbers)
    wanted = select(Action.id, Action.calendar_sequence, StrikeDay.name).outerjoin(
        StrikeDay, col(StrikeDay.id) == col(Action.strike_day_id)
    )
    rows = {row[0]: row[1:] for row in work.session.exec(wanted.where(col(Action.id).in_(numbers)))}
    return [
        Side(known[number], judge(known[number]), rows[number][0], rows[number][1] or "") for number in sorted(numbers)
    ]


def digest(values: object) -> str:
    return hashlib.sha256(repr(values).encode()).hexdigest()
