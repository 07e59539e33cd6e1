"""What the record tells of care providers to whoever may not know which is which: that one acted, never who it is."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from planner.db import pick
from planner.models.accounts import Account
from planner.models.directory import Agency, Person
from planner.models.records import RecordLine
from planner.rules.access import HIDDEN_PROVIDER
from planner.rules.calendar_choice import Scope
from planner.rules.words import AgencyKind, Outcome
from planner.views.people import names_providers
from planner.work import Look


def actor_column(look: Look) -> Any:
    """Who did it; a provider's people go by what stands for its name."""
    return sa.case((by_hidden(look), HIDDEN_PROVIDER), else_=col(RecordLine.actor))


def by_hidden(look: Look) -> Any:
    """Whether a line is of somebody of a provider whose name the reader may not know."""
    if names_providers(look):
        return sa.false()
    return sa.func.coalesce(RecordLine.person_id, 0).in_(_of_providers(Person.id))


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
    named = (
        sa.or_(sa.and_(done, col(line.object_kind) != kind), col(line.object_ref).not_in(refs))
        for kind, refs in hidden.items()
    )
    return (sa.not_(_once_named()), *named)


def _once_named() -> Any:
    """Lines of files and feeds from when their reference still held the code of an agency or a person's account."""
    kind, ref = col(RecordLine.object_kind), col(RecordLine.object_ref)
    of_calendars = kind.in_(("calendar", "calendar_sheet", "feed"))
    whose = sa.or_(*(ref.startswith(f"{scope} ") for scope in (Scope.AGENCY, Scope.PROVIDER, Scope.PERSON)))
    return sa.or_(sa.and_(of_calendars, whose), kind == Scope.PROVIDER)


def _of_providers(column: Any) -> Any:
    """A column of the people of care providers."""
    query = pick(column).select_from(Person).join(Agency, col(Agency.id) == col(Person.agency_id))
    return query.where(Agency.kind == AgencyKind.CARE_PROVIDER)
