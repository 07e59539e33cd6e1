"""The decision log of an action, or of an operation with the actions its reader sees: read from the record."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col, func

from planner import access
from planner.db import pick
from planner.errors import NotFound
from planner.models.operations import Action, Operation
from planner.models.records import RecordLine
from planner.rules.decision_log import OF_ACTION, OF_OPERATION
from planner.rules.log_headings import HEADINGS, Headings, Part
from planner.rules.markings import Marked, highest
from planner.rules.words import Outcome
from planner.views.record_names import actor_column, without_providers
from planner.work import Look

PER_PAGE = 20


class Entry(NamedTuple):
    """One decision: what kind, about what, and what stands under each heading that has something."""

    number: int
    at: datetime
    by: str
    what: str
    about: str
    parts: tuple[tuple[str, str], ...]


class Log(NamedTuple):
    """One page of it, newest first, and how many there are."""

    title: str
    marked: Marked
    total: int
    entries: tuple[Entry, ...]
    headings: Headings


def log_of_action(look: Look, reference: str, *, page: int = 1, per_page: int = PER_PAGE) -> Log:
    """Of a visible action; missing and forbidden answer alike."""
    action = look.session.get_one(Action, access.action_id_of(look, reference))
    operation = look.session.get_one(Operation, action.operation_id)
    line = RecordLine
    terms = [line.action_id == action.id, col(line.verb).in_(OF_ACTION)]
    marked = Marked(action.marking, action.handling)
    return _log(look, f"Decision log: action {reference}", marked, operation, terms, page, per_page)


def log_of_operation(look: Look, code: str, *, page: int = 1, per_page: int = PER_PAGE) -> Log:
    """Of a visible operation and of its actions that the reader sees."""
    o, line = Operation, RecordLine
    seen = pick(o.id).where(col(o.id).in_(access.visible_operations(look)), o.code == code)
    number = look.session.execute(seen).scalar_one_or_none()
    if number is None or (not access.may(look, access.Verb.SEE_ACTIONS) and not look.actor.operator):
        raise NotFound(f"There is no operation {code}, or none that you can open.")
    operation = look.session.get_one(Operation, number)
    visible = access.visible_actions(look)
    actions = pick(Action.id).where(col(Action.operation_id) == number, col(Action.id).in_(visible))
    of_it = (col(line.object_kind) == "operation", col(line.object_ref) == code)
    own = sa.and_(*of_it, col(line.verb).in_(OF_OPERATION))
    terms = [sa.or_(own, sa.and_(col(line.action_id).in_(actions), col(line.verb).in_(OF_ACTION)))]
    known = pick(Action.marking).where(col(Action.id).in_(actions)).distinct()
    marking = highest([operation.marking, *look.session.execute(known).scalars()])
    marked = Marked(marking, operation.handling)
    return _log(look, f"Decision log: {operation.name}", marked, operation, terms, page, per_page)


def may_log_action(look: Look, reference: str) -> bool:
    action = look.session.get_one(Action, access.action_id_of(look, reference))
    return access.may(look, access.Verb.LOG_DECISION, action=action)


def may_log_operation(look: Look, operation_id: int) -> bool:
    return access.may(look, access.Verb.LOG_DECISION, operation_id=operation_id)


def _log(
    look: Look, title: str, marked: Marked, operation: Operation, terms: list[Any], page: int, per_page: int
) -> Log:
    line = RecordLine
    asked = [*terms, line.outcome == Outcome.DONE, *without_providers(look)]
    total = int(look.session.execute(sa.select(func.count()).select_from(line).where(*asked)).scalar_one())
    query = pick(line.number, line.at, actor_column(look), line.verb, line.object_ref, line.sentence, line.detail)
    rows = look.session.execute(
        query.where(*asked).order_by(col(line.number).desc()).limit(per_page).offset((page - 1) * per_page)
    )
    names = HEADINGS[operation.log_headings]
    entries = (
        Entry(number, at, by, (OF_ACTION | OF_OPERATION)[verb], ref, tuple(_parts(sentence, detail, names)))
        for number, at, by, verb, ref, sentence, detail in rows
    )
    return Log(title, marked, total, tuple(entries), operation.log_headings)


def _parts(sentence: str, detail: str, names: dict[Part, str]) -> Iterable[tuple[str, str]]:
    """What stands under each heading; a decision that kept no ground is its sentence alone."""
    kept = json.loads(detail)
    said: dict[str, str] = dict(kept.get("ground", {}))
    if kept.get("options") and isinstance(kept["options"], str):
        said[Part.OPTIONS] = kept["options"]
    said[Part.ACTION] = sentence
    return ((names[part], said[part]) for part in Part if said.get(part))
