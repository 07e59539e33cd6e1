"""One conference while it meets: its agenda and lines, who is there, and each action with its gate beside the notes."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import aliased
from sqlmodel import col

from planner import access, facts
from planner.db import pick
from planner.errors import NotFound
from planner.models.conferences import Conference, ConferenceAction
from planner.models.directory import Person
from planner.models.minutes import MinuteLine
from planner.models.operations import Action, StrikeDay
from planner.rules.access import Verb
from planner.rules.agenda import CONFIDENTIALITY, items_of
from planner.rules.decided import changed_since
from planner.rules.markings import Marked
from planner.rules.readiness import judge
from planner.rules.values import Facts
from planner.rules.words import ActionState, ConferenceKind, ConferenceState, Decision
from planner.services.conferences import NO_CONFERENCE
from planner.services.quorum import missing_of
from planner.views.conferences import dissents, visible_conferences
from planner.work import Look

NEWER = aliased(MinuteLine)


class Matter(NamedTuple):
    """One action as the conference sees it: what its gate says now, what was decided, what changed since."""

    reference: str
    starts_at: datetime
    ends_at: datetime
    blocking: tuple[str, ...]
    decision: Decision | None
    reasons: str
    options: str
    dissents: tuple[str, ...]
    changed: tuple[str, ...] = ()
    stood_down: bool = False


class Meeting(NamedTuple):
    """A conference with the actions that the reader may see; `records` says whether the reader may write in it."""

    id: int
    kind: ConferenceKind
    state: ConferenceState
    starts_at: datetime
    ends_at: datetime
    venue: str
    join_link: str
    chair: str
    agenda: tuple[str, ...]
    confidentiality: str
    opened_at: datetime | None
    version: int
    marked: Marked
    strike_day: str | None
    review_of: int | None
    missing: tuple[str, ...]
    matters: tuple[Matter, ...]
    hidden: int
    records: bool


class Line(NamedTuple):
    """A line as it stands now; `corrects`: it took the place of another, `first` being the one that was typed first."""

    id: int
    item: int
    reference: str | None
    text: str
    typed_at: datetime
    typed_by: str
    corrects: bool
    first: int


def meeting(look: Look, conference_id: int) -> Meeting:
    """NotFound without a visible action in it."""
    visible, about = access.visible_actions(look), ConferenceAction
    links = look.session.execute(
        pick(Action.id, Action.reference, Action.starts_at, Action.ends_at, about.decision, about.reasons)
        .add_columns(about.options, col(Action.id).in_(visible))
        .join(about, col(about.action_id) == col(Action.id))
        .where(about.conference_id == conference_id)
        .order_by(Action.starts_at, Action.reference)
    ).all()
    seen = [row for row in links if row[-1]]
    if not seen:
        raise NotFound(NO_CONFERENCE)
    known = facts.load(look, [row[0] for row in seen])
    against = dissents(look, {conference_id})
    matters = tuple(
        Matter._make(
            (
                *row[1:4],
                tuple(finding.sentence for finding in judge(known[row[0]]).blocking),
                *row[4:7],
                against.get((conference_id, row[1]), ()),
                _changed(known[row[0]]),
                known[row[0]].action.state is ActionState.STOOD_DOWN,
            )
        )
        for row in seen
    )
    return _meeting(look, conference_id, matters, [row[0] for row in links])


def _changed(known: Facts) -> tuple[str, ...]:
    """What is materially different from what the last conference decided on."""
    held = known.conference
    return changed_since(held.decided_on, known) if held is not None and held.decision is not None else ()


def _meeting(look: Look, conference_id: int, matters: tuple[Matter, ...], action_ids: list[int]) -> Meeting:
    row = look.session.get_one(Conference, conference_id)
    chair = look.session.get_one(Person, row.chair_id).title
    strike = look.session.get(StrikeDay, row.strike_day_id) if row.strike_day_id else None
    whole = len(matters) == len(action_ids)
    may = whole and all(
        access.may(look, Verb.RECORD_CONFERENCE, action=look.session.get(Action, number)) for number in action_ids
    )
    return Meeting(
        *(conference_id, row.kind, row.state, row.starts_at, row.ends_at, row.venue, row.join_link, chair),
        *(
            items_of(row.agenda),
            row.confidentiality or CONFIDENTIALITY,
            row.opened_at,
            row.version,
            Marked(row.marking, row.handling),
        ),
        *(strike.name if strike else None, row.review_of, missing_of(look, row, action_ids), matters),
        len(action_ids) - len(matters),
        may,
    )


def lines(look: Look, conference_id: int, *, item: int | None = None) -> tuple[Line, ...]:
    """The lines that stand, in the order in which they were first typed; about visible actions, or about none."""
    line = MinuteLine
    query = (
        pick(line.id, line.item, Action.reference, line.text, line.typed_at, Person.title, line.instead_of)
        .join(Person, col(Person.id) == col(line.typed_by))
        .outerjoin(Action, col(Action.id) == col(line.action_id))
        .where(line.conference_id == conference_id, col(line.conference_id).in_(visible_conferences(look)))
        .where(col(line.action_id).is_(None) | col(line.action_id).in_(access.visible_actions(look)))
        .order_by(line.id)
    )
    found = {row[0]: row for row in look.session.execute(query)}
    first: dict[int, int] = {}  # every line by the one that it began as, and so where it stands
    for number, row in found.items():
        first[number] = first.get(row[6], number) if row[6] is not None else number
    standing: dict[int, Line] = {}
    for number, row in found.items():
        standing[first[number]] = Line._make((*row[:6], row[6] is not None, first[number]))
    return tuple(row for row in standing.values() if row.text and item in (None, row.item))
