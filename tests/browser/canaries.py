"""Words that stand nowhere else, one in every row's free text: who receives one has been told of that row."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import select

from planner import models  # noqa: F401  (every table)
from planner.db import Database, Table
from planner.models.operations import Action
from planner.ui.widgets import JOIN

TEXTS = {
    "action": ("external_reference", "intelligence_reference", "children_reason", "children_agreed_by"),
    "agency": ("code", "name"),
    "agreement": ("reference", "purpose", "basis_text"),
    "arrangement": (
        "answered_post",
        "reference",
        "in_hours_post",
        "out_of_hours_post",
        "manager_post",
        "guardian_post",
    ),
    "cataloguerole": ("title", "responsibilities"),
    "charterline": ("responsibilities",),
    "charterobjection": ("reason",),
    "condition": ("text", "answer"),
    "dayexplanation": ("sentence",),
    "conference": ("venue",),
    "conferenceaction": ("reasons", "options"),
    "dissent": ("text",),
    "goahead": ("condition", "change_reason"),
    "hold": ("reason",),
    "legalbasis": ("reference", "hour_reason", "accompanying", "direction_reference"),
    "minuteline": ("text",),
    "notice": ("sentence",),
    "objective": ("text",),
    "operation": ("name",),
    "person": ("title",),
    "provider": ("standard",),
    "providerterms": ("out_of_hours_post", "office_number"),
    "region": ("name",),
    "reserve": ("reason",),
    "roleoffer": ("reason",),
    "telephoneplaces": ("correction",),
    "training": ("course",),
    "undertaking": ("text", "owner"),
    "unitterms": ("languages",),
    "unit": ("code", "name", "criteria"),
    "urgentdisclosure": ("reason",),
}
PLANTED = re.compile(rb"canary([a-z]+)Z([a-z]+)Z(\d+)x")
REFERENCE = re.compile(rb"[A-Z]{1,4}-\d{4}")
COUNTED = re.compile(rb"[\d,]+ actions?; showing")


class Canary(NamedTuple):
    """A column's text in one row; by the row's own number in the database."""

    what: str
    row: int


def plant(database: Database) -> None:
    """Write the words into an exercise on SQLite, whose rows all have a number."""
    tables: Any = Table.metadata.tables
    with database.write() as session:
        for table, columns in TEXTS.items():
            for name in columns:
                word = sa.literal(f"canary{table}Z{name.replace('_', '')}Z").concat(sa.text("rowid")).concat("x")
                session.execute(sa.update(tables[table]).values({name: word}))


def references(database: Database) -> dict[bytes, int]:
    """Every action's reference, which is what people know it by, and its row."""
    with database.read() as session:
        return {ref.encode(): number or 0 for ref, number in session.exec(select(Action.reference, Action.id))}


def heard(traffic: Iterable[bytes], known: dict[bytes, int]) -> set[Canary]:
    """Every canary in what arrived, with the marks taken out that keep free text from being Markdown."""
    found: set[Canary] = set()
    for raw in traffic:
        body = raw.replace(b"\\", b"").replace(JOIN.encode(), b"")
        found |= {Canary(f"{t.decode()}.{c.decode()}", int(row)) for t, c, row in PLANTED.findall(body)}
        found |= {Canary("action.reference", known[word]) for word in REFERENCE.findall(body) if word in known}
        found |= {Canary("number of actions", 0) for _ in COUNTED.findall(body)}
    return found
