"""The exercise's people at work within its own transaction, and the actions of the coming weeks that are not ready."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session, col, select

from planner import facts
from planner.actors import actor_at
from planner.db import pick
from planner.models.directory import Appointment, Person
from planner.models.operations import Action, Operation
from planner.rules.readiness import judge
from planner.rules.windows import local
from planner.rules.words import ActionState, Post
from planner.services.exercise.stages import PLANNED_DAYS
from planner.work import Work, append_to_record, leave_notices

SOONEST = timedelta(days=3)


class Near(NamedTuple):
    """An action of the coming weeks that is not ready, and waits for nobody's decision."""

    id: int
    reference: str
    force_id: int
    region: str
    starts_at: datetime
    lacks: frozenset[str]
    likely: int

    @property
    def day(self) -> date:
        return local(self.starts_at).date()


class Scene:
    """The exercise's people at work, in its own transaction; `people` are ids by user name."""

    def __init__(self, session: Session, people: Mapping[str, int], now: datetime) -> None:
        self.session, self.people, self.now = session, people, now
        self.operation = session.exec(select(Operation.code)).one()

    @contextmanager
    def by(self, person_id: int) -> Iterator[Work]:
        """One verb, with its lines of the record and its notices."""
        work = Work(self.session, actor_at(self.session, person_id, self.now), self.now)
        yield work
        self.session.flush()
        leave_notices(work)
        append_to_record(work)

    def person(self, name: str) -> Person:
        return self.session.get_one(Person, self.people[name])

    def silver_of(self, force_id: int) -> int:
        query = select(Appointment.person_id).where(Appointment.post == Post.SILVER, Appointment.agency_id == force_id)
        return self.session.exec(query.order_by(col(Appointment.id))).first() or 0

    def near(self) -> list[Near]:
        """By their start; the action that the tour walks through, the first of all, is left as it is."""
        a, now = Action, self.now
        soon = col(a.starts_at).between(now + SOONEST, now + timedelta(days=PLANNED_DAYS))
        query = pick(a.id, a.reference, a.force_id, a.region, a.starts_at).where(
            soon, col(a.state) == ActionState.PLANNED, col(a.id) > 1
        )
        rows = self.session.execute(query.order_by(col(a.starts_at), col(a.id))).all()
        with self.by(self.people["cell"]) as work:
            known = facts.load(work, [row[0] for row in rows])
        gates = {number: judge(each) for number, each in known.items()}
        lacking = {number: frozenset(each.check for each in gate.blocking) for number, gate in gates.items()}
        likely = {number: sum(line.likely for line in each.demand) for number, each in known.items()}
        return [Near._make((*row, lacking[row[0]], likely[row[0]])) for row in rows if lacking[row[0]]]
