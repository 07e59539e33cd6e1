"""The capacity page and `planner care check` say the same of every action, in exercises of every level of care.

The page's numbers are taken as they are shown, the units' own criteria from their tables, and a maximum flow that
knows nothing of the product's placement says how many people these would hold.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import sqlalchemy as sa

from planner import access, facts
from planner.cli import main
from planner.db import Database
from planner.rules.demand import coverage
from planner.rules.values import Facts
from planner.services.exercise import load_pentameter2
from planner.views.care import capacity
from planner.views.care_check import CareCheck, care_check
from planner.work import Desk, Look, utc_now

SEEDS, LEVELS = range(1, 11), ("p2006", "mid", "ample")
SMALL, SMALL_SEEDS = 120, (1,)
HORIZON = 250
NOBODY = "nobody left to place"
Criteria = dict[str, dict[str, frozenset[str]]]
Shown = dict[str, dict[date, int]]


@pytest.fixture
def exercise(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'exercise.db'}")
    yield database
    database.dispose()


def shown(look: Look) -> Shown:
    """Free places as the page has them, from long before tonight on."""
    free: Shown = defaultdict(dict)
    first = look.now.date() - timedelta(days=HORIZON // 2)
    for row in capacity(look, first=first, nights=2 * HORIZON):
        free[row.unit][row.night] = row.free
    return free


def criteria(look: Look) -> Criteria:
    found: Criteria = {}
    for table, column in (
        ("unitprofile", "profile"),
        ("unitneed", "need"),
        ("unitexploitation", "exploitation"),
        ("unitzone", "zone"),
    ):
        query = f"SELECT code, {column} FROM unit JOIN {table} ON unit_id = id"
        kept: defaultdict[str, set[str]] = defaultdict(set)
        for code, value in look.session.execute(sa.text(query)):
            kept[code].add(value)
        found[column] = {code: frozenset(values) for code, values in kept.items()}
    return found


def most_placed(found: CareCheck, free: Shown, takes: Criteria) -> int:
    """How many of those asked for can stay, by a maximum flow over the page's numbers."""
    graph: Any = nx.DiGraph()
    graph.add_nodes_from(("people", "beds"))
    nights = [found.first + timedelta(days=day) for day in range(found.nights)]
    for number, line in enumerate(found.asked):
        graph.add_edge("people", number, capacity=line.places)
        for code, there in free.items():
            wanted = {
                "profile": line.profile,
                "need": line.need,
                "exploitation": line.exploitation,
                "zone": line.zone,
            }
            if all(str(value) in takes[name].get(code, ()) for name, value in wanted.items()):
                graph.add_edge(number, code, capacity=line.places)
                graph.add_edge(code, "beds", capacity=max(0, min(there.get(night, 0) for night in nights)))
    return int(nx.maximum_flow_value(graph, "people", "beds"))


def agree(look: Look, found: CareCheck, free: Shown, takes: Criteria) -> str:
    """Raise where the two differ; else say which kind of answer it was."""
    asked = sum(line.places for line in found.asked)
    placed = Counter[str]()
    for row in found.found.placed:
        placed[found.unit_codes[row.unit_id]] += row.places
    assert sum(placed.values()) == most_placed(found, free, takes), found.action
    assert found.found.placeable == (sum(placed.values()) == asked), found.action
    for code, places in placed.items():
        assert places <= min(free[code][found.first + timedelta(days=day)] for day in range(found.nights)), found.action
    return NOBODY if not asked else "placeable" if found.found.placeable else "short"


@pytest.mark.heavy
def test_the_page_and_the_command_agree_for_every_action(
    exercise: Database,
    full: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    total, url = Counter[str](), exercise.url.render_as_string(hide_password=False)
    monkeypatch.setenv("PLANNER_DATABASE_URL", url)
    for seed, level in product(SEEDS if full else SMALL_SEEDS, LEVELS):
        empty(exercise)
        load_pentameter2(exercise, seed=seed, care=level, actions=None if full else SMALL)
        counted = every_action(exercise, capsys)
        total.update(counted)
        with capsys.disabled():
            print(f"seed {seed}, {level}: {dict(counted)}", flush=True)  # noqa: T201

    with capsys.disabled():
        print(f"all: {dict(total)}")  # noqa: T201
    assert min(total[kind] for kind in (NOBODY, "placeable", "short", "asked by the command")) > 0


def empty(database: Database) -> None:
    """As before the exercise was loaded."""
    path = Path(str(database.url.database))
    database.dispose()
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()


def every_action(database: Database, capsys: pytest.CaptureFixture[str]) -> Counter[str]:
    """Each with somebody left to place is asked of page and command; of the rest, who ask for nothing, a tenth."""
    counted, now = Counter[str](), utc_now()
    with Desk(database, clock=lambda: now).reading() as look:
        free, takes = shown(look), criteria(look)
        known = facts.load(look, access.visible_actions(look)).values()
        left = [item.action.reference for item in known if somebody_left(item)]
        rest = [item.action.reference for item in known if not somebody_left(item)]
        checks = [care_check(look, reference) for reference in left]
        for found in (*checks, *(care_check(look, reference) for reference in rest[::10])):
            counted[agree(look, found, free, takes)] += 1
    counted[NOBODY] = len(rest)
    for found in checks:
        capsys.readouterr()
        code = main(["--json", "care", "check", found.action])
        said = json.loads(capsys.readouterr().out)
        assert (code == 0, said["placeable"]) == (found.found.placeable,) * 2, found.action
        assert sum(row["places"] for row in said["placement"]) == sum(row.places for row in found.found.placed)
        counted["asked by the command"] += 1
    return counted


def somebody_left(item: Facts) -> bool:
    return any(line.likely > line.confirmed + line.held for line in coverage(item))
