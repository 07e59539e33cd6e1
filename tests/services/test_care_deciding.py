"""Several ask for the same places: the cell decides with a reason; both Silvers and the provider are told."""

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused
from planner.models.care import PlaceDecision, Provider
from planner.models.directory import Person
from planner.models.records import Notice, RecordLine
from planner.rules.words import Need, Profile
from planner.services import care, care_closing, care_supply
from planner.services.care_deciding import decide_places
from planner.ui.care_competing import competing_words
from planner.views.care_competing import asked_first, competing
from tests.builders import FIRST_NIGHT, World, a_world, an_action

REASON = "The premises were seen in use this week."


@pytest.fixture
def world(database: Database) -> World:
    """Two forces ask for three and two of four places; the provider holds nothing unasked."""
    world = a_world(database)
    an_action(world, "WM-0001")
    with database.read() as session:
        other_force = session.get_one(Person, world.people["other_silver"]).agency_id
    an_action(world, "WM-0002", force_id=other_force)
    with database.write() as session:
        session.get_one(Provider, world.provider).unasked_hold_hours = None
    ask(world, "WM-0001", 3, "silver")
    ask(world, "WM-0002", 2, "other_silver")
    return world


def ask(world: World, reference: str, places: int, by: str) -> None:
    with world.desk(by).writing() as work:
        line = (Profile.WOMAN, Need.NONE, places)
        care.hold_places(work, care.HoldRequest(reference, "U1", (line,), f"{reference}-{places}"))


def decide(world: World, hold: int, reason: str = REASON, by: str = "cell") -> None:
    with world.desk(by).writing() as work:
        decide_places(work, hold, reason)


def seen(world: World, by: str) -> str:
    with world.desk(by).reading() as look:
        return competing_words(competing(look)[0]).split("\n")[-1]


def told(world: World, person: str) -> list[str]:
    with world.database.read() as session:
        query = select(Notice.sentence).where(Notice.person_id == world.people[person]).order_by(col(Notice.id))
        return [said for said in session.exec(query) if "decided" in said or "where you wait" in said]


def test_both_silvers_read_who_goes_first_and_why_and_neither_the_others_reference(world: World) -> None:
    decide(world, 2)

    assert seen(world, "other_silver") == f"The cell decided: WM-0002 goes first. {REASON}"
    assert seen(world, "silver") == f"The cell decided: another booking goes first. {REASON}"
    first = "for places in unit U1 from 25 November. " + REASON
    assert told(world, "other_silver") == [f"WM-0002: The cell decided: this action goes first {first}"]
    assert told(world, "silver") == [f"WM-0001: The cell decided: another booking goes first {first}"]


def test_the_provider_is_asked_to_answer_it_first(world: World) -> None:
    decide(world, 2)

    with world.desk("provider").reading() as look:
        assert asked_first(look) == {2}
        query = select(Notice.sentence).where(Notice.agency_id == world.provider).order_by(col(Notice.id).desc())
        last = look.session.exec(query).first()
    assert last == (
        "The cell asks that you answer this first, several ask for the same places: "
        "2 places for women, Wed 25 November to Fri 27 November, 3 nights."
    )
    with world.desk("provider").writing() as work:
        care.confirm_hold(work, 2)
    with world.desk("provider").reading() as look:
        assert asked_first(look) == frozenset()


def test_another_decision_takes_the_place_of_the_first(world: World) -> None:
    decide(world, 2)
    decide(world, 1, "It cannot be put off.")

    with world.database.read() as session:
        assert list(session.exec(select(PlaceDecision.hold_id))) == [1]
        lines = session.exec(select(RecordLine.sentence).where(RecordLine.verb == "decide_places")).all()
    assert len(lines) == 4
    assert seen(world, "silver") == "The cell decided: WM-0001 goes first. It cannot be put off."


def test_only_the_cell_decides_and_only_with_a_reason_where_several_ask(world: World) -> None:
    with pytest.raises(NotAllowed, match="that is for cell"):
        decide(world, 1, by="silver")
    with pytest.raises(NotFound, match="no such booking"):
        decide(world, 2, by="silver")
    with pytest.raises(InputError, match="Why this booking goes first is missing"):
        decide(world, 1, " ")
    with world.desk("provider").writing() as work:
        care.decline_hold(work, 2, "The house is full.")
    with pytest.raises(Refused, match="Nobody else asks for these places now"):
        decide(world, 1)


def test_who_waits_is_told_where_more_places_are_opened(world: World) -> None:
    with world.desk("provider").writing() as work:
        care_supply.open_places(work, care_supply.OpenRequest("U1", world.operation, FIRST_NIGHT, FIRST_NIGHT, 6))

    said = "More places are open from 25 November where you wait; the provider has still to answer."
    assert (told(world, "silver"), told(world, "other_silver")) == ([said], [said])


def test_nights_that_are_closed_over_a_booking_come_free_to_nobody(world: World) -> None:
    with world.desk("provider").writing() as work:
        care.confirm_hold(work, 2)
    request = care_closing.ClosingRequest("U1", world.operation, FIRST_NIGHT, FIRST_NIGHT, "A burst pipe.", (2,))

    with world.desk("provider").writing() as work:
        care_closing.close_nights(work, request)

    with world.database.read() as session:
        said = list(session.exec(select(Notice.sentence).where(Notice.person_id == world.people["silver"])))
    assert not [sentence for sentence in said if "came free" in sentence]
