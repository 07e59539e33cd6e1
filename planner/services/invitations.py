"""One-time links with which a person sets an account up: made by who may, good for three days, shown once."""

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session, col, select

from planner.access import Verb, may, require
from planner.actors import Actor
from planner.errors import InputError, Refused
from planner.models.accounts import Account, Invitation
from planner.models.directory import Agency, Appointment, Person
from planner.models.records import RecordLine
from planner.rules.access import PARTNERS
from planner.rules.words import Outcome
from planner.services.accounts import open_account, reopen_account, revoke_links
from planner.services.directory import person_titled
from planner.services.proofs import require_proved_actor
from planner.services.sessions import hash_of
from planner.work import Work

GOOD_FOR = timedelta(days=3)
HAS_ONE = (
    "{title} has an account already. On the Accounts page an administrator resets its second factor where a key or "
    "telephone is lost; where the password is forgotten, one closes it there and another invites {title} again."
)
CLOSED_IT = (
    "You closed the account of {title} yourself, so somebody else invites them again: another administrator, or for a "
    "partner or care provider a duty officer of the cell."
)
NO_LONGER = "This link has been used, was withdrawn, or is more than three days old. Ask the cell for a new one."


class Invited(NamedTuple):
    """Whom a link is for: the title of their post and their agency; the account's name where it opens one again."""

    title: str
    agency: str
    user_name: str = ""


def invite(work: Work, title: str, session_hash: str | None) -> str:
    """A link's token for somebody without an open account; an earlier link of theirs is good no longer."""
    _may_invite(work, title)
    require_proved_actor(work, session_hash)
    person = person_titled(work, title)
    _check_shut_out(work, person)
    revoke_links(work, person.id or 0)
    token = secrets.token_urlsafe(32)
    row = Invitation(
        token_hash=hash_of(token),
        person_id=person.id or 0,
        made_by=work.actor.person_id,
        created_at=work.now,
        expires_at=work.now + GOOD_FOR,
    )
    work.session.add(row)
    work.record("invite", f"{title} was invited to set an account up.", kind="person", ref=title)
    return token


def withdraw_invitation(work: Work, title: str) -> None:
    """The link that is out is good no longer."""
    _may_invite(work, title)
    if revoke_links(work, person_titled(work, title).id or 0) == 0:
        raise Refused(f"No link is out for {title}.")
    work.record("withdraw_invitation", f"The link for {title} was withdrawn.", kind="person", ref=title)


def _may_invite(work: Work, title: str) -> None:
    """Administrators invite anybody; the cell invites partners and providers, whom it brings in."""
    work.attempts("invite", title)
    if may(work, Verb.MANAGE_ACCOUNTS):
        return
    require(work, Verb.MANAGE_DIRECTORY, ref=title)
    person = person_titled(work, title)
    posts = set(work.session.exec(select(Appointment.post).where(Appointment.person_id == person.id)))
    if not posts or not posts <= PARTNERS:
        require(work, Verb.MANAGE_ACCOUNTS, ref=title)


def _check_shut_out(work: Work, person: Person) -> None:
    """Who has no account, or one that somebody else closed: to take an account over needs two who agree."""
    account = work.session.exec(select(Account).where(Account.person_id == person.id)).first()
    if account is None:
        return
    if account.closed_at is None:
        raise Refused(HAS_ONE.format(title=person.title))
    if work.actor.person_id == _closed_by(work.session, account):
        raise Refused(CLOSED_IT.format(title=person.title))


def _closed_by(session: Session, account: Account) -> int | None:
    """Who closed an account last, from the record, which nobody can change."""
    line = RecordLine
    query = select(line.person_id).where(
        line.verb == "close_account", line.outcome == Outcome.DONE, line.object_ref == account.user_name
    )
    return session.exec(query.order_by(col(line.number).desc())).first()


def _closed_account(session: Session, person_id: int) -> Account | None:
    return session.exec(
        select(Account).where(Account.person_id == person_id, col(Account.closed_at).is_not(None)).with_for_update()
    ).first()


def find_invitation(session: Session, token: str, now: datetime) -> Invited | None:
    """Whom a link is for, while it is good."""
    row = session.get(Invitation, hash_of(token))
    if row is None or row.used_at is not None or row.revoked_at is not None or now > row.expires_at:
        return None
    person = session.get_one(Person, row.person_id)
    if not person.active:
        return None
    closed = select(Account.user_name).where(Account.person_id == person.id, col(Account.closed_at).is_not(None))
    agency = session.get_one(Agency, person.agency_id).name
    return Invited(person.title, agency, session.exec(closed).first() or "")


def accept_invitation(work: Work, token: str, user_name: str, password_hash: str) -> Account:
    """Set the account up, or open a closed one again, which keeps its name; of two who press at once, one does.

    An empty hash is for an agency's own sign-in.
    """
    row = work.session.get(Invitation, hash_of(token), with_for_update=True)
    work.attempts("accept_invitation", "a link")
    if row is None or find_invitation(work.session, token, work.now) is None:
        raise Refused(NO_LONGER)
    work.session.refresh(row)
    if row.used_at is not None:
        raise Refused(NO_LONGER)
    person = work.session.get_one(Person, row.person_id)
    closed = _closed_account(work.session, row.person_id)
    if closed is None and not user_name.strip():
        raise InputError("Choose a user name.")
    work.actor = Actor(person.id, person.title, person.agency_id)
    row.used_at = work.now
    work.session.add(row)
    if closed is not None:
        return reopen_account(work, closed, password_hash)
    return open_account(work, user_name, person.id or 0, password_hash)
