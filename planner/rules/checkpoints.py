"""Checkpoints of the record: how long it was and how it ended, kept outside the database; one line of JSON each."""

import json
from datetime import datetime
from typing import NamedTuple

from planner.rules.dates import day_words
from planner.rules.windows import local

# A checkpoint follows each of these at once; the clock writes one every five minutes besides.
DECISIONS = frozenset(
    {
        "give_go_ahead",
        "withdraw_go_ahead",
        "reaffirm_go_ahead",
        "override",
        "take_back_override",
        "decide",
        "answer_not_yet",
    }
)


class Checkpoint(NamedTuple):
    """Where the record stood: its number of lines, the hash of the last one, and when that was noted."""

    lines: int
    hash: str
    at: datetime


def as_line(point: Checkpoint) -> str:
    return json.dumps({"count": point.lines, "hash": point.hash, "at": point.at.isoformat()})


def from_line(text: str) -> Checkpoint | None:
    """None for what is no checkpoint, such as a line that a full disk cut short."""
    try:
        said = json.loads(text)
        point = Checkpoint(int(said["count"]), str(said["hash"]), datetime.fromisoformat(said["at"]))
    except (ValueError, KeyError, TypeError):
        return None
    return point if point.at.tzinfo is not None and point.lines >= 0 else None


def dated(at: datetime) -> str:
    """ "Tue 24 November 2026, 09:00", in London: the record outlives the year."""
    wall = local(at)
    return f"{day_words(wall.date(), year=True)}, {wall:%H:%M}"
