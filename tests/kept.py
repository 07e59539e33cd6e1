"""Worlds that are made once and copied: most of a test's time would go into making the one it begins with.

A fixture `world` that is made of a fresh database and nothing else is the same for every test of its module. The first
makes it by the verbs as ever; a copy of its database is kept, and the others begin with a copy of that.
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

NAME, MADE_OF = "world", ("database",)
Made = pytest.FixtureDef[Any]


@dataclass(frozen=True)
class Kept:
    """The last world of one kind of database: who made it, and the name or the path of its database."""

    maker: Callable[..., Any]
    world: World
    template: str


@dataclass
class Keeper:
    """One world of each kind of database, for tests come module by module."""

    folder: Path
    kept: dict[str, Kept] = field(default_factory=dict)
    server: Server | None = None

    def template_for(self, item: pytest.Item, kind: str) -> str | None:
        """The database to copy for a test, where the world that it asks for is kept."""
        maker, kept = maker_of(item), self.kept.get(kind)
        return kept.template if kept and maker and kept.maker is maker.func else None

    def keep(self, made: Made, world: World) -> World:
        database, kind = world.database, kind_of(world.database)
        database.dispose()  # nothing of it stays in a log or in a connection
        source = str(database.url.database)
        if kind == "sqlite":
            template = shutil.copy(source, self.folder / "world.db")
        else:
            assert self.server
            if before := self.kept.pop(kind, None):
                self.server.drop(before.template)
            template = self.server.create(f"kept_{source}", template=source)
        self.kept[kind] = Kept(made.func, world, str(template))
        return world

    def copy_for(self, made: Made, database: Database) -> World | None:
        kept = self.kept.get(kind_of(database))
        if kept is None or kept.maker is not made.func:
            return None
        return replace(kept.world, database=database, people=dict(kept.world.people))


def kind_of(database: Database) -> str:
    return "sqlite" if database.url.get_backend_name() == "sqlite" else "postgres"


def maker_of(item: pytest.Item) -> Made | None:
    """The fixture that makes the world of a test, if it is made of a database alone."""
    found = item._fixtureinfo.name2fixturedefs.get(NAME)  # type: ignore[attr-defined]
    made = found[-1] if found else None
    return made if made and is_kept(made) else None


def is_kept(made: Made) -> bool:
    is_plain = made.scope == "function" and not inspect.isgeneratorfunction(made.func)
    return made.argname == NAME and made.argnames == MADE_OF and is_plain
