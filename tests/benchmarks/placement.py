"""Placement: one question against the same as a maximum flow, and a booking that changes with everybody asked again.

The exercise's own actions and units, each action asking for its high so that it asks for something, for the whole
stay, which takes longer to answer than the first nights. Bookings are added until about half can be placed.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from planner import access, facts
from planner.db import Database
from planner.facts_care import units
from planner.rules.capacity import Free, Supply, can_place
from planner.rules.demand import coverage
from planner.rules.windows import first_night
from planner.scheduling.bulk import Horizon, Outlook, Question
from planner.views.care import Nights, free_places
from planner.views.care_check import line_of, unit_codes
from planner.work import Desk
from tests.benchmarks.table import Row, in_turn, seconds

STAY = 45
MICROSECONDS, FASTER = 10.0, 0.10
RECHECKED_MS = {1: 2.0, 10: 15.0}
BOOKED = 0.6
SAMPLE, CHANGES = 200, 100


class Asked(NamedTuple):
    """Every action's question with the night it was planned for."""

    units: list[Free]
    questions: list[Question]
    nights: list[date]


def rows(database: Database, rounds: int, scale: int) -> list[Row]:
    asked = _booked(_asked(database), Random(1))
    return [*_one_question(asked, rounds), _one_change(asked, rounds, scale)]


def _asked(database: Database) -> Asked:
    with Desk(database).reading() as look:
        every = list(facts.load(look, access.visible_actions(look)).values())
        nights = [first_night(each.action.starts_at) for each in every]
        first, known, codes = min(nights), units(look), unit_codes(look)
        asked = Nights(first, (max(nights) - first).days + STAY, operation_id=every[0].action.operation_id)
        free = free_places(look, asked)
    questions = [
        Question(tuple(line_of(each.action, line, line.high) for line in coverage(each) if line.high), STAY)
        for each in every
    ]
    return Asked([Free(number, known[number], free[code]) for number, code in codes.items()], questions, nights)


def _booked(asked: Asked, random: Random) -> Asked:
    """Stays of one place each, until so much of what was open is booked."""
    free = [dict(unit.free) for unit in asked.units]
    total = sum(places for nights in free for places in nights.values())
    left, first = total, min(asked.nights)
    for _ in range(total):
        nights = random.choice(free)
        begin = first + timedelta(days=random.randrange(-STAY, 182))
        for night in (begin + timedelta(days=day) for day in range(STAY)):
            if nights.get(night, 0) > 0:
                nights[night] -= 1
                left -= 1
        if left < (1 - BOOKED) * total:
            break
    return asked._replace(units=[unit._replace(free=row) for unit, row in zip(asked.units, free, strict=True)])


def _one_question(asked: Asked, rounds: int) -> list[Row]:
    supply = Supply(asked.units)
    every = [pair for pair in zip(asked.questions, asked.nights, strict=True) if pair[0].asked]
    sample = Random(2).sample(every, min(SAMPLE, len(every)))
    ours: list[Callable[[], bool]] = [lambda q=q, n=n: can_place(supply, q.asked, n, STAY) for q, n in sample]
    by_networkx = [_as_networkx(supply, question, night) for question, night in sample]
    by_scipy = [_as_scipy(supply, question, night) for question, night in sample]
    answers = [[bool(ask()) for ask in asks] for asks in (ours, by_networkx, by_scipy)]
    if not answers[0] == answers[1] == answers[2]:
        raise RuntimeError("The three disagree.")
    taken = in_turn(rounds, *(_timed(asks) for asks in (ours, by_networkx, by_scipy)))
    mine, networks, scipys = (1e6 * each / len(sample) for each in taken)
    said = f"{len(sample)} questions for {STAY} nights, {sum(answers[0])} placeable"
    return [
        Row("One question of placement in plain Python", mine, MICROSECONDS, "µs", said),
        Row(
            "The same, against networkx's maximum flow", mine / networks, FASTER, "x", f"{networks:.0f} µs on its graph"
        ),
        Row("The same, against scipy's maximum flow", mine / scipys, FASTER, "x", f"{scipys:.0f} µs on its graph"),
    ]


def _timed(asks: Sequence[Callable[[], bool]]) -> Callable[[], float]:
    def all_asked() -> None:
        for ask in asks:
            ask()

    return lambda: seconds(all_asked)


def _edges(supply: Supply, question: Question, night: date) -> list[tuple[int, int, int]]:
    """From a source (0) over lines and units to a sink (1), with what each edge carries; rooms are worked out here."""
    lines = len(question.asked)
    found = {index for line in question.asked for index in supply.takers(line)}
    at = {index: 2 + lines + number for number, index in enumerate(sorted(found))}
    edges = [(0, 2 + number, line.places) for number, line in enumerate(question.asked)]
    edges += [
        (2 + number, at[index], line.places)
        for number, line in enumerate(question.asked)
        for index in supply.takers(line)
    ]
    return [*edges, *((node, 1, min(supply.free(index, night, STAY))) for index, node in at.items())]


def _as_networkx(supply: Supply, question: Question, night: date) -> Callable[[], bool]:
    graph = nx.DiGraph()
    graph.add_nodes_from((0, 1))
    for source, target, most in _edges(supply, question, night):
        graph.add_edge(source, target, capacity=most)
    people = sum(line.places for line in question.asked)
    return lambda: nx.maximum_flow_value(graph, 0, 1) == people


def _as_scipy(supply: Supply, question: Question, night: date) -> Callable[[], bool]:
    edges = np.array(_edges(supply, question, night), np.int32)
    size = max(2, int(edges[:, :2].max()) + 1)
    graph = csr_array((edges[:, 2], (edges[:, 0], edges[:, 1])), shape=(size, size))
    people = sum(line.places for line in question.asked)
    return lambda: maximum_flow(graph, 0, 1).flow_value == people


def _one_change(asked: Asked, rounds: int, scale: int) -> Row:
    first, random = min(asked.nights), Random(3)
    outlook = Outlook(Supply(asked.units), asked.questions, Horizon(first, 182))
    changes = [
        (random.randrange(len(asked.units)), first + timedelta(days=random.randrange(182))) for _ in range(CHANGES)
    ]

    def booked_and_given_back() -> None:
        for places in (-1, 1):
            for unit, night in changes:
                outlook.change(unit, night, STAY, places)

    booked_and_given_back()  # the first of each unit finds what counts it
    (taken,) = in_turn(rounds, lambda: seconds(booked_and_given_back))
    yes = float(outlook.can.mean())
    name = f"One booking changed, {len(asked.questions):,} actions asked again"
    said = f"for 182 nights each; {yes:.0%} placeable, {len(asked.units)} units"
    return Row(name, 1e3 * taken / (2 * CHANGES), RECHECKED_MS[scale], "ms", said)
