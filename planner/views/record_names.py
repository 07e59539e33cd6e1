"""What the record tells of care providers to whoever may not know which is which: that one acted, never who it is."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from planner.db import pick
from planner.models.accounts import Account
from planner.models.directory import Agency, Person
from planner.models.records import RecordLine
from planner.rules.access import HIDDEN_PROVIDER
from planner.rules.words import AgencyKind, Outcome
from planner.views.people import names_providers
from planner.work import Look


def actor_column(look: Look) -> Any:
    """Who did it; a provider's people go by what stands for its name."""
    actor = col(RecordLine.actor)
    if names_providers(look):
        return actor
    theirs = col(RecordLine.person_id).in_(_of_providers(Person.id))
    return sa.case((theirs, HIDDEN_PROVIDER), else_=actor)


def without_providers(look: Look) -> tuple[Any, ...]:
    """Terms that leave out the lines about a provider in the directory, its people and their accounts.

    A refusal has a kind of its own in place of the thing's, and may name the provider to whoever was refused.
    """
    if names_providers(look):
        return ()
    line = RecordLine
    hidden = {
        "agency": pick(Agency.code).where(Agency.kind == AgencyKind.CARE_PROVIDER),
        "person": _of_providers(Person.title),
        "account": _of_providers(Account.user_name).join(Account, col(Account.person_id) == col(Person.id)),
    }
    done = col(line.outcome) != Outcome.REFUSED
    taken = col(line.object_kind).in_(("calendar", "calendar_sheet", "provider"))  # their reference may hold its code
    theirs = sa.and_(taken, sa.func.coalesce(line.person_id, 0).in_(_of_providers(Person.id)))
    named = (
        sa.or_(sa.and_(done, col(line.object_kind) != kind), col(line.object_ref).not_in(refs))
        for kind, refs in hidden.items()
    )
    return (sa.not_(theirs), *named)


def _of_providers(column: Any) -> Any:
    """A column of the people of care providers."""
    query = pick(column).select_from(Person).join(Agency, col(Agency.id) == col(Person.agency_id))
    return query.where(Agency.kind == AgencyKind.CARE_PROVIDER)
