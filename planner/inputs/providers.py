"""Care providers in: one line a unit, whom it accepts, the zones it serves and its places; never an address."""

from dataclasses import dataclass

from planner.inputs.agencies import YES_OR_NO, at_least_one
from planner.inputs.cells import CellRefused, a_code, a_name, a_number, a_word, a_yes, some
from planner.inputs.columns import VERSION, Column, Layout, Mapping
from planner.inputs.grid import Cell, Grid
from planner.inputs.known import Known
from planner.inputs.places import Finder
from planner.inputs.readings import Progress, Reading, Repeats, RowReader, read_rows
from planner.rules.words import Exploitation, Need, Profile, SiteKind

PROVIDERS = Layout(
    "providers",
    (
        Column(
            "provider_code",
            "Provider code",
            ("code", "agency code"),
            required=True,
            holds="The provider's short code; it stands on each line of its units.",
        ),
        Column(
            "provider_name",
            "Provider name",
            ("provider", "name", "organisation"),
            required=True,
            holds="The provider's name, the same on each of its lines; no address.",
        ),
        Column(
            "unit",
            "Unit",
            ("unit code", "house", "unit reference"),
            required=True,
            holds="The unit's short code, once in the file; a line that has it again changes that unit.",
        ),
        Column(
            "accepts",
            "Accepts",
            ("profiles", "who", "accepted profiles"),
            required=True,
            holds="Woman, man, family, separated by semicolons; or child alone, for adult places never cover children.",
        ),
        Column(
            "zones",
            "Zones",
            ("zone", "serves", "zones served"),
            required=True,
            holds="Codes or names of the zones that the unit serves, separated by semicolons.",
        ),
        Column(
            "places",
            "Places",
            ("beds", "capacity", "number of places"),
            required=True,
            holds="How many the unit has. Nights are opened by the provider alone, and what it has opened stays open.",
        ),
        Column(
            "unit_name",
            "Unit name",
            ("name of unit", "house name"),
            holds="What the unit is called; no address. Blank: its code.",
        ),
        Column(
            "site",
            "Site",
            ("site kind", "kind of site", "kind"),
            holds="Community, safe house, refuge, foster, childrens home or health site; blank: safe house. "
            "Custody and immigration detention are refused.",
        ),
        Column(
            "needs",
            "Needs met",
            ("needs", "special needs"),
            holds="Wheelchair, medical, separated by semicolons; blank: none.",
        ),
        Column(
            "exploitation",
            "Exploitation",
            ("exploitation types", "types of exploitation"),
            holds="Sexual, labour, domestic, unknown, separated by semicolons, where it takes these alone; blank: any.",
        ),
        Column("fictional", "Fictional", ("example", "invented"), holds="Yes for an exercise's own, otherwise no."),
        VERSION,
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
NEVER_BLANK = (
    ("unit_name", "Write what the unit is called, or its code."),
    ("site", "Write what kind of site it is, such as safe house."),
    ("fictional", YES_OR_NO),
)
NO_HOME = (SiteKind.CUSTODY, SiteKind.DETENTION)
NEVER_A_HOME = "Custody and immigration detention are never accommodation."
MOST_PLACES = 500


@dataclass(frozen=True)
class ProviderRow:
    """One unit of a provider; `unit_code` is unique in the file, None and () say nothing."""

    line: int
    provider_code: str
    provider_name: str
    unit_code: str
    accepts: tuple[Profile, ...]
    zones: tuple[str, ...]
    places: int
    site: SiteKind | None = None
    needs: tuple[Need, ...] = ()
    exploitations: tuple[Exploitation, ...] = ()
    unit_name: str | None = None
    fictional: bool | None = None
    version: str | None = None


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
        self._fictional: dict[str, tuple[int, bool | None]] = {}

    def read(self, row: RowReader) -> ProviderRow | None:
        code, name = row.take("provider_code", a_code), row.take("provider_name", a_name)
        fictional = row.take("fictional", a_yes)
        if code is not None and name is not None:
            self._check_provider(row, code, name, fictional)
        unit = row.take("unit", a_code)
        if unit is not None:
            self._units.check(row, "unit", unit)
        accepts, zones = row.take("accepts", _profiles), row.take("zones", self._zones)
        places = row.take("places", a_number(0, MOST_PLACES))
        site, needs = row.take("site", _site), row.take("needs", some(a_word(Need)))
        kinds, unit_name = row.take("exploitation", some(a_word(Exploitation))), row.take("unit_name", a_name)
        if row.made_from:
            row.refuse_cleared(*NEVER_BLANK)
            needs = (Need.NONE,) if row.is_cleared("needs") else needs
            kinds = tuple(Exploitation) if row.is_cleared("exploitation") else kinds
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
            site=site,
            needs=needs or (),
            exploitations=kinds or (),
            unit_name=unit_name,
            fictional=fictional,
            version=row.made_from,
        )

    def _zones(self, cell: Cell) -> tuple[str, ...]:
        return at_least_one(tuple(zone.code for zone in some(self._zone)(cell)), "zone")

    def _check_provider(self, row: RowReader, code: str, name: str, fictional: bool | None) -> None:
        """One provider, told once: its name and whether it is fictional are the same on each of its lines."""
        line, first = self._names.setdefault(code.casefold(), (row.line, name))
        if first != name:
            why = f"{code} is called {first} on line {line} and {name} on line {row.line}."
            row.find("provider_name", why, "Give a provider one name throughout.")
        line, said = self._fictional.setdefault(code.casefold(), (row.line, fictional))
        if said is not fictional:
            row.find("fictional", f"line {line} of {code} says otherwise.", "Say the same on each line of a provider.")


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
        raise CellRefused(NEVER_A_HOME, "Take the line out of the file.")
    return site
