"""The record as its readers see it: line by line, newest first, by whom, of what, with what outcome."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.records import RecordLine
from planner.rules.words import Outcome
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
    """What to show; empty means all. `text` is sought in who, what about and the sentence; `page` counts from 1."""

    text: str = ""
    outcome: Outcome | None = None
    page: int = 1


def _filtered(look: Look, query: sa.Select[tuple[int]], wanted: LineFilter) -> sa.Select[tuple[int]]:
    """Only for who may see the record; for anybody else it has no line."""
    line = RecordLine
    if not access.may(look, access.Verb.SEE_RECORD):
        return query.where(sa.false())
    if wanted.outcome:
        query = query.where(col(line.outcome) == wanted.outcome)
    if wanted.text:
        columns = (line.actor, line.object_ref, line.sentence)
        query = query.where(sa.or_(*(col(item).icontains(wanted.text, autoescape=True) for item in columns)))
    return query


def lines(look: Look, wanted: LineFilter) -> tuple[LineRow, ...]:
    """One page of the record, newest first."""
    line = RecordLine
    query = _filtered(
        look, pick(line.number, line.at, line.actor, line.verb, line.outcome, line.object_ref, line.sentence), wanted
    )
    page = query.order_by(col(line.number).desc()).limit(PER_PAGE).offset((wanted.page - 1) * PER_PAGE)
    return tuple(LineRow._make(row) for row in look.session.execute(page))


def count_lines(look: Look, wanted: LineFilter) -> int:
    query = _filtered(look, pick(sa.func.count()).select_from(RecordLine), wanted)
    return int(look.session.execute(query).scalar_one())
