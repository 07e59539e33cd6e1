"""Fetches of feeds: found by the digest of a secret, counted by day and place, and what is unusual is recorded.

A place is a keyed mark of the network that asked. A calendar company fetches from several, a stolen address from many.
"""

import hashlib
import hmac
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam
from sqlmodel import Session, col, func, select

from planner.db import Database, pick
from planner.errors import PlannerError
from planner.models.accounts import Account
from planner.models.directory import Person
from planner.models.feeds import Feed, FeedUse
from planner.rules.calendar_choice import ref_of, said_scope
from planner.rules.counts import count_words
from planner.rules.words import Outcome
from planner.services.keys import installation_key
from planner.services.sessions import hash_of
from planner.work import Desk, Work

KEY_FILE = "places.key"
MOST_PLACES = 8  # networks within a day
LONGEST_SECRET = 80


class Fetch(NamedTuple):
    """One request for a feed; `refused`: of one that is over."""

    feed_id: int
    address: str
    at: datetime
    refused: bool = False


class KnownFeed(NamedTuple):
    """A feed whose secret was given; `over`: revoked, past its day, or its owner's account is closed."""

    row: Feed
    over: bool


def _of_secret() -> Any:
    open_account = and_(col(Account.person_id) == col(Feed.person_id), col(Account.closed_at).is_(None))
    return (
        pick(Feed, Person.active, Account.id)
        .join(Person, col(Person.id) == col(Feed.person_id))
        .outerjoin(Account, open_account)
        .where(Feed.token_hash == bindparam("digest"))
    )


OF_SECRET = _of_secret()  # made once: every fetch asks it


def find_feed(session: Session, token: str, now: datetime) -> KnownFeed | None:
    """By the secret's digest alone."""
    if len(token) > LONGEST_SECRET or not token.isascii():
        return None
    found = session.execute(OF_SECRET, {"digest": hash_of(token)}).first()
    if found is None:
        return None
    row, works_here, account_id = found
    is_over = row.revoked_at is not None or row.expires_on < now.date()
    return KnownFeed(row, is_over or not works_here or account_id is None)


def count_fetch(database: Database, fetch: Fetch) -> None:
    """Keep that it happened; a count that cannot be kept is no reason to refuse a calendar."""
    try:
        with Desk(database, clock=lambda: fetch.at).writing() as work:
            _count(work, fetch)
    except PlannerError:
        return


def _count(work: Work, fetch: Fetch) -> None:
    feed = work.session.exec(select(Feed).where(Feed.id == fetch.feed_id).with_for_update()).one()
    day, place = fetch.at.date(), _place(fetch.address)
    use = work.session.get(FeedUse, (feed.id, day, place))
    if use is None:
        use = FeedUse(feed_id=feed.id or 0, day=day, place=place, fetches=0, last_at=fetch.at)
    use.fetches, use.refused = use.fetches + (not fetch.refused), use.refused + fetch.refused
    use.last_at = fetch.at
    if not fetch.refused:
        feed.last_used_at = fetch.at
    work.session.add_all([feed, use])
    work.session.flush()
    _flag(work, feed, fetch)


def _flag(work: Work, feed: Feed, fetch: Fetch) -> None:
    """Once a day a line in the record; its owner is told of many places, not of a program that asks on."""
    day = fetch.at.date()
    if feed.flagged_on == day:
        return
    whose = said_scope(feed.scope, feed.name)
    said = f"A feed that is over was asked for: {whose}." if fetch.refused else _many(work, feed, whose, day)
    if said is None:
        return
    feed.flagged_on = day
    work.session.add(feed)
    work.record("feed_watch", said, kind="feed", ref=ref_of(feed.scope, feed.name), outcome=Outcome.REFUSED)
    if not fetch.refused:
        work.notify(f"{said} If that is not you, revoke it on the Calendar page.", person_id=feed.person_id)


def _many(work: Work, feed: Feed, whose: str, day: object) -> str | None:
    counted = select(func.count()).select_from(FeedUse).where(FeedUse.feed_id == feed.id, FeedUse.day == day)
    places = work.session.exec(counted).one()
    if places <= MOST_PLACES:
        return None
    return f"A feed was fetched from {count_words(places, 'network')} within a day: {whose}."


def _place(address: str) -> str:
    """A keyed mark of the network an address is in: of an IPv4 address the first three bytes; IPv6 comes as one."""
    network = address.rpartition(".")[0] or address
    return hmac.new(installation_key(KEY_FILE), network.encode(), hashlib.sha256).hexdigest()[:16]
