"""What a partner sees of an action beyond logistics: what its post needs and an agreement in force covers, no more.

What may not be shown is never read: a column leaves the database only for offers that are entitled to it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.directory import Agency
from planner.models.operations import Action, DemandLine
from planner.rules.sharing import ALWAYS, Category, needed_of
from planner.rules.words import Children, Exploitation, PremisesKind, Profile
from planner.work import Look


class Asked(NamedTuple):
    """Whom a post is asked of, at an action of which force, and what the post is answered on."""

    action_id: int
    agency_id: int
    force_id: int
    concerns: str | None


class Numbers(NamedTuple):
    profile: Profile
    likely: int
    high: int


class Locality(NamedTuple):
    """Finer than the region, and never an address."""

    force: str
    premises_kind: PremisesKind
    premises_count: int


class Expected(NamedTuple):
    children: Children
    number: int


class Nature(NamedTuple):
    exploitation: Exploitation
    languages: str


class Shared(NamedTuple):
    """None where it is not shared; `withheld` is what the post needs to know and no agreement covers."""

    locality: Locality | None = None
    numbers: tuple[Numbers, ...] | None = None
    nature: Nature | None = None
    children: Expected | None = None
    withheld: frozenset[Category] = frozenset()


LOGISTICS_ONLY = Shared()


def shared_parts(look: Look, asked: Collection[Asked]) -> dict[Asked, Shared]:
    """What else may be shown, by whom was asked; each category is read for the actions that are entitled to it."""
    if not asked:
        return {}
    sharing = access.shared_with(look, *{item.agency_id for item in asked})
    needed = {item: needed_of(item.concerns) for item in asked}
    open_to = {item: needed[item] & sharing.with_agency(item.agency_id, item.force_id) for item in asked}
    entitled = {category: {item.action_id for item in asked if category in open_to[item]} for category in Category}
    places = _localities(look, entitled[Category.LOCALITY])
    numbers = _numbers(look, entitled[Category.DEMAND])
    natures = _rows(look, entitled[Category.EXPLOITATION], Nature, Action.exploitation, Action.languages)
    children = _rows(look, entitled[Category.CHILDREN], Expected, Action.children, Action.children_number)
    return {
        item: Shared(
            places.get(item.action_id) if Category.LOCALITY in open_to[item] else None,
            _shown(numbers[item.action_id], open_to[item]) if Category.DEMAND in open_to[item] else None,
            natures.get(item.action_id) if Category.EXPLOITATION in open_to[item] else None,
            children.get(item.action_id) if Category.CHILDREN in open_to[item] else None,
            needed[item] - open_to[item] - ALWAYS,
        )
        for item in asked
    }


def _shown(numbers: tuple[Numbers, ...], allowed: frozenset[Category]) -> tuple[Numbers, ...]:
    """How many children are expected is a matter of children, too."""
    return tuple(line for line in numbers if line.profile is not Profile.CHILD or Category.CHILDREN in allowed)


def _rows(look: Look, ids: Iterable[int], make: Any, *columns: Any) -> dict[int, Any]:
    wanted = list(ids)
    query = pick(Action.id, *columns).where(col(Action.id).in_(wanted))
    return {row[0]: make(*row[1:]) for row in look.session.execute(query)} if wanted else {}


def _localities(look: Look, ids: Iterable[int]) -> dict[int, Locality]:
    wanted = list(ids)
    query = (
        pick(Action.id, Agency.name, Action.premises_kind, Action.premises_count)
        .join(Agency, col(Agency.id) == col(Action.force_id))
        .where(col(Action.id).in_(wanted))
    )
    return {row[0]: Locality(*row[1:]) for row in look.session.execute(query)} if wanted else {}


def _numbers(look: Look, ids: Iterable[int]) -> defaultdict[int, tuple[Numbers, ...]]:
    found: defaultdict[int, tuple[Numbers, ...]] = defaultdict(tuple)
    wanted, line = list(ids), DemandLine
    if not wanted:
        return found
    query = (
        pick(line.action_id, line.profile, sa.func.sum(line.likely), sa.func.sum(line.high))
        .where(col(line.action_id).in_(wanted))
        .group_by(col(line.action_id), col(line.profile))
        .order_by(line.profile)
    )
    for action_id, profile, likely, high in look.session.execute(query):
        found[action_id] += (Numbers(profile, int(likely), int(high)),)
    return found
