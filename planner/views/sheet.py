"""The two-page sheet of one action: what the decision rests on, for paper.

It leaves the building, so it tells less than the page: no premises, no safe house, and no care provider's name whoever
prints it.
"""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import col

from planner import access
from planner.access import Verb
from planner.db import pick
from planner.errors import NotFound
from planner.facts_rows import TOLD_NAME
from planner.models.directory import Agency, Person
from planner.models.go_ahead import Override
from planner.models.minutes import Dissent
from planner.models.operations import Action
from planner.rules.danger import Danger
from planner.rules.markings import Marked, together
from planner.rules.words import Decision
from planner.views.conferences import ConferenceRow, conferences
from planner.views.last_hours import danger_entry
from planner.views.one_action import OneAction, one_action
from planner.views.sheet_contacts import Contact, contacts
from planner.work import Look


class Overridden(NamedTuple):
    """A check set aside: why, by whom, when, and until when."""

    check: str
    sentence: str
    reason: str
    by: str
    at: datetime
    until: datetime


class Conferred(NamedTuple):
    """What the last conference decided, and who dissented."""

    starts_at: datetime
    decision: Decision
    reasons: str
    dissent: tuple[str, ...]


class Sheet(NamedTuple):
    """Everything that is printed, as values; `marked` is the highest marking of what stands in it."""

    one: OneAction
    marked: Marked
    overrides: tuple[Overridden, ...]
    conferred: Conferred | None
    contacts: tuple[Contact, ...]
    danger: Danger | None
    printed_by: str
    printed_at: datetime


def sheet_of(look: Look, reference: str) -> Sheet:
    """The sheet of a visible action, for whoever sees what Gold decides on."""
    one = one_action(look, reference)
    action = one.facts.action
    row = look.session.get_one(Action, action.id)
    if not look.actor.operator and not access.may(look, Verb.SEE_GO_AHEAD, action=row):
        raise NotFound(access.NO_ACTION.format(reference=reference))
    last = next((row for row in reversed(conferences(look, reference)) if row.decision is not None), None)
    marks = [Marked(one.row.marking, one.row.handling), *([last.marked] if last else [])]
    conferred = _conferred(look, last, action.id) if last else None
    found = contacts(look, action)
    entry = danger_entry(look, one)
    return Sheet(one, together(marks), _overrides(look, one), conferred, found, entry, look.actor.name, look.now)


def _overrides(look: Look, one: OneAction) -> tuple[Overridden, ...]:
    """Those that set a check aside now, the newest of each."""
    o = Override
    query = (
        pick(o.check, o.sentence, o.reason, Person.title, o.given_at, o.expires_at)
        .join(Person, col(Person.id) == col(o.given_by))
        .where(o.action_id == one.row.id, col(o.withdrawn_at).is_(None))
        .order_by(o.id)
    )
    set_aside = {finding.check for finding in one.gate.findings if finding.state == "overridden"}
    newest = {row[0]: Overridden._make(row) for row in look.session.execute(query) if row[0] in set_aside}
    return tuple(newest.values())


def _conferred(look: Look, last: ConferenceRow, action_id: int) -> Conferred:
    d = Dissent
    query = (
        pick(TOLD_NAME, d.text)
        .select_from(Dissent)
        .outerjoin(Agency, col(Agency.id) == col(d.agency_id))
        .where(d.conference_id == last.id, d.action_id == action_id)
        .order_by(d.id)
    )
    against = tuple(f"{agency}: {text}" if agency else text for agency, text in look.session.execute(query))
    return Conferred(last.starts_at, last.decision or Decision.DEFER, last.reasons, against)
