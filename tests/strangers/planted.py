"""Words that stand nowhere else, in every text that people or the product keep, by column and row; both databases."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from planner import models  # noqa: F401  (every table)
from planner.db import Database, Table
from tests.browser.canaries import TEXTS
from tests.browser.free_text import TYPED

# Beside what people type: codes and references by which things are found, numbers, mailboxes, places, identities.
CODES = {
    "action": ("reference", "premises_cell", "premises_mark", "calendar_uid"),
    "agency": ("code", "mailbox", "duty_number"),
    "conferenceseries": ("calendar_uid",),
    "operation": ("code",),
    "person": ("mailbox", "duty_number"),
    "phase": ("calendar_uid",),
}
# Whose calendar a feed is of: a code, by which it is found again.
NAMES_OF_SCOPES = {("feed", "name")}
WORD = re.compile(r"canary[a-z]+\d+x", re.IGNORECASE)


class Told(NamedTuple):
    """One column of one row: its word gives both away."""

    table: str
    column: str
    row: int

    @property
    def word(self) -> str:
        return f"canary{self.table}Z{self.column.replace('_', '')}Z{self.row}x"


Planted = Mapping[str, Told]


def columns() -> set[tuple[str, str]]:
    """Every column in which a word is planted."""
    every = (TEXTS, TYPED, CODES)
    return {(table, name) for texts in every for table, names in texts.items() for name in names} - NAMES_OF_SCOPES


def plant(database: Database) -> Planted:
    """Write them into every row there is, by word. A row has the number of its key, else its place among all."""
    tables: Any = Table.metadata.tables
    planted = {}
    with database.write() as session:
        for table, name in sorted(columns()):
            rows = tables[table]
            keys = list(rows.primary_key.columns)
            found = session.execute(sa.select(*keys).order_by(*keys)).all()
            for place, key in enumerate(found, 1):
                told = Told(table, name, key[0] if len(key) == 1 and isinstance(key[0], int) else place)
                same = sa.and_(*(column == value for column, value in zip(keys, key, strict=True)))
                session.execute(sa.update(rows).where(same).values({name: told.word}))
                planted[told.word.lower()] = told
    return planted


def heard(text: str, planted: Planted) -> set[Told]:
    """Whatever a text gives away, however it writes it and wherever its lines break; another such word as itself."""
    whole = "".join(text.replace("\\", "").split())
    return {planted.get(word.lower(), Told(word, "", 0)) for word in WORD.findall(whole)}
