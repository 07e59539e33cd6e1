"""The role board: the posts of every visible action to come, as they stand; in a fixed number of queries."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlmodel import col, select

from planner import access
from planner.actors import Actor
from planner.db import pick
from planner.facts_people import LIVE, required_roles
from planner.models.operations import Action
from planner.models.records import RecordHead
from planner.rules import board as rules
from planner.rules.board import Gap, Overlap, Seat, Trouble
from planner.rules.values import RoleFact
from planner.rules.windows import local
from planner.views import board_rows
from planner.work import Look


class ActionPosts(NamedTuple):
    """An action with its posts: what it requires, who is asked and holds, and what is wrong with that.

    `booked` are leads and the other actions at which each is expected then; `beyond` are agencies.
    """

    id: int
    reference: str
    starts_at: datetime
    ends_at: datetime
    force: int
    region: str
    day: date
    required: tuple[RoleFact, ...]
    seats: tuple[Seat, ...]
    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]
    booked: Mapping[int, frozenset[int]]
    beyond: tuple[int, ...]

    @property
    def week(self) -> date:
        return self.day - timedelta(days=self.day.weekday())

    def has(self, trouble: Trouble) -> bool:
        if trouble is Trouble.MISSING:
            return bool(self.gaps)
        if trouble is Trouble.HELD_BY_SEVERAL:
            return bool(self.overlaps)
        return bool(self.booked if trouble is Trouble.BOOKED_TWICE else self.beyond)


class Names(NamedTuple):
    """What numbers and codes stand for: posts by code, regions by code, agencies, leads and visible actions by id."""

    posts: Mapping[str, str]
    regions: Mapping[str, str]
    agencies: Mapping[int, str]
    leads: Mapping[int, str]
    actions: Mapping[int, str]


class Board(NamedTuple):
    """Every visible action to come, the next first; `needed` is how many seats each post has, by its code."""

    actions: tuple[ActionPosts, ...]
    needed: Mapping[str, int]
    names: Names
    now: datetime


class BoardFilter(NamedTuple):
    """What to show, by name; empty means all. `week` is its Monday."""

    force: str = ""
    region: str = ""
    agency: str = ""
    week: date | None = None
    trouble: Trouble | None = None


class Choices(NamedTuple):
    """What there is to filter by."""

    forces: tuple[str, ...]
    regions: tuple[str, ...]
    agencies: tuple[str, ...]
    weeks: tuple[date, ...]


def board(look: Look) -> Board:
    """The posts of every visible action to come."""
    to_come = pick(Action.id).where(
        col(Action.id).in_(access.visible_actions(look)),
        col(Action.state).in_(LIVE),
        col(Action.ends_at) >= look.now,
    )
    found, posts = board_rows.actions(look, to_come), board_rows.catalogue(look)
    seats, required = board_rows.seats(look, to_come, posts), required_roles(look)
    booked = board_rows.booked_twice(look, to_come, found, seats)
    beyond = board_rows.beyond_capacity(look, to_come, found, seats)
    needed = {post.code: post.needed for post in posts.values()}
    actions: list[ActionPosts] = []
    for row in found:
        own, wanted, day = seats.get(row.id, ()), required(row.kind, row.nation), local(row.starts_at).date()
        over = tuple(dict.fromkeys(seat.agency_id for seat in own if seat.holds and (seat.agency_id, day) in beyond))
        actions.append(
            ActionPosts(
                *row[:6],
                day=day,
                required=wanted,
                seats=own,
                gaps=rules.gaps(wanted, own),
                overlaps=rules.overlaps(own, needed),
                booked=booked.get(row.id, {}),
                beyond=over,
            )
        )
    names = Names(
        posts={post.code: post.title for post in posts.values()},
        regions=board_rows.regions(look),
        agencies=board_rows.agencies(look),
        leads=board_rows.people(look, {lead for leads in booked.values() for lead in leads}),
        actions={row.id: row.reference for row in found},
    )
    return Board(tuple(actions), needed, names, look.now)


class Mark(NamedTuple):
    """While it is the same, so is the board: whatever is written adds to the record, and time goes by the minute."""

    reader: Actor
    record: str
    minute: datetime


def mark(look: Look) -> Mark:
    record = look.session.exec(select(RecordHead.hash)).one()
    return Mark(look.actor, record, look.now.replace(second=0, microsecond=0))


def shown(board: Board, wanted: BoardFilter) -> tuple[ActionPosts, ...]:
    """The actions that a filter leaves, in their order."""
    names = board.names
    agencies = {number for number, name in names.agencies.items() if name == wanted.agency}
    return tuple(
        item
        for item in board.actions
        if wanted.force in ("", names.agencies[item.force])
        and wanted.region in ("", names.regions[item.region])
        and wanted.week in (None, item.week)
        and (not wanted.agency or any(seat.agency_id in agencies for seat in item.seats))
        and (wanted.trouble is None or item.has(wanted.trouble))
    )


def choices(board: Board) -> Choices:
    """The forces, regions, agencies and weeks of these actions."""
    actions, names = board.actions, board.names
    asked = {seat.agency_id for item in actions for seat in item.seats}
    return Choices(
        forces=tuple(sorted({names.agencies[number] for number in {item.force for item in actions}})),
        regions=tuple(sorted({names.regions[code] for code in {item.region for item in actions}})),
        agencies=tuple(sorted({names.agencies[number] for number in asked})),
        weeks=tuple(sorted({item.week for item in actions})),
    )
