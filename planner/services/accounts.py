"""Accounts: made, closed, their factors reset or removed; the first one of an empty installation."""

import re

from sqlmodel import col, delete, func, select

from planner.access import Verb, require
from planner.errors import InputError, NotFound, Refused
from planner.models.accounts import Account, Device, Identity, Invitation, Passkey, RecoveryCode
from planner.models.directory import Agency, Appointment, Person
from planner.rules.sign_in_steps import StepKind
from planner.rules.words import AgencyKind, Post
from planner.services.passwords import check_password, hash_password
from planner.services.proofs import keep_only, require_fresh, require_proved_actor
from planner.services.second_factor import make_recovery_codes
from planner.services.sessions import end_sessions
from planner.services.sign_in import has_factor, next_step
from planner.work import Work

# No letter of another alphabet, which can look like one of these: a name is known by how it looks.
USER_NAME = re.compile(r"[A-Za-z0-9._-]{1,80}")
WRONG_NAME = (
    "A user name has 1 to 80 letters of the English alphabet, digits, dots, hyphens and underscores, and no spaces."
)
NO_ACCOUNT = "There is no open account {name}."
NO_OWN = "You have no account here."
OWN_CLOSED = "Nobody closes their own account, so that one administrator is always left: ask another administrator."
OWN_RESET = "Your own keys and app are removed under Your account, after a fresh proof; or ask another administrator."
FINISHED = "This installation has accounts already. Ask its administrator for one."
NO_KEY = "There is no such security key of yours."


def open_account(work: Work, user_name: str, person_id: int, password_hash: str) -> Account:
    """A way in for a person who has none yet; the name is nobody else's."""
    name = user_name
    if not USER_NAME.fullmatch(name):
        raise InputError(WRONG_NAME)
    taken = select(Account.user_name).where(func.lower(Account.user_name) == name.lower())
    found = work.session.exec(taken).first()
    if found is not None:
        raise InputError(f"There is an account {found} already. Choose another user name.")
    if work.session.exec(select(Account.id).where(Account.person_id == person_id)).first() is not None:
        raise InputError("This person has an account already.")
    account = Account(user_name=name, person_id=person_id, password_hash=password_hash, created_at=work.now)
    work.session.add(account)
    work.session.flush()
    work.record("add_account", f"The account {name} was made.", kind="account", ref=name)
    return account


def add_account(work: Work, user_name: str, person_id: int, password: str) -> Account:
    """With a password of its own; whoever calls this has asked who may."""
    check_password(password, user_name)
    return open_account(work, user_name, person_id, hash_password(password))


def reopen_account(work: Work, account: Account, password_hash: str) -> Account:
    """A closed account opens again, under its old name: nothing that opened it before does so now."""
    account.closed_at, account.password_hash, account.exercise = None, password_hash, False
    account.failures, account.locked_until = 0, None
    _forget_factors(work, account)
    forget_devices(work, account)
    end_sessions(work, account)
    work.session.exec(delete(Identity).where(col(Identity.account_id) == account.id))
    name = account.user_name
    sentence = f"The account {name} was opened again; what opened it before is good no longer."
    work.record("reopen_account", sentence, kind="account", ref=name)
    return account


def close_account(work: Work, user_name: str, session_hash: str | None) -> None:
    """Nobody signs in with it, and its open sessions, devices and links end; an invitation opens it again."""
    account = _managed(work, user_name, session_hash)
    _check_anothers(work, account, OWN_CLOSED)
    account.closed_at = work.now
    work.session.add(account)
    revoke_links(work, account.person_id)
    forget_devices(work, account)
    end_sessions(work, account)
    work.record("close_account", f"The account {user_name} was closed.", kind="account", ref=user_name)


def reset_factors(work: Work, user_name: str, session_hash: str | None) -> None:
    """A lost telephone or key: the next sign-in sets a new one up; every open session ends."""
    account = _managed(work, user_name, session_hash)
    _check_anothers(work, account, OWN_RESET)
    _forget_factors(work, account)
    end_sessions(work, account)
    sentence = f"The second factor of {user_name} was reset; it is set up anew at the next sign-in."
    work.record("reset_factors", sentence, kind="account", ref=user_name)
    work.notify(
        "Your second factor was reset. If you did not ask for this, tell the cell.", person_id=account.person_id
    )


def own_account(work: Work) -> Account:
    """The actor's own account, locked."""
    query = select(Account).where(Account.person_id == work.actor.person_id, col(Account.closed_at).is_(None))
    account = work.session.exec(query.with_for_update()).first()
    if account is None:
        raise NotFound(NO_OWN)
    return account


def new_recovery_codes(work: Work, session_hash: str) -> tuple[str, ...]:
    """Ten new codes for oneself, after a fresh proof; the old ones are good no longer."""
    work.attempts("make_recovery_codes", "one's own account")
    account = own_account(work)
    require_fresh(work, account, session_hash)
    if not has_factor(work.session, account):
        raise Refused("Recovery codes stand in for a security key or an app, and you have neither. Set one up first.")
    return make_recovery_codes(work, account)


def remove_passkey(work: Work, passkey_id: int, session_hash: str) -> str:
    """One's own key, after a fresh proof, unless it is the last factor of somebody who needs one; the new token."""
    work.attempts("remove_passkey", "one's own account")
    account = own_account(work)
    require_fresh(work, account, session_hash)
    key = work.session.get(Passkey, passkey_id)
    if key is None or key.account_id != account.id:
        raise NotFound(NO_KEY)
    label = key.label
    work.session.delete(key)
    return _removed(work, account, "remove_passkey", f"The security key “{label}” was removed.", session_hash)


def remove_totp(work: Work, session_hash: str) -> str:
    """One's own authenticator app; the same holds as for a key."""
    work.attempts("remove_totp", "one's own account")
    account = own_account(work)
    require_fresh(work, account, session_hash)
    if account.totp_sealed is None:
        raise NotFound("No authenticator app is set up.")
    account.totp_sealed, account.totp_step = None, None
    work.session.add(account)
    return _removed(work, account, "remove_totp", "The authenticator app was removed.", session_hash)


def _removed(work: Work, account: Account, verb: str, sentence: str, session_hash: str) -> str:
    """The recovery codes go with the last factor: the next one brings its own."""
    work.session.flush()
    if next_step(work.session, account) is StepKind.SET_UP:
        raise Refused("Your post needs a second factor and this is the only one. Set another one up first.")
    if not has_factor(work.session, account):
        work.session.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account.id))
    work.record(verb, sentence, kind="account", ref=account.user_name)
    return keep_only(work, account, session_hash, sentence)


def _managed(work: Work, user_name: str, session_hash: str | None) -> Account:
    """An open account, locked, for who manages accounts and has proved of late that it is they."""
    require(work, Verb.MANAGE_ACCOUNTS, ref=user_name)
    query = select(Account).where(Account.user_name == user_name, col(Account.closed_at).is_(None))
    account = work.session.exec(query.with_for_update()).first()
    if account is None:
        raise InputError(NO_ACCOUNT.format(name=user_name))
    if not account.exercise:
        require_proved_actor(work, session_hash)
    return account


def _forget_factors(work: Work, account: Account) -> None:
    account.totp_sealed, account.totp_step = None, None
    work.session.add(account)
    for table in (Passkey, RecoveryCode):
        work.session.exec(delete(table).where(col(table.account_id) == account.id))


def revoke_links(work: Work, person_id: int) -> int:
    """None of a person's links that are out sets anything up from now on; how many there were."""
    still_open = select(Invitation).where(
        Invitation.person_id == person_id, col(Invitation.used_at).is_(None), col(Invitation.revoked_at).is_(None)
    )
    rows = work.session.exec(still_open.with_for_update()).all()
    for row in rows:
        row.revoked_at = work.now
        work.session.add(row)
    return len(rows)


def _check_anothers(work: Work, account: Account, sentence: str) -> None:
    """An open session that somebody else came upon undoes no proof of its owner's, and locks nobody out for good."""
    if account.person_id == work.actor.person_id:
        raise Refused(sentence)


def forget_devices(work: Work, account: Account) -> None:
    """None of the account's devices opens anything from now on."""
    for device in work.session.exec(select(Device).where(Device.account_id == account.id)):
        device.revoked_at = device.revoked_at or work.now
        work.session.add(device)


def add_first_account(work: Work, user_name: str, password: str) -> Account:
    """The first person of an empty installation: duty officer of the national cell, and administrator."""
    locked = select(Agency.id).where(Agency.kind == AgencyKind.NATIONAL_CELL).with_for_update()
    cell = work.session.exec(locked).first()
    if cell is None:
        raise Refused("The directory has no national cell yet. Run `planner init`, then try again.")
    if work.session.exec(select(Account.id)).first() is not None:
        raise Refused(FINISHED)
    person = Person(title="National cell duty officer", agency_id=cell)
    work.session.add(person)
    work.session.flush()
    number = person.id or 0
    work.session.add_all(Appointment(person_id=number, post=post) for post in (Post.CELL, Post.ADMINISTRATOR))
    return add_account(work, user_name, number, password)
