"""One racer: waits at the barrier, then holds the last place, takes a step of its own or a seat; or, without, grabs."""

import traceback
from datetime import date, datetime, timedelta
from multiprocessing.synchronize import Barrier
from random import Random
from typing import Any

import sqlalchemy as sa

from planner.db import Database
from planner.errors import Refused
from planner.rules.words import Need, Profile
from planner.services.answers import answer_offer
from planner.services.care import HoldRequest, hold_places
from planner.work import Desk
from tests.builders import NOW
from tests.race.mixed import BEGINS, Mix

ROUND = timedelta(hours=3)
WAIT_SECONDS = 600  # fifty interpreters on a busy machine


def race(url: str, person: int, number: int, at: datetime, rounds: int, barrier: Barrier, answers: Any) -> None:
    """Hold the last place of unit R<round> in every round, at this instant; answer won or refused."""
    database = Database(url)
    desk = Desk(database, person, lambda: at)
    for turn in range(rounds):
        barrier.wait(WAIT_SECONDS)
        request = HoldRequest(
            f"WM-{turn:04d}", f"R{turn}", ((Profile.WOMAN, Need.NONE, 1),), f"race-{turn}-{number}", nights=1
        )
        try:
            with desk.writing() as work:
                hold_places(work, request)
            answers.put((turn, "won"))
        except Refused:
            answers.put((turn, "refused"))


def take_steps(url: str, people: dict[str, int], number: int, rounds: int, barrier: Barrier, answers: Any) -> None:
    """A step of care of one's own in every round, at the round's time; answer verb and sentence, or the traceback."""
    mix = Mix(Database(url), people, Random(number))
    for turn in range(rounds):
        barrier.wait(WAIT_SECONDS)
        try:
            answers.put(mix.step(f"{turn}-{number}", BEGINS + turn * ROUND)[:2])
        except Exception:
            answers.put(("broken", traceback.format_exc()))
        barrier.wait(WAIT_SECONDS)


def grab(url: str, number: int, rounds: int, barrier: Barrier, answers: Any) -> None:
    """The control: look whether the place is free, then take it, with neither lock nor key."""
    database = Database(url)
    count = sa.text("SELECT count(*) FROM scratch WHERE turn = :turn")
    take = sa.text("INSERT INTO scratch (turn, night, racer) VALUES (:turn, :night, :racer)")
    for turn in range(rounds):
        barrier.wait(WAIT_SECONDS)
        with database.read() as session:
            free = session.execute(count, {"turn": turn}).scalar_one() == 0
        if free:
            with database.write() as session:
                session.execute(take, {"turn": turn, "night": date(2026, 11, 25).isoformat(), "racer": number})
        answers.put((turn, "won" if free else "refused"))


def say_yes(url: str, person: int, offer: int, barrier: Barrier, answers: Any) -> None:
    """One partner, in a process of its own: waits for the others, then accepts from the page it was drawn on."""
    desk = Desk(Database(url), person, lambda: NOW)
    barrier.wait(WAIT_SECONDS)
    try:
        with desk.writing() as work:
            answer_offer(work, offer, accept=True, version=1)
        answers.put("accepted")
    except Refused as refusal:
        answers.put(str(refusal))
