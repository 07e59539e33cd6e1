"""`python -m tests.benchmarks`: every budget of speed, measured in one run and printed as one table."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.db import Database
from tests.benchmarks import (
    board,
    bookings,
    calendars,
    capacity,
    clashes,
    gates,
    pages,
    placement,
    records,
    sheets,
    slips,
    start,
    times,
)
from tests.benchmarks.table import Row, drawn
from tests.postgres import running_server

DATABASES = ("sqlite", "postgres")


def measured(scale: int, kind: str, rounds: int, lines: int) -> list[Row]:
    """Every row of the table, on a fresh exercise of this scale in a database of this kind."""
    with tempfile.TemporaryDirectory() as var, _address(kind, Path(var)) as url:
        settings = {"PLANNER_VAR": var, "PLANNER_DATABASE_URL": url}
        loaded = start.load_exercise(scale, settings)
        database = Database(url)
        derived = gates.rows(database, rounds)
        placed = placement.rows(database, rounds, scale)
        places = capacity.fill(database, scale)
        database.dispose()
        shown = pages.rows(scale, rounds, settings, places)
        begun = start.first_byte(min(rounds, 5), settings)
        database = Database(url)
        size = board.fill(database)
        database.dispose()
        posts = board.rows(rounds, settings, size)
        database = Database(url)
        booked = bookings.rows(database, min(rounds, bookings.MOST_ROUNDS))
        followed = slips.rows(database, rounds)
        found = times.rows(database, rounds)
        clashing = clashes.rows(database, rounds)
        taken = (*sheets.rows(database, rounds), *calendars.rows(database, rounds))
        verified = records.verified(database, rounds, Path(var), lines)
        database.dispose()
        return [
            *shown,
            *posts,
            *derived,
            *placed,
            *booked,
            *followed,
            *found,
            *clashing,
            *taken,
            loaded,
            begun,
            verified,
        ]


@contextmanager
def _address(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'planner.db'}"
        return
    with running_server() as server:
        yield server.url(server.create())


def main() -> int:
    """Print the table; 0 when every budget is met, otherwise 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--scale", type=int, choices=(1, 10), default=1, help="1 for 822 actions, 10 for 8,220")
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--rounds", type=int, default=11, help="of which the median counts")
    parser.add_argument("--lines", type=int, default=records.LINES, help="of the record; the budget is for the default")
    asked = parser.parse_args()
    before = os.getloadavg()[0]
    rows = measured(asked.scale, asked.database, asked.rounds, asked.lines)
    load = f"load {before:.1f} before, {os.getloadavg()[0]:.1f} after, on {os.cpu_count()} processors"
    print(f"Scale {asked.scale} on {asked.database}, median of {asked.rounds} rounds; {load}.")
    print(drawn(rows))
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
