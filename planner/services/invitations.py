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
from planner.rules.access import PARTNERS
from planner.services.accounts import open_account
from planner.services.directory import person_titled
from planner.services.sessions import hash_of
from planner.work import Work

GOOD_FOR = timedelta(days=3)
NO_LONGER = "This link has been used, was withdrawn, or is more than three days old. Ask the cell for a new one."


class Invited(NamedTuple):
    """Whom a link is for: the title of their post and their agency."""

    title: str
    agency: str


def invite(work: Work, title: str) -> str:
    """A link's token for somebody without an account; an earlier link of theirs is good no longer."""
    _may_invite(work, title)
    person = person_titled(work, title)
    if work.session.exec(select(Account.id).where(Account.person_id == person.id)).first() is not None:
        raise Refused(f"{title} has an account already. An administrator closes it or resets its second factor.")
    _revoke_open(work, person)
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
    if _revoke_open(work, person_titled(work, title)) == 0:
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


def _revoke_open(work: Work, person: Person) -> int:
    still_open = select(Invitation).where(
        Invitation.person_id == person.id, col(Invitation.used_at).is_(None), col(Invitation.revoked_at).is_(None)
    )
    rows = work.session.exec(still_open.with_for_update()).all()
    for row in rows:
        row.revoked_at = work.now
        work.session.add(row)
    return len(rows)


def find_invitation(session: Session, token: str, now: datetime) -> Invited | None:
    """Whom a link is for, while it is good."""
    row = session.get(Invitation, hash_of(token))
    if row is None or row.used_at is not None or row.revoked_at is not None or now > row.expires_at:
        return None
    person = session.get_one(Person, row.person_id)
    return Invited(person.title, session.get_one(Agency, person.agency_id).name) if person.active else None


def accept_invitation(work: Work, token: str, user_name: str, password_hash: str) -> Account:
    """Set the account up; of two who press at once, one does. An empty hash is for an agency's own sign-in."""
    row = work.session.get(Invitation, hash_of(token), with_for_update=True)
    work.attempts("accept_invitation", "a link")
    if row is None or find_invitation(work.session, token, work.now) is None:
        raise Refused(NO_LONGER)
    work.session.refresh(row)
    if row.used_at is not None:
        raise Refused(NO_LONGER)
    person = work.session.get_one(Person, row.person_id)
    if not user_name.strip():
        raise InputError("Choose a user name.")
    work.actor = Actor(person.id, person.title, person.agency_id)
    row.used_at = work.now
    work.session.add(row)
    return open_account(work, user_name, person.id or 0, password_hash)
