"""Signing in and out: argon2id, back-off on failures, server-side sessions kept as the hash of their token."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlmodel import Session, col, select

from planner.errors import InputError
from planner.models.accounts import Account, WebSession
from planner.models.directory import Person
from planner.models.operations import Operation
from planner.rules.words import Outcome
from planner.work import Work

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
FREE_FAILURES = 4
LONGEST_WAIT = timedelta(minutes=15)
SHORTEST_PASSWORD = 12
TOUCH_AFTER = timedelta(seconds=20)
WRONG = "The user name or password is wrong."
_hasher = PasswordHasher()
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


def sign_in(work: Work, user_name: str, password: str, *, loopback: bool) -> str | None:
    """A new session's token, or None: a wrong attempt is counted and recorded, so it must be committed too."""
    account = work.session.exec(select(Account).where(Account.user_name == user_name).with_for_update()).first()
    right = _verified(account, password)
    refusal = _refusal(work, account, right, loopback)
    if account is None or refusal:
        if account is not None and not right:
            _count_failure(work, account)
        work.record("sign_in", refusal or WRONG, kind="account", ref=user_name[:80], outcome=Outcome.REFUSED)
        return None
    account.failures, account.locked_until = 0, None
    token = secrets.token_urlsafe(32)
    work.session.add(account)
    work.session.add(
        WebSession(token_hash=hash_of(token), account_id=account.id or 0, created_at=work.now, seen_at=work.now)
    )
    work.record("sign_in", f"{user_name} signed in.", kind="account", ref=user_name)
    return token


def _verified(account: Account | None, password: str) -> bool:
    try:
        _hasher.verify(account.password_hash if account else _DUMMY, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return account is not None


def _refusal(work: Work, account: Account | None, right: bool, loopback: bool) -> str:
    if account is None or not right:
        return WRONG
    if account.closed_at is not None:
        return "The account is closed."
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


def touch(session: Session, kept: WebSession, now: datetime) -> None:
    """Somebody is at the page: the idle time starts again."""
    kept.seen_at = now
    session.add(kept)


def sign_out(work: Work, token: str) -> None:
    kept = work.session.get(WebSession, hash_of(token))
    if kept is None or kept.ended_at is not None:
        return
    kept.ended_at = work.now
    work.session.add(kept)
    account = work.session.get(Account, kept.account_id)
    if account is not None:
        work.record("sign_out", f"{account.user_name} signed out.", kind="account", ref=account.user_name)


def add_account(work: Work, user_name: str, person_id: int, password: str) -> None:
    """A way in for a person; length is what makes a password hard to guess."""
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
