"""The authenticator app (RFC 6238) and recovery codes: set up, asked for, never good twice."""

import hmac
import secrets
from datetime import datetime
from typing import NamedTuple

import pyotp
from sqlmodel import col, delete, select

from planner.models.accounts import Account, RecoveryCode, SignInStep
from planner.rules.sign_in_steps import StepKind
from planner.services.keys import seal, unseal
from planner.services.proofs import keep_only
from planner.services.sessions import begin_session, end_sessions, hash_of
from planner.services.steps import OVER, Answer, let_in, lock_step, miss, use_step
from planner.work import Work

PERIOD_SECONDS = 30
DRIFT_STEPS = 1  # one step either way: a code typed as it changes, a clock half a minute off
CODES = 10
CODE_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
ISSUER = "Threshold"


class Offered(NamedTuple):
    """What an authenticator app is set up with: as a picture's content, and to type."""

    uri: str
    secret: str


def offer_totp(work: Work, token: str, *, loopback: bool) -> Offered | None:
    """The secret for an app; the same while the step lasts, so that drawing the page again changes nothing."""
    found = lock_step(work, token, StepKind.SET_UP, loopback=loopback)
    if found is None:
        return None
    step, account = found
    secret = unseal(step.secret_sealed) if step.secret_sealed else pyotp.random_base32()
    if step.secret_sealed is None:
        step.secret_sealed = seal(secret)
        work.session.add(step)
    uri = pyotp.TOTP(secret, interval=PERIOD_SECONDS).provisioning_uri(name=account.user_name, issuer_name=ISSUER)
    return Offered(uri, secret)


def confirm_totp(work: Work, token: str, code: str, *, loopback: bool) -> Answer:
    """The first right code sets the app up, makes recovery codes and signs in."""
    found = lock_step(work, token, StepKind.SET_UP, loopback=loopback)
    if found is None or found[0].secret_sealed is None:
        return Answer(None, OVER)
    step, account = found
    secret = unseal(step.secret_sealed or "")
    now_at = _matching_step(secret, code, work.now)
    if now_at is None:
        return miss(work, step, account, _wrong(work.now))
    account.totp_sealed, account.totp_step = seal(secret), now_at
    return factor_is_set(work, step, account, "a password and a code", "An authenticator app")


def factor_is_set(work: Work, step: SignInStep, account: Account, how: str, what: str) -> Answer:
    """A first factor brings recovery codes with it; another one leaves those there are. Other sessions end."""
    use_step(work, step, account)
    kept = select(RecoveryCode.code_hash).where(
        RecoveryCode.account_id == account.id, col(RecoveryCode.used_at).is_(None)
    )
    codes = () if work.session.exec(kept).first() else make_recovery_codes(work, account)
    work.record("set_second_factor", f"{what} was set up.", kind="account", ref=account.user_name)
    if step.session_hash is not None:
        return Answer(keep_only(work, account, step.session_hash, f"{what} was set up."), codes=codes)
    end_sessions(work, account)  # those that began before with less
    return Answer(begin_session(work, account, how), codes=codes)


def answer_totp(work: Work, token: str, code: str, *, loopback: bool) -> Answer:
    """A right code that was not used before signs in."""
    found = lock_step(work, token, StepKind.SECOND_FACTOR, loopback=loopback)
    if found is None:
        return Answer(None, OVER)
    step, account = found
    if account.totp_sealed is None:
        return miss(work, step, account, "No authenticator app is set up for this account. Use its security key.")
    now_at = _matching_step(unseal(account.totp_sealed), code, work.now)
    if now_at is None:
        return miss(work, step, account, _wrong(work.now))
    if account.totp_step is not None and now_at <= account.totp_step:
        return miss(work, step, account, "This code was used already. Wait until the app shows the next one.")
    account.totp_step = now_at
    use_step(work, step, account)
    return let_in(work, step, account, "a password and a code")


def answer_recovery(work: Work, token: str, code: str, *, loopback: bool) -> Answer:
    """One of the recovery codes signs in once."""
    found = lock_step(work, token, StepKind.SECOND_FACTOR, loopback=loopback)
    if found is None:
        return Answer(None, OVER)
    step, account = found
    kept = work.session.get(RecoveryCode, hash_of(_folded(code)))
    if kept is None or kept.account_id != account.id or kept.used_at is not None:
        return miss(work, step, account, "This is none of the recovery codes that are left.")
    kept.used_at = work.now
    work.session.add(kept)
    use_step(work, step, account)
    left = count_recovery_codes(work, account)
    work.record("use_recovery_code", f"A recovery code was used; {left} left.", kind="account", ref=account.user_name)
    return let_in(work, step, account, "a password and a recovery code")


def make_recovery_codes(work: Work, account: Account) -> tuple[str, ...]:
    """Ten new codes, shown once; those made before are good no longer."""
    work.session.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account.id))
    codes = tuple(_new_code() for _ in range(CODES))
    work.session.add_all(
        RecoveryCode(code_hash=hash_of(_folded(code)), account_id=account.id or 0, created_at=work.now)
        for code in codes
    )
    sentence = f"{CODES} recovery codes were made."
    work.record("make_recovery_codes", sentence, kind="account", ref=account.user_name)
    return codes


def count_recovery_codes(work: Work, account: Account) -> int:
    left = select(RecoveryCode.code_hash).where(
        RecoveryCode.account_id == account.id, col(RecoveryCode.used_at).is_(None)
    )
    return len(work.session.exec(left).all())


def _new_code() -> str:
    """Sixty-three bits from letters and figures that are not taken for one another: xxxx-xxxx-xxxx."""
    letters = [secrets.choice(CODE_ALPHABET) for _ in range(12)]
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))


def _folded(code: str) -> str:
    return "".join(letter for letter in code.casefold() if letter.isalnum())


def _matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step that a code belongs to, of those near enough; compared in constant time."""
    typed = "".join(code.split()).encode()
    generator, here = pyotp.TOTP(secret, interval=PERIOD_SECONDS), int(now.timestamp()) // PERIOD_SECONDS
    for step in range(here - DRIFT_STEPS, here + DRIFT_STEPS + 1):
        if hmac.compare_digest(generator.at(step * PERIOD_SECONDS).encode(), typed):
            return step
    return None


def _wrong(now: datetime) -> str:
    return (
        f"The code is wrong, or the clock of the app is off: here it is {now:%H:%M:%S} UTC. "
        "Type the code that the app shows now."
    )
