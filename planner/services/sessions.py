"""Web sessions: begun, looked up at every request, ended; kept as the hash of a token that only a browser has."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session, col, select, update

from planner.access import Verb, require
from planner.actors import Actor
from planner.db import Database
from planner.errors import NotAllowed, NotFound
from planner.models.accounts import Account, Device, SignInStep, WebSession
from planner.models.conferences import Conference
from planner.models.directory import Appointment, Person
from planner.models.operations import Action
from planner.rules.words import ActionState, ConferenceState, Post
from planner.work import Work

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
TOUCH_AFTER = timedelta(seconds=20)
NO_SESSION = "There is no such session, or none that you can end."


class Seen(NamedTuple):
    """A live session: whose, by what name they signed in, and whether a remembered device opened it."""

    person_id: int
    user_name: str
    device: bool = False


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def actor_of(work: Work, account: Account) -> Actor:
    """Signing in and out stands in the record under the person's post."""
    person = work.session.get_one(Person, account.person_id)
    return Actor(person.id, person.title, person.agency_id)


def begin_session(work: Work, account: Account, how: str, *, device_id: int | None = None) -> str:
    """A new session's token; `how` says by what they signed in: a password, a password and a code, a passkey."""
    work.actor = actor_of(work, account)
    token = secrets.token_urlsafe(32)
    row = WebSession(
        token_hash=hash_of(token),
        account_id=account.id or 0,
        how=how,
        device_id=device_id,
        created_at=work.now,
        seen_at=work.now,
        proved_at=None if device_id else work.now,
    )
    work.session.add(row)
    work.record("sign_in", f"{account.user_name} signed in with {how}.", kind="account", ref=account.user_name)
    return token


def live_session(session: Session, token_hash: str, now: datetime) -> tuple[WebSession, Seen] | None:
    """The session of a token while it lives: not idle, not too old, account open, person at work."""
    row = session.exec(
        select(WebSession, Account, Person)
        .join(Account, col(Account.id) == col(WebSession.account_id))
        .join(Person, col(Person.id) == col(Account.person_id))
        .where(WebSession.token_hash == token_hash, col(WebSession.ended_at).is_(None))
    ).first()
    if row is None:
        return None
    kept, account, person = row
    if now - kept.created_at > ABSOLUTE or account.closed_at is not None or not person.active:
        return None
    if kept.device_id is not None and session.get_one(Device, kept.device_id).revoked_at is not None:
        return None
    if now - kept.seen_at > IDLE and not _is_kept_open(session, account.person_id, now):
        return None
    return kept, Seen(account.person_id, account.user_name, kept.device_id is not None)


def _is_kept_open(session: Session, person_id: int, now: datetime) -> bool:
    """While their conference sits or their force's action is under way, a chair or commander is not thrown out."""
    chairs = select(Conference.id).where(
        Conference.chair_id == person_id,
        Conference.state == ConferenceState.CONVENED,
        col(Conference.starts_at) <= now,
        col(Conference.ends_at) >= now,
    )
    commands = (
        select(Action.id)
        .join(Appointment, col(Appointment.agency_id) == col(Action.force_id))
        .where(
            Action.state == ActionState.BEGUN,
            Appointment.person_id == person_id,
            col(Appointment.post).in_((Post.GOLD, Post.SILVER)),
            col(Appointment.operation_id).is_(None) | (col(Appointment.operation_id) == col(Action.operation_id)),
        )
    )
    return session.exec(chairs).first() is not None or session.exec(commands).first() is not None


def check_session(database: Database, token_hash: str, now: datetime, *, active: bool) -> Seen | None:
    """Whose session this is while it lives; `active` starts the idle time again, watching does not."""
    with database.read() as session:
        found = live_session(session, token_hash, now)
    if found is None:
        return None
    kept, seen = found
    if active and now - kept.seen_at > TOUCH_AFTER:
        with database.write() as session:
            again = live_session(session, token_hash, now)
            if again is None:
                return None
            again[0].seen_at = now
            session.add(again[0])
    return seen


def was_session(database: Database, token_hash: str) -> bool:
    """Whether a session with this token ever began here, ended or not."""
    with database.read() as session:
        return session.get(WebSession, token_hash) is not None


def sign_out(work: Work, token: str) -> str:
    """End the session of a token and say how it had begun; one that has ended already stays as it is."""
    kept = work.session.get(WebSession, hash_of(token))
    if kept is None or kept.ended_at is not None:
        return ""
    account = work.session.get_one(Account, kept.account_id)
    work.actor = actor_of(work, account)
    end(work, kept)
    work.record("sign_out", f"{account.user_name} signed out.", kind="account", ref=account.user_name)
    return kept.how


def end_session(work: Work, token_hash: str) -> None:
    """One's own session on another device, or anybody's for who manages accounts; it is out at its next look."""
    work.attempts("end_session", token_hash[:12])
    kept = work.session.get(WebSession, token_hash)
    account = work.session.get(Account, kept.account_id) if kept else None
    if kept is None or account is None or kept.ended_at is not None:
        raise NotFound(NO_SESSION)
    if account.person_id != work.actor.person_id:
        _may_end(work, account)
    end(work, kept)
    sentence = f"A session of {account.user_name} was ended."
    work.record("end_session", sentence, kind="account", ref=account.user_name)


def _may_end(work: Work, account: Account) -> None:
    """Who may not learn of it, learns the same as of one that is not there."""
    try:
        require(work, Verb.MANAGE_ACCOUNTS, ref=account.user_name)
    except NotAllowed as refusal:
        raise NotFound(NO_SESSION) from refusal


def end_sessions(work: Work, account: Account, *, except_for: str = "") -> int:
    """End every open session and step of an account, for example when its password or factors change."""
    live = select(WebSession).where(
        WebSession.account_id == account.id, col(WebSession.ended_at).is_(None), WebSession.token_hash != except_for
    )
    rows = work.session.exec(live).all()
    for row in rows:
        end(work, row)
    steps = update(SignInStep).where(col(SignInStep.account_id) == account.id, col(SignInStep.used_at).is_(None))
    work.session.exec(steps.values(used_at=work.now))
    return len(rows)


def end(work: Work, kept: WebSession) -> None:
    kept.ended_at = work.now
    work.session.add(kept)
