"""Small cases of placement, and an oracle of their own that tries every way to put people into units.

The oracle shares no code and no value with the rules: units and lines are plain letters and numbers here.
"""

from datetime import date, timedelta
from functools import cache
from random import Random
from typing import NamedTuple

from planner.rules.capacity import Asked, Free, Supply
from planner.rules.values import UnitFact
from planner.rules.words import Exploitation, Need, Profile, SiteKind

FIRST = date(2026, 3, 14)
HORIZON = 8
PROFILES, NEEDS = ("woman", "man", "family", "child"), ("none", "wheelchair", "medical")
ZONES, KINDS = ("north", "south"), ("sexual", "labour")


class House(NamedTuple):
    """A unit: free places by night counted from the first, which may be missing; `reserve` 0 is a unit of its own."""

    profiles: str
    needs: str
    zones: str
    kinds: str
    free: tuple[int | None, ...]
    reserve: int = 0


class People(NamedTuple):
    profile: str
    need: str
    zone: str
    kind: str
    places: int
    shares: int = 0


class Case(NamedTuple):
    trap: str
    houses: tuple[House, ...]
    people: tuple[People, ...]
    start: int
    nights: int

    def supply(self) -> Supply:
        return Supply([_free(number, house) for number, house in enumerate(self.houses)])

    def asked(self) -> list[Asked]:
        return [_asked(line) for line in self.people]

    @property
    def first(self) -> date:
        return FIRST + timedelta(days=self.start)


def _free(number: int, house: House) -> Free:
    fact = UnitFact(
        SiteKind.SAFE_HOUSE,
        frozenset(map(Profile, house.profiles.split())),
        frozenset(map(Need, house.needs.split())),
        frozenset(map(Exploitation, house.kinds.split())),
        frozenset(house.zones.split()),
    )
    nights = {FIRST + timedelta(days=day): there for day, there in enumerate(house.free) if there is not None}
    return Free(number, fact, nights, house.reserve or None)


def _asked(line: People) -> Asked:
    shares = frozenset({line.shares} if line.shares else set())
    return Asked(Profile(line.profile), Need(line.need), line.places, line.zone, Exploitation(line.kind), shares)


def may_enter(house: House, line: People) -> bool:
    """The oracle's own reading of who a unit takes."""
    listed = ((line.profile, house.profiles), (line.need, house.needs), (line.zone, house.zones))
    words = all(value in text.split() for value, text in (*listed, (line.kind, house.kinds)))
    return words and house.reserve in (0, line.shares)


def there(house: House, night: int) -> int:
    return (house.free[night] or 0) if 0 <= night < len(house.free) else 0


def everybody(case: Case) -> list[People]:
    return [line for line in case.people for _ in range(line.places)]


def most_placed(case: Case) -> int:
    """How many people can stay at most: each in every house in turn, or nowhere."""
    people = everybody(case)
    stay = range(case.start, case.start + case.nights)

    @cache
    def most(person: int, left: tuple[tuple[int, ...], ...]) -> int:
        if person == len(people):
            return 0
        best = most(person + 1, left)
        for number, house in enumerate(case.houses):
            if may_enter(house, people[person]) and all(free > 0 for free in left[number]):
                used = tuple(free - 1 for free in left[number])
                best = max(best, 1 + most(person + 1, (*left[:number], used, *left[number + 1 :])))
        return best

    return most(0, tuple(tuple(there(house, night) for night in stay) for house in case.houses))


def fewest_opened(case: Case) -> int | None:
    """How few places and nights would have to be opened for all; None where somebody fits no house."""
    people = everybody(case)
    stay = range(case.start, case.start + case.nights)

    @cache
    def fewest(person: int, inside: tuple[int, ...]) -> int | None:
        if person == len(people):
            pairs = zip(case.houses, inside, strict=True)
            return sum(max(0, number - there(house, night)) for house, number in pairs for night in stay)
        found = [
            fewest(person + 1, (*inside[:number], inside[number] + 1, *inside[number + 1 :]))
            for number, house in enumerate(case.houses)
            if may_enter(house, people[person])
        ]
        return min((cost for cost in found if cost is not None), default=None)

    return fewest(0, (0,) * len(case.houses))


def plain_counting_says_yes(case: Case) -> bool:
    """As a spreadsheet does: on every night there are as many free places for each profile as people of it."""
    stay = range(case.start, case.start + case.nights)
    wanted = {profile: sum(line.places for line in case.people if line.profile == profile) for profile in PROFILES}
    return all(
        sum(there(house, night) for house in case.houses if profile in house.profiles.split()) >= places
        for profile, places in wanted.items()
        for night in stay
        if places
    )


def counting_by_night_says_yes(case: Case) -> bool:
    """The best that can be done night by night: every night is matched exactly, and only the stay is forgotten."""
    nights = range(case.start, case.start + case.nights)
    people = len(everybody(case))
    return all(most_placed(case._replace(start=night, nights=1)) == people for night in nights)


TRAPS = ("any", "split stay", "eligibility", "dip", "horizon", "special", "reserve", "strike day")


def a_case(random: Random, trap: str) -> Case:
    nights = random.randint(1, 4)
    start = random.randint(0, HORIZON - nights)
    if trap == "horizon":
        start = random.choice((-1, 0, HORIZON - nights, HORIZON - nights, HORIZON - nights + 1))
    narrow = trap in ("split stay", "dip", "horizon")
    houses = [_house(random, trap, number, start + nights // 2) for number in range(random.randint(2, 4))]
    wanted = 1 if narrow else random.randint(1, 3)
    people = [_people(random, trap, number) for number in range(wanted)]
    if trap == "reserve":
        houses.append(_house(random, "any", 0, 0)._replace(reserve=1))
    return Case(trap, tuple(houses), tuple(people), start, nights)


def _some(random: Random, values: tuple[str, ...], most: int) -> str:
    return " ".join(random.sample(values, random.randint(1, min(most, len(values)))))


def _house(random: Random, trap: str, number: int, middle: int) -> House:
    places = random.randint(1, 3)
    free: list[int | None] = [max(0, places - (random.random() < 0.12)) for _ in range(HORIZON)]
    if trap == "split stay":
        free = [places if (day < middle) == (number % 2 == 0) or random.random() < 0.6 else 0 for day in range(HORIZON)]
    if trap == "dip":
        dips = random.sample(range(HORIZON), 2)
        free = [random.randint(0, 1) if day in dips else places for day in range(HORIZON)]
    if trap == "horizon":
        last = random.choice((HORIZON, HORIZON, HORIZON - 1, HORIZON + 1))
        free = [places if day < last else None for day in range(HORIZON + 1)]
    if random.random() < 0.2:
        free[random.randrange(HORIZON)] = None
    special = trap in ("special", "any")
    return House(
        _some(random, PROFILES if special else PROFILES[:2], 3),
        "none " + _some(random, NEEDS[1:], 2) if random.random() < 0.5 else "none",
        "north south" if trap != "strike day" or random.random() < 0.4 else random.choice(ZONES),
        "sexual labour" if random.random() < 0.8 else random.choice(KINDS),
        tuple(free),
    )


def _people(random: Random, trap: str, number: int) -> People:
    profiles = PROFILES if trap in ("special", "any") else PROFILES[:2]
    return People(
        random.choice(profiles),
        random.choice(NEEDS) if trap in ("special", "eligibility") and random.random() < 0.4 else "none",
        random.choice(ZONES),
        random.choice(KINDS),
        random.randint(1, 2),
        int(trap == "reserve" and number == 0),
    )
