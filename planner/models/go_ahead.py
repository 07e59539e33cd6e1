"""Go-aheads with the fingerprint they were given for, and overrides of single findings."""

from datetime import datetime

from sqlmodel import Field

from planner.db import Table, by_value
from planner.models.columns import instant, key, link, maybe_instant, maybe_link, request_key
from planner.rules.words import GoAheadState


class GoAhead(Table, table=True):
    id: int | None = key()
    action_id: int = link("action.id")
    state: GoAheadState = Field(sa_type=by_value(GoAheadState))
    fingerprint: str
    plan_fingerprint: str | None = None
    policy_id: int = link("policy.id", index=False)
    requested_by: int = link("person.id", index=False)
    given_by: int = link("person.id", index=False)
    given_at: datetime = instant()
    typed_by: int | None = maybe_link("person.id", index=False)
    confirmed_at: datetime | None = maybe_instant()
    condition: str | None = None
    changed_at: datetime = instant()
    changed_by: int | None = maybe_link("person.id", index=False)
    change_reason: str | None = None
    version: int = 1
    request_key: str | None = request_key()


class Override(Table, table=True):
    """Gold's recorded exception to one finding, for one slot, with a typed reason."""

    id: int | None = key()
    action_id: int = link("action.id")
    check: str = Field(max_length=40)
    sentence: str
    reason: str
    fingerprint: str
    policy_id: int | None = maybe_link("policy.id", index=False)
    given_by: int = link("person.id", index=False)
    given_at: datetime = instant()
    expires_at: datetime = instant()
    withdrawn_at: datetime | None = maybe_instant()
