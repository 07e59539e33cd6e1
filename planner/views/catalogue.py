"""The role catalogue as it stands, the history of each post, and what another version would do to gates."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select

from planner import access
from planner.db import pick
from planner.facts_people import ACCEPTED
from planner.models.directory import Person, Region
from planner.models.go_ahead import GoAhead
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer
from planner.rules.catalogue import Effect
from planner.rules.words import ActionState, GoAheadState
from planner.work import Look

TO_COME = (ActionState.PLANNED, ActionState.REQUESTED)
NEWER: Any = aliased(CatalogueRole)


class PostRow(NamedTuple):
    """The latest version of a post; empty kinds of action and nations mean all of them."""

    code: str
    version: int
    title: str
    responsibilities: str
    agency_kinds: tuple[str, ...]
    action_kinds: tuple[str, ...]
    nations: tuple[str, ...]
    required: bool
    on_entry: bool
    needed: int
    needs_training: bool
    answer_hours: int
    concerns: tuple[str, ...] | None
    retired_at: datetime | None


class VersionRow(NamedTuple):
    """Who made a version, when and why; of what was loaded with the product, its source."""

    version: int
    made_at: datetime | None
    by: str | None
    reason: str | None
    source: str
    source_date: str


def posts(look: Look) -> tuple[PostRow, ...]:
    """The latest version of every post, by title; those that are retired come last."""
    r = CatalogueRole
    newer = sa.select(NEWER.id).where(NEWER.code == col(r.code), NEWER.version > col(r.version))
    query = (
        pick(
            *(r.code, r.version, r.title, r.responsibilities, r.agency_kinds, r.action_kinds, r.nations, r.required),
            *(r.on_entry, r.needed, r.needs_training, r.answer_hours, r.concerns, r.retired_at),
        )
        .where(~newer.exists())
        .order_by(col(r.retired_at).is_not(None), r.title)
    )
    return tuple(_post(PostRow._make(row)) for row in look.session.execute(query))


def _post(row: PostRow) -> PostRow:
    """The lists taken apart."""
    agencies, actions, nations = (_parts(text) for text in (row.agency_kinds, row.action_kinds, row.nations))
    concerns = None if row.concerns is None else _parts(row.concerns)
    return row._replace(agency_kinds=agencies, action_kinds=actions, nations=nations, concerns=concerns)


def _parts(stored: Any) -> tuple[str, ...]:
    return tuple(stored.split("|")) if stored else ()


def histories(look: Look) -> dict[str, tuple[VersionRow, ...]]:
    """Every version of each post by its code, the newest first."""
    r = CatalogueRole
    query = (
        pick(r.code, r.version, r.made_at, Person.title, r.reason, r.source, r.source_date)
        .outerjoin(Person, col(Person.id) == col(r.made_by))
        .order_by(r.code, col(r.version).desc())
    )
    found: defaultdict[str, tuple[VersionRow, ...]] = defaultdict(tuple)
    for code, *rest in look.session.execute(query):
        found[code] += (VersionRow._make(rest),)
    return dict(found)


def effect(look: Look, code: str, needed: int, *, kinds: Sequence[str], nations: Sequence[str]) -> Effect:
    """What it does to planned actions that a post is needed so many times; nothing of those that are closed."""
    served = (
        select(Action.id)
        .join(Region, col(Region.code) == col(Action.region))
        .where(col(Action.state).in_(TO_COME), Action.starts_at >= look.now)
    )
    if kinds:
        served = served.where(col(Action.kind).in_(kinds))
    if nations:
        served = served.where(col(Region.nation).in_(nations))
    seen = served.where(col(Action.id).in_(access.visible_actions(look)))
    filled = col(Action.id).in_(_filled(code, needed))
    given = col(Action.id).in_(select(GoAhead.action_id).where(GoAhead.state == GoAheadState.GIVEN))
    planned, have, standing = (_count(look, query) for query in (seen, seen.where(filled), seen.where(given, ~filled)))
    return Effect(planned, have, standing, unseen=_count(look, served) > planned)


def _filled(code: str, needed: int) -> Any:
    """A SELECT of the actions on which a post is accepted so often, in whichever version it was offered."""
    o = RoleOffer
    accepted = select(o.action_id).join(CatalogueRole, col(CatalogueRole.id) == col(o.role_id))
    accepted = accepted.where(CatalogueRole.code == code, col(o.state).in_(ACCEPTED))
    return accepted.group_by(col(o.action_id)).having(func.count() >= needed)


def _count(look: Look, query: Any) -> int:
    return int(look.session.execute(sa.select(func.count()).select_from(query.subquery())).scalar_one())
