"""The table of budgets: how a row reads, turns are taken, and the command prints every row. No time is judged here."""

import re
import subprocess
import sys

import pytest

from planner.settings import ROOT
from tests.benchmarks.records import LINES
from tests.benchmarks.table import Row, drawn, in_turn

NAMES = [
    "Actions page, 50 rows with their gates, against an empty one",
    "Totals by force, after the click",
    "Places by night, first units, against an empty page",
    "Today, against an empty page",
    "Go-ahead, one action with its gate, against an empty page",
    "Calendar, a month with its gates and places, against an empty page",
    "Role board, first rows, against an empty page",
    "Role board, a filter clicked, against a trivial click",
    "All gates derived, against their SELECTs alone",
    "Queries for 822 gates, against one gate's",
    "One question of placement in plain Python",
    "The same, against networkx's maximum flow",
    "The same, against scipy's maximum flow",
    "One booking changed, 822 actions asked again",
    "A booking asked for or confirmed, while 50 people book",
    "The slowest of a hundred of these, from press to commit",
    "What follows from moving a strike day of twenty",
    "One fact changed, its action's gate",
    "A time to meet found over six weeks",
    "Every clash among the actions found",
    "Every action as XLSX, with its gate",
    "A calendar, against the library with its components",
    "A feed answered as unchanged",
    "The exercise loaded by planner init",
    "First byte after planner serve starts",
]
FEWER_LINES = 4_000


def test_a_row_says_what_was_measured_what_it_may_be_and_whether_that_is_met() -> None:
    within, over = Row("Within", 1.15, 1.15, "x", "23 ms against 20 ms"), Row("Over", 3.01, 3.0, "s")
    small = Row("Small", 0.0042, 0.1, "x")

    lines = [line.split() for line in drawn([within, over, small]).splitlines()]

    assert lines[1] == ["Within", "1.15", "x", "1.15", "x", "met", "23", "ms", "against", "20", "ms"]
    assert lines[2] == ["Over", "3.01", "s", "3.00", "s", "not", "met"]
    assert lines[3] == ["Small", "0.0042", "x", "0.10", "x", "met"]


def test_measures_take_turns_and_the_median_of_each_counts() -> None:
    turns: list[str] = []
    first, second = iter([1.0, 9.0, 2.0]), iter([5.0, 3.0, 4.0])

    def measure(name: str, values: object) -> float:
        turns.append(name)
        return float(next(values))  # type: ignore[call-overload]

    assert in_turn(3, lambda: measure("a", first), lambda: measure("b", second)) == (2.0, 4.0)
    assert "".join(turns) == "ababab"


@pytest.mark.browser
@pytest.mark.heavy
def test_the_command_prints_every_row(full: bool) -> None:
    lines = LINES if full else FEWER_LINES  # to write them takes a third of a run
    command = [sys.executable, "-m", "tests.benchmarks", "--rounds", "1", "--lines", str(lines)]

    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert said.stderr == ""
    row = r"^(\S.*?) +(\d+\.\d{2,4}) (?:x|[mµ]?s) +\d+\.\d\d (?:x|[mµ]?s)  (?:not )?met\b"
    rows = re.findall(row, said.stdout, re.MULTILINE)
    assert [name for name, _ in rows] == [*NAMES, f"A record of {lines:,} lines verified"]
    assert all(float(measured) > 0 for _, measured in rows)
