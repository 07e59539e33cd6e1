"""Case conferences, who sits at them and what was undertaken, as planners see them: those on visible actions alone."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.conferences import Attendance, Conference, ConferenceAction, Undertaking
from planner.models.directory import Agency
from planner.models.minutes import Dissent
from planner.models.operations import Action
from planner.rules.access import SEAT
from planner.rules.markings import Marked
from planner.rules.words import AttendanceState, ConferenceKind, ConferenceState, Decision, Marking, UndertakingState
from planner.views.people import unless_hidden
from planner.work import Look


class ConferenceRow(NamedTuple):
    """A conference, once for each action that it is about."""

    id: int
    starts_at: datetime
    ends_at: datetime
    kind: ConferenceKind
    state: ConferenceState
    version: int
    reference: str
    decision: Decision | None
    reasons: str
    options: str
    dissent: str
    marking: Marking
    handling: str | None

    @property
    def marked(self) -> Marked:
        """How its minutes are to be treated."""
        return Marked(self.marking, self.handling)


class SeatRow(NamedTuple):
    code: str
    agency: str
    state: AttendanceState
    may_commit: bool
    victims_advocate: bool
    confidentiality_accepted: bool


class UndertakingRow(NamedTuple):
    """What an agency undertook; for one action, or for all of its conference."""

    id: int
    agency: str
    text: str
    due_at: datetime
    before_action: bool
    state: UndertakingState
    reference: str | None = None
    owner: str = ""


def conferences(look: Look, reference: str) -> tuple[ConferenceRow, ...]:
    """Conferences on one visible action, the first to meet first."""
    c, link = Conference, ConferenceAction
    query = (
        pick(
            *(c.id, c.starts_at, c.ends_at, c.kind, c.state, c.version),
            *(Action.reference, link.decision, link.reasons, link.options, sa.literal(""), c.marking, c.handling),
        )
        .join(link, col(link.conference_id) == col(c.id))
        .join(Action, col(Action.id) == col(link.action_id))
        .where(col(Action.id).in_(access.visible_actions(look)))
        .order_by(c.starts_at, c.id, Action.reference)
    )
    rows = [ConferenceRow._make(row) for row in look.session.execute(query.where(Action.reference == reference))]
    against = dissents(look, {row.id for row in rows})
    return tuple(row._replace(dissent=" ".join(against.get((row.id, row.reference), ()))) for row in rows)


def dissents(look: Look, conference_ids: Collection[int]) -> dict[tuple[int, str], tuple[str, ...]]:
    """Whose dissent, in whose words, by conference and visible action, in the order in which it was typed."""
    d = Dissent
    query = (
        pick(d.conference_id, Action.reference, unless_hidden(look, col(Agency.name)), d.text)
        .join(Action, col(Action.id) == col(d.action_id))
        .outerjoin(Agency, col(Agency.id) == col(d.agency_id))
        .where(col(d.conference_id).in_(conference_ids), col(Action.id).in_(access.visible_actions(look)))
        .order_by(d.id)
    )
    found: dict[tuple[int, str], tuple[str, ...]] = {}
    for number, reference, agency, text in look.session.execute(query):
        found[number, reference] = (*found.get((number, reference), ()), f"{agency}: {text}" if agency else text)
    return found


def visible_conferences(look: Look) -> sa.Select[tuple[int]]:
    """A SELECT of the ids of the conferences about an action that the reader may see."""
    found: sa.Select[tuple[int]] = pick(ConferenceAction.conference_id).where(
        col(ConferenceAction.action_id).in_(access.visible_actions(look))
    )
    return found


def seats(look: Look, conference_id: int) -> tuple[SeatRow, ...]:
    """Who is invited to a conference, and who came; a provider whose name is hidden goes by its seat."""
    t = Attendance
    code = unless_hidden(look, col(Agency.code), sa.literal(SEAT).concat(sa.cast(t.id, sa.String)))
    query = (
        pick(code, unless_hidden(look, col(Agency.name)), t.state, t.may_commit)
        .add_columns(t.victims_advocate, t.confidentiality_accepted)
        .join(Agency, col(Agency.id) == col(t.agency_id))
        .where(t.conference_id == conference_id, col(t.conference_id).in_(visible_conferences(look)))
        .order_by(unless_hidden(look, col(Agency.name)), t.id)
    )
    return tuple(SeatRow._make(row) for row in look.session.execute(query))


def undertakings(look: Look, conference_id: int) -> tuple[UndertakingRow, ...]:
    """What was undertaken at a conference, the first due first."""
    u = Undertaking
    query = (
        pick(u.id, unless_hidden(look, col(Agency.name)), u.text, u.due_at, u.before_action, u.state, Action.reference)
        .add_columns(u.owner)
        .join(Agency, col(Agency.id) == col(u.agency_id))
        .outerjoin(Action, col(Action.id) == col(u.action_id))
        .where(col(u.action_id).is_(None) | col(u.action_id).in_(access.visible_actions(look)))
        .where(u.conference_id == conference_id, col(u.conference_id).in_(visible_conferences(look)))
        .order_by(u.due_at, u.id)
    )
    return tuple(UndertakingRow._make(row) for row in look.session.execute(query))
