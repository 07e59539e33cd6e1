"""Numbers for any hour: one's own by oneself, an agency's by the cell; they are rung from the printed sheet."""

import pytest
from sqlmodel import select

from planner.access import agency_named
from planner.db import Database
from planner.errors import InputError, NotAllowed
from planner.models.arrangements import Arrangement
from planner.models.directory import Agency
from planner.models.records import RecordLine
from planner.services.duty_numbers import set_agency_number, set_own_number
from planner.views.mail import own_number
from planner.views.sheet import sheet_of
from tests import ready
from tests.builders import World, a_world


@pytest.fixture
def world(database: Database) -> World:
    made = a_world(database)
    ready.make_ready(made)
    return made


def reached(world: World) -> dict[str, str]:
    """What the sheet says of how each is reached."""
    with world.desk("gold").reading() as look:
        return {each.who: each.reached for each in sheet_of(look, ready.REFERENCE).contacts}


def test_a_post_is_rung_at_its_own_number_and_the_record_does_not_name_it(world: World) -> None:
    with world.desk("silver").writing() as work:
        set_own_number(work, " +44 1632  960 001 ext. 12 ")
    with world.desk("silver").reading() as look:
        kept = own_number(look)
        said = look.session.exec(select(RecordLine.sentence).where(RecordLine.verb == "set_duty_number")).one()

    assert kept == "+44 1632 960 001 ext. 12"
    assert "960" not in said
    assert reached(world)["Silver, West Midlands"] == kept
    with world.desk("silver").writing() as work:
        set_own_number(work, "")
    assert reached(world)["Silver, West Midlands"] == "Through the cell"


def test_the_desk_of_an_agency_that_attends_is_rung_and_a_care_providers_never_stands_on_paper(world: World) -> None:
    with world.desk("cell").writing() as work:
        for code in ("ngo", "health"):
            set_agency_number(work, code, "01632 960 002")
        provider = work.session.get_one(Agency, world.provider)
        set_agency_number(work, provider.code, "01632 960 003")
        attends, hidden = work.session.get_one(Agency, world.ngo).name, provider.name

    found = reached(world)

    assert found[attends] == "01632 960 002"
    assert hidden not in found
    assert "01632 960 003" not in found.values()


@pytest.mark.parametrize("text", ["ring me", "12", "0" * 16, "01632 960001\n01632 960002", "tel:101", "=1+1"])
def test_what_is_no_number_is_refused_and_nothing_is_kept(world: World, text: str) -> None:
    if "\n" in text:  # pasted over two lines it is one number of too many digits, or reads as one
        text += " 123456789"
    with pytest.raises(InputError, match="no telephone number"), world.desk("silver").writing() as work:
        set_own_number(work, text)

    with world.desk("silver").reading() as look:
        assert own_number(look) == ""


def test_nobody_but_the_cell_sets_the_number_of_an_agency(world: World) -> None:
    with pytest.raises(NotAllowed), world.desk("silver").writing() as work:
        set_agency_number(work, "ngo", "999")


def test_who_confirmed_help_is_rung_at_the_agencys_desk_and_no_care_provider_is(world: World) -> None:
    with world.desk("cell").writing() as work:
        health = agency_named(work, "health")
        provider = work.session.get_one(Agency, world.provider)
        for agency in (health, provider):
            set_agency_number(work, agency.code, "01632 960 004")
    with world.database.write() as session:
        for row in session.exec(select(Arrangement)):
            row.agency_id = {"medical": health.id, "transport": provider.id}.get(row.kind)
            session.add(row)

    with world.desk("gold").reading() as look:
        found = {each.post: each for each in sheet_of(look, ready.REFERENCE).contacts}

    assert (found["Medical"].who, found["Medical"].reached) == (f"{health.name} · Duty manager", "01632 960 004")
    assert (found["Transport"].who, found["Transport"].reached) == (
        "A care provider · Duty manager",
        "Through the cell",
    )
