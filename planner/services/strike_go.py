"""Strike days go all or none: the go-ahead is asked for and given for every member in one transaction."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import col, select

from planner import facts
from planner.access import Verb, require, sees, visible_actions
from planner.errors import NotFound, Refused, Stale
from planner.models.operations import Action, StrikeDay
from planner.rules.counts import count_words
from planner.rules.drawn import Drawn
from planner.rules.readiness import judge
from planner.rules.strike_words import strike_day_words
from planner.rules.words import ActionState, Standing
from planner.services.drawn import compare_drawn
from planner.services.four_eyes import by_another
from planner.services.go_ahead import keep_given, keep_request
from planner.services.locking import lock_actions
from planner.services.strike_days import NO_STRIKE_DAY
from planner.work import Work

TO_COME = (ActionState.PLANNED, ActionState.REQUESTED)


def request_strike_day(work: Work, strike_day_id: int, *, decide_by: datetime | None = None, why_now: str = "") -> int:
    """Ask for every member in one's reach that is to come; how many."""
    strike, members = _lock_members(work, strike_day_id, Verb.REQUEST_GO_AHEAD)
    gates = facts.gates(work, [action.id or 0 for action in members])
    waiting = [action for action in members if gates[action.id or 0].standing is not Standing.STANDING]
    if not waiting:
        raise Refused(f"Every go-ahead of {strike_day_words(strike.name)} stands already.")
    for action in waiting:
        keep_request(work, action, decide_by=decide_by, why_now=why_now)
    said = f"The go-ahead for {strike_day_words(strike.name)} was requested: {count_words(len(waiting), 'action')}."
    work.record("request_strike_day", said, kind="strike day", ref=str(strike.id))
    return len(waiting)


def give_strike_day(
    work: Work, strike_day_id: int, *, condition: str | None = None, drawn: Mapping[str, Drawn] | None = None
) -> int:
    """Give it for every member in one's reach, or for none: one that is not ready stops them all; how many."""
    strike, members = _lock_members(work, strike_day_id, Verb.GIVE_GO_AHEAD)
    if drawn is not None and set(drawn) != {action.reference for action in members}:
        raise Stale(
            f"Other actions belong to {strike_day_words(strike.name)} than when your page was drawn. Look again."
        )
    known = facts.load(work, [action.id or 0 for action in members])
    judged = {action.id or 0: (known[action.id or 0], judge(known[action.id or 0])) for action in members}
    for action in members:
        compare_drawn(work, action, judged[action.id or 0][1], drawn.get(action.reference) if drawn else None)
    waiting = [action for action in members if judged[action.id or 0][1].standing is not Standing.STANDING]
    if not waiting:
        raise Refused(f"Every go-ahead of {strike_day_words(strike.name)} stands already.")
    for action in waiting:
        by_another(work, action.requested_by, f"the go-ahead for {action.reference}")
        try:
            keep_given(work, action, judged[action.id or 0], by=work.actor.person_id or 0, condition=condition)
        except Refused as refusal:
            raise Refused(
                f"{strike_day_words(strike.name, first=True)} goes all or none. {refusal} Or drop it from the day."
            ) from None
    said = f"The go-ahead for {strike_day_words(strike.name)} is given: {count_words(len(waiting), 'action')}."
    work.record("give_strike_day", said, kind="strike day", ref=str(strike.id))
    return len(waiting)


def _lock_members(work: Work, strike_day_id: int, verb: Verb) -> tuple[StrikeDay, list[Action]]:
    """The members that are to come and in the actor's reach for this, locked in their order."""
    require(work, verb, ref=f"strike day {strike_day_id}")
    seen = select(Action).where(
        Action.strike_day_id == strike_day_id,
        col(Action.id).in_(visible_actions(work)),
        col(Action.state).in_(TO_COME),
    )
    mine = [action.reference for action in work.session.exec(seen).all() if sees(work.actor, action, verb)]
    strike = work.session.get(StrikeDay, strike_day_id)
    if strike is None or not mine:
        raise NotFound(NO_STRIKE_DAY)
    members = [action for action in lock_actions(work, mine, verb).values() if action.strike_day_id == strike_day_id]
    return strike, members
