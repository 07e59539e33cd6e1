"""Where police work is done: zones of care, regions, forces and the cells that co-ordinate them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner.inputs.records import Origin, read_records, refuse_repeats
from planner.rules.words import AgencyKind, Nation

ZONE_COLUMNS = ("code", "name", "nation")
REGION_COLUMNS = ("code", "name", "nation", "zone", "for_actions")
FORCE_COLUMNS = (
    *("code", "name", "home_office_code", "nation", "region", "kind", "uk_wide"),
    *("active_from", "active_to", "successor", "active_2007", "active_now", "dedicated_team"),
)
CELL_COLUMNS = (
    *("code", "name", "kind", "regions", "host_force", "seconded_forces", "seconded_agencies"),
    *("receives_returns", "active_from", "active_to"),
)


@dataclass(frozen=True)
class Zone:
    """Where a place of care can serve."""

    code: str
    name: str
    nation: Nation
    origin: Origin


@dataclass(frozen=True)
class Region:
    """`for_actions` is false for the home of UK-wide forces: an action names the region where it happens."""

    code: str
    name: str
    nation: Nation
    zone: str
    for_actions: bool
    origin: Origin


@dataclass(frozen=True)
class Force:
    """A police force; `dedicated_team` is None until the force has said."""

    code: str
    name: str
    home_office_code: str
    nation: Nation
    region: str
    kind: str
    uk_wide: bool
    active_from: date | None
    active_to: date | None
    successor: str
    active_2007: bool
    active_now: bool
    dedicated_team: bool | None
    origin: Origin


@dataclass(frozen=True)
class ForceTile:
    """A force's square on the tile map: rows from north to south, columns from west to east, both from 0."""

    code: str
    row: int
    column: int
    origin: Origin


@dataclass(frozen=True)
class RegionalCell:
    """A cell, its regions, who sits in it (force and agency codes) and to whom its returns go."""

    code: str
    name: str
    kind: AgencyKind
    regions: tuple[str, ...]
    host_force: str
    seconded_forces: tuple[str, ...]
    seconded_agencies: tuple[str, ...]
    receives_returns: str
    active_from: date | None
    active_to: date | None
    origin: Origin


def load_zones(data: Path) -> tuple[Zone, ...]:
    records = read_records(data / "zones.csv", ZONE_COLUMNS)
    refuse_repeats(records, "code")
    return tuple(Zone(r.text("code"), r.text("name"), r.word("nation", Nation), r.origin()) for r in records)


def load_regions(data: Path) -> tuple[Region, ...]:
    records = read_records(data / "regions.csv", REGION_COLUMNS)
    refuse_repeats(records, "code")
    return tuple(
        Region(
            code=r.text("code"),
            name=r.text("name"),
            nation=r.word("nation", Nation),
            zone=r.text("zone"),
            for_actions=r.yes("for_actions"),
            origin=r.origin(),
        )
        for r in records
    )


def load_forces(data: Path) -> tuple[Force, ...]:
    records = read_records(data / "forces.csv", FORCE_COLUMNS)
    refuse_repeats(records, "code")
    return tuple(
        Force(
            code=r.text("code"),
            name=r.text("name"),
            home_office_code=r.optional("home_office_code"),
            nation=r.word("nation", Nation),
            region=r.text("region"),
            kind=r.text("kind"),
            uk_wide=r.yes("uk_wide"),
            active_from=r.optional_day("active_from"),
            active_to=r.optional_day("active_to"),
            successor=r.optional("successor"),
            active_2007=r.yes("active_2007"),
            active_now=r.yes("active_now"),
            dedicated_team=r.yes_if_known("dedicated_team"),
            origin=r.origin(),
        )
        for r in records
    )


def load_regional_cells(data: Path) -> tuple[RegionalCell, ...]:
    records = read_records(data / "regional_cells.csv", CELL_COLUMNS)
    refuse_repeats(records, "code")
    return tuple(
        RegionalCell(
            code=r.text("code"),
            name=r.text("name"),
            kind=r.word("kind", AgencyKind),
            regions=r.codes("regions"),
            host_force=r.optional("host_force"),
            seconded_forces=r.codes("seconded_forces"),
            seconded_agencies=r.codes("seconded_agencies"),
            receives_returns=r.optional("receives_returns"),
            active_from=r.optional_day("active_from"),
            active_to=r.optional_day("active_to"),
            origin=r.origin(),
        )
        for r in records
    )


def load_force_tiles(data: Path) -> tuple[ForceTile, ...]:
    records = read_records(data / "force_tiles.csv", ("code", "row", "column"))
    refuse_repeats(records, "code")
    refuse_repeats(records, "row", "column")
    return tuple(ForceTile(r.text("code"), r.whole("row"), r.whole("column"), r.origin()) for r in records)
