"""Accounts, their second factors, and web sessions; whatever opens a door is kept as a hash or sealed."""

from datetime import datetime

from sqlmodel import Field, UniqueConstraint

from planner.db import Table, by_value
from planner.models.columns import instant, key, link, maybe_instant, maybe_link
from planner.rules.sign_in_steps import StepKind


class Account(Table, table=True):
    """A way in for a person; exercise accounts work only on an exercise database on loopback.

    An empty password hash fits no password: such an account is opened by the agency's own sign-in. `totp_sealed` is
    encrypted with a key that is not in the database; `totp_step` is the last accepted time step, so that no code is
    good twice.
    """

    id: int | None = key()
    user_name: str = Field(unique=True, max_length=80)
    person_id: int = Field(foreign_key="person.id", unique=True)
    password_hash: str
    exercise: bool = False
    failures: int = 0
    locked_until: datetime | None = maybe_instant()
    closed_at: datetime | None = maybe_instant()
    created_at: datetime = instant()
    totp_sealed: str | None = None
    totp_step: int | None = None


class RecoveryCode(Table, table=True):
    """One of ten codes for the day the second factor is lost; each is good once."""

    code_hash: str = Field(primary_key=True, max_length=64)
    account_id: int = link("account.id")
    created_at: datetime = instant()
    used_at: datetime | None = maybe_instant()


class Passkey(Table, table=True):
    """A passkey or security key: its public half, and how often it has signed."""

    id: int | None = key()
    account_id: int = link("account.id")
    credential: str = Field(unique=True, max_length=1400)
    public_key: str
    sign_count: int = 0
    label: str = Field(max_length=60)
    created_at: datetime = instant()
    used_at: datetime | None = maybe_instant()


class SignInStep(Table, table=True):
    """Between two steps of signing in, for ten minutes: whose, which step, and what was asked of the browser.

    `session_hash` is the open session of somebody who proves themselves again, or adds a factor.
    """

    token_hash: str = Field(primary_key=True, max_length=64)
    kind: StepKind = Field(sa_type=by_value(StepKind))
    account_id: int | None = maybe_link("account.id")
    provider: str | None = Field(default=None, max_length=40)
    challenge: str | None = None
    secret_sealed: str | None = None
    session_hash: str | None = Field(default=None, max_length=64)
    wanted: str = "/"
    failures: int = 0
    known: bool | None = None
    created_at: datetime = instant()
    used_at: datetime | None = maybe_instant()


class Invitation(Table, table=True):
    """A one-time link with which a person sets its account up; the link itself is shown once and kept nowhere."""

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = link("person.id")
    made_by: int | None = maybe_link("person.id", index=False)
    created_at: datetime = instant()
    expires_at: datetime = instant()
    used_at: datetime | None = maybe_instant()
    revoked_at: datetime | None = maybe_instant()


class Device(Table, table=True):
    """A browser that a partner lets be remembered: good for My part alone, for thirty days."""

    id: int | None = key()
    token_hash: str = Field(unique=True, max_length=64)
    account_id: int = link("account.id")
    created_at: datetime = instant()
    seen_at: datetime = instant()
    revoked_at: datetime | None = maybe_instant()


class Identity(Table, table=True):
    """Who an agency's own sign-in says somebody is: its issuer and its subject, bound to one account."""

    __table_args__ = (UniqueConstraint("issuer", "subject"),)
    id: int | None = key()
    account_id: int = link("account.id")
    issuer: str = Field(max_length=200)
    subject: str = Field(max_length=255)
    created_at: datetime = instant()


class WebSession(Table, table=True):
    """Signed in since and how, seen last, ended; the token itself is nowhere but in the browser.

    A session of a remembered device reaches My part alone. `proved_at` is when a password and, where there is one, a
    second factor were last given in it; a device gives none.
    """

    token_hash: str = Field(primary_key=True, max_length=64)
    account_id: int = link("account.id")
    how: str = Field(default="a password", max_length=60)
    device_id: int | None = maybe_link("device.id")
    created_at: datetime = instant()
    seen_at: datetime = instant()
    proved_at: datetime | None = maybe_instant()
    ended_at: datetime | None = maybe_instant()
