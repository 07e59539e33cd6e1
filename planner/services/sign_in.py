"""Signing in: a password, then what the person's posts ask for; back-off on failures; exercise accounts."""

import secrets
from datetime import timedelta
from typing import NamedTuple

from sqlmodel import Session, col, select

from planner.models.accounts import Account, Passkey, SignInStep
from planner.models.directory import Appointment, Person
from planner.models.operations import Operation
from planner.rules.access import TWO_FACTORS
from planner.rules.sign_in_steps import StepKind
from planner.rules.words import Outcome
from planner.services.passwords import fits
from planner.services.sessions import begin_session, hash_of
from planner.work import Work

FREE_FAILURES = 4
LONGEST_WAIT = timedelta(minutes=15)
WRONG = "The user name or password is wrong. After several wrong passwords, wait a quarter of an hour."
UNKNOWN = "an unknown user name"  # what was typed is not kept: it may be a password in the wrong field


class Entry(NamedTuple):
    """Where a right answer leads: the token of a session, or of the step that is asked for next."""

    token: str
    step: StepKind | None = None


def holds_exercise_alone(session: Session) -> bool:
    """Exercise accounts are valid only while every operation held is an exercise, and there is one.

    They end for good when a real person is added: an account that is no exercise's.
    """
    kinds = set(session.exec(select(Operation.exercise)))
    real = select(Account.id).where(col(Account.exercise).is_(False))
    return kinds == {True} and session.exec(real).first() is None


def password_is_right(session: Session, user_name: str, password: str) -> bool:
    """Slow on purpose, and as slow for a user who does not exist; so never inside a write transaction."""
    return fits(session.exec(select(Account.password_hash).where(Account.user_name == user_name)).first(), password)


def sign_in(
    work: Work, user_name: str, *, right: bool, loopback: bool, wanted: str = "/", known: bool = False
) -> Entry | None:
    """A session or the next step, or None: a wrong attempt is counted and recorded, so it must be committed too.

    `known`: in this browser its owner signed in before, so that a right password counts through a pause.
    """
    account = work.session.exec(select(Account).where(Account.user_name == user_name).with_for_update()).first()
    if turned_away(work, account, "sign_in", right=right, loopback=loopback, known=known) or account is None:
        return None
    return go_on(work, account, "a password", wanted, known=known)


def turned_away(
    work: Work, account: Account | None, verb: str, *, right: bool, loopback: bool, known: bool = False
) -> bool:
    """Whether a password opens nothing now; a wrong one is counted and recorded, so it must be committed too."""
    refusal = _refusal(work, account, right, loopback, known)
    if refusal:
        if account is not None and not right:
            count_failure(work, account)
        ref = account.user_name if account else UNKNOWN
        work.record(verb, refusal, kind="account", ref=ref, outcome=Outcome.REFUSED)
    return bool(refusal)


def go_on(work: Work, account: Account, how: str, wanted: str, *, known: bool = False) -> Entry:
    """After the first proof: the second factor where there is one, its set-up where one is needed, or in."""
    kind = next_step(work.session, account)
    if kind is not None:
        return Entry(begin_step(work, kind, account, wanted=wanted, known=known), kind)
    account.failures, account.locked_until = 0, None
    work.session.add(account)
    return Entry(begin_session(work, account, how))


def next_step(session: Session, account: Account) -> StepKind | None:
    """What stands between a right password and a session; nothing for an exercise and for most partners."""
    if account.exercise:
        return None
    if has_factor(session, account):
        return StepKind.SECOND_FACTOR
    posts = select(Appointment.id).where(
        Appointment.person_id == account.person_id, col(Appointment.post).in_(TWO_FACTORS)
    )
    return StepKind.SET_UP if session.exec(posts).first() is not None else None


def has_factor(session: Session, account: Account) -> bool:
    keys = select(Passkey.id).where(Passkey.account_id == account.id)
    return account.totp_sealed is not None or session.exec(keys).first() is not None


def begin_step(
    work: Work,
    kind: StepKind,
    account: Account,
    *,
    wanted: str = "/",
    session_hash: str | None = None,
    known: bool = False,
) -> str:
    """A token for the next step; the browser keeps it in a cookie, the database its hash."""
    token = secrets.token_urlsafe(32)
    row = SignInStep(
        token_hash=hash_of(token),
        kind=kind,
        account_id=account.id,
        session_hash=session_hash,
        wanted=wanted[:300],
        known=known,
        created_at=work.now,
    )
    work.session.add(row)
    return token


def _refusal(work: Work, account: Account | None, right: bool, loopback: bool, known: bool) -> str:
    if account is None or not right:
        return WRONG
    if account.locked_until is not None and work.now < account.locked_until and not known:
        return "The account waits after wrong passwords."
    return closed_to(work, account, loopback=loopback)


def closed_to(work: Work, account: Account, *, loopback: bool) -> str:
    """Why an account opens nothing, whatever was proved; empty when it does."""
    if account.closed_at is not None:
        return "The account is closed."
    if not work.session.exec(select(Person.active).where(Person.id == account.person_id)).one():
        return "The account belongs to nobody who works here now."
    if account.exercise and not (loopback and holds_exercise_alone(work.session)):
        return "Exercise accounts work only on this machine, beside no real operation or person."
    return ""


def count_failure(work: Work, account: Account) -> None:
    """After four failures each further one doubles the wait, up to a quarter of an hour."""
    account.failures += 1
    over = account.failures - FREE_FAILURES
    if over > 0:
        account.locked_until = work.now + min(LONGEST_WAIT, timedelta(seconds=2 ** min(over, 12)))
    work.session.add(account)
