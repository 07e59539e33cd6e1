"""The same small world anew for each walk, on a database of its own; the one before is given up."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from planner.db import Database
from tests.builders import World

MEMORY = Path("/dev/shm")  # a file there is written as fast as memory, where there is such a folder
Fresh = Callable[[], World]


def fresh_worlds(
    request: pytest.FixtureRequest, folder: Path, set_stage: Callable[[Database], World]
) -> Iterator[Fresh]:
    """For a fixture with a database's kind as its parameter: yields what makes the next world."""
    if request.param == "sqlite":
        yield from _of_sqlite(request, folder, set_stage)
    else:
        yield from _of_postgres(request, set_stage)


def _of_sqlite(request: pytest.FixtureRequest, folder: Path, set_stage: Callable[[Database], World]) -> Iterator[Fresh]:
    own = Path(tempfile.mkdtemp(prefix="planner-", dir=MEMORY if MEMORY.is_dir() else folder))
    path = shutil.copy(request.getfixturevalue("sqlite_template"), own / "stage.db")
    world = set_stage(Database(f"sqlite:///{path}"))

    def copy() -> World:
        name = f"walk-{os.getpid()}.db"  # several processes may walk, each in its own world
        for left in own.glob(f"{name}*"):
            left.unlink()
        return replace(world, database=Database(f"sqlite:///{shutil.copy(path, own / name)}"))

    yield copy
    shutil.rmtree(own)


def _of_postgres(request: pytest.FixtureRequest, set_stage: Callable[[Database], World]) -> Iterator[Fresh]:
    server, template = request.getfixturevalue("postgres"), request.getfixturevalue("postgres_template")
    stage = server.create(template=template)
    world, names = set_stage(Database(server.url(stage))), [stage]

    def create() -> World:
        for name in names[1:]:
            server.drop(name)
        names[1:] = [server.create(template=stage)]
        return replace(world, database=Database(server.url(names[1])))

    yield create
    for name in reversed(names):
        server.drop(name)
