"""The step between a right password and a session: found by its token, good for ten minutes, dead after five misses."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session

from planner.models.accounts import Account, SignInStep
from planner.rules.sign_in_steps import StepKind
from planner.rules.words import Outcome
from planner.services.proofs import prove_session
from planner.services.sessions import actor_of, begin_session, hash_of, live_session
from planner.services.sign_in import closed_to, count_failure
from planner.work import Work

STEP_LASTS = timedelta(minutes=10)
MOST_MISSES = 5
OVER = "This took too long, or was answered already. Sign in again."


class Answer(NamedTuple):
    """What came of a step: the token of a session, or a sentence why not; recovery codes where they were just made."""

    token: str | None
    sentence: str = ""
    codes: tuple[str, ...] = ()


def find_step(session: Session, token: str, kind: StepKind, now: datetime) -> tuple[SignInStep, Account] | None:
    """A step that can still be answered, and whose it is."""
    row = session.get(SignInStep, hash_of(token), populate_existing=True)
    if row is None or row.kind is not kind or row.used_at is not None or row.account_id is None:
        return None
    if now - row.created_at > STEP_LASTS or row.failures >= MOST_MISSES:
        return None
    if row.session_hash is not None and live_session(session, row.session_hash, now) is None:
        return None
    return row, session.get_one(Account, row.account_id)


def lock_step(work: Work, token: str, kind: StepKind, *, loopback: bool) -> tuple[SignInStep, Account] | None:
    """The same under a lock: two answers at once are taken one after the other, and the second finds it used."""
    work.session.get(SignInStep, hash_of(token), with_for_update=True)
    found = find_step(work.session, token, kind, work.now)
    if found is None:
        return None
    step, account = found
    work.session.refresh(account, with_for_update=True)
    work.actor = actor_of(work, account)
    waits = account.locked_until is not None and work.now < account.locked_until and not step.known
    return None if waits or closed_to(work, account, loopback=loopback) else (step, account)


def let_in(work: Work, step: SignInStep, account: Account, how: str) -> Answer:
    """A session; for who is signed in already, a new token of theirs, proved again."""
    if step.session_hash is None:
        return Answer(begin_session(work, account, how))
    return Answer(prove_session(work, account, step.session_hash, how))


def use_step(work: Work, step: SignInStep, account: Account) -> None:
    """Answered rightly: it is never good again, and what failed before is forgotten."""
    step.used_at, step.secret_sealed, step.challenge = work.now, None, None
    account.failures, account.locked_until = 0, None
    work.session.add_all((step, account))


def miss(work: Work, step: SignInStep, account: Account, sentence: str) -> Answer:
    """A wrong answer counts for the step and for the account, and stands in the record."""
    step.failures += 1
    work.session.add(step)
    count_failure(work, account)
    ref = account.user_name
    work.record("second_factor", sentence, kind="account", ref=ref, outcome=Outcome.REFUSED)
    return Answer(None, sentence)
