"""What is short in words, and what would come nearest: another night, or the unit that lacks least."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from planner.rules.capacity import Asked, Supply, Wanted, can_place
from planner.rules.checks_care import PROFILE_WORDS
from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.rules.placement import Lack, Placement, Short
from planner.rules.values import UnitFact
from planner.rules.words import Exploitation, Need, Profile

NEED_WORDS = {Need.NONE: "", Need.WHEELCHAIR: " who use a wheelchair", Need.MEDICAL: " with medical needs"}


class NearUnit(NamedTuple):
    """A unit that could take some of who is short, if its criteria or its open places were others."""

    unit_id: int
    line: Asked
    misses: tuple[str, ...]
    lacks: tuple[Lack, ...]


class Nearest(NamedTuple):
    """The nearest night from which all could be placed; without one, the unit nearest to fitting, if there is any."""

    night: date | None = None
    unit: NearUnit | None = None


class ShortRun(NamedTuple):
    """So many places of one profile and need short on every night from first to last, both included."""

    profile: Profile
    need: Need
    places: int
    first: date
    last: date


def short_runs(found: Placement) -> tuple[ShortRun, ...]:
    """What is short, line by line, each run of nights once whatever unit would have to open."""
    total: dict[tuple[Profile, Need, date, date], int] = {}
    for short in found.short:
        for lack in short.lacks:
            key = (short.profile, short.need, lack.first, lack.last)
            total[key] = total.get(key, 0) + lack.places
    return tuple(ShortRun(profile, need, n, first, last) for (profile, need, first, last), n in total.items())


def nearest(
    supply: Supply, asked: Sequence[Asked], found: Placement, first: date, nights: int, *, window: tuple[date, date]
) -> Nearest:
    """Another night within the window, both ends included, or a unit that would have to open or take others."""
    for night in _by_distance(first, *window):
        if can_place(supply, asked, night, nights):
            return Nearest(night=night)
    return Nearest(unit=_near_unit(supply, found, first, nights))


def _by_distance(first: date, earliest: date, latest: date) -> Iterator[date]:
    """Every other night of the window, nearest first; of two as near, the later: time to prepare is never lost."""
    others = (earliest + timedelta(days=day) for day in range((latest - earliest).days + 1))
    return iter(sorted((n for n in others if n != first), key=lambda n: (abs((n - first).days), n < first)))


def _near_unit(supply: Supply, found: Placement, first: date, nights: int) -> NearUnit | None:
    """Of the units that take these people, the one to open on the fewest nights; then one that misses a criterion."""
    near = []
    for short in found.short:
        for unit_id in {lack.unit_id for lack in short.lacks if lack.unit_id is not None}:
            lacks = tuple(lack for lack in short.lacks if lack.unit_id == unit_id)
            near.append((0, sum((lack.last - lack.first).days + 1 for lack in lacks), unit_id, short, lacks))
    if near:
        _, _, unit_id, short, lacks = min(near, key=lambda item: item[:3])
        return NearUnit(unit_id, short.asked, (), lacks)
    return _other_unit(supply, found.short, first, nights)


def _other_unit(supply: Supply, shorts: Sequence[Short], first: date, nights: int) -> NearUnit | None:
    """A unit with room that takes this profile, and misses the fewest criteria; never another profile's."""
    near = [
        (len(missed), unit.unit_id, short.asked, missed)
        for short in shorts
        for index, unit in enumerate(supply.units)
        if short.profile in unit.unit.profiles
        and unit.reserve_id is None
        and min(supply.free(index, first, nights), default=0) > 0
        and (missed := _misses(supply, index, short.asked))
    ]
    if not near:
        return None
    _, unit_id, line, missed = min(near, key=lambda item: item[:2])
    return NearUnit(unit_id, line, missed, ())


def _misses(supply: Supply, index: int, line: Asked) -> tuple[str, ...]:
    return misses(supply.units[index].unit, line, line.zone, line.exploitation)


def misses(unit: UnitFact, line: Wanted | Asked, zone: str, exploitation: Exploitation) -> tuple[str, ...]:
    """Each criterion that these people do not meet, to be read after "does not": "take men", "serve this zone"."""
    after = "of unknown" if exploitation is Exploitation.UNKNOWN else f"after {exploitation}"
    said = (
        (line.profile in unit.profiles, f"take {PROFILE_WORDS[line.profile]}"),
        (line.need in unit.needs, f"take people{NEED_WORDS[line.need] or ' without special needs'}"),
        (exploitation in unit.exploitations, f"take people {after} exploitation"),
        (zone in unit.zones, "serve this zone"),
    )
    return tuple(words for met, words in said if not met)


def who_words(profile: Profile, need: Need) -> str:
    """ "women", "men with medical needs"."""
    return PROFILE_WORDS[profile] + NEED_WORDS[need]


def shortage_words(found: Placement, near: Nearest, codes: Mapping[int, str]) -> str:
    """One sentence: who is short, how many, on which nights, and what comes nearest; empty where nobody is."""
    if found.placeable:
        return ""
    return f"{short_words(found)}; {_nearest_words(near, codes)}."


def short_words(found: Placement) -> str:
    """ "2 places for women are short from Mon 14 March to Sun 20 March"; several lines with semicolons between."""
    by_line: dict[tuple[Profile, Need], list[ShortRun]] = {}
    for run in short_runs(found):
        by_line.setdefault((run.profile, run.need), []).append(run)
    return "; ".join(_line_words(rows) for rows in by_line.values())


def _line_words(rows: Sequence[ShortRun]) -> str:
    runs = sorted(rows, key=lambda row: (row.first, row.last))
    heads = [
        f"{count_words(run.places, 'place')} for {who_words(run.profile, run.need)} "
        f"{'is' if run.places == 1 else 'are'} short {run_words(run.first, run.last)}"
        for run in runs[:1]
    ]
    rest = [f"{count_words(run.places, 'place')} {run_words(run.first, run.last)}" for run in runs[1:]]
    return ", ".join(heads + rest)


def run_words(first: date, last: date) -> str:
    """ "from Mon 14 March to Sun 20 March", "on the night of Mon 14 March"."""
    return f"on the night of {day_words(first)}" if first == last else f"from {day_words(first)} to {day_words(last)}"


def _nearest_words(near: Nearest, codes: Mapping[int, str]) -> str:
    if near.night is not None:
        return f"nearest: all could be placed from {day_words(near.night)}"
    if near.unit is None:
        return "no unit with free places takes these people: ask providers to open some"
    code = codes.get(near.unit.unit_id, str(near.unit.unit_id))
    if near.unit.misses:
        return f"nearest: unit {code} has room, but does not {' or '.join(near.unit.misses)}"
    more = ", ".join(f"{lack.places} more {run_words(lack.first, lack.last)}" for lack in near.unit.lacks)
    return f"nearest: unit {code} would need {more}"
