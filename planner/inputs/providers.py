"""Care providers in: one line a unit, whom it accepts, the zones it serves and its places; never an address."""

from dataclasses import dataclass

from planner.inputs.agencies import at_least_one
from planner.inputs.cells import CellRefused, a_code, a_name, a_number, a_word, some
from planner.inputs.columns import Column, Layout, Mapping
from planner.inputs.grid import Cell, Grid
from planner.inputs.known import Known
from planner.inputs.places import Finder
from planner.inputs.readings import Progress, Reading, Repeats, RowReader, read_rows
from planner.rules.words import Need, Profile, SiteKind

PROVIDERS = Layout(
    "providers",
    (
        Column("provider_code", "Provider code", ("code", "agency code"), required=True),
        Column("provider_name", "Provider name", ("provider", "name", "organisation"), required=True),
        Column("unit", "Unit", ("unit code", "house", "unit reference"), required=True),
        Column("accepts", "Accepts", ("profiles", "who", "accepted profiles"), required=True),
        Column("zones", "Zones", ("zone", "serves", "zones served"), required=True),
        Column("places", "Places", ("beds", "capacity", "number of places"), required=True),
        Column("site", "Site", ("site kind", "kind of site", "kind")),
        Column("needs", "Needs met", ("needs", "special needs")),
    ),
)
PROFILES = (
    ("women", Profile.WOMAN),
    ("adult woman", Profile.WOMAN),
    ("adult women", Profile.WOMAN),
    ("men", Profile.MAN),
    ("adult man", Profile.MAN),
    ("adult men", Profile.MAN),
    ("families", Profile.FAMILY),
    ("mother and child", Profile.FAMILY),
    ("children", Profile.CHILD),
    ("age uncertain", Profile.CHILD),
    ("child or age uncertain", Profile.CHILD),
)
NO_HOME = (SiteKind.CUSTODY, SiteKind.DETENTION)
MOST_PLACES = 500


@dataclass(frozen=True)
class ProviderRow:
    """One unit of a provider; `unit_code` is unique in the file."""

    line: int
    provider_code: str
    provider_name: str
    unit_code: str
    accepts: tuple[Profile, ...]
    zones: tuple[str, ...]
    places: int
    site: SiteKind
    needs: tuple[Need, ...]


def read_providers(
    grid: Grid, mapping: Mapping, known: Known, progress: Progress | None = None
) -> Reading[ProviderRow]:
    """Rows and findings of a file of care providers; InputError when a required column is missing."""
    return read_rows(grid, mapping, _ProviderReader(known).read, progress=progress)


class _ProviderReader:
    def __init__(self, known: Known) -> None:
        self._zone = Finder("zone", known.zones)
        self._units = Repeats()
        self._names: dict[str, tuple[int, str]] = {}

    def read(self, row: RowReader) -> ProviderRow | None:
        code, name = row.take("provider_code", a_code), row.take("provider_name", a_name)
        if code is not None and name is not None:
            self._check_name(row, code, name)
        unit = row.take("unit", a_code)
        if unit is not None:
            self._units.check(row, "unit", unit)
        accepts, zones = row.take("accepts", _profiles), row.take("zones", self._zones)
        places = row.take("places", a_number(0, MOST_PLACES))
        site, needs = row.take("site", _site), row.take("needs", some(a_word(Need)))
        if code is None or name is None or unit is None or accepts is None or zones is None or places is None:
            return None
        return ProviderRow(
            line=row.line,
            provider_code=code,
            provider_name=name,
            unit_code=unit,
            accepts=accepts,
            zones=zones,
            places=places,
            site=site or SiteKind.SAFE_HOUSE,
            needs=tuple(need for need in needs or () if need is not Need.NONE),
        )

    def _zones(self, cell: Cell) -> tuple[str, ...]:
        return at_least_one(tuple(zone.code for zone in some(self._zone)(cell)), "zone")

    def _check_name(self, row: RowReader, code: str, name: str) -> None:
        line, first = self._names.setdefault(code.casefold(), (row.line, name))
        if first != name:
            why = f"{code} is called {first} on line {line} and {name} on line {row.line}."
            row.find("provider_name", why, "Give a provider one name throughout.")


def _profiles(cell: Cell) -> tuple[Profile, ...]:
    """Adult places never cover children, so a unit takes children alone or none."""
    profiles = at_least_one(some(a_word(Profile, *PROFILES))(cell), "profile")
    if Profile.CHILD in profiles and len(profiles) > 1:
        raise CellRefused(
            "a unit cannot take children beside adults.", "Give the children's places a unit of their own."
        )
    return profiles


def _site(cell: Cell) -> SiteKind:
    site = a_word(SiteKind)(cell)
    if site in NO_HOME:
        raise CellRefused(
            "Custody and immigration detention are never accommodation.", "Take the line out of the file."
        )
    return site
