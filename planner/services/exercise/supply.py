"""The exercise's places of care: fictional providers, one with narrow criteria as in 2006, open nights, bookings."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from planner.models.care import (
    Claim,
    Hold,
    HoldLine,
    OpenNight,
    Place,
    Provider,
    Unit,
    UnitExploitation,
    UnitNeed,
    UnitProfile,
    UnitZone,
)
from planner.models.directory import Agency
from planner.rules.words import AgencyKind, Exploitation, HoldState, Need, Post, Profile, SiteKind
from planner.services.exercise.people import appoint
from planner.services.exercise.rows import Level, Rows

SEXUAL, LABOUR, DOMESTIC = Exploitation.SEXUAL, Exploitation.LABOUR, Exploitation.DOMESTIC
EVERY = (SEXUAL, LABOUR, DOMESTIC, Exploitation.UNKNOWN)
BY_ZONE: tuple[tuple[str, tuple[Profile, ...], tuple[Need, ...], tuple[Exploitation, ...], SiteKind, int], ...] = (
    ("Refuge", (Profile.WOMAN,), (Need.NONE, Need.MEDICAL), EVERY, SiteKind.REFUGE, 14),
    ("Accessible house", (Profile.WOMAN,), tuple(Need), EVERY, SiteKind.SAFE_HOUSE, 4),
    ("Family unit", (Profile.FAMILY,), (Need.NONE,), EVERY, SiteKind.SAFE_HOUSE, 5),
    ("Men's house", (Profile.MAN,), (Need.NONE, Need.MEDICAL), EVERY, SiteKind.SAFE_HOUSE, 9),
    ("Foster placements", (Profile.CHILD,), (Need.NONE,), EVERY, SiteKind.FOSTER, 7),
)
FACTOR = {Level.P2006: 0.0, Level.MID: 1.0, Level.AMPLE: 3.0}


class Stock(NamedTuple):
    """A unit with what it takes, and its numbers of places."""

    unit: int
    provider: int
    zones: frozenset[str]
    profiles: frozenset[Profile]
    needs: frozenset[Need]
    kinds: frozenset[Exploitation]
    places: int


class Supply:
    """Units in the making, and which place numbers are taken on which night."""

    def __init__(self, rows: Rows, operation: int, first: date, nights: int) -> None:
        self.rows, self.operation, self.first, self.nights = rows, operation, first, nights
        self.stock: list[Stock] = []
        self.taken: defaultdict[tuple[int, date], set[int]] = defaultdict(set)
        self.leads: dict[int, int] = {}
        self.by_zone: dict[str, int] = {}

    def provider(self, name: str, *, unasked_hours: int | None, confirmed_at: datetime) -> int:
        agency = self.rows.add(
            Agency,
            code=f"X-CARE-{len(self.leads) + 1:03d}",
            name=f"{name} (fictional)",
            kind=AgencyKind.CARE_PROVIDER,
            fictional=True,
        )
        self.rows.add(
            Provider,
            agency_id=agency,
            standard="Exercise standard",
            standard_checked_on=self.first,
            unasked_hold_hours=unasked_hours,
            last_confirmed_at=confirmed_at,
            fictional=True,
        )
        self.leads[agency] = appoint(
            self.rows, f"Provider lead, {name}", agency, Post.PROVIDER_LEAD, self.operation, own=True
        )
        return agency

    def unit(
        self,
        provider: int,
        name: str,
        *,
        zones: Iterable[str],
        takes: tuple[tuple[Profile, ...], tuple[Need, ...], tuple[Exploitation, ...]],
        site: SiteKind,
        places: int,
        criteria: str = "",
    ) -> None:
        """A unit with its places open on every night of the campaign and a little beyond."""
        rows, code = self.rows, f"U{len(self.stock) + 1:03d}"
        unit = rows.add(
            Unit,
            provider_id=provider,
            code=code,
            name=f"{name} (fictional)",
            site=site,
            criteria=criteria,
            cooperation_required=bool(criteria),
        )
        profiles, needs, kinds = takes
        for profile in profiles:
            rows.add(UnitProfile, unit_id=unit, profile=profile)
        for need in needs:
            rows.add(UnitNeed, unit_id=unit, need=need)
        for kind in kinds:
            rows.add(UnitExploitation, unit_id=unit, exploitation=kind)
        for zone in sorted(zones):
            rows.add(UnitZone, unit_id=unit, zone=zone)
        nights = [self.first + timedelta(days=day) for day in range(self.nights)]
        for number in range(1, places + 1):
            rows.add(Place, unit_id=unit, number=number)
            for night in nights:
                rows.add(OpenNight, unit_id=unit, number=number, night=night, operation_id=self.operation)
        stock = Stock(unit, provider, frozenset(zones), frozenset(profiles), frozenset(needs), frozenset(kinds), places)
        self.stock.append(stock)

    def find(
        self, zone: str, profile: Profile, need: Need, kind: Exploitation, *, nights: list[date], places: int
    ) -> Stock | None:
        """The first unit that fits and has so many places free on every night."""
        for stock in self.stock:
            fits = zone in stock.zones and profile in stock.profiles and need in stock.needs and kind in stock.kinds
            if fits and all(stock.places - len(self.taken[stock.unit, night]) >= places for night in nights):
                return stock
        return None

    def book(
        self,
        stock: Stock,
        wanted: tuple[Profile, Need, int],
        *,
        nights: list[date],
        state: HoldState,
        asked_by: int,
        at: datetime,
        expires_at: datetime | None = None,
        action: int | None = None,
        reserve: int | None = None,
    ) -> None:
        """A hold with its line and one claim for each place and night."""
        profile, need, places = wanted
        hold = self.rows.add(
            Hold,
            provider_id=stock.provider,
            action_id=action,
            reserve_id=reserve,
            state=state,
            first_night=nights[0],
            nights=len(nights),
            asked_by=asked_by,
            asked_at=at,
            expires_at=expires_at,
            answered_by=self.leads[stock.provider] if state is HoldState.CONFIRMED else None,
            answered_at=at if state is HoldState.CONFIRMED else None,
        )
        self.rows.add(HoldLine, hold_id=hold, unit_id=stock.unit, profile=profile, need=need, places=places)
        for night in nights:
            taken = self.taken[stock.unit, night]
            free = [number for number in range(1, stock.places + 1) if number not in taken][:places]
            taken.update(free)
            for number in free:
                self.rows.add(Claim, unit_id=stock.unit, number=number, night=night, hold_id=hold)


def stock_up(supply: Supply, zones: dict[str, str], level: Level, scale: int, at: datetime) -> None:
    """One national scheme of 25 places tied to co-operation, then what each zone has at this level of care."""
    scheme = supply.provider("National scheme for women", unasked_hours=None, confirmed_at=at)
    sexual = (SEXUAL, Exploitation.UNKNOWN)
    criteria = "Women exploited sexually who co-operate with an investigation; three places may be given sooner."
    takes = ((Profile.WOMAN,), (Need.NONE,), sexual)
    site, places = SiteKind.SAFE_HOUSE, 25 * scale
    supply.unit(scheme, "National scheme", zones=zones, takes=takes, site=site, places=places, criteria=criteria)
    factor = FACTOR[level]
    for zone, name in sorted(zones.items()):
        house = supply.provider(f"Care partner, {name}", unasked_hours=48, confirmed_at=at)
        supply.by_zone[zone] = supply.leads[house]
        for title, profiles, needs, kinds, site, places in BY_ZONE:
            number = round(places * factor) * scale if factor else (3 * scale if Profile.CHILD in profiles else 0)
            if number:
                supply.unit(
                    house, f"{title}, {name}", zones=(zone,), takes=(profiles, needs, kinds), site=site, places=number
                )
