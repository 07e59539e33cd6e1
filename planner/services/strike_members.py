"""An action among the others of its strike day: they go all or none."""

from collections.abc import Sequence

from sqlmodel import col, select

from planner import facts
from planner.access import closed_to
from planner.errors import Refused
from planner.models.operations import Action, StrikeDay
from planner.rules.counts import count_words
from planner.rules.strike_words import strike_day_words
from planner.rules.words import ActionState, Standing
from planner.work import Look, Work

TO_COME = (ActionState.PLANNED, ActionState.REQUESTED)


def others_of(look: Look, action: Action) -> Sequence[Action]:
    """The other members of an action's strike day that are still to come; deferred ones do not go on that day."""
    if action.strike_day_id is None:
        return ()
    query = select(Action).where(
        Action.strike_day_id == action.strike_day_id, col(Action.id) != action.id, col(Action.state).in_(TO_COME)
    )
    return look.session.exec(query.order_by(col(Action.id))).all()


def refuse_alone(work: Work, action: Action) -> None:
    """A go-ahead for one action of a strike day is asked for and given with the others, or after it is dropped."""
    others = others_of(work, action)
    if others:
        name = work.session.get_one(StrikeDay, action.strike_day_id).name
        number = count_words(len(others), "other action")
        raise Refused(
            f"{action.reference} goes all or none with {number} of {strike_day_words(name)}. "
            "Decide for the whole day, or drop it from the day with a reason."
        )


def refuse_without_others(work: Work, action: Action) -> None:
    """No action of a strike day begins while another that is to come has no standing go-ahead."""
    others = {other.id or 0: other for other in others_of(work, action)}
    if not others:
        return
    waiting = [
        number for number, gate in facts.gates(work, list(others)).items() if gate.standing is not Standing.STANDING
    ]
    if waiting:
        seen = [others[number].reference for number in waiting if number not in closed_to(work)]
        name = work.session.get_one(StrikeDay, action.strike_day_id).name
        such = f", such as {seen[0]}," if seen else ""
        number, have = count_words(len(waiting), "other action"), "has" if len(waiting) == 1 else "have"
        raise Refused(
            f"{strike_day_words(name, first=True)} goes all or none: {number} of it{such} {have} no standing go-ahead. "
            "Gold gives it, or each is dropped from the day with a reason."
        )
