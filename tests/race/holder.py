"""A process that takes one step of care after another without pause, to be killed in the middle of one.

Before a step it says what it will try; once it is committed, how long the record is and which bookings changed. Who
hears this knows exactly what must be found, but for the one step that was under way.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count
from multiprocessing.connection import Connection
from random import Random
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from planner.db import Database, pick
from planner.models.care import Claim, Hold, HoldLine
from planner.models.records import RecordHead
from planner.work import Work
from tests.race.mixed import BEGINS, Mix, Taken

LIFE = timedelta(minutes=30)
Booking = tuple[Any, ...]


class Stored(NamedTuple):
    """How long the record is; of each booking its state, version, places, and how many place-nights it claims."""

    lines: int
    bookings: Mapping[int, Booking]


class Told(NamedTuple):
    """A step that is committed or refused, and what is stored since."""

    taken: Taken
    stored: Stored


def time_of(life: int) -> datetime:
    return BEGINS + life * LIFE


def stored(session: Session, drafts: int = 0) -> Stored:
    """What a transaction sees; `drafts` are lines of the record that it is still to write."""
    session.flush()
    places = sa.select(sa.func.sum(HoldLine.places)).where(col(HoldLine.hold_id) == col(Hold.id)).scalar_subquery()
    claims = sa.select(sa.func.count()).where(col(Claim.hold_id) == col(Hold.id)).scalar_subquery()
    rows = session.execute(pick(Hold.id, Hold.state, Hold.version, places, claims))
    length = session.execute(pick(RecordHead.count)).scalar_one()
    return Stored(length + drafts, {row[0]: tuple(row[1:]) for row in rows})


def live(url: str, people: Mapping[str, int], life: int, tell: Connection) -> None:
    """Steps at the time of this life, each told before and after, until the end."""
    database = Database(url)
    seen: list[Stored] = []

    def note(work: Work) -> None:
        seen[:] = [stored(work.session, len(work.drafts))]

    mix = Mix(database, people, Random(life), note)
    for turn in count():
        key = f"{life}-{turn}"
        name, chosen = mix.choose(key, time_of(life))
        tell.send((name, key))
        taken = mix.take(name, chosen, time_of(life))
        if taken.said:
            with database.read() as session:
                seen[:] = [stored(session)]
        tell.send(Told(taken, seen[0]))
