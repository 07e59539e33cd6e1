"""A process that holds and releases places without pause, to be killed in the middle of it."""

import sys
from itertools import count

from sqlmodel import select

from planner.db import Database
from planner.errors import Refused
from planner.models.care import Hold
from planner.rules.words import HoldState, Need, Profile
from planner.services.care import HoldRequest, hold_places, release_hold
from planner.work import Desk
from tests.builders import NOW


def hold_without_pause(url: str, person: int, life: int) -> None:
    """Hold three places for ten nights, then two, then release what stands; each a verb of its own."""
    desk = Desk(Database(url), person, lambda: NOW)
    give_back_what_stands(desk)
    print("begun", flush=True)
    for turn in count():
        for places in (3, 2):
            request = HoldRequest(
                "WM-0001", "U1", ((Profile.WOMAN, Need.NONE, places),), f"{life}-{turn}-{places}", nights=10
            )
            try:
                with desk.writing() as work:
                    number = hold_places(work, request).id or 0
                print("held", number, flush=True)
            except Refused:
                print("refused", 0, flush=True)
                continue
            with desk.writing() as work:
                release_hold(work, number)
            print("released", number, flush=True)


def give_back_what_stands(desk: Desk) -> None:
    """Places that an earlier life still held when it was killed."""
    with desk.reading() as look:
        standing = look.session.exec(select(Hold.id).where(Hold.state == HoldState.HELD)).all()
    for number in standing:
        with desk.writing() as work:
            release_hold(work, number or 0)


if __name__ == "__main__":
    hold_without_pause(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
