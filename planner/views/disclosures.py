"""What was consulted or left the house: views of pages, exports, feeds, urgent disclosures (DPA 2018 s.62)."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner.db import pick
from planner.models.records import RecordLine
from planner.rules.words import Outcome
from planner.views.record import LineFilter, filtered, paged
from planner.views.record_names import actor_column, by_hidden
from planner.work import Look

OUTCOMES = (Outcome.VIEWED, Outcome.EXPORTED)
BY_VOICE = "disclose_urgently"


class Disclosure(NamedTuple):
    """`why` is what was typed; a view asks for none, its ground is the post held.

    What a care provider typed may name it: who may not know which is which is not shown that.
    """

    number: int
    at: datetime
    actor: str
    verb: str
    about: str
    why: str
    sentence: str


def disclosures(look: Look, wanted: LineFilter) -> Iterator[Disclosure]:
    """All of them that match, oldest first, read as they are asked for."""
    ordered = _query(look, wanted).order_by(col(RecordLine.number))
    for row in look.session.execute(ordered).yield_per(1000):
        yield _disclosure(row)


def disclosures_page(look: Look, wanted: LineFilter) -> tuple[Disclosure, ...]:
    """One page of them, newest first."""
    ordered = _query(look, wanted).order_by(col(RecordLine.number).desc())
    return tuple(_disclosure(row) for row in look.session.execute(paged(ordered, wanted.page)))


def count_disclosures(look: Look, wanted: LineFilter) -> int:
    query = pick(sa.func.count()).select_from(RecordLine).where(_disclosed())
    return int(look.session.execute(filtered(look, query, wanted)).scalar_one())


def _disclosed() -> Any:
    """A view or an export, or what was told by voice to safeguard somebody."""
    by_voice = sa.and_(col(RecordLine.outcome) == Outcome.DONE, col(RecordLine.verb) == BY_VOICE)
    return sa.or_(col(RecordLine.outcome).in_(OUTCOMES), by_voice)


def _query(look: Look, wanted: LineFilter) -> Any:
    line = RecordLine
    query = pick(line.number, line.at, actor_column(look).label("actor"), line.verb, line.object_ref)
    query = query.add_columns(line.detail, line.sentence, by_hidden(look).label("hidden"))
    return filtered(look, query.where(_disclosed()), wanted)


def _disclosure(row: Any) -> Disclosure:
    why = "" if row.hidden else json.loads(row.detail).get("reason", "")
    return Disclosure(row.number, row.at, row.actor, row.verb, row.object_ref, why, row.sentence)
