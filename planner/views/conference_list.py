"""Conferences to come, one row each, and what is still owed from all of them."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.conferences import Conference, ConferenceAction, Undertaking
from planner.models.directory import Agency
from planner.models.operations import Action, Operation
from planner.rules.markings import Marked
from planner.rules.words import ConferenceKind, ConferenceState, UndertakingState
from planner.views.conferences import UndertakingRow, visible_conferences
from planner.views.people import unless_hidden
from planner.work import Look


class ConferenceLine(NamedTuple):
    """One conference with the actions of it that the reader may see; `decided` counts those with a decision."""

    id: int
    starts_at: datetime
    ends_at: datetime
    kind: ConferenceKind
    state: ConferenceState
    marked: Marked
    references: tuple[str, ...]
    decided: int


class Owed(NamedTuple):
    undertaken: UndertakingRow
    met_at: datetime
    chased_at: datetime | None


class OwedAt(NamedTuple):
    """The conference of an undertaking: its operation by code, how it is marked."""

    operation: str
    marked: Marked


def conference_list(look: Look) -> tuple[ConferenceLine, ...]:
    """Those about a visible action still to come, the next first."""
    c, link = Conference, ConferenceAction
    query = (
        pick(c.id, c.starts_at, c.ends_at, c.kind, c.state, c.marking, c.handling, Action.reference, link.decision)
        .join(link, col(link.conference_id) == col(c.id))
        .join(Action, col(Action.id) == col(link.action_id))
        .where(col(Action.id).in_(access.visible_actions(look)), Action.ends_at >= look.now)
        .order_by(c.starts_at, c.id, Action.reference)
    )
    found: dict[int, ConferenceLine] = {}
    for number, *rest, marking, handling, reference, decision in look.session.execute(query):
        about = (number, *rest, Marked(marking, handling), (), 0)
        known = found.get(number) or ConferenceLine._make(about)
        found[number] = known._replace(
            references=(*known.references, reference), decided=known.decided + (decision is not None)
        )
    return tuple(found.values())


def owed(look: Look) -> tuple[Owed, ...]:
    """What is undertaken and open, about a visible action or all of a visible conference; the first due first."""
    u, visible = Undertaking, access.visible_actions(look)
    query = (
        pick(u.id, unless_hidden(look, col(Agency.name)), u.text, u.due_at, u.before_action, u.state, Action.reference)
        .add_columns(u.owner, Conference.starts_at, u.chased_at)
        .join(Agency, col(Agency.id) == col(u.agency_id))
        .join(Conference, col(Conference.id) == col(u.conference_id))
        .outerjoin(Action, col(Action.id) == col(u.action_id))
        .where(col(u.conference_id).in_(visible_conferences(look)), u.state == UndertakingState.OPEN)
        .where(col(u.action_id).is_(None) | col(u.action_id).in_(visible))
        .order_by(u.due_at, u.id)
    )
    return tuple(Owed(UndertakingRow(*row[:8]), row[8], row[9]) for row in look.session.execute(query))


def owed_at(look: Look) -> dict[int, OwedAt]:
    """For each of these undertakings, by its number, where it was made."""
    u, c = Undertaking, Conference
    query = (
        pick(u.id, Operation.code, c.marking, c.handling)
        .join(c, col(c.id) == col(u.conference_id))
        .join(Operation, col(Operation.id) == col(c.operation_id))
        .where(col(c.id).in_(visible_conferences(look)), u.state == UndertakingState.OPEN)
    )
    return {number: OwedAt(code, Marked(*marked)) for number, code, *marked in look.session.execute(query)}
