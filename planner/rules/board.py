"""What the role board tells of posts: held, missing, held twice, answered too often; and whom to chase first."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from planner.rules.values import RoleFact
from planner.rules.words import OfferState

CHASED_AGAIN = timedelta(hours=1)
AGES = (timedelta(days=1), timedelta(days=3), timedelta(days=7))


class PostState(StrEnum):
    """How one post of one action stands; `not_needed` when it is neither required nor asked of anybody."""

    HELD_BY_SEVERAL = "held_by_several"
    ACCEPTED = "accepted"
    ACCEPTED_WITH_CONDITIONS = "accepted_with_conditions"
    OVERDUE = "overdue"
    OFFERED = "offered"
    PARTLY_ACCEPTED = "partly_accepted"
    REFUSED = "refused"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"
    NOT_NEEDED = "not_needed"


class Trouble(StrEnum):
    """What is wrong with the posts of an action."""

    MISSING = "missing"
    HELD_BY_SEVERAL = "held_by_several"
    BOOKED_TWICE = "booked_twice"
    BEYOND_CAPACITY = "beyond_capacity"


class Seat(NamedTuple):
    """One offer that was not withdrawn; it `holds` when it is accepted and none of its conditions was refused."""

    offer_id: int
    role: str
    agency_id: int
    lead_id: int
    state: OfferState
    holds: bool
    overdue: bool

    @property
    def waits(self) -> bool:
        return self.state is OfferState.OFFERED


class Gap(NamedTuple):
    """A required post of which `short` are not held."""

    role: str
    short: int


class Overlap(NamedTuple):
    """A post with one seat that several agencies hold."""

    role: str
    agencies: tuple[int, ...]


class Place(NamedTuple):
    """Where a lead who accepted a post is expected, and when."""

    action_id: int
    starts_at: datetime
    ends_at: datetime


def gaps(required: Sequence[RoleFact], seats: Iterable[Seat]) -> tuple[Gap, ...]:
    """The required posts that fewer hold than are needed."""
    held = Counter([seat.role for seat in seats if seat.holds])
    return tuple([Gap(role.code, role.needed - held[role.code]) for role in required if held[role.code] < role.needed])


def overlaps(seats: Iterable[Seat], needed: Mapping[str, int]) -> tuple[Overlap, ...]:
    """The posts of one seat that several agencies hold; `needed` is how many seats a post has, by its code."""
    holders: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for seat in seats:
        if seat.holds and needed[seat.role] == 1:
            holders[seat.role][seat.agency_id] = None
    return tuple([Overlap(role, tuple(agencies)) for role, agencies in holders.items() if len(agencies) > 1])


def double_booked(places: Iterable[Place]) -> dict[int, frozenset[int]]:
    """For each action of one lead the others that overlap with it; those with none are left out."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    open_: list[Place] = []
    for place in sorted(places, key=lambda place: place.starts_at):
        open_ = [other for other in open_ if other.ends_at > place.starts_at]
        for other in open_:
            found[place.action_id].add(other.action_id)
            found[other.action_id].add(place.action_id)
        open_.append(place)
    return {action_id: frozenset(others) for action_id, others in found.items()}


def in_two_places(asked: Iterable[Place], live: Iterable[Place]) -> frozenset[int]:
    """Which of these actions overlap with a live one that the same lead is expected at; no action with itself.

    A window overlaps with those that begin before it ends, less those that have ended when it begins: two searches
    in order, where to compare each with each takes the square of what one lead has accepted.
    """
    expected = set(live)
    begins, ends = sorted([each.starts_at for each in expected]), sorted([each.ends_at for each in expected])
    return frozenset(
        place.action_id
        for place in asked
        if bisect_left(begins, place.ends_at) - bisect_right(ends, place.starts_at) > (place in expected)
    )


def post_state(seats: Sequence[Seat], needed: int, *, required: bool) -> PostState:
    """How a post stands, given every offer of it at one action and how many seats it has."""
    held = [seat for seat in seats if seat.holds]
    if needed == 1 and len({seat.agency_id for seat in held}) > 1:
        return PostState.HELD_BY_SEVERAL
    if len(held) >= (needed if required else 1):
        whole = all(seat.state is OfferState.ACCEPTED for seat in held)
        return PostState.ACCEPTED if whole else PostState.ACCEPTED_WITH_CONDITIONS
    if any(seat.waits for seat in seats):
        return PostState.OVERDUE if any(seat.overdue for seat in seats) else PostState.OFFERED
    if held:
        return PostState.PARTLY_ACCEPTED
    if any(seat.state is not OfferState.DECLINED for seat in seats):
        return PostState.REFUSED
    if seats:
        return PostState.DECLINED
    return PostState.NOT_ASKED if required else PostState.NOT_NEEDED


class Waiting(NamedTuple):
    """An unanswered offer; `missing` when its post is required and not held."""

    offer_id: int
    action_id: int
    starts_at: datetime
    offered_at: datetime
    answer_by: datetime
    chased_at: datetime | None
    missing: bool


def was_chased(offer: Waiting, now: datetime) -> bool:
    """Whether its lead was reminded so lately that they are not reminded again."""
    return offer.chased_at is not None and now - offer.chased_at < CHASED_AGAIN


def chase_order(offer: Waiting, now: datetime) -> tuple[object, ...]:
    """Whom to chase first: a post still missing, an answer that is overdue, the next action, the longest asked."""
    late = offer.answer_by <= now
    return was_chased(offer, now), not offer.missing, not late, offer.starts_at, offer.offered_at, offer.offer_id


def age_band(offered_at: datetime, now: datetime) -> int:
    """How long an offer waits: the number of the first of AGES that it is under, or one more than the last."""
    return sum(now - offered_at >= age for age in AGES)


def beyond_capacity(held: Iterable[tuple[int, date, int]], stated: Mapping[int, int]) -> frozenset[tuple[int, date]]:
    """Agencies and days with more actions than the agency says that it can do in a day.

    `held` are agency, day and action of every post held; an agency that states nothing is never beyond it.
    """
    actions: defaultdict[tuple[int, date], set[int]] = defaultdict(set)
    for agency_id, day, action_id in held:
        actions[agency_id, day].add(action_id)
    return frozenset(key for key, found in actions.items() if len(found) > stated.get(key[0], len(found)))


def short(title: str) -> str:
    """A post's title without the level of command before it, as a column has little room."""
    last = title.removeprefix("Bronze: ")
    return last[:1].upper() + last[1:]
