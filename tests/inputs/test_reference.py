"""Reference data: it loads, it adds up, it refers to what exists, and it says where it comes from."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import holidays
import pytest

from planner.inputs import reference
from planner.inputs.reference import (
    Claim,
    Confidence,
    load_agencies,
    load_bank_holidays,
    load_care_providers,
    load_entry_powers,
    load_first_responders,
    load_force_tiles,
    load_forces,
    load_premises_presets,
    load_published_figures,
    load_regional_cells,
    load_regions,
    load_roles,
    load_support_periods,
    load_warrant_rules,
    load_zones,
    support_period,
)
from planner.rules.words import ActionKind, AgencyKind, Nation, Power, PremisesKind, Profile
from planner.settings import ROOT

DATA = ROOT / "data"
LOADERS: list[Callable[[Path], tuple[Any, ...]]] = [
    getattr(reference, name) for name in sorted(reference.__all__) if name.startswith("load_")
]
UNITED_KINGDOM = {Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND, Nation.NORTHERN_IRELAND}


@pytest.mark.parametrize("load", LOADERS, ids=lambda load: load.__name__)
def test_every_fact_names_its_source(load: Callable[[Path], tuple[Any, ...]]) -> None:
    rows = load(DATA)

    assert rows
    assert all(row.origin.source and row.origin.source_date for row in rows)


@pytest.mark.parametrize("load", LOADERS, ids=lambda load: load.__name__)
def test_what_is_unverified_says_why(load: Callable[[Path], tuple[Any, ...]]) -> None:
    unverified = [row.origin for row in load(DATA) if row.origin.confidence is Confidence.UNVERIFIED]

    assert [origin for origin in unverified if not origin.note and "knowledge" not in origin.source.lower()] == []


def test_every_force_has_a_square_of_its_own_on_the_tile_map() -> None:
    tiles = load_force_tiles(DATA)

    assert {tile.code for tile in tiles} == {force.code for force in load_forces(DATA)}


def test_fifty_five_forces_stood_in_2007_and_forty_eight_stand_now() -> None:
    forces = load_forces(DATA)

    by_kind = {
        "england_and_wales": [f for f in forces if f.nation in (Nation.ENGLAND, Nation.WALES) and not f.uk_wide],
        "scotland": [f for f in forces if f.nation is Nation.SCOTLAND and f.active_2007],
        "northern_ireland": [f for f in forces if f.nation is Nation.NORTHERN_IRELAND],
        "uk_wide": [f for f in forces if f.uk_wide],
    }

    assert {kind: len(rows) for kind, rows in by_kind.items()} == {
        "england_and_wales": 43,
        "scotland": 8,
        "northern_ireland": 1,
        "uk_wide": 3,
    }
    assert sum(force.active_2007 for force in forces) == 55
    assert sum(force.active_now for force in forces) == 48
    assert {force.dedicated_team for force in forces} == {None}


def test_the_days_of_a_force_agree_with_its_counts() -> None:
    launch, today = date(2007, 10, 3), date(2026, 11, 24)

    for force in load_forces(DATA):
        stood = [(force.active_from or date.min) <= day <= (force.active_to or date.max) for day in (launch, today)]
        assert stood == [force.active_2007, force.active_now], force.code


def test_every_code_refers_to_something() -> None:
    zones = {zone.code: zone for zone in load_zones(DATA)}
    regions = {region.code: region for region in load_regions(DATA)}
    forces = {force.code: force for force in load_forces(DATA)}
    agencies = {agency.code: agency for agency in load_agencies(DATA)}

    assert all(zones[region.zone].nation is region.nation for region in regions.values())
    assert all(regions[force.region].nation is force.nation for force in forces.values())
    assert {force.successor for force in forces.values()} - {""} <= forces.keys()
    assert not forces.keys() & agencies.keys()
    for cell in load_regional_cells(DATA):
        assert {*cell.regions} <= regions.keys()
        assert {cell.host_force, *cell.seconded_forces} - {""} <= forces.keys()
        assert {cell.receives_returns, *cell.seconded_agencies} - {""} <= agencies.keys()
    assert {provider.agency for provider in load_care_providers(DATA)} <= agencies.keys()
    assert {responder.agency for responder in load_first_responders(DATA)} - {""} <= agencies.keys()


def test_every_uk_region_where_actions_happen_has_a_cell() -> None:
    covered = {code for cell in load_regional_cells(DATA) if cell.code != "NATIONAL" for code in cell.regions}

    assert covered == {r.code for r in load_regions(DATA) if r.for_actions and r.nation in UNITED_KINGDOM}


def test_the_scottish_cell_seats_the_eight_forces_and_three_agencies() -> None:
    (cell,) = [cell for cell in load_regional_cells(DATA) if cell.code == "SRIC"]

    assert len(cell.seconded_forces) == 8
    assert cell.seconded_agencies == ("SCDEA", "SOCA", "UKBA")


def test_agencies_and_the_list_of_first_responders_agree() -> None:
    listed = {responder.agency for responder in load_first_responders(DATA) if responder.current} - {""}
    kinds = {kind for responder in load_first_responders(DATA) for kind in responder.agency_kinds}

    for agency in load_agencies(DATA):
        if agency.kind not in kinds:
            assert (agency.first_responder is True) == (agency.code in listed), agency.code


def test_every_nation_of_the_uk_has_a_first_responder_a_prosecutor_and_a_children_s_service() -> None:
    responders = {nation for responder in load_first_responders(DATA) for nation in responder.nations}
    agencies = load_agencies(DATA)

    assert responders == UNITED_KINGDOM
    for kind in (AgencyKind.PROSECUTOR, AgencyKind.CHILDRENS_SERVICE, AgencyKind.HEALTH):
        assert {nation for agency in agencies if agency.kind is kind for nation in agency.nations} == UNITED_KINGDOM


def test_a_warrant_s_life_is_assumed_only_where_it_was_verified() -> None:
    rules = {rule.nation: rule for rule in load_warrant_rules(DATA)}

    assert rules.keys() == {*Nation}
    assert {nation: rule.months for nation, rule in rules.items() if rule.months} == {
        Nation.ENGLAND: 3,
        Nation.WALES: 3,
    }
    assert all(rule.origin.confidence is Confidence.VERIFIED for rule in rules.values() if rule.months)


def test_every_nation_has_a_name_to_offer_for_each_power_and_none_of_them_is_a_rule() -> None:
    offered = load_entry_powers(DATA)

    assert {row.power for row in offered} == {*Power}
    assert {row.nation for row in offered if row.power is Power.WARRANT} == {*Nation}
    assert {row.origin.confidence for row in offered} == {Confidence.UNVERIFIED}


@pytest.mark.parametrize(
    ("nation", "on", "days"),
    [
        (Nation.ENGLAND, date(2006, 2, 21), 30),
        (Nation.SCOTLAND, date(2007, 10, 3), 30),
        (Nation.ENGLAND, date(2008, 7, 1), 30),
        (Nation.ENGLAND, date(2008, 7, 2), 45),
        (Nation.WALES, date(2022, 12, 12), 45),
        (Nation.WALES, date(2022, 12, 13), 30),
        (Nation.SCOTLAND, date(2018, 4, 1), 90),
        (Nation.NORTHERN_IRELAND, date(2026, 11, 24), 45),
        (Nation.OTHER, date(2026, 11, 24), 30),
    ],
)
def test_the_support_period_is_that_of_the_nation_and_day(nation: Nation, on: date, days: int) -> None:
    period = support_period(load_support_periods(DATA), nation, on)

    assert period is not None
    assert period.days == days


@pytest.mark.parametrize(
    ("nation", "subdivision"),
    [
        (Nation.ENGLAND, "ENG"),
        (Nation.WALES, "WLS"),
        (Nation.SCOTLAND, "SCT"),
        (Nation.NORTHERN_IRELAND, "NIR"),
    ],
)
def test_bank_holidays_agree_with_an_independent_calendar(nation: Nation, subdivision: str) -> None:
    ours = {holiday.on for holiday in load_bank_holidays(DATA) if holiday.nation is nation}
    years = {day.year for day in ours}
    theirs = {day for day in holidays.country_holidays("GB", subdiv=subdivision, years=years) if day.weekday() < 5}

    assert years == {2007, 2008, 2026, 2027, 2028}
    assert ours == theirs


@pytest.mark.parametrize("kind", ActionKind)
def test_an_action_can_be_readied_by_hand_with_six_required_posts(kind: ActionKind) -> None:
    serving = [role for role in load_roles(DATA) if not role.action_kinds or kind in role.action_kinds]
    required = {role.code for role in serving if role.required and not role.nations}

    assert len(required) == 6
    assert {"first_responder", "trained_officer", "victim_care_lead", "police_protection_officer"} <= required


def test_every_post_says_what_it_does_in_two_to_four_sentences() -> None:
    for role in load_roles(DATA):
        assert 2 <= len(role.responsibilities) <= 4, role.code
        assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in role.responsibilities)
        assert role.agency_kinds
        assert role.count >= 1


def test_presets_cover_every_premises_and_profile_and_stay_small() -> None:
    presets = load_premises_presets(DATA)

    assert {(preset.premises_kind, preset.profile) for preset in presets} == {
        (kind, profile) for kind in PremisesKind for profile in Profile
    }
    assert max(preset.likely for preset in presets) <= 1
    assert max(preset.high for preset in presets) <= 4


def test_figures_that_disagree_stay_separate_and_none_passes_as_verified() -> None:
    figures = load_published_figures(DATA)

    arrests = [f.value for f in figures if f.operation == "pentameter_2" and f.measure == "arrests"]
    typed = {f.measure: f.value for f in figures if f.operation == "pentameter_2"}

    assert arrests == [528, 406]
    assert typed["premises_visited"] == (
        typed["parlours_and_saunas_visited"] + typed["residential_visited"] + typed["premises_not_typed"]
    )
    assert {figure.claim for figure in figures} == {Claim.CLAIMED}


def test_no_file_keeps_an_address_or_a_capacity_of_a_provider() -> None:
    postcode = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")

    assert [path.name for path in DATA.glob("*.csv") if postcode.search(path.read_text(encoding="utf-8"))] == []
    assert "places" not in (DATA / "care_providers.csv").read_text(encoding="utf-8").splitlines()[0]
