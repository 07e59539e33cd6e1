"""Units of care as a spreadsheet gives them: whom they take, their places, and the bookings that rest on both."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col, select

from planner.db import pick
from planner.facts_care import units
from planner.inputs.providers import ProviderRow
from planner.models.care import (
    Hold,
    HoldLine,
    OpenNight,
    Place,
    Reserve,
    ReserveShare,
    Unit,
    UnitExploitation,
    UnitNeed,
    UnitProfile,
    UnitZone,
)
from planner.models.directory import Region
from planner.models.operations import Action
from planner.rules.capacity import Wanted, takes
from planner.rules.values import UnitFact
from planner.rules.words import Exploitation, Need, Profile, SiteKind
from planner.services.care_claims import LIVE
from planner.work import Look, Work


class Resting(NamedTuple):
    """A live booking of a unit, and whom it is for; of a reserve, for its region and each action that shares it."""

    hold_id: int
    unit_id: int
    profile: Profile
    need: Need
    zone: str | None
    exploitation: Exploitation


@dataclass(frozen=True)
class KnownUnits:
    """What is stored of every unit: its row by code whatever the case, whom it takes, its place numbers."""

    by_code: Mapping[str, Unit]
    facts: Mapping[int, UnitFact]
    places: Mapping[int, frozenset[int]]

    def of(self, row: ProviderRow) -> Unit | None:
        return self.by_code.get(row.unit_code.casefold())


def known_units(look: Look) -> KnownUnits:
    """Every unit, whom it takes and its places."""
    places: defaultdict[int, set[int]] = defaultdict(set)
    for unit_id, number in look.session.execute(pick(Place.unit_id, Place.number)):
        places[unit_id].add(number)
    rows = look.session.exec(select(Unit).order_by(col(Unit.id)).execution_options(populate_existing=True))
    by_code = {unit.code.casefold(): unit for unit in rows}
    return KnownUnits(by_code, units(look), {unit_id: frozenset(numbers) for unit_id, numbers in places.items()})


def fact_of(row: ProviderRow, have: UnitFact | None) -> UnitFact:
    """Whom a unit takes by its line; what the line leaves blank stays, and of a new unit is not narrowed."""
    site = row.site or (have.site if have else SiteKind.SAFE_HOUSE)
    needs = frozenset({Need.NONE, *row.needs}) if row.needs else have.needs if have else frozenset({Need.NONE})
    kinds = frozenset(row.exploitations or (have.exploitations if have else Exploitation))
    return UnitFact(site, frozenset(row.accepts), needs, kinds, frozenset(row.zones))


def places_to_change(row: ProviderRow, have: frozenset[int]) -> tuple[set[int], set[int]]:
    """Place numbers to add and to drop."""
    return set(range(1, row.places + 1)) - have, {number for number in have if number > row.places}


def ever_opened(look: Look, unit_ids: Iterable[int]) -> dict[int, int]:
    """The highest place number of each unit that its provider ever opened: only the provider closes nights."""
    night = OpenNight
    query = pick(night.unit_id, sa.func.max(night.number)).where(col(night.unit_id).in_(list(unit_ids)))
    return dict(map(tuple, look.session.execute(query.group_by(night.unit_id))))


def lost(resting: Iterable[Resting], old: UnitFact, new: UnitFact) -> tuple[int, ...]:
    """Numbers of the live bookings that a unit would no longer take."""
    return tuple(sorted({item.hold_id for item in resting if _is_lost(item, old, new)}))


def _is_lost(item: Resting, old: UnitFact, new: UnitFact) -> bool:
    wanted, zone = Wanted(item.profile, item.need, 1), item.zone or ""
    fitted, fits = (takes(unit, wanted, zone, item.exploitation) for unit in (old, new))
    return (fitted and not fits) or (item.profile in old.profiles and item.profile not in new.profiles)


def narrows(old: UnitFact, new: UnitFact) -> bool:
    """Whether somebody whom the unit takes today would no longer be taken."""
    return not all(before <= after for before, after in zip(old[1:], new[1:], strict=True))


def resting_on(look: Look, unit_ids: Iterable[int]) -> Mapping[int, list[Resting]]:
    """Bookings asked for, held or confirmed in these units, past nights included: `planner verify` reads those too."""
    found: defaultdict[int, list[Resting]] = defaultdict(list)
    wanted = list(unit_ids)
    if wanted:
        for query in (_of_actions(), _of_reserves(), _of_shares()):
            live = sa.or_(col(Hold.expires_at).is_(None), col(Hold.expires_at) > look.now)
            limited = query.where(col(HoldLine.unit_id).in_(wanted), col(Hold.state).in_(LIVE), live)
            for row in look.session.execute(limited):
                found[row[1]].append(Resting._make(row))
    return found


def _lines(zone: Any, exploitation: Any) -> Any:
    h, line = Hold, HoldLine
    query = pick(h.id, line.unit_id, line.profile, line.need, zone, exploitation)
    return query.select_from(Hold).join(HoldLine, col(line.hold_id) == col(h.id))


def _of_actions() -> Any:
    query = _lines(Region.zone, Action.exploitation).join(Action, col(Action.id) == col(Hold.action_id))
    return query.join(Region, col(Region.code) == col(Action.region))


def _of_reserves() -> Any:
    """Nobody knows yet whom a reserve will take, so its units took people of unknown exploitation."""
    unknown = sa.literal(Exploitation.UNKNOWN.value).label("exploitation")
    query = _lines(Region.zone, unknown).join(Reserve, col(Reserve.id) == col(Hold.reserve_id))
    return query.outerjoin(Region, col(Region.code) == col(Reserve.region))


def _of_shares() -> Any:
    query = _lines(Region.zone, Action.exploitation)
    query = query.join(ReserveShare, col(ReserveShare.reserve_id) == col(Hold.reserve_id))
    query = query.join(Action, col(Action.id) == col(ReserveShare.action_id))
    return query.join(Region, col(Region.code) == col(Action.region))


def write_fact(work: Work, unit_id: int, fact: UnitFact) -> None:
    """Whom a unit takes, in place of whom it took."""
    tables: tuple[Any, ...] = (UnitProfile, UnitNeed, UnitExploitation, UnitZone)
    for table in tables:
        work.session.execute(sa.delete(table).where(col(table.unit_id) == unit_id))
    work.session.add_all(_taken(unit_id, fact))
    work.session.flush()


def _taken(unit_id: int, fact: UnitFact) -> Iterator[Any]:
    yield from (UnitProfile(unit_id=unit_id, profile=profile) for profile in sorted(fact.profiles))
    yield from (UnitNeed(unit_id=unit_id, need=need) for need in sorted(fact.needs))
    yield from (UnitExploitation(unit_id=unit_id, exploitation=kind) for kind in sorted(fact.exploitations))
    yield from (UnitZone(unit_id=unit_id, zone=zone) for zone in sorted(fact.zones))


def write_places(work: Work, unit_id: int, missing: set[int], surplus: set[int]) -> None:
    """The unit's place numbers; no night is opened or closed by it."""
    if surplus:
        gone = sa.delete(Place).where(col(Place.unit_id) == unit_id, col(Place.number).in_(surplus))
        work.session.execute(gone)
    work.session.add_all(Place(unit_id=unit_id, number=number) for number in sorted(missing))
    work.session.flush()
