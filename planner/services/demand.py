"""How many people to expect: low, likely and high by profile and need; and what is said of children."""

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner.access import Verb
from planner.errors import InputError
from planner.models.operations import DemandLine
from planner.rules.demand import MOST_PEOPLE
from planner.rules.words import Children, Need, Profile
from planner.services.actions import lock_open_action
from planner.services.followers import ask_concerned, asked_on
from planner.services.gate import reconsider
from planner.services.texts import said_text, short_text
from planner.work import Work


class Line(NamedTuple):
    profile: Profile
    need: Need
    low: int
    likely: int
    high: int


def set_demand(
    work: Work, reference: str, lines: Sequence[Line], *, zero_reason: str = "", version: int | None = None
) -> None:
    """Replace the demand of an action; nobody at all needs a reason."""
    action = lock_open_action(work, reference, Verb.SET_DEMAND, version=version)
    why = said_text(zero_reason, "The reason for expecting nobody")
    for line in lines:
        if not 0 <= line.low <= line.likely <= line.high <= MOST_PEOPLE:
            shown = f"{line.low}, {line.likely} and {line.high}"
            raise InputError(f"Low, likely and high must rise from 0 to {MOST_PEOPLE} at most; you entered {shown}.")
    if len({(line.profile, line.need) for line in lines}) < len(lines):
        raise InputError("A profile stands twice with the same need. Put its numbers together.")
    if sum(line.high for line in lines) == 0 and not why:
        raise InputError("Nobody at all needs a reason: half of all victims come from premises where none was likely.")
    before = asked_on(work, [action])
    work.session.execute(sa.delete(DemandLine).where(col(DemandLine.action_id) == action.id))
    work.session.flush()
    work.session.add_all(DemandLine(action_id=action.id or 0, **line._asdict()) for line in lines)
    action.zero_demand_reason, action.version = why or None, action.version + 1
    work.session.add(action)
    words = f"{sum(line.likely for line in lines)} likely, {sum(line.high for line in lines)} at most"
    work.record_action("set_demand", f"Demand of {reference}: {words}.", action)
    ask_concerned(work, [action], before)
    reconsider(work, [action.id or 0], because=f"Demand changed: {words}.")


def set_children(
    work: Work,
    reference: str,
    children: Children,
    *,
    number: int = 0,
    reason: str = "",
    agreed_by: str = "",
    version: int | None = None,
) -> None:
    """Unknown, expected, or none: none needs a reason and the children's representative's agreement."""
    action = lock_open_action(work, reference, Verb.PLAN, version=version)
    reason, agreed_by = said_text(reason, "The reason"), short_text(agreed_by, "The post that agrees", most=100)
    if children is Children.NONE and not (reason and agreed_by):
        raise InputError("No children needs a reason, and the post of the children's representative who agrees.")
    if number < 0:
        raise InputError(f"A number of children cannot be negative; you entered {number}.")
    if children is Children.NONE and number:
        raise InputError(f"You said that no children are there, and {number} of them. Change one of the two.")
    before = asked_on(work, [action])
    action.children, action.children_number = children, number
    action.children_reason, action.children_agreed_by = reason or None, agreed_by or None
    action.version += 1
    work.session.add(action)
    sentence = f"Children at {reference}: {children}."
    work.record_action("set_children", sentence, action, number=number, reason=reason)
    ask_concerned(work, [action], before)
    reconsider(work, [action.id or 0], because=sentence)
