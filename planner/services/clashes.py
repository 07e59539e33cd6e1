"""The clash check among actions held here: near in place and time, or resting on the same intelligence."""

import hashlib
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from planner.access import Verb, lock_action
from planner.errors import InputError
from planner.models.directory import Region
from planner.models.operations import Action, Clash, ClashCheck
from planner.rules.words import ActionState
from planner.work import Work

NEAR = timedelta(hours=72)
LIVE = (ActionState.PLANNED, ActionState.REQUESTED, ActionState.BEGUN)


def run_clash_check(work: Work, reference: str) -> int:
    """Find clashes of one action across regions and nations; each side learns a contact, nothing else."""
    action = lock_action(work, reference, Verb.CLEAR_CLASH)
    work.session.execute(
        sa.delete(Clash).where(
            sa.or_(col(Clash.first_id) == action.id, col(Clash.second_id) == action.id),
            col(Clash.cleared_fingerprint).is_(None),
        )
    )
    found = work.session.exec(_near(action)).all()
    for other in found:
        _keep(work, action, other)
    ran = work.session.get(ClashCheck, action.id) or ClashCheck(action_id=action.id or 0, ran_at=work.now)
    ran.ran_at = work.now
    work.session.add(ran)
    work.record_action("run_clash_check", f"The clash check of {reference} found {len(found)}.", action)
    return len(found)


def _near(action: Action) -> SelectOfScalar[Action]:
    same_cell = sa.and_(col(Action.premises_cell).is_not(None), col(Action.premises_cell) == action.premises_cell)
    same_source = sa.and_(
        col(Action.intelligence_reference).is_not(None),
        col(Action.intelligence_system) == action.intelligence_system,
        col(Action.intelligence_reference) == action.intelligence_reference,
    )
    return select(Action).where(
        Action.id != action.id,
        col(Action.state).in_(LIVE),
        col(Action.starts_at) < action.ends_at + NEAR,
        col(Action.ends_at) > action.starts_at - NEAR,
        sa.or_(same_cell, same_source),
    )


def _keep(work: Work, action: Action, other: Action) -> None:
    first, second = sorted((action, other), key=lambda item: item.id or 0)
    body = "|".join(
        f"{item.id},{item.starts_at.isoformat()},{item.ends_at.isoformat()},{item.premises_cell}"
        for item in (first, second)
    )
    fingerprint = hashlib.sha256(body.encode()).hexdigest()
    row = work.session.get(Clash, (first.id, second.id))
    region = work.session.get_one(Region, other.region)
    reason = f"Another action is near in place or source and time: ring the {region.name} cell's duty officer."
    if row is None:
        row = Clash(first_id=first.id or 0, second_id=second.id or 0, reason=reason, fingerprint=fingerprint)
    row.fingerprint = fingerprint
    work.session.add(row)


def clear_clashes(work: Work, reference: str, spoke_with: str) -> None:
    """After the call: a clearance lasts until either side changes."""
    action = lock_action(work, reference, Verb.CLEAR_CLASH)
    if not spoke_with.strip():
        raise InputError("Say which post you spoke with.")
    rows = work.session.exec(
        select(Clash).where(sa.or_(col(Clash.first_id) == action.id, col(Clash.second_id) == action.id))
    ).all()
    for row in rows:
        row.cleared_fingerprint, row.cleared_by, row.cleared_at = row.fingerprint, work.actor.person_id, work.now
        work.session.add(row)
    sentence = f"{len(rows)} clashes of {reference} cleared with {spoke_with.strip()}."
    work.record_action("clear_clashes", sentence, action)
