"""Calendar feeds: made by whoever may take the calendar, dead at once when revoked; an operation's switch for them.

Source of their rules: RFC 7986 and what calendar companies do with an address they are given (planner/README.md).
"""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from sqlmodel import col, func, select

from planner.access import Verb
from planner.errors import InputError, NotFound, Refused
from planner.inputs.calendar_choices import choice_from
from planner.models.feeds import Feed
from planner.models.operations import Operation
from planner.named import lock_operation
from planner.rules.calendar_choice import Scope, kinds_words, left_out_words, ref_of, said_scope
from planner.services.sessions import hash_of
from planner.services.texts import needed_text
from planner.views.calendar import entries_of
from planner.views.feeds import live, may_make
from planner.work import Work

LONGEST = timedelta(days=366)
MOST = 12
NO_FEED = "There is no such feed of yours."
NONE_LEFT = "You have no feed to revoke."
FEEDS_ARE_OFF = (
    "Feeds are off: no operation of yours has noted its data-protection assessment. "
    "Download the calendar, or ask the cell to note it on the Operation page."
)


@dataclass(frozen=True)
class FeedRequest:
    """Whose calendar, what of it, until when, what its owner calls it, and why."""

    scope: Scope
    name: str
    choice: str
    label: str
    until: date
    reason: str


def make_feed(work: Work, request: FeedRequest) -> str:
    """The secret of a new feed, which nobody is told again; one live feed a person and calendar."""
    work.attempts("make_feed", ref_of(request.scope, request.name))
    label = needed_text(request.label, "What you call this feed", most=60)
    reason = needed_text(request.reason, "The reason for the feed", most=200)
    choice = choice_from(request.scope, request.choice)
    if choice.left_out == choice.kinds:
        raise InputError(left_out_words(choice))
    _check_days(work, request.until)
    if not may_make(work):
        raise Refused(FEEDS_ARE_OFF)
    entries_of(work, request.scope, request.name, choice)  # whoever may not take it makes no feed of it
    _check_number(work, request)
    token = secrets.token_urlsafe(32)
    work.session.add(
        Feed(
            person_id=work.actor.person_id or 0,
            scope=request.scope,
            name=request.name,
            choice=choice.text,
            label=label,
            reason=reason,
            token_hash=hash_of(token),
            calendar_uid=str(uuid4()),
            made_at=work.now,
            expires_on=request.until,
        )
    )
    what, whose = kinds_words(choice.kinds - choice.left_out), said_scope(request.scope, request.name)
    said = f"A calendar feed of {whose} was made until {request.until:%d %B %Y}: {what}."
    work.record("make_feed", said, kind="feed", ref=ref_of(request.scope, request.name), reason=reason)
    return token


def _check_days(work: Work, until: date) -> None:
    today = work.now.date()
    if not today < until <= today + LONGEST:
        last = f"{today + LONGEST:%d %B %Y}"
        raise InputError(f"A feed until {until:%d %B %Y} is refused. Choose a day after today, {last} at the latest.")


def _check_number(work: Work, request: FeedRequest) -> None:
    if work.actor.person_id is None:
        raise NotFound("You are not in the directory. Ask the cell.")
    mine = live(work.actor.person_id, work.now.date())
    same = mine.where(Feed.scope == request.scope, Feed.name == request.name)
    if work.session.exec(same).first() is not None:
        raise Refused("You have a feed of this calendar already. Revoke it, then make another.")
    number = work.session.exec(select(func.count()).select_from(mine.subquery())).one()
    if number >= MOST:
        raise Refused(f"You have {number} feeds, which is the most. Revoke one that you do not use.")


def revoke_feed(work: Work, feed_id: int) -> None:
    """One's own feed is dead from now on."""
    work.attempts("revoke_feed", str(feed_id))
    feed = work.session.exec(select(Feed).where(Feed.id == feed_id).with_for_update()).first()
    if feed is None or feed.person_id != work.actor.person_id or feed.revoked_at is not None:
        raise NotFound(NO_FEED)
    _revoke(work, feed)


def revoke_feeds(work: Work) -> int:
    """All of one's own; returns how many there were."""
    work.attempts("revoke_feeds", work.actor.name)
    mine = live(work.actor.person_id, work.now.date()).order_by(col(Feed.id)).with_for_update()
    found = work.session.exec(mine).all()
    if not found:
        raise NotFound(NONE_LEFT)
    for feed in found:
        _revoke(work, feed)
    return len(found)


def _revoke(work: Work, feed: Feed) -> None:
    feed.revoked_at, feed.flagged_on = work.now, None  # who still asks for it today is told of, whatever was before
    work.session.add(feed)
    whose = said_scope(feed.scope, feed.name)
    said = f"A calendar feed of {whose} was revoked."
    work.record("revoke_feed", said, kind="feed", ref=ref_of(feed.scope, feed.name))


def allow_feeds(work: Work, code: str, assessment: str) -> None:
    """Feeds of an operation are on from now, on this assessment: a reference, not its content."""
    operation = lock_operation(work, code, Verb.ALLOW_FEEDS)
    operation.feeds_assessment = needed_text(assessment, "The assessment's reference", most=120)
    said = f"Calendar feeds of {operation.name} are on: assessment {operation.feeds_assessment}."
    _keep(work, operation, "allow_feeds", said)


def stop_feeds(work: Work, code: str, reason: str) -> None:
    """Feeds of an operation are off: at the next fetch none holds an entry of it."""
    operation = lock_operation(work, code, Verb.ALLOW_FEEDS)
    if operation.feeds_assessment is None:
        raise Refused(f"Calendar feeds of {operation.name} are off already.")
    why = needed_text(reason, "The reason for stopping feeds", most=200)
    operation.feeds_assessment = None
    _keep(work, operation, "stop_feeds", f"Calendar feeds of {operation.name} are off: {why}")


def _keep(work: Work, operation: Operation, verb: str, said: str) -> None:
    operation.version += 1
    work.session.add(operation)
    work.record(verb, said, kind="operation", ref=operation.code)
