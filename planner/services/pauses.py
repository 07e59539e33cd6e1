"""A pause that the national Gold asks for, ends, and that each owning force's Gold answers in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from planner.access import Verb, may, operations_for, own_agencies, require, visible_operations
from planner.errors import InputError, NotAllowed, NotFound, Refused
from planner.models.command import Pause, PauseAnswer
from planner.models.directory import Agency, Region
from planner.models.operations import Operation
from planner.named import lock_operation
from planner.rules.dates import instant_words
from planner.rules.pauses import LONGEST, holding
from planner.rules.values import Facts
from planner.rules.words import Post
from planner.services.leads import holders
from planner.services.texts import needed_text
from planner.work import Work

NO_PAUSE = "There is no such pause, or none that you can answer."
PATH = "/operation?tab=Pauses"


@dataclass(frozen=True)
class PauseRequest:
    """From when until when nothing is to be given, in one region or in all of the operation, and why."""

    operation: str
    from_at: datetime
    until_at: datetime
    reason: str
    request_key: str
    region: str | None = None

    def __post_init__(self) -> None:
        needed_text(self.reason, "The reason for a pause")
        if self.until_at <= self.from_at:
            raise InputError("A pause ends after it begins. Give a later end.")
        if self.until_at - self.from_at > LONGEST:
            raise InputError(f"A pause lasts {LONGEST.days} days at most. Ask again when it has passed.")


def ask_pause(work: Work, request: PauseRequest) -> Pause:
    """The national Gold asks every owning force to give no go-ahead; their commanders keep the decision."""
    operation = lock_operation(work, request.operation, Verb.ASK_PAUSE)
    number = operation.id or 0
    kept = work.session.exec(select(Pause).where(Pause.request_key == request.request_key)).first()
    if kept is not None:
        return kept
    if request.until_at <= work.now:
        raise InputError(f"A pause until {instant_words(request.until_at)} is over already. Give a later end.")
    region = work.session.get(Region, request.region) if request.region else None
    if request.region and region is None:
        raise NotFound(f"There is no region {request.region}. Choose one of the list.")
    row = Pause(
        operation_id=number,
        region=request.region,
        from_at=request.from_at,
        until_at=request.until_at,
        reason=needed_text(request.reason, "The reason for a pause"),
        asked_by=_person(work),
        asked_at=work.now,
        request_key=request.request_key,
    )
    work.session.add(row)
    work.session.flush()
    where = f"in {region.name}" if region else "everywhere"
    when = f"{instant_words(row.from_at)} until {instant_words(row.until_at)}"
    said = f"The national Gold asks for a pause {where}, {when}: {row.reason}"
    work.record("ask_pause", said, kind="operation", ref=operation.code, pause=row.id)
    _tell(work, (Post.GOLD, Post.SILVER), number, said)
    return row


def end_pause(work: Work, pause_id: int, reason: str) -> None:
    """Before its time is over; go-aheads may be given again."""
    ref = f"pause {pause_id}"
    work.attempts(Verb.ASK_PAUSE.name.lower(), ref)
    mine = col(Pause.operation_id).in_(operations_for(work, Verb.ASK_PAUSE))
    row = _lock(work, select(Pause.id).where(Pause.id == pause_id, mine))
    operation = work.session.get_one(Operation, row.operation_id)
    require(work, Verb.ASK_PAUSE, ref=ref, operation_id=operation.id)
    row.ended_at, row.ended_by = work.now, work.actor.person_id
    row.ended_reason = needed_text(reason, "The reason for ending it")
    work.session.add(row)
    said = f"The pause until {instant_words(row.until_at)} is ended: {row.ended_reason}"
    work.record("end_pause", said, kind="operation", ref=operation.code, pause=row.id)
    _tell(work, (Post.GOLD, Post.SILVER), row.operation_id, said)


def answer_pause(work: Work, pause_id: int, text: str, *, goes_on: bool, force: str | None = None) -> PauseAnswer:
    """The owning force's Gold says in words whether it goes on; the national Gold reads it, and the decision is kept.

    `force` is asked for only of somebody who speaks for several.
    """
    work.attempts(Verb.ANSWER_PAUSE.name.lower(), f"pause {pause_id}")
    visible = col(Pause.operation_id).in_(visible_operations(work))
    found = work.session.exec(select(Pause).where(Pause.id == pause_id, visible)).first()
    mine = _forces(work, found, force) if found is not None else ()
    if not mine:
        raise NotFound(NO_PAUSE)
    if len(mine) > 1:
        raise InputError("You speak for several forces. Say for which of them you answer.")
    row, agency = _lock(work, select(Pause.id).where(Pause.id == pause_id)), mine[0]
    answer = PauseAnswer(
        pause_id=pause_id,
        force_id=agency.id or 0,
        goes_on=goes_on,
        text=needed_text(text, "Your answer"),
        answered_by=_person(work),
        answered_at=work.now,
    )
    work.session.add(answer)
    work.session.flush()
    word = "goes on" if goes_on else "pauses"
    said = f"{agency.name} {word} while the pause until {instant_words(row.until_at)} is asked for: {answer.text}"
    code = work.session.get_one(Operation, row.operation_id).code
    work.record("answer_pause", said, kind="operation", ref=code, pause=pause_id)
    _tell(work, (Post.NATIONAL_GOLD,), row.operation_id, said)
    return answer


def refuse_paused(known: Facts) -> None:
    """No go-ahead is given while a pause stands to which the owning force's Gold has not answered that it goes on."""
    stopping = holding(known.pauses)
    if stopping:
        raise Refused(
            f"{stopping[0].asked_words} The decision is yours: answer in words that you go on, under Pauses on the "
            "Operation page, then give it."
        )


def _forces(work: Work, pause: Pause, force: str | None) -> Sequence[Agency]:
    """The forces for whose go-aheads the actor answers, in this pause's operation."""
    mine = own_agencies(work, Verb.ANSWER_PAUSE)
    rows = work.session.exec(select(Agency).where(col(Agency.id).in_(mine)).order_by(col(Agency.id))).all()
    verb, number = Verb.ANSWER_PAUSE, pause.operation_id
    return [row for row in rows if force in (None, row.code) and may(work, verb, operation_id=number, agency_id=row.id)]


def _lock(work: Work, query: object) -> Pause:
    """One that still stands, under its lock."""
    number = work.session.exec(query).first()  # type: ignore[call-overload]
    if number is None:
        raise NotFound(NO_PAUSE)
    row: Pause = work.lock(Pause, number)
    if row.ended_at is not None or row.until_at <= work.now:
        over = row.ended_at or row.until_at
        raise Refused(f"This pause is over since {instant_words(over)}: go-aheads may be given.")
    return row


def _person(work: Work) -> int:
    if work.actor.person_id is None:
        raise NotAllowed("The operator of the installation decides nothing: sign in as the commander.")
    return work.actor.person_id


def _tell(work: Work, posts: tuple[Post, ...], operation_id: int, said: str) -> None:
    for person in holders(work, posts, operation_id):
        if person != work.actor.person_id:
            work.notify(said, person_id=person, path=PATH)
