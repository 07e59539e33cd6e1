"""Every live action against every other, once a night: what the check of each change could not see."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import col, select

from planner.db import UtcDateTime, pick
from planner.facts_clashes import LIVE, sides
from planner.models.operations import Action, Clash, ClashCheck
from planner.rules.clashes import Pair, all_clashes, last_night
from planner.rules.counts import count_words
from planner.services.clash_pairs import Found, as_found, judge_again, keep_pairs
from planner.work import Work


def check_all_clashes(work: Work) -> int:
    """By the clock, each night; says how many pairs clash, 0 where no check was due."""
    if not _due(work):
        return 0
    every = sides(work)
    found = as_found(all_clashes(every), every)
    query = pick(Clash.first_id, Clash.second_id, Clash.grounds, Clash.fingerprint)
    known = {(one, other): Found(*kept) for one, other, *kept in work.session.execute(query)}
    stirred = {pair for pair in found.keys() | known.keys() if found.get(pair) != known.get(pair)}
    changed = _settle(work, stirred) if stirred else ()
    _note_all_ran(work)
    looked, clashing = count_words(len(every), "action"), count_words(len(found), "clash", "clashes")
    sentence = (
        f"The nightly clash check looked at {looked} and found {clashing}, {len(changed)} of them new or changed."
    )
    work.record("check_all_clashes", sentence, kind="clashes", ref="every action")
    judge_again(work, changed)
    return len(found)


def _due(work: Work) -> bool:
    """Whether some live action was not looked at since the last night."""
    ran = ClashCheck
    query = (
        pick(Action.id)
        .outerjoin(ran, col(ran.action_id) == col(Action.id))
        .where(col(Action.state).in_(LIVE))
        .where(sa.or_(col(ran.ran_at).is_(None), col(ran.ran_at) < last_night(work.now)))
    )
    return work.session.execute(query.limit(1)).first() is not None


def _settle(work: Work, stirred: Collection[Pair]) -> Collection[Pair]:
    """Both sides of each pair are locked and looked at again: others may have been quicker."""
    touched = {number for pair in stirred for number in pair}
    work.lock_all(Action, touched)
    again = sides(work, touched)
    found = {pair: each for pair, each in as_found(all_clashes(again), again).items() if pair in stirred}
    both = sa.and_(col(Clash.first_id).in_(touched), col(Clash.second_id).in_(touched))
    rows = work.session.exec(select(Clash).where(both).with_for_update()).all()
    before = [row for row in rows if (row.first_id, row.second_id) in stirred]
    return keep_pairs(work, found, before, both_locked=True)


def _note_all_ran(work: Work) -> None:
    """Last, for each action's own check waits for it."""
    live = col(Action.state).in_(LIVE)
    ran = sa.update(ClashCheck).where(col(ClashCheck.action_id).in_(pick(Action.id).where(live)))
    work.session.execute(ran.values(ran_at=work.now), execution_options={"synchronize_session": False})
    missing = col(Action.id).not_in(pick(ClashCheck.action_id).scalar_subquery())
    first = pick(Action.id, sa.literal(work.now, UtcDateTime())).where(live, missing)
    work.session.execute(sa.insert(ClashCheck).from_select(["action_id", "ran_at"], first))
