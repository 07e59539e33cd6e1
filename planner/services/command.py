"""Command posts by the hour: taken, handed over, accepted, ended; refused where a live action would be left alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from planner.access import Verb, agency_named, closed_to, held_for, may, operations_for, require
from planner.errors import InputError, NotAllowed, NotFound, Refused
from planner.models.directory import Agency
from planner.models.go_ahead import GoAhead
from planner.models.operations import Action
from planner.models.turns import CommandTurn
from planner.named import operation_id_of
from planner.rules.command import LONGEST_TURN, CommandPost, Span, gap_left
from planner.rules.dates import instant_words
from planner.rules.words import ActionState, GoAheadState, Post
from planner.services.delegations import colleague_in_command
from planner.services.names import person_words
from planner.work import Look, Work

LIVE = (ActionState.REQUESTED, ActionState.BEGUN)
GIVEN = (GoAheadState.GIVEN, GoAheadState.SUSPENDED)
CLOSED = "An action that is closed to a list"
NO_TURN = "There is no such turn of command, or none of yours."


@dataclass(frozen=True)
class TurnRequest:
    """A post of command in an operation, from when to when; of one's own force where none is named."""

    operation: str
    post: CommandPost
    from_at: datetime
    to_at: datetime
    request_key: str
    force: str | None = None

    def __post_init__(self) -> None:
        if self.to_at <= self.from_at:
            raise InputError("The turn ends before it begins. Check the two times.")
        if self.to_at - self.from_at > LONGEST_TURN:
            raise InputError(f"A turn of command lasts {LONGEST_TURN.days} days at most. Give a nearer end.")


def take_command(work: Work, request: TurnRequest) -> CommandTurn:
    """Who holds the post says from when to when they are in command of their force."""
    require(work, Verb.HOLD_COMMAND, ref=request.operation)
    operation_id, force_id = _own(work, request)
    require(work, Verb.HOLD_COMMAND, ref=request.operation, operation_id=operation_id, agency_id=force_id)
    known = work.session.exec(select(CommandTurn).where(CommandTurn.request_key == request.request_key)).first()
    if known is not None:
        return known
    work.lock(Agency, force_id)
    me = work.actor.person_id or 0
    turn = CommandTurn(
        operation_id=operation_id,
        force_id=force_id,
        post=request.post,
        person_id=me,
        from_at=request.from_at,
        to_at=request.to_at,
        proposed_by=me,
        proposed_at=work.now,
        accepted_at=work.now,
        request_key=request.request_key,
    )
    work.session.add(turn)
    work.session.flush()
    _record(work, "take_command", f"{work.actor.name} is {turn.post} {_span(turn)}.", turn)
    return turn


def propose_handover(work: Work, number: int, to: str, at: datetime, until: datetime) -> CommandTurn:
    """Who is in command proposes a colleague from an instant on; until it is accepted nothing changes."""
    turn = _lock(work, number)
    if not turn.from_at < at < turn.to_at or at < work.now:
        raise InputError(f"Hand over between now and {instant_words(turn.to_at)}, when your turn ends.")
    if not at < until <= at + LONGEST_TURN:
        raise InputError(f"The next turn ends after it begins, and lasts {LONGEST_TURN.days} days at most.")
    person = colleague_in_command(work, to, turn.operation_id, turn.force_id)
    if person.id == turn.person_id:
        raise Refused(f"{to} is in command already. Name a colleague.")
    _refuse_gap(work, turn, [Span(turn.from_at, at), Span(at, until)])
    for earlier in work.session.exec(select(CommandTurn).where(CommandTurn.handed_from == turn.id)).all():
        if earlier.accepted_at is None:
            earlier.withdrawn_at = work.now
            work.session.add(earlier)
    made = CommandTurn(
        operation_id=turn.operation_id,
        force_id=turn.force_id,
        post=turn.post,
        person_id=person.id or 0,
        from_at=at,
        to_at=until,
        handed_from=turn.id,
        proposed_by=work.actor.person_id or 0,
        proposed_at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    said = f"{person.title} is asked to take over as {turn.post} {_span(made)}."
    _record(work, "propose_handover", said, made)
    work.notify(f"You are asked to take over as {turn.post} {_span(made)}.", person_id=person.id, path="/go_ahead")
    return made


def accept_handover(work: Work, number: int) -> None:
    """The colleague takes over: the turn before ends where this one begins."""
    made = _lock(work, number)
    before = work.session.get(CommandTurn, made.handed_from) if made.handed_from else None
    if before is None or made.withdrawn_at is not None:
        raise Refused("This handover was withdrawn: another was proposed since.")
    if made.accepted_at is not None:
        raise Refused("You took over already.")
    begins = max(made.from_at, work.now)
    if begins >= made.to_at:
        raise Refused(f"This handover was for a turn that ended {instant_words(made.to_at)}. Ask for a new one.")
    _refuse_gap(work, before, [Span(before.from_at, begins), Span(begins, made.to_at)])
    before.to_at = begins
    made.from_at, made.accepted_at = begins, work.now
    work.session.add_all([before, made])
    said = f"{work.actor.name} took over as {made.post} from {person_words(work, before.person_id)} {_span(made)}."
    _record(work, "accept_handover", said, made)
    work.notify(said, person_id=before.person_id)


def end_command(work: Work, number: int, at: datetime) -> None:
    """A turn ends earlier than it was to; refused while a live action would have nobody in that post."""
    turn = _lock(work, number)
    if turn.accepted_at is None:
        raise Refused("This turn is not taken yet: there is nothing to end.")
    if not turn.from_at < at < turn.to_at or at < work.now:
        raise InputError(f"End it between now and {instant_words(turn.to_at)}, when it ends anyway.")
    _refuse_gap(work, turn, [Span(turn.from_at, at)])
    turn.to_at = at
    work.session.add(turn)
    _record(work, "end_command", f"{work.actor.name} is {turn.post} until {instant_words(at)}.", turn)


def _own(work: Work, request: TurnRequest) -> tuple[int, int]:
    """The operation, and the force for which the actor holds this very post."""
    found = operation_id_of(work, request.operation, among=operations_for(work, Verb.HOLD_COMMAND))
    held = [each for each in held_for(work, Verb.HOLD_COMMAND) if each.operation_id in (None, found)]
    own = [each for each in held if each.post is Post(request.post)]
    if not own:
        raise NotAllowed(f"You are not appointed {request.post} there: the cell appoints, on the Directory page.")
    if request.force is not None:
        return found, agency_named(work, request.force).id or 0
    return found, own[0].agency_id or work.actor.agency_id or 0


def _lock(work: Work, number: int) -> CommandTurn:
    """One's own turn, under the lock of its force, so that two changes cannot leave a gap between them."""
    work.attempts(Verb.HOLD_COMMAND.name.lower(), f"turn {number}")
    turn = work.session.get(CommandTurn, number)
    if turn is None or turn.person_id != work.actor.person_id or not _holds(work, turn):
        raise NotFound(NO_TURN)
    work.lock(Agency, turn.force_id)
    turn = work.lock(CommandTurn, number)
    if turn.to_at <= work.now:
        raise Refused(f"This turn ended {instant_words(turn.to_at)}. Take command again to go on.")
    return turn


def _holds(work: Work, turn: CommandTurn) -> bool:
    return may(work, Verb.HOLD_COMMAND, operation_id=turn.operation_id, agency_id=turn.force_id)


def _refuse_gap(work: Work, changed: CommandTurn, instead: Sequence[Span]) -> None:
    """Whether every live action that had somebody in this post still would."""
    t = CommandTurn
    query = select(t).where(
        t.operation_id == changed.operation_id, t.force_id == changed.force_id, t.post == changed.post
    )
    counting = query.where(col(t.accepted_at).is_not(None), col(t.withdrawn_at).is_(None))
    turns = work.session.exec(counting).all()
    others = [Span(turn.from_at, turn.to_at) for turn in turns if turn.id != changed.id]
    before = [*others, Span(changed.from_at, changed.to_at)]
    gap = gap_left(before, [*others, *instead], _live(work, changed))
    if gap is not None:
        raise Refused(
            f"{gap.reference} would have no {changed.post} from {instant_words(gap.span.from_at)} to "
            f"{instant_words(gap.span.to_at)}. Hand over to a colleague who stays until then."
        )


def _live(look: Look, turn: CommandTurn) -> list[tuple[str, Span]]:
    """The force's actions with a go-ahead that counts, requested or under way, from now on."""
    closed = closed_to(look)
    query = (
        select(Action.id, Action.reference, Action.starts_at, Action.ends_at)
        .join(GoAhead, col(GoAhead.action_id) == col(Action.id))
        .where(
            Action.operation_id == turn.operation_id,
            Action.force_id == turn.force_id,
            col(Action.state).in_(LIVE),
            col(Action.ends_at) > look.now,
            col(GoAhead.state).in_(GIVEN),
        )
        .order_by(col(Action.starts_at), Action.reference)
    )
    rows = look.session.exec(query).all()
    return [
        (CLOSED if number in closed else reference, Span(max(starts_at, look.now), ends_at))
        for number, reference, starts_at, ends_at in rows
    ]


def _span(turn: CommandTurn) -> str:
    return f"from {instant_words(turn.from_at)} to {instant_words(turn.to_at)}"


def _record(work: Work, verb: str, said: str, turn: CommandTurn) -> None:
    work.record(verb, said, kind="command", ref=str(turn.id), post=turn.post, person=turn.person_id)
