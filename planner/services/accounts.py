"""Signing in and out: argon2id, back-off on failures, server-side sessions kept as the hash of their token."""

import hashlib
import secrets
import threading
from datetime import datetime, timedelta
from typing import NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlmodel import Session, col, select

from planner.access import Verb, require
from planner.db import Database
from planner.errors import InputError, Refused
from planner.models.accounts import Account, WebSession
from planner.models.directory import Agency, Appointment, Person
from planner.models.operations import Operation
from planner.rules.words import AgencyKind, Outcome, Post
from planner.work import Actor, Work

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
FREE_FAILURES = 4
LONGEST_WAIT = timedelta(minutes=15)
SHORTEST_PASSWORD = 12
TOUCH_AFTER = timedelta(seconds=20)
WRONG = "The user name or password is wrong. After several wrong passwords, wait a quarter of an hour."
UNKNOWN = "an unknown user name"  # what was typed is not kept: it may be a password in the wrong field
_hasher = PasswordHasher()
_turns = threading.BoundedSemaphore(2)  # each verification takes 64 MiB and a processor
# Verified against when the user is unknown, so that the answer takes as long.
_DUMMY = _hasher.hash(secrets.token_hex(16))


class Seen(NamedTuple):
    """A live session: whose, and by what name they signed in."""

    person_id: int
    user_name: str


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def holds_exercise_alone(session: Session) -> bool:
    """Exercise accounts are valid only while every operation held is an exercise, and there is one."""
    kinds = set(session.exec(select(Operation.exercise)))
    return kinds == {True}


def password_is_right(session: Session, user_name: str, password: str) -> bool:
    """Slow on purpose, and as slow for a user who does not exist; so never inside a write transaction."""
    kept = session.exec(select(Account.password_hash).where(Account.user_name == user_name)).first()
    try:
        with _turns:
            _hasher.verify(kept or _DUMMY, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return kept is not None


def sign_in(work: Work, user_name: str, *, right: bool, loopback: bool) -> str | None:
    """A new session's token, or None: a wrong attempt is counted and recorded, so it must be committed too."""
    account = work.session.exec(select(Account).where(Account.user_name == user_name).with_for_update()).first()
    refusal = _refusal(work, account, right, loopback)
    if account is None or refusal:
        if account is not None and not right:
            _count_failure(work, account)
        ref = account.user_name if account else UNKNOWN
        work.record("sign_in", refusal or WRONG, kind="account", ref=ref, outcome=Outcome.REFUSED)
        return None
    account.failures, account.locked_until = 0, None
    work.actor = _actor(work, account)
    token = secrets.token_urlsafe(32)
    work.session.add(account)
    work.session.add(
        WebSession(token_hash=hash_of(token), account_id=account.id or 0, created_at=work.now, seen_at=work.now)
    )
    work.record("sign_in", f"{user_name} signed in.", kind="account", ref=user_name)
    return token


def _actor(work: Work, account: Account) -> Actor:
    """Signing in and out stands in the record under the person's post."""
    person = work.session.get_one(Person, account.person_id)
    return Actor(person.id, person.title, person.agency_id)


def _refusal(work: Work, account: Account | None, right: bool, loopback: bool) -> str:
    if account is None or not right:
        return WRONG
    if account.closed_at is not None:
        return "The account is closed."
    if not work.session.exec(select(Person.active).where(Person.id == account.person_id)).one():
        return "The account belongs to nobody who works here now."
    if account.locked_until is not None and work.now < account.locked_until:
        return "The account waits after wrong passwords."
    if account.exercise and not (loopback and holds_exercise_alone(work.session)):
        return "Exercise accounts work only on this machine, beside no real operation."
    return ""


def _count_failure(work: Work, account: Account) -> None:
    """After four wrong passwords each further one doubles the wait, up to a quarter of an hour."""
    account.failures += 1
    over = account.failures - FREE_FAILURES
    if over > 0:
        account.locked_until = work.now + min(LONGEST_WAIT, timedelta(seconds=2 ** min(over, 12)))
    work.session.add(account)


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
    if now - kept.seen_at > IDLE or now - kept.created_at > ABSOLUTE:
        return None
    if account.closed_at is not None or not person.active:
        return None
    return kept, Seen(account.person_id, account.user_name)


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


def sign_out(work: Work, token: str) -> None:
    """End the session of a token; one that has ended already stays as it is."""
    kept = work.session.get(WebSession, hash_of(token))
    if kept is None or kept.ended_at is not None:
        return
    kept.ended_at = work.now
    work.session.add(kept)
    account = work.session.get(Account, kept.account_id)
    if account is not None:
        work.actor = _actor(work, account)
        work.record("sign_out", f"{account.user_name} signed out.", kind="account", ref=account.user_name)


def close_account(work: Work, user_name: str) -> None:
    """Nobody signs in with it again, and its open sessions end at their next look."""
    require(work, Verb.MANAGE_ACCOUNTS, ref=user_name)
    account = work.session.exec(select(Account).where(Account.user_name == user_name).with_for_update()).first()
    if account is None or account.closed_at is not None:
        raise InputError(f"There is no open account {user_name}.")
    account.closed_at = work.now
    work.session.add(account)
    work.record("close_account", f"The account {user_name} was closed.", kind="account", ref=user_name)


def add_account(work: Work, user_name: str, person_id: int, password: str) -> None:
    """A way in for a person; length is what makes a password hard to guess."""
    if not user_name or user_name != user_name.strip() or len(user_name) > 80 or not user_name.isprintable():
        raise InputError("A user name has 1 to 80 printable characters, without spaces at its ends.")
    if len(password) < SHORTEST_PASSWORD:
        raise InputError(f"A password needs at least {SHORTEST_PASSWORD} characters; this one has {len(password)}.")
    if work.session.exec(select(Account.id).where(Account.user_name == user_name)).first() is not None:
        raise InputError(f"There is an account {user_name} already. Choose another user name.")
    if work.session.exec(select(Account.id).where(Account.person_id == person_id)).first() is not None:
        raise InputError("This person has an account already.")
    work.session.add(
        Account(user_name=user_name, person_id=person_id, password_hash=_hasher.hash(password), created_at=work.now)
    )
    work.record("add_account", f"The account {user_name} was made.", kind="account", ref=user_name)


def add_first_account(work: Work, user_name: str, password: str) -> None:
    """The first person of an empty installation: duty officer of the national cell, and administrator."""
    locked = select(Agency.id).where(Agency.kind == AgencyKind.NATIONAL_CELL).with_for_update()
    cell = work.session.exec(locked).first()
    if cell is None:
        raise Refused("The directory has no national cell yet. Run `planner init`, then try again.")
    if work.session.exec(select(Account.id)).first() is not None:
        raise Refused("This installation has accounts already. Ask its administrator for one.")
    person = Person(title="National cell duty officer", agency_id=cell)
    work.session.add(person)
    work.session.flush()
    number = person.id or 0
    work.session.add_all(Appointment(person_id=number, post=post) for post in (Post.CELL, Post.ADMINISTRATOR))
    add_account(work, user_name, number, password)
