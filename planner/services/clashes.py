"""The clash check among actions held here: run after every change of time or place, cleared by a person's call."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from planner.access import Verb, lock_action
from planner.db import Table
from planner.errors import Stale
from planner.models.directory import Region
from planner.models.operations import Action, Clash, ClashCheck
from planner.rules.clashes import NEAR, Side, clash, fingerprint
from planner.rules.counts import count_words
from planner.rules.words import ActionState
from planner.services.gate import reconsider
from planner.services.texts import needed_text
from planner.work import Work

LIVE = (ActionState.PLANNED, ActionState.REQUESTED, ActionState.BEGUN)


def run_clash_check(work: Work, reference: str) -> int:
    """Find clashes of one action across regions and nations; each side learns a contact, nothing else."""
    action = lock_action(work, reference, Verb.CLEAR_CLASH)
    return check_clashes(work, action)


def check_clashes(work: Work, action: Action) -> int:
    """Run the check for an action that is locked; both sides of a new clash are judged again."""
    work.session.flush()
    found = [other for other in _candidates(work, action) if clash(_side(action), _side(other))]
    _drop_ended(work, action, [other.id or 0 for other in found])
    new = [other for other in sorted(found, key=lambda item: item.id or 0) if _keep(work, action, other)]
    ran = work.session.get(ClashCheck, action.id)
    if ran is None:
        ran = ClashCheck(action_id=action.id or 0, ran_at=work.now)
    ran.ran_at = work.now
    work.session.add(ran)
    work.record_action("run_clash_check", f"The clash check of {action.reference} found {len(found)}.", action)
    if new:
        touched = [action.id or 0, *(other.id or 0 for other in new)]
        reconsider(work, touched, because="The clash check found another action nearby.")
    return len(found)


def _candidates(work: Work, action: Action) -> Sequence[Action]:
    """Live actions near in time that share a cell or a reference; which of them clash is for the rule."""
    shared = []
    if action.premises_cell:
        shared.append(col(Action.premises_cell) == action.premises_cell)
    if action.intelligence_reference:
        shared.append(col(Action.intelligence_reference) == action.intelligence_reference)
    return work.session.exec(
        select(Action).where(
            col(Action.id) != action.id,
            col(Action.state).in_(LIVE),
            col(Action.starts_at) < action.ends_at + NEAR,
            col(Action.ends_at) > action.starts_at - NEAR,
            sa.or_(sa.false(), *shared),
        )
    ).all()


def _side(action: Action) -> Side:
    return Side(
        action.id or 0,
        action.region,
        action.starts_at,
        action.ends_at,
        action.premises_cell,
        action.intelligence_system,
        action.intelligence_reference,
    )


def _drop_ended(work: Work, action: Action, found: Sequence[int]) -> None:
    """Clashes that no longer are; what a person cleared stays in the record."""
    for row in _of(work, action):
        if (row.second_id if row.first_id == action.id else row.first_id) not in found:
            work.session.delete(row)
    work.session.flush()


def _keep(work: Work, action: Action, other: Action) -> bool:
    """Keep the pair; True when it is new or changed since it was cleared, so that somebody must ring."""
    first, second = sorted((action.id or 0, other.id or 0))
    mark = fingerprint(_side(action), _side(other))
    row = work.session.get(Clash, (first, second))
    if row is None:
        made = Clash(first_id=first, second_id=second, reason=_reason(work, action, other), fingerprint=mark)
        if _added(work, made):
            return True
        row = work.session.get_one(Clash, (first, second), populate_existing=True)
    changed = row.fingerprint != mark
    row.fingerprint, row.reason = mark, _reason(work, action, other)
    work.session.add(row)
    return changed


def _added(work: Work, row: Table) -> bool:
    """Add a row unless the other side's check, running now, has just added it."""
    try:
        with work.session.begin_nested():
            work.session.add(row)
            work.session.flush()
    except IntegrityError:
        return False
    return True


def _reason(work: Work, action: Action, other: Action) -> str:
    """Read by both sides, so it names the cells alone."""
    names = sorted({work.session.get_one(Region, side.region).name for side in (action, other)})
    return f"Another action is near in place or source, and time. Ring the duty officer: {' and '.join(names)} cell."


def drop_clashes(work: Work, action: Action) -> None:
    """An action that will not happen now clashes with nothing: the other side is free of it at once."""
    _drop_ended(work, action, ())


def clear_clashes(work: Work, reference: str, spoke_with: str, *, seen: Collection[str] | None = None) -> None:
    """After the call: a clearance lasts until either side changes. `seen`: the fingerprints that were spoken of."""
    action = lock_action(work, reference, Verb.CLEAR_CLASH)
    spoke = needed_text(spoke_with, "The post you spoke with", most=100)
    rows = _of(work, action)
    new = [row for row in rows if seen is not None and row.fingerprint not in seen]
    if new:
        raise Stale(
            f"{count_words(len(new), 'clash', 'clashes')} changed or came since your page was drawn. Look again."
        )
    for row in rows:
        row.cleared_fingerprint, row.cleared_by, row.cleared_at = row.fingerprint, work.actor.person_id, work.now
        work.session.add(row)
    sentence = f"{len(rows)} clashes of {reference} cleared with {spoke}."
    work.record_action("clear_clashes", sentence, action)


def _of(work: Work, action: Action) -> Sequence[Clash]:
    mine = sa.or_(col(Clash.first_id) == action.id, col(Clash.second_id) == action.id)
    return work.session.exec(select(Clash).where(mine).with_for_update()).all()
