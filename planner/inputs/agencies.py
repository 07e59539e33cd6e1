"""Agencies in: code, name, kind and the nations where each works; what is left blank stays as it is."""

from dataclasses import dataclass
from typing import TypeVar

from planner.inputs.cells import CellRefused, a_code, a_name, a_word, a_yes, plain_word, some
from planner.inputs.columns import VERSION, Column, Layout, Mapping
from planner.inputs.grid import Cell, Grid
from planner.inputs.known import Known, KnownPlace
from planner.inputs.places import Finder
from planner.inputs.readings import Progress, Reading, Repeats, RowReader, read_rows
from planner.rules.words import AgencyKind, Nation

T = TypeVar("T")
NOTHING_KNOWN = Known()

AGENCIES = Layout(
    "agencies",
    (
        Column(
            "code",
            "Code",
            ("agency code", "short code", "id"),
            required=True,
            holds="A short code that begins with a letter; a line that has it again changes that agency.",
        ),
        Column(
            "name",
            "Name",
            ("agency", "agency name", "organisation", "organisation name"),
            required=True,
            holds="The organisation's name, never a person's; no address.",
        ),
        Column(
            "kind",
            "Kind",
            ("type", "agency type", "agency kind", "kind of agency"),
            required=True,
            holds=f"One of {', '.join(kind.replace('_', ' ') for kind in AgencyKind)}. No file changes it.",
        ),
        Column(
            "nation",
            "Nation",
            ("nations", "country", "works in"),
            required=True,
            holds="Where it works: England, Wales, Scotland, Northern Ireland or other jurisdiction, separated by "
            "semicolons; UK is the first four.",
        ),
        Column(
            "region",
            "Region",
            ("region code", "region name"),
            holds="A region's code or name; needed for a new police force of one nation.",
        ),
        Column(
            "first_responder",
            "First responder",
            ("first responder organisation", "nrm first responder"),
            holds="Yes where it may refer to the National Referral Mechanism, otherwise no.",
        ),
        Column("fictional", "Fictional", ("example", "invented"), holds="Yes for an exercise's own, otherwise no."),
        VERSION,
    ),
)
KINDS = (
    ("force", AgencyKind.POLICE_FORCE),
    ("police", AgencyKind.POLICE_FORCE),
    ("charity", AgencyKind.NGO),
    ("council", AgencyKind.LOCAL_AUTHORITY),
    ("prosecution", AgencyKind.PROSECUTOR),
    ("nhs", AgencyKind.HEALTH),
    ("shelter", AgencyKind.CARE_PROVIDER),
    ("interpreter", AgencyKind.INTERPRETERS),
)
UNITED_KINGDOM = (Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND, Nation.NORTHERN_IRELAND)
YES_OR_NO = "Write yes or no."
WHOLE_UK = frozenset({"uk", "united kingdom", "all", "uk wide"})


@dataclass(frozen=True)
class AgencyRow:
    """One agency as a file gives it; None where it says nothing, `region_cleared` where an exported line does."""

    line: int
    code: str
    name: str
    kind: AgencyKind
    nations: tuple[Nation, ...]
    region_code: str | None = None
    first_responder: bool | None = None
    fictional: bool | None = None
    version: str | None = None
    region_cleared: bool = False


def read_agencies(
    grid: Grid, mapping: Mapping, known: Known = NOTHING_KNOWN, progress: Progress | None = None
) -> Reading[AgencyRow]:
    """Rows and findings of a file of agencies; InputError when a required column is missing."""
    codes, region = Repeats(), Finder("region", known.regions)
    return read_rows(grid, mapping, lambda row: _agency(row, codes, region), progress=progress)


def _agency(row: RowReader, codes: Repeats, regions: Finder[KnownPlace]) -> AgencyRow | None:
    code, name = row.take("code", a_code), row.take("name", a_name)
    if code is not None:
        codes.check(row, "code", code)
    kind, nations = row.take("kind", a_word(AgencyKind, *KINDS)), row.take("nation", nations_of)
    region = row.take("region", regions)
    if row.made_from:
        row.refuse_cleared(("first_responder", YES_OR_NO), ("fictional", YES_OR_NO))
    first_responder, fictional = row.take("first_responder", a_yes), row.take("fictional", a_yes)
    if code is None or name is None or kind is None or nations is None:
        return None
    region_code = region.code if region else None
    said = (region_code, first_responder, fictional, row.made_from)
    return AgencyRow(row.line, code, name, kind, nations, *said, bool(row.made_from) and row.is_cleared("region"))


def nations_of(cell: Cell) -> tuple[Nation, ...]:
    """One nation or several; "UK" is all four."""
    if isinstance(cell, str) and plain_word(cell) in WHOLE_UK:
        return UNITED_KINGDOM
    return at_least_one(some(a_word(Nation, ("other", Nation.OTHER)))(cell), "nation")


def at_least_one(values: tuple[T, ...], what: str) -> tuple[T, ...]:
    if not values:
        raise CellRefused(f"No {what} stands here.", f"Give at least one {what}.")
    return values
