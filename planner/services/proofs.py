"""A fresh proof: who changes what opens their account has shown within ten minutes that it is they."""

import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from planner.errors import NotFound, ProofNeeded
from planner.models.accounts import Account, WebSession
from planner.services.sessions import NO_SESSION, end, end_sessions, hash_of, live_session
from planner.work import Work

FRESH = timedelta(minutes=10)
PROVE_FIRST = "This needs a proof of the last ten minutes. Give your password again, then try once more."


def is_fresh(session: Session, token_hash: str, now: datetime) -> bool:
    """Whether an open session was proved within ten minutes; one that a device opened never was."""
    found = live_session(session, token_hash, now)
    proved_at = found[0].proved_at if found else None
    return proved_at is not None and now - proved_at <= FRESH


def require_fresh(work: Work, account: Account, token_hash: str) -> None:
    """Refuse unless this is the account's own session and it proved itself of late."""
    check_own(work, account, token_hash)
    if not is_fresh(work.session, token_hash, work.now):
        raise ProofNeeded(PROVE_FIRST)


def require_proved_actor(work: Work, token_hash: str | None) -> None:
    """Who changes what opens another's account has proved themselves of late too.

    None is the command line, where no session is. An account of the exercise has nothing to prove: everybody knows
    its password.
    """
    if token_hash is None:
        return
    own = select(Account).where(Account.person_id == work.actor.person_id, col(Account.closed_at).is_(None))
    account = work.session.exec(own).first()
    if account is None:
        raise NotFound(NO_SESSION)
    if not account.exercise:
        require_fresh(work, account, token_hash)


def check_own(work: Work, account: Account, token_hash: str) -> None:
    """An open session of this account that no device opened; any other answers like none."""
    found = live_session(work.session, token_hash, work.now)
    if found is None or found[0].account_id != account.id or found[1].device:
        raise NotFound(NO_SESSION)


def prove_session(work: Work, account: Account, token_hash: str, how: str) -> str:
    """The session is proved again, under a new token."""
    sentence = f"{account.user_name} proved again who they are, with {how}."
    work.record("prove", sentence, kind="account", ref=account.user_name)
    return _renewed(work, token_hash, proved=True)


def keep_only(work: Work, account: Account, token_hash: str, said: str) -> str:
    """After a change of what opens an account: this session goes on under a new token, every other one ends."""
    token = _renewed(work, token_hash)
    end_sessions(work, account, except_for=hash_of(token))
    work.notify(f"{said} If this was not you, tell the cell.", person_id=account.person_id, path="/account")
    return token


def _renewed(work: Work, token_hash: str, *, proved: bool = False) -> str:
    """Whoever learned the old token has nothing; the session's age goes on."""
    kept = work.session.get(WebSession, token_hash, with_for_update=True, populate_existing=True)
    if kept is None or kept.ended_at is not None:
        raise NotFound(NO_SESSION)
    token = secrets.token_urlsafe(32)
    row = WebSession(
        token_hash=hash_of(token),
        account_id=kept.account_id,
        how=kept.how,
        created_at=kept.created_at,
        seen_at=work.now,
        proved_at=work.now if proved else kept.proved_at,
    )
    end(work, kept)
    work.session.add(row)
    return token
