"""Accounts: one's own sessions, keys and devices; for who brings people in, who has an account and who has a link."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import holds_words, pick
from planner.models.accounts import Account, Device, Invitation, Passkey, RecoveryCode, WebSession
from planner.models.directory import Agency, Appointment, Person
from planner.rules.access import PARTNERS
from planner.services.devices import REMEMBERED
from planner.services.sessions import ABSOLUTE, IDLE
from planner.services.sign_in import holds_exercise_alone
from planner.views.people import unless_hidden
from planner.work import Look

PER_PAGE = 50
MOST_CHOICES = 500


class SessionRow(NamedTuple):
    token_hash: str
    how: str
    created_at: datetime
    seen_at: datetime


class KeyRow(NamedTuple):
    id: int
    label: str
    created_at: datetime
    used_at: datetime | None


class DeviceRow(NamedTuple):
    id: int
    created_at: datetime
    seen_at: datetime


class Own(NamedTuple):
    """One's own account; `codes` recovery codes are left."""

    user_name: str
    exercise: bool
    has_password: bool
    has_app: bool
    keys: tuple[KeyRow, ...]
    codes: int
    sessions: tuple[SessionRow, ...]
    devices: tuple[DeviceRow, ...]


class AccountRow(NamedTuple):
    """A person with the account they have, or with the link that is out for them."""

    title: str
    agency: str
    user_name: str | None
    closed_at: datetime | None
    seen_at: datetime | None
    proof: str
    link_until: datetime | None

    @property
    def state(self) -> str:
        if self.user_name is None:
            return "No account"
        return "Open" if self.closed_at is None else "Closed"

    @property
    def link_stands(self) -> datetime | None:
        """Until when a link opens an account for them; nobody with an open one needs it."""
        return None if self.state == "Open" else self.link_until


class Wanted(NamedTuple):
    """Which people: by a word of their title or agency, or only those without an open account."""

    text: str = ""
    without: bool = False
    page: int = 1


def own_account(look: Look) -> Own | None:
    """What opens the reader's own account, and where it is open now."""
    a = Account
    found = look.session.execute(
        pick(a.id, a.user_name, a.exercise, a.password_hash, a.totp_sealed).where(
            a.person_id == look.actor.person_id, col(a.closed_at).is_(None)
        )
    ).first()
    if found is None:
        return None
    number, user_name, exercise, password, app = found
    key, device, code = Passkey, Device, RecoveryCode
    keys = pick(key.id, key.label, key.created_at, key.used_at).where(key.account_id == number).order_by(key.id)
    devices = pick(device.id, device.created_at, device.seen_at).where(
        device.account_id == number,
        col(device.revoked_at).is_(None),
        col(device.created_at) > look.now - REMEMBERED,
    )
    codes = pick(sa.func.count()).where(code.account_id == number, col(code.used_at).is_(None))
    return Own(
        user_name,
        exercise,
        bool(password),
        app is not None,
        tuple(KeyRow._make(row) for row in look.session.execute(keys)),
        int(look.session.execute(codes).scalar_one()),
        _sessions(look, number),
        tuple(DeviceRow._make(row) for row in look.session.execute(devices.order_by(device.id))),
    )


def _sessions(look: Look, account_id: int) -> tuple[SessionRow, ...]:
    s = WebSession
    live = pick(s.token_hash, s.how, s.created_at, s.seen_at).where(
        s.account_id == account_id,
        col(s.ended_at).is_(None),
        col(s.seen_at) > look.now - IDLE,
        col(s.created_at) > look.now - ABSOLUTE,
    )
    return tuple(SessionRow._make(row) for row in look.session.execute(live.order_by(col(s.seen_at).desc())))


def count_accounts(look: Look, wanted: Wanted) -> int:
    return int(look.session.execute(pick(sa.func.count()).select_from(_people(look, wanted).subquery())).scalar_one())


def accounts(look: Look, wanted: Wanted, *, per_page: int | None = PER_PAGE) -> tuple[AccountRow, ...]:
    """People whom the reader may bring in, by agency and title; one page of them, or all."""
    query = _people(look, wanted).order_by(Agency.name, Person.title)
    if per_page is not None:
        query = query.limit(per_page).offset((wanted.page - 1) * per_page)
    return tuple(AccountRow._make(row) for row in look.session.execute(query))


def without_account(look: Look, wanted: Wanted) -> tuple[str, ...]:
    """The titles of those whom a link could be made for, of all that match and not of one page alone."""
    query = _people(look, wanted._replace(without=True)).order_by(Person.title).limit(MOST_CHOICES)
    return tuple(row[0] for row in look.session.execute(query))


def is_exercise_alone(look: Look) -> bool:
    """Whether the first link that is used ends the exercise's accounts."""
    return holds_exercise_alone(look.session)


def _people(look: Look, wanted: Wanted) -> Any:
    seen = (
        pick(sa.func.max(WebSession.seen_at)).where(WebSession.account_id == Account.id).correlate(Account)
    ).scalar_subquery()
    keys = pick(sa.func.count()).where(Passkey.account_id == Account.id).correlate(Account).scalar_subquery()
    link = (
        pick(sa.func.max(Invitation.expires_at))
        .where(
            Invitation.person_id == Person.id,
            col(Invitation.used_at).is_(None),
            col(Invitation.revoked_at).is_(None),
            col(Invitation.expires_at) > look.now,
        )
        .correlate(Person)
        .scalar_subquery()
    )
    proof = sa.case(
        (col(Account.id).is_(None), ""),
        (col(Account.exercise), "Password of the exercise"),
        (keys > 0, "Security key"),
        (col(Account.totp_sealed).is_not(None), "Authenticator app"),
        else_="Password alone",
    )
    agency = unless_hidden(look, col(Agency.name))
    columns = (Person.title, agency, Account.user_name, Account.closed_at, seen, proof, link)
    query = (
        pick(*columns)
        .join(Agency, col(Agency.id) == col(Person.agency_id))
        .outerjoin(Account, col(Account.person_id) == col(Person.id))
        .where(col(Person.active), _within_reach(look))
    )
    if wanted.text:
        query = query.where(holds_words(wanted.text, col(Person.title), agency))
    shut_out = col(Account.id).is_(None) | col(Account.closed_at).is_not(None)
    return query.where(shut_out) if wanted.without else query


def _within_reach(look: Look) -> Any:
    """Administrators bring anybody in; the cell those who hold nothing but partners' and providers' posts."""
    if look.actor.operator or access.may(look, access.Verb.MANAGE_ACCOUNTS):
        return sa.true()
    if not access.may(look, access.Verb.MANAGE_DIRECTORY):
        return sa.false()
    held = pick(Appointment.id).where(Appointment.person_id == Person.id)
    return held.exists() & ~held.where(col(Appointment.post).not_in(PARTNERS)).exists()
