"""The clash check among actions held here: run after every change that may matter, cleared by a person's call."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlmodel import col, select

from planner.access import Verb, lock_action
from planner.errors import Stale
from planner.facts_clashes import LIVE, sides_and_near
from planner.models.operations import Action, Clash, ClashCheck
from planner.rules.clashes import Pair, all_clashes
from planner.rules.counts import count_words
from planner.services.clash_pairs import Found, as_found, judge_again, keep_pairs
from planner.services.texts import needed_text
from planner.work import Work


def run_clash_check(work: Work, reference: str) -> int:
    """Find clashes of one action across regions and nations; each side learns a contact, nothing else."""
    action = lock_action(work, reference, Verb.CLEAR_CLASH)
    return check_clashes(work, [action])


def check_clashes(work: Work, actions: Sequence[Action]) -> int:
    """Run the check for actions that are locked; both sides of a new clash are judged again."""
    found = _found(work, actions)
    changed = keep_pairs(work, found, _of(work, actions))
    ids = [action.id or 0 for action in actions]
    ran = {
        row.action_id: row for row in work.session.exec(select(ClashCheck).where(col(ClashCheck.action_id).in_(ids)))
    }
    for action in actions:
        number = action.id or 0
        row = ran.get(number) or ClashCheck(action_id=number, ran_at=work.now)
        row.ran_at = work.now
        work.session.add(row)
        own = sum(number in pair for pair in found)
        work.record_action("run_clash_check", f"The clash check of {action.reference} found {own}.", action)
    judge_again(work, changed)
    return len(found)


def follow_clashes(work: Work, action: Action) -> None:
    """The same after a change of who leads: in the record only where something came or went."""
    found, before = _found(work, [action]), _of(work, [action])
    if found == {(row.first_id, row.second_id): Found(row.grounds, row.fingerprint) for row in before}:
        return
    changed = keep_pairs(work, found, before)
    work.record_action("run_clash_check", f"The clash check of {action.reference} found {len(found)}.", action)
    judge_again(work, changed)


def _found(work: Work, actions: Sequence[Action]) -> dict[Pair, Found]:
    """What clashes with one of these now; one that is not live any more clashes with nothing."""
    live = {action.id or 0: action for action in actions if action.state in LIVE}
    every = sides_and_near(work, live) if live else []
    return as_found({pair: why for pair, why in all_clashes(every).items() if not live.keys().isdisjoint(pair)}, every)


def drop_clashes(work: Work, action: Action) -> None:
    """An action that will not happen now clashes with nothing: the other side is free of it at once."""
    keep_pairs(work, {}, _of(work, [action]))


def clear_clashes(work: Work, reference: str, spoke_with: str, *, seen: Collection[str] | None = None) -> None:
    """After the call: a clearance lasts until either side changes. `seen`: the fingerprints that were spoken of."""
    action = lock_action(work, reference, Verb.CLEAR_CLASH)
    spoke = needed_text(spoke_with, "The post you spoke with", most=100)
    rows = _of(work, [action])
    new = [row for row in rows if seen is not None and row.fingerprint not in seen]
    if new:
        raise Stale(
            f"{count_words(len(new), 'clash', 'clashes')} changed or came since your page was drawn. Look again."
        )
    _clear(work, action, rows, spoke)


def clear_one_clash(work: Work, reference: str, spoke_with: str, *, seen: str) -> None:
    """After the call with one contact of several; `seen` is the fingerprint of the clash that was spoken of."""
    action = lock_action(work, reference, Verb.CLEAR_CLASH)
    spoke = needed_text(spoke_with, "The post you spoke with", most=100)
    rows = [row for row in _of(work, [action]) if row.fingerprint == seen]
    if not rows:
        raise Stale("This clash changed or ended since your page was drawn. Look again.")
    _clear(work, action, rows, spoke)


def _clear(work: Work, action: Action, rows: Sequence[Clash], spoke_with: str) -> None:
    for row in rows:
        row.cleared_fingerprint, row.cleared_by, row.cleared_at = row.fingerprint, work.actor.person_id, work.now
        work.session.add(row)
    sentence = f"{count_words(len(rows), 'clash', 'clashes')} of {action.reference} cleared with {spoke_with}."
    work.record_action("clear_clashes", sentence, action)


def _of(work: Work, actions: Sequence[Action]) -> Sequence[Clash]:
    """Locked in one order, because the check of the other side locks some of them too."""
    ids = [action.id for action in actions]
    mine = sa.or_(col(Clash.first_id).in_(ids), col(Clash.second_id).in_(ids))
    ordered = select(Clash).where(mine).order_by(col(Clash.first_id), col(Clash.second_id))
    return work.session.exec(ordered.with_for_update()).all()
