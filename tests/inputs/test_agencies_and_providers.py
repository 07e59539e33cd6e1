"""Agencies and care providers in: the templates are read whole, each refusal beside its success."""

import pytest

from planner.errors import InputError
from planner.inputs.agencies import AGENCIES, AgencyRow, read_agencies
from planner.inputs.columns import suggest_mapping
from planner.inputs.providers import PROVIDERS, ProviderRow, read_providers
from planner.inputs.readings import Reading
from planner.inputs.spreadsheets import read_grid
from planner.rules.words import AgencyKind, Exploitation, Nation, Need, Profile, SiteKind
from tests.inputs.files import a_csv
from tests.inputs.known import KNOWN
from tests.inputs.make_samples import TEMPLATES

AGENCY_HEADINGS = ["Code", "Name", "Kind", "Nation"]
AGENCY = ["EX-NGO", "Example charity", "charity", "UK"]
PROVIDER_HEADINGS = ["Provider code", "Provider name", "Unit", "Accepts", "Zones", "Places", "Site"]
PROVIDER = ["EX-HOUSE", "Example House", "EX-HOUSE-A", "women", "Wales", "4", "safe house"]


def agencies(*lines: list[str]) -> Reading[AgencyRow]:
    grid = read_grid(a_csv(AGENCY_HEADINGS, *lines))
    return read_agencies(grid, suggest_mapping(grid.headings, AGENCIES), KNOWN)


def providers(*lines: list[str]) -> Reading[ProviderRow]:
    grid = read_grid(a_csv(PROVIDER_HEADINGS, *lines))
    return read_providers(grid, suggest_mapping(grid.headings, PROVIDERS), KNOWN)


def changed(line: list[str], position: int, cell: str) -> list[str]:
    return [*line[:position], cell, *line[position + 1 :]]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_agency_template_is_read_whole(ending: str) -> None:
    grid = read_grid((TEMPLATES / f"agencies.{ending}").read_bytes())

    found = read_agencies(grid, suggest_mapping(grid.headings, AGENCIES), KNOWN)

    assert found.findings == ()
    assert [row.code for row in found.rows] == ["EXAMPLE-NGO", "EXAMPLE-COUNCIL", "EXAMPLE-INTERP"]
    assert found.rows[0].first_responder
    assert found.rows[1].region_code == "scotland"
    assert all(row.fictional for row in found.rows)


def test_an_agency_is_read_with_its_nations() -> None:
    uk = (Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND, Nation.NORTHERN_IRELAND)

    assert agencies(AGENCY).rows == (AgencyRow(2, "EX-NGO", "Example charity", AgencyKind.NGO, uk),)


@pytest.mark.parametrize(
    ("position", "cell", "sentence"),
    [
        (0, "01", "Line 2, Code: 01 is not a code."),
        (1, "Example, GL50 1AA", "Line 2, Name: This looks like an address: it must not be kept here."),
        (1, "@example", "Line 2, Name: A name cannot begin with @."),
        (1, "lead@example.org", "Line 2, Name: A mail address stands in a name; none is kept."),
        (2, "army", "Line 2, Kind: army is not known here."),
        (3, "France", "Line 2, Nation: France is not known here."),
        (3, ";", "Line 2, Nation: No nation stands here."),
    ],
)
def test_a_bad_cell_of_an_agency_is_named(position: int, cell: str, sentence: str) -> None:
    found = agencies(changed(AGENCY, position, cell))

    assert [finding.sentence for finding in found.findings] == [sentence]
    assert found.rows == ()


def test_an_agency_code_stands_once_in_a_file() -> None:
    found = agencies(AGENCY, changed(AGENCY, 0, "ex-ngo"))

    assert [finding.sentence for finding in found.findings] == [
        "Line 3, Code: ex-ngo stands on line 2 and again on line 3."
    ]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_provider_template_is_read_whole(ending: str) -> None:
    grid = read_grid((TEMPLATES / f"providers.{ending}").read_bytes())

    found = read_providers(grid, suggest_mapping(grid.headings, PROVIDERS), KNOWN)

    assert found.findings == ()
    assert found.rows[0] == ProviderRow(
        line=3,
        provider_code="EXAMPLE-HOUSE",
        provider_name="Example House (fictional)",
        unit_code="EXAMPLE-HOUSE-A",
        accepts=(Profile.WOMAN, Profile.FAMILY),
        zones=("england_south", "wales"),
        places=4,
        site=SiteKind.SAFE_HOUSE,
        needs=(Need.WHEELCHAIR,),
        unit_name="Example House A (fictional)",
        fictional=True,
    )
    assert found.rows[1].exploitations == tuple(Exploitation)


def test_what_a_line_leaves_blank_is_told_apart_from_none() -> None:
    headings = [*PROVIDER_HEADINGS, "Needs met"]

    def read(site: str, needs: str) -> ProviderRow:
        grid = read_grid(a_csv(headings, [*PROVIDER[:6], site, needs]))
        return read_providers(grid, suggest_mapping(grid.headings, PROVIDERS), KNOWN).rows[0]

    assert (read("", "").site, read("", "").needs) == (None, ())
    assert (read("refuge", "none").site, read("refuge", "none").needs) == (SiteKind.REFUGE, (Need.NONE,))


@pytest.mark.parametrize(
    ("position", "cell", "sentence"),
    [
        (3, "women; children", "Line 2, Accepts: a unit cannot take children beside adults."),
        (3, "everyone", "Line 2, Accepts: everyone is not known here."),
        (4, "Atlantis", "Line 2, Zones: Atlantis is no zone known here."),
        (5, "-1", "Line 2, Places: -1 is negative."),
        (5, "3.5", "Line 2, Places: 3.5 is not a whole number."),
        (5, "four", "Line 2, Places: four is not a whole number."),
        (6, "custody", "Line 2, Site: Custody and immigration detention are never accommodation."),
        (6, "immigration detention", "Line 2, Site: Custody and immigration detention are never accommodation."),
    ],
)
def test_a_bad_cell_of_a_provider_is_named(position: int, cell: str, sentence: str) -> None:
    assert providers(PROVIDER).stands

    found = providers(changed(PROVIDER, position, cell))

    assert [finding.sentence for finding in found.findings] == [sentence]
    assert found.rows == ()


def test_a_whole_number_may_have_a_nought_behind_its_point() -> None:
    assert [providers(changed(PROVIDER, 5, cell)).rows[0].places for cell in ("3.0", "3.00", "3")] == [3, 3, 3]


def test_a_provider_has_one_name_and_a_unit_one_line() -> None:
    other_name = ["EX-HOUSE", "Other House", "EX-HOUSE-B", *PROVIDER[3:]]

    found = providers(PROVIDER, other_name, PROVIDER)

    assert [finding.sentence for finding in found.findings] == [
        "Line 3, Provider name: EX-HOUSE is called Example House on line 2 and Other House on line 3.",
        "Line 4, Unit: EX-HOUSE-A stands on line 2 and again on line 4.",
    ]


def test_a_provider_is_fictional_on_each_of_its_lines_or_on_none() -> None:
    def read(*said: str) -> Reading[ProviderRow]:
        lines = [[*PROVIDER[:2], f"EX-{number}", *PROVIDER[3:], word] for number, word in enumerate(said)]
        grid = read_grid(a_csv([*PROVIDER_HEADINGS, "Fictional"], *lines))
        return read_providers(grid, suggest_mapping(grid.headings, PROVIDERS), KNOWN)

    assert [row.fictional for row in read("yes", "Y").rows] == [True, True]
    assert [finding.sentence for finding in read("yes", "no", "perhaps").findings] == [
        "Line 3, Fictional: line 2 of EX-HOUSE says otherwise.",
        "Line 4, Fictional: perhaps is neither yes nor no.",
        "Line 4, Fictional: line 2 of EX-HOUSE says otherwise.",
    ]


@pytest.mark.parametrize(
    ("region", "responder", "sentences"),
    [
        ("West Midlands", "no", []),
        ("", "", []),
        ("Mercia", "no", ["Line 2, Region: Mercia is no region known here."]),
        ("", "perhaps", ["Line 2, First responder: perhaps is neither yes nor no."]),
    ],
)
def test_an_agency_s_region_and_right_to_refer_may_be_left_out(
    region: str, responder: str, sentences: list[str]
) -> None:
    grid = read_grid(a_csv([*AGENCY_HEADINGS, "Region", "First responder"], [*AGENCY, region, responder]))

    found = read_agencies(grid, suggest_mapping(grid.headings, AGENCIES), KNOWN)

    assert [finding.sentence for finding in found.findings] == sentences


def test_a_file_of_actions_is_not_a_file_of_agencies() -> None:
    grid = read_grid((TEMPLATES / "actions.csv").read_bytes())

    with pytest.raises(InputError, match=r"^The file has no column “Code”, “Name”, “Nation”; it has “Reference”"):
        read_agencies(grid, suggest_mapping(grid.headings, AGENCIES))
