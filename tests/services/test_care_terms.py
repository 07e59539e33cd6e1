"""A provider's terms: its own, or typed as said by telephone; notice warned of or refused; whom live bookings need."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, PlannerError, Refused, Stale
from planner.facts_care import units
from planner.models.care import Hold, Provider, ProviderTerms, Unit, UnitTerms
from planner.models.records import Notice, RecordLine
from planner.rules.words import Exploitation, Need, Profile
from planner.services.care import decline_hold
from planner.services.care_notice import short_notice
from planner.services.care_terms import TermsRequest, UnitTermsRequest, keep_terms, keep_unit_terms
from planner.views.care_terms import near_terms, provider_terms, unit_terms
from tests import care
from tests.builders import FIRST_NIGHT, NOW, World, a_world, an_action

EVERY = tuple(Exploitation)


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    care.a_second_provider(world)
    return world


def keep(world: World, who: str = "provider", code: str = "provider", **terms: Any) -> None:
    with world.desk(who).writing() as work:
        keep_terms(work, code, TermsRequest(**terms))


def takes(world: World, *profiles: Profile, who: str = "provider", unit: str = "U1", **more: Any) -> None:
    asked = UnitTermsRequest(profiles, (), more.pop("kinds", EVERY), more.pop("zones", ("midlands",)), **more)
    with world.desk(who).writing() as work:
        keep_unit_terms(work, unit, asked)


def told(world: World) -> list[str]:
    with world.database.read() as session:
        return list(session.exec(select(Notice.sentence).where(Notice.agency_id == world.provider)))


def test_a_provider_keeps_its_own_terms_and_the_care_lead_reads_them(world: World) -> None:
    checked = date(2026, 10, 1)
    keep(
        world,
        notice_hours=24,
        unasked_hold_hours=12,
        standard="Slavery standards 2018",
        checked_on=checked,
        post="Duty manager",
        number=" 0121  496 0000 ",
    )

    with world.desk("care_lead").reading() as look:
        row = next(row for row in provider_terms(look) if row.code == "provider")
    with world.desk("provider").reading() as look:
        own = [row.code for row in provider_terms(look)]
    with world.desk("silver").reading() as look:
        silver = provider_terms(look)

    assert (row.notice_hours, row.unasked_hold_hours, row.standard, row.checked_on) == (
        24,
        12,
        "Slavery standards 2018",
        checked,
    )
    assert (row.post, row.number, row.by_telephone) == ("Duty manager", "0121 496 0000", False)
    assert (own, silver) == (["provider"], ())
    assert not told(world)


@pytest.mark.parametrize("who", ["care_lead", "cell"])
def test_what_was_said_by_telephone_is_marked_and_the_provider_corrects_it(world: World, who: str) -> None:
    keep(world, who, notice_hours=48)
    takes(world, Profile.WOMAN, who=who, languages="Romanian")
    typed = told(world)
    with world.desk("provider").reading() as look:
        (terms,), (unit,) = provider_terms(look), unit_terms(look)

    keep(world, notice_hours=12, drawn=terms.said_at)

    assert (terms.by_telephone, unit.by_telephone, unit.languages) == (True, True, "Romanian")
    assert terms.said_by == f"{who.capitalize()}, West Midlands"
    assert len(typed) == 2
    assert all("kept as said by you on the telephone" in sentence for sentence in typed)
    with world.database.read() as session:
        assert session.get_one(ProviderTerms, world.provider).by_telephone is False
        said = [line.sentence for line in session.exec(select(RecordLine).where(RecordLine.verb == "keep_terms"))]
    assert said[0].endswith("kept as the provider said by telephone.")
    assert said[-1].endswith("kept by the provider.")


@pytest.mark.parametrize("who", ["second_provider", "silver", "partner", "stranger"])
def test_nobody_else_states_them_and_a_stranger_learns_nothing(world: World, who: str) -> None:
    answers = []
    for code, unit in (("provider", "U1"), ("nothing", "U99")):
        for call in (lambda c=code: keep(world, who, c), lambda u=unit: takes(world, Profile.WOMAN, who=who, unit=u)):
            with pytest.raises((NotFound, NotAllowed)) as refusal:
                call()
            answers.append(str(refusal.value))

    assert answers[:2] == answers[2:]
    with world.database.read() as session:
        assert session.get(ProviderTerms, world.provider) is None
        assert session.get(UnitTerms, 1) is None


def test_terms_that_changed_meanwhile_are_not_overwritten(world: World) -> None:
    keep(world, notice_hours=24)

    with pytest.raises(Stale, match="These terms were changed meanwhile"):
        keep(world, "cell", notice_hours=1, drawn=NOW - timedelta(minutes=1))

    with world.database.read() as session:
        assert session.get_one(Provider, world.provider).notice_hours == 24


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"notice_hours": -1}, "Notice is 0 to 720 hours; you entered -1"),
        ({"unasked_hold_hours": 0}, "1 to 168 hours, or not at all; you entered 0"),
        ({"post": "Duty manager", "number": "ring Anna"}, "7 to 15 digits"),
        ({"number": "0121 496 0000"}, "needs both: the post"),
        ({"standard": "S", "checked_on": date(2030, 1, 1)}, "still to come"),
        ({"post": "Anna Kowalska", "number": "0121 496 0000"}, "looks like a person's name"),
    ],
)
def test_terms_that_cannot_be_are_refused(world: World, terms: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PlannerError, match=sentence):
        keep(world, **terms)


def test_less_notice_is_warned_of_with_the_number_and_refused_only_where_the_provider_says_so(world: World) -> None:
    keep(world, notice_hours=72)
    care.book(world)
    with world.desk("silver").reading() as look:
        warned = short_notice(look, ["U1", "U2"], FIRST_NIGHT)
        late = short_notice(look, ["U1"], FIRST_NIGHT + timedelta(days=9))

    keep(world, notice_hours=72, notice_refused=True, drawn=NOW)
    with pytest.raises(
        Refused, match=r"asks for 72 hours of notice; the first night begins in .* It takes nobody sooner"
    ):
        care.book(world, nights=2)
    care.book(world, first_night=FIRST_NIGHT + timedelta(days=4))

    assert warned.startswith("Unit U1 asks for 72 hours of notice; the first night begins in ")
    assert late == ""
    with world.database.read() as session:
        assert len(session.exec(select(Hold)).all()) == 2


def test_whom_a_unit_takes_changes_at_once_but_not_below_a_live_booking(world: World) -> None:
    held = care.book(world)

    with pytest.raises(Refused, match=r"1 live booking would rest on .*: 1 place for women, Wed 25 November"):
        takes(world, Profile.MAN)
    takes(world, Profile.WOMAN, Profile.FAMILY, criteria="From eighteen on.", cooperation_required=True)
    with world.desk("provider").writing() as work:
        decline_hold(work, held, "The house is full.")
    takes(world, Profile.FAMILY, drawn=NOW)

    with world.desk("silver").reading() as look:
        fact = units(look)[1]
        (near,) = (row for row in near_terms(look, "midlands") if row.code == "U1")
    assert fact.profiles == {Profile.FAMILY}
    assert fact.needs == {Need.NONE}
    assert (near.criteria, near.cooperation_required) == ("", False)
    with world.database.read() as session:
        assert session.get_one(Unit, 1).criteria == ""


@pytest.mark.parametrize(
    ("profiles", "zones", "sentence"),
    [
        ((), ("midlands",), "Choose whom the unit takes"),
        ((Profile.WOMAN, Profile.CHILD), ("midlands",), "cannot take children beside adults"),
        ((Profile.WOMAN,), ("nowhere",), "There is no zone nowhere"),
    ],
)
def test_a_unit_takes_children_alone_and_serves_zones_that_exist(
    world: World, profiles: tuple[Profile, ...], zones: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        takes(world, *profiles, zones=zones)
