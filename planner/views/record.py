"""The record as its readers see it: line by line, newest first, by whom, of what, with what outcome, and counted."""

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import holds_words, pick
from planner.models.operations import Action, Operation
from planner.models.records import RecordLine
from planner.rules.windows import from_local
from planner.rules.words import Outcome
from planner.views.record_names import actor_column, without_providers
from planner.work import Look

PER_PAGE = 50


class LineRow(NamedTuple):
    number: int
    at: datetime
    actor: str
    verb: str
    outcome: Outcome
    about: str
    sentence: str


class LineFilter(NamedTuple):
    """What to show; empty means all. `text` is sought in who, what about and the sentence; `page` counts from 1.

    Days are London days, both included; `action` is a reference, whatever was done to it, refused or looked at.
    """

    text: str = ""
    outcome: Outcome | None = None
    page: int = 1
    actor: str = ""
    action: str = ""
    first_day: date | None = None
    last_day: date | None = None


class Tally(NamedTuple):
    """How often something stands in the record: a person, or an action."""

    name: str
    done: int
    refused: int
    viewed: int
    exported: int
    last_at: datetime


def filtered(look: Look, query: Any, wanted: LineFilter) -> Any:
    """Only for who may see the record, and of it what they may know of; for anybody else it has no line."""
    if not (look.actor.operator or access.may(look, access.Verb.SEE_RECORD)):
        return query.where(sa.false())
    return query.where(*_known(look), *_terms(look, wanted))


def _known(look: Look) -> list[Any]:
    """Not what names an action or an operation that the reader cannot open: the record opens no other door."""
    line = RecordLine
    hidden = pick(Action.id).where(col(Action.id).not_in(access.visible_actions(look)))
    named = pick(Action.reference).where(col(Action.id).in_(hidden))
    elsewhere = pick(Operation.code).where(col(Operation.id).not_in(access.visible_operations(look)))
    return [
        sa.or_(col(line.action_id).is_(None), col(line.action_id).not_in(hidden)),
        col(line.object_ref).not_in(named),
        col(line.object_ref).not_in(elsewhere),
        *without_providers(look),
    ]


def _terms(look: Look, wanted: LineFilter) -> list[Any]:
    line, terms, actor = RecordLine, [], actor_column(look)
    if wanted.outcome:
        terms.append(col(line.outcome) == wanted.outcome)
    if wanted.actor:
        terms.append(actor == wanted.actor)
    if wanted.action:
        ids = pick(Action.id).where(col(Action.reference) == wanted.action)
        terms.append(sa.or_(col(line.object_ref) == wanted.action, col(line.action_id).in_(ids)))
    if wanted.first_day:
        terms.append(col(line.at) >= from_local(wanted.first_day, time.min))
    if wanted.last_day and wanted.last_day < date.max:
        terms.append(col(line.at) < from_local(wanted.last_day + timedelta(days=1), time.min))
    if wanted.text:
        columns = (actor, col(line.object_ref), col(line.sentence))
        terms.append(holds_words(wanted.text, *columns))
    return terms


def paged(query: Any, page: int, per_page: int = PER_PAGE) -> Any:
    return query.limit(per_page).offset((max(page, 1) - 1) * per_page)


def lines(look: Look, wanted: LineFilter, *, per_page: int = PER_PAGE) -> tuple[LineRow, ...]:
    """One page of the record, newest first."""
    line = RecordLine
    query = pick(line.number, line.at, actor_column(look), line.verb, line.outcome, line.object_ref, line.sentence)
    page = paged(filtered(look, query, wanted).order_by(col(line.number).desc()), wanted.page, per_page)
    return tuple(LineRow._make(row) for row in look.session.execute(page))


def count_lines(look: Look, wanted: LineFilter) -> int:
    query = filtered(look, pick(sa.func.count()).select_from(RecordLine), wanted)
    return int(look.session.execute(query).scalar_one())


def actors(look: Look) -> tuple[str, ...]:
    """Whoever stands in the record, by name."""
    actor = actor_column(look).label("actor")
    query = filtered(look, pick(actor).distinct(), LineFilter())
    return tuple(look.session.execute(query.order_by(actor)).scalars())


def count_actors(look: Look, wanted: LineFilter) -> int:
    query = filtered(look, pick(sa.func.count(sa.distinct(actor_column(look)))), wanted)
    return int(look.session.execute(query).scalar_one())


def by_actor(look: Look, wanted: LineFilter, *, per_page: int = PER_PAGE) -> tuple[Tally, ...]:
    """One page of people with how much stands under each name, the most first."""
    actor = actor_column(look).label("actor")
    query = filtered(look, pick(actor, *_sums()), wanted)
    return _tallies(look, actor, paged(query, wanted.page, per_page))


def count_actions(look: Look, wanted: LineFilter) -> int:
    query = filtered(look, _of_actions(sa.func.count(sa.distinct(col(Action.reference)))), wanted)
    return int(look.session.execute(query).scalar_one())


def by_action(look: Look, wanted: LineFilter, *, per_page: int = PER_PAGE) -> tuple[Tally, ...]:
    """One page of actions with how much was done to each, refused or looked at, the most first."""
    query = filtered(look, _of_actions(col(Action.reference), *_sums()), wanted)
    return _tallies(look, col(Action.reference), paged(query, wanted.page, per_page))


def _of_actions(*columns: Any) -> Any:
    """A line is about an action by its id; a refusal or a view names it by its reference alone."""
    line = RecordLine
    named = sa.and_(col(line.action_id).is_(None), col(Action.reference) == col(line.object_ref))
    about = sa.or_(col(Action.id) == col(line.action_id), named)
    return pick(*columns).select_from(RecordLine).join(Action, about)


def _sums() -> tuple[Any, ...]:
    outcome = col(RecordLine.outcome)
    counts = [sa.func.sum(sa.case((outcome == item, 1), else_=0)) for item in Outcome]
    return (*counts, sa.func.max(RecordLine.at))


def _tallies(look: Look, name: Any, query: Any) -> tuple[Tally, ...]:
    ordered = query.group_by(name).order_by(sa.func.count().desc(), name)
    return tuple(Tally._make(row) for row in look.session.execute(ordered))
