"""What every test may ask for: a fresh database of either kind, the run's size, nothing from outside."""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from hypothesis import settings

from planner.collector import settle
from planner.db import Database
from planner.migrations import upgrade
from planner.services import passwords
from tests.builders import World, a_world
from tests.kept import MADE_OF, Keeper, maker_of
from tests.needs import INSTALL, need
from tests.once import compile_statements_once, look_for_components_once
from tests.postgres import Server, running_server
from tests.strangers.scene import Scene, set_scene

TEMPLATE = "planner_template"
HERE = Path(__file__).parent
DRAWN = (
    HERE / "ui",
    *(
        HERE / "strangers" / f"test_{name}.py"
        for name in ("pages", "odd_addresses", "matrix_of_pages", "provider_names", "calendar_drawn")
    ),
    HERE / "outputs",
)
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]

# Another program may be using the processor: time is no property of ours.
settings.register_profile("small", deadline=None, max_examples=100)
settings.register_profile("full", deadline=None, max_examples=2000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run heavy tests at their full size (hours, not minutes)")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("full" if config.getoption("--full") else "small")
    for name in [name for name in os.environ if name.startswith("PLANNER_")]:
        del os.environ[name]  # an installation's own database must never meet a test
    os.environ["STREAMLIT_CLIENT_SHOW_ERROR_DETAILS"] = "full"  # a page that breaks in a test says how
    compile_statements_once()
    look_for_components_once()


def pytest_collection_finish() -> None:
    settle()  # as in the server


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is drawn or written to files is tried on SQLite; on both databases, and the longest waits, full size.

    What it is made of is read by views and written by services, which are tried on both at every size.
    """
    spared = [] if config.getoption("--full") else [item for item in items if _is_spared(item)]
    if spared:
        config.hook.pytest_deselected(items=spared)
        items[:] = [item for item in items if not _is_spared(item)]


def _is_spared(item: pytest.Item) -> bool:
    drawn = item.get_closest_marker("postgres") and any(item.path.is_relative_to(place) for place in DRAWN)
    return bool(drawn or item.get_closest_marker("full_size"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A mark says what a test needs; see needs.py for what its absence does."""
    for tool in INSTALL:
        if item.get_closest_marker(tool):
            need(tool)


@pytest.fixture(scope="session")
def full(pytestconfig: pytest.Config) -> bool:
    """Whether heavy tests run at their full size."""
    return bool(pytestconfig.getoption("--full"))


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[PasswordHasher]:
    """Passwords are hashed slowly on purpose, and thousands of times in these tests; yields what is shipped."""
    shipped = passwords.HASHER
    passwords.HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    yield shipped
    passwords.HASHER = shipped


@pytest.fixture(autouse=True)
def own_var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files that the product keeps, such as checkpoints, go to the test's own folder."""
    var = tmp_path / "var"
    monkeypatch.setenv("PLANNER_VAR", str(var))
    return var


@pytest.fixture(autouse=True)
def own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit puts a page in place of the main module, which a process started by a later test would then run."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for each process that runs tests."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: Server) -> str:
    """The name of a migrated database without a row."""
    _migrate(postgres.url(postgres.create(TEMPLATE)))
    return TEMPLATE


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file without a row; nothing is left in a write-ahead log once its last connection closes."""
    path = tmp_path_factory.mktemp("template") / "planner.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def keeper(tmp_path_factory: pytest.TempPathFactory) -> Keeper:
    """Of the worlds that tests of one module begin with."""
    return Keeper(tmp_path_factory.mktemp("kept"))


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path, keeper: Keeper) -> Iterator[str]:
    """The address of a fresh migrated database, on each kind of database in turn.

    Without a row, or with what the test begins with where that is kept.
    """
    template = keeper.template_for(request.node, request.param)
    if request.param == "sqlite":
        path = shutil.copy(template or request.getfixturevalue("sqlite_template"), tmp_path / "planner.db")
        yield f"sqlite:///{path}"
        return
    keeper.server = request.getfixturevalue("postgres")
    yield from _postgres_url(keeper.server, template or request.getfixturevalue("postgres_template"))


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> World | Database | None:
    """What the first test of a module begins with is made and kept; to the others it has come with their database."""
    if fixturedef.argnames != MADE_OF or maker_of(request._pyfuncitem) is not fixturedef:
        return None
    made: World | Database = request.getfixturevalue("keeper").given(fixturedef, request.getfixturevalue("database"))
    fixturedef.cached_result = (made, fixturedef.cache_key(request), None)
    return made


@pytest.fixture(params=BOTH)
def bare_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without even a table, for what is tried before `planner init`."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.db'}"
        return
    yield from _postgres_url(request.getfixturevalue("postgres"), "template1")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh migrated database, opened."""
    opened = Database(database_url)
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def sqlite_stage(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World, Scene]:
    """A file in which the scene of tests/strangers is set, to be copied."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("stage") / "planner.db"))
    return path, *_set_stage(f"sqlite:///{path}")


@pytest.fixture(scope="session")
def postgres_stage(postgres: Server, postgres_template: str) -> tuple[str, World, Scene]:
    """The name of a database in which the scene of tests/strangers is set, to be copied."""
    name = postgres.create("planner_stage", template=postgres_template)
    return name, *_set_stage(postgres.url(name))


@pytest.fixture(params=BOTH)
def staged(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[World, Scene]]:
    """The small world with one of everything that a verb can be about, each test its own copy, on each database."""
    if request.param == "sqlite":
        path, world, scene = request.getfixturevalue("sqlite_stage")
        urls = iter([f"sqlite:///{shutil.copy(path, tmp_path / 'planner.db')}"])
    else:
        name, world, scene = request.getfixturevalue("postgres_stage")
        urls = _postgres_url(request.getfixturevalue("postgres"), name)
    opened = Database(next(urls))
    yield replace(world, database=opened, people=dict(world.people)), dict(scene)
    opened.dispose()
    next(urls, None)


def _set_stage(url: str) -> tuple[World, Scene]:
    """Set once a process: it takes longer than most of what is tried on it."""
    database = Database(url)
    world = a_world(database)
    scene = set_scene(world)
    database.dispose()
    return world, scene


def _postgres_url(server: Server, template: str) -> Iterator[str]:
    name = server.create(template=template)
    yield server.url(name)
    server.drop(name)


def _migrate(url: str) -> None:
    database = Database(url)
    upgrade(database)
    database.dispose()
