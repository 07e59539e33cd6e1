"""A change of plan: what follows from moving a strike day of twenty actions; one fact changed, its action judged."""

from datetime import timedelta

from sqlmodel import Session, col, func, select

from planner import facts
from planner.access import Verb, may
from planner.db import Database
from planner.models.directory import Appointment
from planner.models.operations import Action, LegalBasis, StrikeDay
from planner.models.roles import RoleOffer
from planner.rules.words import ActionState, OfferState, Post
from planner.services.slip_changes import NewDay
from planner.services.slips import Listed, SlipRequest, list_consequences
from planner.work import Desk, utc_now
from tests.benchmarks.table import Row, in_turn, seconds

MEMBERS = 20
BUDGET_MS, GATE_MS = 300.0, 20.0


def rows(database: Database, rounds: int) -> list[Row]:
    with database.write() as session:
        person = session.exec(select(Appointment.person_id).where(Appointment.post == Post.CELL)).first() or 0
    desk = Desk(database, person)
    request, accepted = _stage(desk)
    listed: list[Listed] = []

    def follow() -> float:
        with desk.writing(rehearsed=True) as work:
            return seconds(lambda: listed.append(list_consequences(work, request)))

    def judge() -> float:
        with database.write() as session:
            number = session.exec(select(Action.id).where(Action.reference == request.actions[0])).one() or 0
            power = session.get_one(LegalBasis, number)
            power.hour_reason = f"{power.hour_reason or ''} again"[-80:]
            session.add(power)
        with desk.reading() as look:
            return seconds(lambda: facts.gates(look, [number]))

    in_turn(1, follow, judge)  # the first of each statement is compiled
    followed, judged = in_turn(rounds, follow, judge)
    lines = len(listed[-1].consequences)
    said = f"{MEMBERS} actions, {accepted} accepted posts, {lines} lines"
    return [
        Row("What follows from moving a strike day of twenty", followed * 1000, BUDGET_MS, "ms", said),
        Row("One fact changed, its action's gate", judged * 1000, GATE_MS, "ms"),
    ]


def _stage(desk: Desk) -> tuple[SlipRequest, int]:
    """Twenty actions with posts, of one day; every post offered is accepted."""
    with desk.database.write() as session:
        day = utc_now().replace(hour=5, minute=0, second=0, microsecond=0) + timedelta(days=21)
        members = _members(desk, session)
        strike = StrikeDay(operation_id=members[0].operation_id, name="Benchmark", day=day.date())
        session.add(strike)
        session.flush()
        for action in members:
            action.starts_at, action.ends_at, action.strike_day_id = day, day + timedelta(hours=3), strike.id
            session.add(action)
        numbers = [action.id for action in members]
        offers = session.exec(select(RoleOffer).where(col(RoleOffer.action_id).in_(numbers))).all()
        for offer in offers:
            offer.state = OfferState.ACCEPTED
            session.add(offer)
        versions = {action.reference: action.version for action in members}
        request = SlipRequest(
            tuple(versions), NewDay(day.date() + timedelta(days=1)), "benchmark", versions, strike_day=strike.id
        )
        return request, len(offers)


def _members(desk: Desk, session: Session) -> list[Action]:
    """The first that this person plans, those with most posts before the others."""
    posts = select(RoleOffer.action_id, func.count().label("posts")).group_by(col(RoleOffer.action_id)).subquery()
    planned = (
        select(Action)
        .join(LegalBasis, col(LegalBasis.action_id) == col(Action.id))
        .outerjoin(posts, posts.c.action_id == Action.id)
        .where(Action.state == ActionState.PLANNED)
        .order_by(func.coalesce(posts.c.posts, 0).desc(), col(Action.id))
    )
    with desk.reading() as look:
        found = [action for action in session.exec(planned) if may(look, Verb.PLAN, action=action)]
    return found[:MEMBERS]
