"""The Pentameter 2 exercise: a synthetic campaign of its size, planned up to today."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from planner import facts, migrations
from planner.actors import SWEEP
from planner.db import Database
from planner.errors import Refused
from planner.models.conferences import ConferenceAction
from planner.models.directory import Agency, Appointment
from planner.models.go_ahead import GoAhead
from planner.models.operations import Action, Objective, Operation, Phase
from planner.models.policy import Policy
from planner.models.reference import CatalogueRole
from planner.rules.decided import decided_on
from planner.rules.fingerprints import go_ahead_fingerprint, plan_fingerprint
from planner.rules.readiness import judge
from planner.rules.values import Facts
from planner.rules.words import (
    ActionKind,
    Exploitation,
    GoAheadState,
    Need,
    PhaseKind,
    Post,
    PremisesKind,
    Profile,
)
from planner.services.counted import Loaded, counted
from planner.services.exercise.campaign import HORIZON_DAYS, Drawn, Line, draw
from planner.services.exercise.charter import write_charter
from planner.services.exercise.course import Course, RoleRow, is_partner_role
from planner.services.exercise.people import (
    NATIONAL_CELL,
    Leads,
    accounts,
    beside_command,
    cast,
    forces_of_2007,
    named_people,
)
from planner.services.exercise.played import play
from planner.services.exercise.rows import Level, Progress, Rows
from planner.services.exercise.sharing import share
from planner.services.exercise.stages import Stage
from planner.services.exercise.supply import Supply, stock_up
from planner.services.operations import BLOCKS
from planner.services.reference import load_reference
from planner.settings import load_settings
from planner.work import Work, append_to_record

WALK_ROLL = 2.0
CODE, NAME = "P2X", "Exercise Pentameter 2"
WEEKS_GONE = 8
PHASES = (
    (PhaseKind.PREPARATION, -60, 0),
    (PhaseKind.AWARENESS, -14, 60),
    (PhaseKind.INTELLIGENCE, -30, 150),
    (PhaseKind.ENFORCEMENT, 7, 181),
    (PhaseKind.CARE, 7, 230),
    (PhaseKind.REVIEW, 182, 240),
)
OBJECTIVES = (
    (False, "Find and protect victims of trafficking; care comes before arrests."),
    (False, "Bring those who exploit them to justice."),
    (False, "Improve what is known of trafficking, by reference only."),
    (True, "No warrant without a case conference, accepted roles and confirmed care."),
    (True, "Nobody met as a possible victim is received in custody or immigration detention."),
)


def load_pentameter2(
    database: Database,
    *,
    seed: int = 1,
    scale: int = 1,
    care: str = "mid",
    start: date | None = None,
    today: date | None = None,
    progress: Progress | None = None,
    actions: int | None = None,
) -> Loaded:
    """Write the exercise into an empty database, in one transaction.

    Without `start`, today falls in its ninth week. With `start`, the exercise stands as it would in its
    ninth week, so that the same seed and start write the same rows on any day.
    """
    migrations.upgrade(database)
    today = today or (start + timedelta(weeks=WEEKS_GONE, days=1) if start else datetime.now(UTC).date())
    start = start or today - timedelta(weeks=WEEKS_GONE, days=today.weekday())
    now = datetime.combine(today, time(0, 5), UTC)
    with database.write() as session:
        if session.exec(select(Operation.id)).first() is not None:
            raise Refused("This database already holds an operation: the exercise needs an empty one.")
        load_reference(session, load_settings().data)
        work = Work(session, SWEEP, now)
        people = _write(work, (seed, scale, actions), Level(care), start, progress)
        work.record("load_exercise", f"{NAME} was loaded.", kind="operation", ref=CODE, seed=seed, scale=scale)
        append_to_record(work)
        play(session, people, now)
        return counted(session, database, forces=_taking_part(session))


def _write(
    work: Work, size: tuple[int, int, int | None], level: Level, start: date, progress: Progress | None
) -> dict[str, int]:
    """Every row as drawn; returns who has an account, by user name."""
    seed, scale, number = size
    session, now, rows = work.session, work.now, Rows(work.session)
    cell = session.exec(select(Agency.id).where(Agency.code == NATIONAL_CELL)).one() or 0
    operation = _operation(rows, cell, start, now, seed)
    people = cast(session, rows, operation)
    share(rows, people, cell, now)
    leads = Leads(rows, operation, start - timedelta(days=90))
    supply = Supply(rows, operation, start, HORIZON_DAYS + 14)
    stock_up(supply, {force.zone: force.zone.replace("_", " ").title() for force in people.forces}, level, scale, now)
    course = Course(rows, people, leads, supply, _roles(session), (operation, now))
    for region, zone in sorted({(item.region, item.zone) for item in people.forces}):
        course.reserve(region, zone)
    walk, *drawn = _walk(now.date()), *draw(seed, scale, forces=len(people.forces), start=start, actions=number)[1:]
    names = named_people(people, leads, supply.by_zone)
    leads.keep_free(names.values(), walk.day)
    uids = np.random.default_rng([seed, scale, 7])
    placed = [course.add(item, str(uuid.UUID(bytes=uids.bytes(16), version=4))) for item in (walk, *drawn)]
    names |= beside_command(rows, people.forces[0], operation)
    write_charter(rows, operation, people, leads, agency=cell, start=start)
    rows.write(progress)
    _decide(work, {item.id: item.stage for item in placed})
    accounts(session, names, now)
    session.flush()
    return names


def _walk(today: date) -> Drawn:
    """The first action, of the largest force, two days ahead: it lacks only roles, conference and care."""
    lines = (Line(Profile.WOMAN, Need.NONE, 1, 2, 4),)
    issued_on, day = today - timedelta(days=10), today + timedelta(days=2)
    return Drawn(0, day, PremisesKind.RESIDENTIAL, Exploitation.SEXUAL, lines, issued_on, WALK_ROLL, 10142)


def _operation(rows: Rows, cell: int, start: date, now: datetime, seed: int) -> int:
    operation = rows.add(
        Operation,
        code=CODE,
        name=NAME,
        lead_agency_id=cell,
        starts_on=start + timedelta(days=min(first for _, first, _ in PHASES)),
        ends_on=start + timedelta(days=max(last for _, _, last in PHASES)),
        exercise=True,
    )
    uids = np.random.default_rng([seed, 8])
    for number, (kind, first, last) in enumerate(PHASES, 1):
        rows.add(
            Phase,
            operation_id=operation,
            number=number,
            kind=kind,
            starts_on=start + timedelta(days=first),
            ends_on=start + timedelta(days=last),
            calendar_uid=str(uuid.UUID(bytes=uids.bytes(16), version=4)),
            changed_at=now,
        )
    for number, (parameter, text) in enumerate(OBJECTIVES, 1):
        rows.add(Objective, operation_id=operation, number=number, parameter=parameter, text=text)
    rows.add(Policy, operation_id=operation, blocks=BLOCKS, reason="The exercise's first policy.", set_at=now)
    return operation


def _roles(session: Session) -> tuple[RoleRow, ...]:
    """The posts every warrant requires."""
    found = session.exec(select(CatalogueRole).where(col(CatalogueRole.required)).order_by(CatalogueRole.code)).all()
    return tuple(
        RoleRow(row.id or 0, is_partner_role(tuple(row.agency_kinds.split("|"))))
        for row in found
        if not row.action_kinds or ActionKind.WARRANT in row.action_kinds.split("|")
    )


def _decide(work: Work, stages: dict[int, Stage]) -> None:
    """Give conferences what they decided on, then give the go-aheads of what is ready."""
    known = facts.load(work, list(stages))
    for action_id, item in known.items():
        if item.conference is not None and item.conference.decision is not None:
            work.session.execute(
                sa.update(ConferenceAction)
                .where(col(ConferenceAction.action_id) == action_id)
                .values(decided_on=decided_on(item))
            )
    asked = [action_id for action_id, stage in stages.items() if stage.go_ahead]
    for action_id, item in facts.load(work, asked).items():
        if judge(item).ready:
            work.session.add(_given(work, action_id, item))
    work.session.flush()


def _given(work: Work, action_id: int, item: Facts) -> GoAhead:
    gold = work.session.exec(
        select(Appointment.person_id)
        .where(Appointment.post == Post.GOLD, Appointment.agency_id == item.action.force_id)
        .order_by(col(Appointment.id))
    ).first()
    return GoAhead(
        action_id=action_id,
        state=GoAheadState.GIVEN,
        fingerprint=go_ahead_fingerprint(item),
        plan_fingerprint=plan_fingerprint(item),
        policy_id=item.policy.id,
        requested_by=item.action.requested_by or 0,
        given_by=gold or 0,
        given_at=work.now,
        changed_at=work.now,
    )


def _taking_part(session: Session) -> int:
    """Forces of 2007, or more where an action belongs to another."""
    owners = sa.select(func.count(sa.distinct(col(Action.force_id))))
    return max(len(forces_of_2007(session)), int(session.execute(owners).scalar_one()))
