"""Proving again that it is oneself, and changing one's own password; the slow hashes are made by who calls."""

from typing import NamedTuple

from sqlmodel import Session, col, select

from planner.errors import NotFound, Refused, Stale
from planner.models.accounts import Account
from planner.rules.sign_in_steps import StepKind
from planner.services.accounts import NO_OWN, forget_devices, own_account
from planner.services.proofs import check_own, keep_only, prove_session, require_fresh
from planner.services.sign_in import Entry, begin_step, next_step, turned_away
from planner.work import Work

EXERCISE = "The passwords of the exercise's accounts stay as they are: everybody who tries it signs in with them."
ELSEWHERE = "Your agency's own sign-in opens this account, so it has no password here. Change it at your agency."
SIGN_IN_ANEW = (
    "Your agency's own sign-in opens this account. Sign out, sign in there again, and come back within ten minutes."
)
MEANWHILE = "The password was changed since this page was opened. Sign in again if it was not you, and tell the cell."


class Kept(NamedTuple):
    """What is kept of a password, for a comparison that is slow and therefore in no write transaction."""

    user_name: str
    password_hash: str
    exercise: bool
    has_factor: bool


def kept_password(session: Session, person_id: int | None) -> Kept:
    """Of one's own open account; an empty hash where an agency's own sign-in opens it."""
    query = select(Account).where(Account.person_id == person_id, col(Account.closed_at).is_(None))
    account = session.exec(query).first()
    if account is None:
        raise NotFound(NO_OWN)
    asks = next_step(session, account) is StepKind.SECOND_FACTOR
    return Kept(account.user_name, account.password_hash, account.exercise, asks)


def check_changeable(kept: Kept) -> None:
    """Refuse for an account of the exercise, and for one without a password."""
    if kept.exercise:
        raise Refused(EXERCISE)
    if not kept.password_hash:
        raise Refused(ELSEWHERE)


def prove(work: Work, session_hash: str, *, right: bool, loopback: bool, wanted: str) -> Entry | None:
    """A new token or the second step, or None: a wrong password is counted and recorded, so it is committed too."""
    work.attempts("prove", "one's own account")
    account = own_account(work)
    check_own(work, account, session_hash)
    if not account.password_hash:
        raise Refused(SIGN_IN_ANEW)
    if turned_away(work, account, "prove", right=right, loopback=loopback):
        return None
    kind = next_step(work.session, account)
    if kind is StepKind.SECOND_FACTOR:
        return Entry(begin_step(work, kind, account, wanted=wanted, session_hash=session_hash), kind)
    account.failures, account.locked_until = 0, None
    work.session.add(account)
    return Entry(prove_session(work, account, session_hash, "a password"))


def change_password(
    work: Work, session_hash: str, new_hash: str, *, kept: Kept, right: bool, loopback: bool
) -> str | None:
    """A new token, or None where the present password was wrong, which is counted and recorded.

    With a second factor a fresh proof is asked for; without one the present password is that proof. Every other
    session, step and device ends: whoever knew the old password has nothing.
    """
    work.attempts("change_password", "one's own account")
    account = own_account(work)
    check_changeable(kept)
    check_own(work, account, session_hash)
    if next_step(work.session, account) is StepKind.SECOND_FACTOR:
        require_fresh(work, account, session_hash)
    if turned_away(work, account, "change_password", right=right, loopback=loopback):
        return None
    if account.password_hash != kept.password_hash:
        raise Stale(MEANWHILE)
    account.password_hash, account.failures, account.locked_until = new_hash, 0, None
    work.session.add(account)
    forget_devices(work, account)
    work.record("change_password", "The password was changed.", kind="account", ref=account.user_name)
    return keep_only(work, account, session_hash, "Your password was changed.")
