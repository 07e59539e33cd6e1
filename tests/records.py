"""A long record, written at once: the same lines as one by one, without their transactions."""

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa

from planner.db import Database
from planner.models.records import RecordHead, RecordLine, hash_of_line
from planner.rules.words import Outcome
from tests.builders import NOW

AT_ONCE = 5000


def lengthen(database: Database, number: int) -> None:
    """Append so many lines to the chain, and move its head."""
    with database.write() as session:
        head = session.get_one(RecordHead, 1, with_for_update=True)
        lines = _lines(head.count, head.hash, number)
        while batch := list(islice(lines, AT_ONCE)):
            session.execute(sa.insert(RecordLine), batch)
            head.count, head.hash = batch[-1]["number"], batch[-1]["hash"]


def _lines(count: int, previous: str, number: int) -> Iterator[dict[str, Any]]:
    for at in range(count + 1, count + number + 1):
        line = RecordLine(
            number=at,
            at=NOW + timedelta(seconds=at),
            actor="National cell duty officer",
            verb="view",
            outcome=Outcome.VIEWED,
            object_kind="page",
            object_ref=f"WM-{at % 800:04d}",
            sentence="Action was opened.",
            detail=json.dumps({"tab": "Care"}),
            previous=previous,
            hash="",
        )
        previous = line.hash = hash_of_line(line)
        yield line.model_dump()
