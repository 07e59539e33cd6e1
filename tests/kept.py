"""What tests begin with, made once and copied: most of a test's time would go into making it.

A fixture that makes a world, or an exercise, of a fresh database and nothing else makes the same for every test of its
module. The first test makes it by the verbs as ever; a copy of its database is kept, and the others begin with a copy
of that.
"""

import inspect
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from planner.db import Database
from tests.builders import World
from tests.postgres import Server

MADE_OF = ("database",)
Made = pytest.FixtureDef[Any]


@dataclass(frozen=True)
class Kept:
    """What was made last on one kind of database, by whom, and the name or the path of its copy."""

    maker: Callable[..., Any]
    made: World | Database
    template: str


@dataclass
class Keeper:
    """One of each kind of database, for tests come module by module."""

    folder: Path
    kept: dict[str, Kept] = field(default_factory=dict)
    server: Server | None = None

    def template_for(self, item: pytest.Item, kind: str) -> str | None:
        """The database to copy for a test, where what it begins with is kept."""
        maker, kept = maker_of(item), self.kept.get(kind)
        return kept.template if kept and maker and kept.maker is maker.func else None

    def given(self, maker: Made, database: Database) -> World | Database:
        """What has come with the database, or what is now made in it and kept."""
        kept = self.kept.get(kind_of(database))
        if kept is None or kept.maker is not maker.func:
            return self._keep(maker, database)
        return of_database(kept.made, database)

    def _keep(self, maker: Made, database: Database) -> World | Database:
        made, kind, source = maker.func(database), kind_of(database), str(database.url.database)
        database.dispose()  # nothing of it stays in a log or in a connection
        before = self.kept.pop(kind, None)
        if kind == "sqlite":
            template = str(shutil.copy(source, self.folder / "kept.db"))
        else:
            assert self.server
            if before:
                self.server.drop(before.template)
            template = self.server.create(f"kept_{source}", template=source)
        self.kept[kind] = Kept(maker.func, of_database(made, database), template)
        return of_database(made, database)


def of_database(made: World | Database, database: Database) -> World | Database:
    return replace(made, database=database, people=dict(made.people)) if isinstance(made, World) else database


def kind_of(database: Database) -> str:
    return "sqlite" if database.is_sqlite else "postgres"


def maker_of(item: pytest.Item) -> Made | None:
    """The fixture of a test that makes what it begins with; of several none is the first."""
    found = item._fixtureinfo.name2fixturedefs.values()  # type: ignore[attr-defined]
    makers = [made[-1] for made in found if _makes(made[-1])]
    return makers[0] if len(makers) == 1 else None


def _makes(made: Made) -> bool:
    gives = made.func.__annotations__.get("return")
    is_plain = made.scope == "function" and not inspect.isgeneratorfunction(made.func)
    return is_plain and made.argnames == MADE_OF and gives in (World, Database)
