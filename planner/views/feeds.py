"""Feeds: one's own with where they were used, what a feed holds at a fetch, and which operations allow them."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col, select

from planner import access
from planner.db import pick
from planner.errors import NotFound
from planner.inputs.calendar_choices import choice_from
from planner.models.feeds import Feed, FeedUse
from planner.models.operations import Operation
from planner.models.records import RecordHead
from planner.outputs.calendar import calendar_feed
from planner.outputs.calendar_entries import Entry
from planner.outputs.calendar_series import CANCELLED_KEPT
from planner.rules.calendar_choice import Choice, Scope
from planner.views.calendar import NAMES, entries_of
from planner.views.calendar_scopes import kinds_for, own_scopes
from planner.work import Look

LATELY = timedelta(days=7)
RECORDED: Any = pick(RecordHead.count)


class FeedRow(NamedTuple):
    """One's own feed; `places` is from how many networks it was fetched in the last week."""

    id: int
    label: str
    words: str
    choice: Choice
    made_at: datetime
    expires_on: date
    last_used_at: datetime | None
    places: int


class Switch(NamedTuple):
    """Whether an operation allows feeds, and on which assessment."""

    code: str
    name: str
    assessment: str | None
    may_change: bool


class Held(NamedTuple):
    """What a feed holds now; the same bytes until `until`, if nothing is recorded meanwhile."""

    body: bytes
    until: datetime | None


def live(person_id: int | None, today: date) -> Any:
    """A SELECT of somebody's feeds that are neither revoked nor over."""
    return select(Feed).where(
        Feed.person_id == person_id, col(Feed.revoked_at).is_(None), col(Feed.expires_on) >= today
    )


def allowed_operations(look: Look) -> Any:
    """A SELECT of the ids of the reader's operations whose assessment allows feeds."""
    return access.visible_operations(look).where(col(Operation.feeds_assessment).is_not(None))


def may_make(look: Look) -> bool:
    """Whether any operation of the reader's allows feeds."""
    return look.session.execute(allowed_operations(look).limit(1)).first() is not None


def own_feeds(look: Look) -> tuple[FeedRow, ...]:
    """The live ones, the newest first."""
    called = {(row.scope, row.name): row.words for row in own_scopes(look)}
    lately = (
        pick(FeedUse.feed_id, sa.func.count(sa.distinct(col(FeedUse.place))))
        .where(col(FeedUse.day) > (look.now - LATELY).date())
        .group_by(col(FeedUse.feed_id))
    )
    places: dict[int, int] = dict(map(tuple, look.session.execute(lately)))
    mine = live(look.actor.person_id, look.now.date()).order_by(col(Feed.id).desc())
    return tuple(
        FeedRow(
            row.id,
            row.label,
            called.get((Scope(row.scope), row.name), "A calendar that your posts open no more: it is empty"),
            choice_from(Scope(row.scope), row.choice),
            row.made_at,
            row.expires_on,
            row.last_used_at,
            places.get(row.id, 0),
        )
        for row in look.session.exec(mine)
    )


def switch_of(look: Look, operation_id: int) -> Switch:
    """An operation that the reader sees."""
    row = look.session.get_one(Operation, operation_id)
    may = access.may(look, access.Verb.ALLOW_FEEDS, operation_id=operation_id)
    return Switch(row.code, row.name, row.feeds_assessment, may)


def state_of(look: Look) -> tuple[object, ...]:
    """What a feed's bytes depend on beside its own row: the reader's posts, the day, and every change there was."""
    count = look.session.execute(RECORDED).scalar()
    return (count, look.actor, look.now.date())


def held_by(look: Look, feed: Feed) -> Held:
    """The feed's body for what its owner may see now; a calendar that is closed to them is empty, not an error.

    A program that is answered with an error keeps what it had: what was lost must be told by leaving it out.
    """
    scope = Scope(feed.scope)
    entries = _entries(look, feed, scope)
    body = calendar_feed(entries, uid=feed.calendar_uid, name=NAMES[scope], opened_at=feed.made_at, now=look.now)
    leaving = (entry.cancelled_at + CANCELLED_KEPT for entry in entries if entry.cancelled_at)
    return Held(body, min((at for at in leaving if at > look.now), default=None))


def _entries(look: Look, feed: Feed, scope: Scope) -> tuple[Entry, ...]:
    chosen = choice_from(scope, feed.choice)
    choice = chosen._replace(kinds=chosen.kinds & set(kinds_for(look, scope)))
    try:
        return entries_of(look, scope, feed.name, choice, allowed_operations(look))
    except NotFound:
        return ()
