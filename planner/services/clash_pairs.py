"""Pairs of actions that clash, written over what was found before; both sides are told whom to ring, judged again."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from planner.db import pick
from planner.models.directory import Region
from planner.models.operations import Action, Clash
from planner.rules.clashes import Pair, Side, fingerprint, grounds_words
from planner.rules.counts import count_words
from planner.rules.words import Post
from planner.services.gate import reconsider
from planner.services.leads import holders
from planner.work import Work


class Found(NamedTuple):
    """A pair that clashes: on which grounds, and what a clearance of it is given for."""

    grounds: str
    fingerprint: str


def as_found(pairs: Mapping[Pair, Sequence[str]], known: Sequence[Side]) -> dict[Pair, Found]:
    """Each pair as it is kept."""
    side = {each.id: each for each in known}
    return {pair: Found(",".join(why), fingerprint(side[pair[0]], side[pair[1]])) for pair, why in pairs.items()}


def keep_pairs(
    work: Work, found: Mapping[Pair, Found], before: Sequence[Clash], *, both_locked: bool = False
) -> Collection[Pair]:
    """Write what is found over what was; returns the pairs that are new or changed, of which both sides are told.

    `both_locked`: nobody else can add one of these pairs meanwhile, so all of them are added at once.
    """
    rows = {(row.first_id, row.second_id): row for row in before}
    for pair in rows.keys() - found.keys():  # what a person cleared stays in the record
        work.session.delete(rows.pop(pair))
    work.session.flush()
    missing = sorted(found.keys() - rows.keys())
    new = [Clash(first_id=one, second_id=other, **found[one, other]._asdict()) for one, other in missing]
    changed = {pair for pair in found if pair not in rows or rows[pair].fingerprint != found[pair].fingerprint}
    if both_locked:
        work.session.add_all(new)
    else:
        rows |= {(row.first_id, row.second_id): row for row in map(partial(_added, work), new)}
    for pair, row in rows.items():
        row.grounds, row.fingerprint = found[pair]
        work.session.add(row)
    work.session.flush()
    _tell(work, {pair: found[pair] for pair in sorted(changed)})
    return changed


def _added(work: Work, row: Clash) -> Clash:
    """Add a row, or take the one that the other side's check, running now, has just added."""
    try:
        with work.session.begin_nested():
            work.session.add(row)
            work.session.flush()
    except IntegrityError:
        return work.session.get_one(Clash, (row.first_id, row.second_id), populate_existing=True)
    return row


def _tell(work: Work, changed: Mapping[Pair, Found]) -> None:
    """The planners of either side learn whom to ring; of the other action nothing. Each action is told of once."""
    if not changed:
        return
    a, touched = Action, {number for pair in changed for number in pair}
    query = pick(a.id, a.reference, a.operation_id, a.force_id, Region.name).join(
        Region, col(Region.code) == col(a.region)
    )
    known = {row[0]: row for row in work.session.execute(query.where(col(a.id).in_(touched)))}
    told: defaultdict[int, list[str]] = defaultdict(list)
    for (one, other), each in changed.items():
        for mine, there in ((one, other), (other, one)):
            contact = known[there][4]
            told[mine].append(f"{grounds_words(each.grounds.split(','))} Ring the duty officer: {contact} cell.")

    @cache
    def planners(operation_id: int, force_id: int) -> list[int]:
        found = holders(work, (Post.SILVER,), operation_id, force_id)
        return [person for person in found if person != work.actor.person_id]

    for number, sentences in sorted(told.items()):
        _, reference, operation_id, force_id, _ = known[number]
        more = f" And {count_words(len(sentences) - 1, 'clash', 'clashes')} more." if len(sentences) > 1 else ""
        for person in planners(operation_id, force_id):
            work.notify(f"{reference}: {sentences[0]}{more}", person_id=person, action_id=number)


def judge_again(work: Work, changed: Collection[Pair]) -> None:
    """A go-ahead that stood on "no clash" is asked for its gate again, on both sides."""
    touched = sorted({number for pair in changed for number in pair})
    if touched:
        reconsider(work, touched, because="The clash check found another action nearby.")
