"""Care providers from a file: whole or not at all, a second time nothing, no booking left in a unit unfit for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from planner.db import Database
from planner.errors import InputError, NotAllowed
from planner.facts_care import units
from planner.inputs.providers import ProviderRow
from planner.inputs.readings import Reading
from planner.models.care import Hold, OpenNight, Place, Provider, Unit
from planner.models.directory import Agency, Zone
from planner.models.records import Notice, RecordLine
from planner.rules.values import UnitFact
from planner.rules.words import Exploitation, HoldState, Nation, Need, Profile, SiteKind
from planner.services import care, care_supply, reserves, verify
from planner.services.importing import Counted, Fate
from planner.services.importing_providers import (
    differences_of_providers,
    fates_of_providers,
    import_providers,
    judged_providers,
)
from tests.builders import FIRST_NIGHT, NOW, World, a_world, an_action

ANY = frozenset(Exploitation)
HOUSE = ProviderRow(2, "HOUSE", "Example House", "HOUSE-A", (Profile.WOMAN, Profile.FAMILY), ("midlands", "wales"), 3)
FOSTER = replace(HOUSE, line=3, unit_code="HOUSE-B", accepts=(Profile.CHILD,), places=2, site=SiteKind.FOSTER)
U1 = ProviderRow(2, "provider", "Provider", "U1", (Profile.WOMAN,), ("midlands",), 4)


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    with database.write() as session:
        session.add(Zone(code="wales", name="Wales", nation=Nation.WALES))
    an_action(world)
    return world


def imported(world: World, *rows: ProviderRow, by: str = "cell") -> Counted:
    with world.desk(by).writing() as work:
        return import_providers(work, Reading(rows, ()))


def refusals(world: World, *rows: ProviderRow) -> list[str]:
    with world.desk("cell").reading() as look:
        return [finding.sentence for finding in judged_providers(look, Reading(rows, ())).findings]


def takes(world: World, code: str) -> UnitFact:
    with world.desk("cell").reading() as look:
        unit = look.session.exec(select(Unit).where(Unit.code == code)).one()
        return units(look)[unit.id or 0]


def numbers(world: World, code: str) -> list[int]:
    query = select(Place.number).join(Unit, col(Unit.id) == col(Place.unit_id)).where(Unit.code == code)
    with world.database.read() as session:
        return sorted(session.exec(query))


def nights(world: World) -> int:
    with world.database.read() as session:
        return int(session.execute(sa.select(sa.func.count()).select_from(OpenNight)).scalar_one())


def stored(world: World) -> list[Any]:
    with world.database.read() as session:
        rows = [*session.exec(select(Agency)), *session.exec(select(Provider)), *session.exec(select(Unit))]
        return [row.model_dump() for row in rows]


def test_providers_of_a_file_stand_with_their_units_and_no_night_is_opened(world: World) -> None:
    before = nights(world)

    assert imported(world, replace(HOUSE, fictional=True), replace(FOSTER, fictional=True)) == Counted(2, 0, 0)

    wide = frozenset({"midlands", "wales"})
    adults = frozenset({Profile.WOMAN, Profile.FAMILY})
    assert takes(world, "HOUSE-A") == UnitFact(SiteKind.SAFE_HOUSE, adults, frozenset({Need.NONE}), ANY, wide)
    assert takes(world, "HOUSE-B").profiles == {Profile.CHILD}
    assert (numbers(world, "HOUSE-A"), numbers(world, "HOUSE-B")) == ([1, 2, 3], [1, 2])
    assert nights(world) == before
    with world.database.read() as session:
        agency = session.exec(select(Agency).where(Agency.code == "HOUSE")).one()
        terms = session.get_one(Provider, agency.id)
    assert (agency.kind, agency.nations, agency.fictional) == ("care_provider", "england|wales", True)
    assert (terms.unasked_hold_hours, terms.last_confirmed_at, terms.fictional) == (None, None, True)


def test_a_second_import_of_the_same_providers_changes_nothing(world: World) -> None:
    imported(world, HOUSE, FOSTER)
    before = stored(world)

    assert imported(world, HOUSE, replace(FOSTER, unit_code="house-b", provider_code="House")) == Counted(0, 0, 2)
    assert stored(world) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"accepts": (Profile.WOMAN,)},
        {"zones": ("midlands",)},
        {"places": 5},
        {"places": 1},
        {"site": SiteKind.REFUGE},
        {"needs": (Need.WHEELCHAIR,)},
        {"exploitations": (Exploitation.SEXUAL, Exploitation.UNKNOWN)},
        {"unit_name": "House A"},
        {"provider_name": "Another name"},
        {"fictional": True},
    ],
    ids=lambda changes: "_".join(changes),
)
def test_each_changed_cell_of_a_unit_is_taken_over_once(world: World, changes: dict[str, object]) -> None:
    imported(world, HOUSE)
    row = replace(HOUSE, **changes)

    with world.desk("cell").reading() as look:
        foreseen = fates_of_providers(look, (row,))

    assert foreseen == (Fate.CHANGED,)
    assert imported(world, row) == Counted(0, 1, 0)
    assert imported(world, row) == Counted(0, 0, 1)


def test_what_a_line_leaves_blank_of_a_unit_stays(world: World) -> None:
    full = replace(HOUSE, site=SiteKind.REFUGE, needs=(Need.MEDICAL,), exploitations=(Exploitation.LABOUR,))
    imported(world, replace(full, unit_name="House A", fictional=True))
    before = takes(world, "HOUSE-A")

    assert imported(world, HOUSE) == Counted(0, 0, 1)
    assert takes(world, "HOUSE-A") == before
    assert imported(world, replace(HOUSE, needs=(Need.NONE,))) == Counted(0, 1, 0)
    assert takes(world, "HOUSE-A").needs == {Need.NONE}


def test_a_unit_joins_a_provider_that_the_directory_knows(world: World) -> None:
    assert imported(world, replace(U1, unit_code="U2", unit_name="Second")) == Counted(1, 0, 0)

    with world.database.read() as session:
        unit = session.exec(select(Unit).where(Unit.code == "U2")).one()
        told = session.exec(select(Notice.sentence).where(Notice.agency_id == world.provider)).all()
    assert (unit.provider_id, unit.name) == (world.provider, "Second")
    assert told == ["The cell added your unit U2 from a file. No night was opened or closed by it."]


def test_an_agency_of_another_kind_is_no_provider_and_another_s_unit_stays_its_own(world: World) -> None:
    assert refusals(world, replace(HOUSE, provider_code="force"), replace(U1, line=3, provider_code="HOUSE")) == [
        "Line 2, Provider code: force is in the directory as police force.",
        "Line 3, Unit: unit U1 belongs to another provider.",
    ]
    with pytest.raises(InputError, match=r"^1 cell cannot be taken, so no row was\. Line 3, Unit"):
        imported(world, HOUSE, replace(U1, line=3, provider_code="HOUSE"))

    assert numbers(world, "HOUSE-A") == []
    assert imported(world, HOUSE, replace(U1, line=3)) == Counted(1, 0, 1)


@pytest.mark.parametrize("site", [SiteKind.CUSTODY, SiteKind.DETENTION])
def test_custody_and_detention_are_refused_as_accommodation(world: World, site: SiteKind) -> None:
    with pytest.raises(InputError, match="Line 2, Site: Custody and immigration detention are never accommodation"):
        imported(world, replace(HOUSE, site=site))
    with pytest.raises(InputError, match="never accommodation"):
        imported(world, replace(U1, site=site))

    assert imported(world, replace(HOUSE, site=SiteKind.REFUGE)) == Counted(1, 0, 0)


def test_fewer_places_than_the_provider_opened_are_refused(world: World) -> None:
    before = nights(world)

    assert imported(world, replace(U1, places=6)) == Counted(0, 1, 0)
    assert numbers(world, "U1") == [1, 2, 3, 4, 5, 6]
    assert refusals(world, replace(U1, places=2)) == [
        "Line 2, Places: U1 has nights open at 4 places, and only its provider closes them."
    ]
    with pytest.raises(InputError, match="Give 4 or more"):
        imported(world, replace(U1, places=2))
    assert imported(world, replace(U1, places=4)) == Counted(0, 1, 0)

    assert numbers(world, "U1") == [1, 2, 3, 4]
    assert nights(world) == before


def test_a_unit_made_by_a_file_takes_bookings_once_its_provider_opens_nights(world: World) -> None:
    imported(world, replace(U1, unit_code="U2", places=2))
    request = care.HoldRequest("WM-0001", "U2", ((Profile.WOMAN, Need.NONE, 2),), "k")

    with pytest.raises(Exception, match="0 places left"), world.desk("silver").writing() as work:
        care.hold_places(work, request)
    with world.desk("provider").writing() as work:
        last = FIRST_NIGHT + timedelta(days=9)
        care_supply.open_places(work, care_supply.OpenRequest("U2", world.operation, FIRST_NIGHT, last, 2))
    with world.desk("silver").writing() as work:
        assert care.hold_places(work, request).state is HoldState.HELD


def hold(world: World, places: int = 1) -> int:
    with world.desk("silver").writing() as work:
        request = care.HoldRequest("WM-0001", "U1", ((Profile.WOMAN, Need.NONE, places),), f"k{places}")
        return care.hold_places(work, request).id or 0


def reserve(world: World) -> int:
    with world.desk("cell").writing() as work:
        asked = reserves.ReserveRequest("OP1", "wm", 1, "Nobody is likely.", "r")
        number = reserves.set_reserve(work, asked).id or 0
    with world.desk("cell").writing() as work:
        lines = ((Profile.WOMAN, Need.NONE, 1),)
        request = reserves.ReserveHold(number, "U1", lines, "rk", FIRST_NIGHT, 3)
        return reserves.hold_for_reserve(work, request).id or 0


NARROWER = [
    ("Accepts", {"accepts": (Profile.MAN,)}),
    ("Zones", {"zones": ("wales",)}),
    ("Exploitation", {"exploitations": (Exploitation.LABOUR,)}),
]


@pytest.mark.parametrize("book", [hold, reserve], ids=["for_an_action", "for_a_reserve"])
@pytest.mark.parametrize(("column", "changes"), NARROWER, ids=[column for column, _ in NARROWER])
def test_a_unit_is_not_narrowed_under_a_live_booking(
    world: World, book: Callable[[World], int], column: str, changes: dict[str, object]
) -> None:
    number = book(world)
    before = takes(world, "U1")

    with pytest.raises(InputError) as refused:
        imported(world, replace(U1, **changes), HOUSE)

    assert str(refused.value) == (
        f"1 cell cannot be taken, so no row was. Line 2, {column}: 1 live booking ({number}) would rest on a unit that "
        "no longer takes them. Leave the unit as it is, give the changed one a code of its own, or have those bookings "
        "ended first."
    )
    assert takes(world, "U1") == before
    assert numbers(world, "HOUSE-A") == []


@pytest.mark.parametrize(("column", "changes"), NARROWER, ids=[column for column, _ in NARROWER])
def test_a_unit_is_narrowed_once_its_bookings_are_ended(world: World, column: str, changes: dict[str, object]) -> None:
    hold_id = hold(world)
    with world.desk("silver").writing() as work:
        care.release_hold(work, hold_id)

    assert imported(world, replace(U1, **changes)) == Counted(0, 1, 0)
    with world.database.read() as session:
        assert session.get_one(Hold, hold_id).state is HoldState.RELEASED


def test_a_unit_is_widened_and_what_no_booking_needs_is_dropped_under_a_live_booking(world: World) -> None:
    hold(world)

    wider = replace(U1, accepts=(Profile.WOMAN, Profile.MAN), zones=("midlands", "wales"), needs=(Need.MEDICAL,))
    assert imported(world, wider) == Counted(0, 1, 0)
    assert imported(world, replace(U1, needs=(Need.NONE,))) == Counted(0, 1, 0)

    assert takes(world, "U1").profiles == {Profile.WOMAN}


def test_a_booking_whose_time_ran_out_stops_nothing_and_its_claims_go_first(world: World) -> None:
    number = hold(world)
    narrowed = replace(U1, accepts=(Profile.MAN,))
    assert refusals(world, narrowed)

    with world.desk("cell", NOW + timedelta(hours=49)).writing() as work:
        assert import_providers(work, Reading((narrowed,), ())) == Counted(0, 1, 0)

    with world.desk("cell").reading() as look:
        assert look.session.get_one(Hold, number).state is HoldState.EXPIRED
        assert verify.troubles(look) == ()


def test_many_bookings_are_counted_and_the_first_five_named(world: World) -> None:
    with world.database.write() as session:
        unit = session.exec(select(Unit).where(Unit.code == "U1")).one()
    with world.desk("provider").writing() as work:
        last = FIRST_NIGHT + timedelta(days=9)
        care_supply.open_places(work, care_supply.OpenRequest(unit.code, world.operation, FIRST_NIGHT, last, 30))
    booked = [hold(world, places) for places in range(1, 7)]

    sentence = refusals(world, replace(U1, accepts=(Profile.MAN,)))[0]

    assert f"6 live bookings ({', '.join(map(str, booked[:5]))} and 1 more)" in sentence


@pytest.mark.parametrize("name", ["silver", "gold", "care_lead", "partner", "provider", "stranger"])
def test_only_the_cell_imports_providers(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        imported(world, HOUSE, by=name)
    with pytest.raises(NotAllowed), world.desk(name).reading() as look:
        judged_providers(look, Reading((HOUSE,), ()))

    assert numbers(world, "HOUSE-A") == []
    assert imported(world, HOUSE) == Counted(1, 0, 0)


def test_an_import_its_agencies_and_its_units_are_lines_of_the_record(world: World) -> None:
    imported(world, HOUSE, replace(U1, line=3, places=5))

    with world.database.read() as session:
        lines = session.exec(select(RecordLine).order_by(col(RecordLine.number))).all()
    assert [(line.verb, line.object_ref) for line in lines] == [
        ("import_agency", "HOUSE"),
        ("import_unit", "HOUSE-A"),
        ("import_unit", "U1"),
        ("import_providers", "providers"),
    ]
    assert lines[-1].sentence == "An import made 1 unit of care and changed 1."


def test_a_provider_that_is_renamed_by_a_line_that_adds_a_unit_is_shown_once(world: World) -> None:
    added = tuple(
        replace(U1, line=line, unit_code=f"U{line}", provider_name="Anew", fictional=False) for line in (2, 3, 4)
    )

    with world.desk("cell").reading() as look:
        found = [tuple(item) for item in differences_of_providers(look, added)]
        assert fates_of_providers(look, added) == (Fate.NEW,) * 3
        assert fates_of_providers(look, [replace(U1, provider_name="Anew")]) == (Fate.CHANGED,)

    assert found == [
        (2, "provider", "Provider name", "Provider", "Anew"),
        (2, "provider", "Fictional", "Yes", "No"),
    ]
