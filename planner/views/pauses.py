"""Pauses that the national Gold asks for, as their readers see them: what stands, who answered what, what is over."""

from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import aliased
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.command import Pause, PauseAnswer
from planner.models.directory import Agency, Person, Region
from planner.work import Look

ENDED_BY: Any = aliased(Person)

EVERYWHERE = "Everywhere"


class AnswerRow(NamedTuple):
    force: str
    goes_on: bool
    text: str
    by: str
    at: datetime
    code: str


class OwnForce(NamedTuple):
    code: str
    name: str
    region: str | None


class PauseRow(NamedTuple):
    """`mine` are the forces for which the reader may answer, with code, name and region."""

    id: int
    where: str
    from_at: datetime
    until_at: datetime
    reason: str
    by: str
    asked_at: datetime
    ended_at: datetime | None
    ended_reason: str | None
    ended_by: str | None
    answers: tuple[AnswerRow, ...]
    stands: bool
    may_end: bool
    mine: tuple[OwnForce, ...]
    region: str | None

    @property
    def waits(self) -> bool:
        """Whether a force of the reader's, that lies where the pause is asked for, has not answered."""
        asked = {force.code for force in self.mine if self.region in (None, force.region)}
        return self.stands and bool(asked - {answer.code for answer in self.answers})


def pauses(look: Look, operation_id: int) -> tuple[PauseRow, ...]:
    """Of one visible operation: what stands first, then what is over, newest first; in a fixed number of queries."""
    p = Pause
    query = (
        pick(
            p.id,
            p.region,
            Region.name,
            p.from_at,
            p.until_at,
            p.reason,
            Person.title,
            p.asked_at,
            p.ended_at,
            p.ended_reason,
        )
        .add_columns(ENDED_BY.title)
        .outerjoin(Region, col(Region.code) == col(p.region))
        .join(Person, col(Person.id) == col(p.asked_by))
        .outerjoin(ENDED_BY, ENDED_BY.id == col(p.ended_by))
        .where(col(p.operation_id) == operation_id, col(p.operation_id).in_(access.visible_operations(look)))
        .order_by(col(p.id).desc())
    )
    found = look.session.execute(query).all()
    answers = _answers(look, [row[0] for row in found])
    ends = access.may(look, access.Verb.ASK_PAUSE, operation_id=operation_id)
    mine = _own_forces(look, operation_id)
    made = []
    for number, region, name, *row in found:
        stands = row[5] is None and row[1] > look.now
        said = tuple(answers.get(number, ()))
        made.append(PauseRow._make((number, name or EVERYWHERE, *row, said, stands, stands and ends, mine, region)))
    return tuple(sorted(made, key=lambda item: not item.stands))


def _answers(look: Look, ids: list[int]) -> dict[int, list[AnswerRow]]:
    a = PauseAnswer
    query = (
        pick(a.pause_id, Agency.name, a.goes_on, a.text, Person.title, a.answered_at, Agency.code)
        .join(Agency, col(Agency.id) == col(a.force_id))
        .join(Person, col(Person.id) == col(a.answered_by))
        .where(col(a.pause_id).in_(ids))
        .order_by(col(a.id))
    )
    found: defaultdict[int, list[AnswerRow]] = defaultdict(list)
    for number, *row in look.session.execute(query):
        found[number].append(AnswerRow._make(row))
    return found


def _own_forces(look: Look, operation_id: int) -> tuple[OwnForce, ...]:
    verb = access.Verb.ANSWER_PAUSE
    own = pick(Agency.id, Agency.code, Agency.name, Agency.region).where(
        col(Agency.id).in_(access.own_agencies(look, verb))
    )
    return tuple(
        OwnForce._make(row)
        for number, *row in look.session.execute(own.order_by(Agency.name))
        if access.may(look, verb, operation_id=operation_id, agency_id=number)
    )


def regions(look: Look) -> dict[str, str]:
    """The regions a pause may be asked for, by name."""
    return dict(tuple(row) for row in look.session.execute(pick(Region.code, Region.name).order_by(Region.name)))
