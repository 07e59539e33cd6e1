"""Accounts and web sessions; a session is kept as the hash of its token."""

from datetime import datetime

from sqlmodel import Field

from planner.db import Table
from planner.models.columns import instant, key, link, maybe_instant


class Account(Table, table=True):
    """A way in for a person; exercise accounts work only on an exercise database on loopback."""

    id: int | None = key()
    user_name: str = Field(unique=True, max_length=80)
    person_id: int = Field(foreign_key="person.id", unique=True)
    password_hash: str
    exercise: bool = False
    failures: int = 0
    locked_until: datetime | None = maybe_instant()
    closed_at: datetime | None = maybe_instant()
    created_at: datetime = instant()


class WebSession(Table, table=True):
    """Signed in since, seen last, ended; the token itself is nowhere but in the browser."""

    token_hash: str = Field(primary_key=True, max_length=64)
    account_id: int = link("account.id")
    created_at: datetime = instant()
    seen_at: datetime = instant()
    ended_at: datetime | None = maybe_instant()
