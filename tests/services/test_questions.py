"""A text that seems to name somebody is refused, then kept once it was looked at, and the record says so."""

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import Questioned
from planner.models.directory import Agency, Person
from planner.models.operations import Action
from planner.models.records import RecordLine
from planner.rules.free_text import Doubt, Kind
from planner.rules.words import ActionState, AgencyKind, Outcome, Post
from planner.services.actions import stand_down
from planner.services.directory import PostRequest, add_person
from tests.builders import World, a_world, an_action

SAID = "Palm Cove cannot take anyone, ring 0121 496 0123."
PALM_COVE, NUMBER = "Palm Cove", "0121 496 0123"


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


def last_line(world: World) -> RecordLine:
    with world.database.read() as session:
        line = session.exec(select(RecordLine).order_by(col(RecordLine.number).desc())).first()
        assert line is not None
        return line


def state(world: World) -> ActionState:
    with world.database.read() as session:
        return session.exec(select(Action.state)).one()


def test_a_text_in_doubt_is_refused_and_its_words_stay_out_of_the_record(world: World) -> None:
    with pytest.raises(Questioned) as refusal, world.desk("silver").writing() as work:
        stand_down(work, "WM-0001", SAID)

    assert refusal.value.doubts == (Doubt(Kind.TELEPHONE, NUMBER), Doubt(Kind.NAME, PALM_COVE))
    assert "what looks like a telephone number: it must not be kept here" in str(refusal.value)
    assert state(world) is ActionState.PLANNED
    with world.database.read() as session:
        kept = [*session.exec(select(RecordLine.sentence)), *session.exec(select(RecordLine.object_ref))]
    assert not [text for text in kept if PALM_COVE in text or NUMBER in text]


def test_once_it_was_looked_at_it_is_kept_and_the_record_names_the_kinds_and_who(world: World) -> None:
    with world.desk("silver").writing(looked_at=[PALM_COVE, NUMBER]) as work:
        stand_down(work, "WM-0001", SAID)

    line = last_line(world)
    assert state(world) is ActionState.STOOD_DOWN
    assert (line.verb, line.outcome, line.actor) == ("stand_down", Outcome.DONE, "Silver, West Midlands")
    assert line.sentence.endswith("What looked like a person's name and a telephone number was looked at and kept.")
    assert '"looked_at": ["a person\'s name", "a telephone number"]' in line.detail


def test_a_look_is_for_the_very_words_and_for_no_others(world: World) -> None:
    with pytest.raises(Questioned) as refusal, world.desk("silver").writing(looked_at=[PALM_COVE]) as work:
        stand_down(work, "WM-0001", SAID)

    assert refusal.value.doubts == (Doubt(Kind.TELEPHONE, NUMBER),)


def test_a_plain_text_leaves_no_word_of_looking(world: World) -> None:
    with world.desk("silver").writing(looked_at=[PALM_COVE]) as work:
        stand_down(work, "WM-0001", "The provider took two back.")

    assert "looked at" not in last_line(world).sentence
    assert "looked_at" not in last_line(world).detail


@pytest.mark.parametrize(("kind", "questioned"), [(AgencyKind.NGO, False), (AgencyKind.CARE_PROVIDER, True)])
def test_an_agency_is_known_but_a_providers_name_is_not_given_away(
    world: World, kind: AgencyKind, questioned: bool
) -> None:
    with world.database.write() as session:
        session.add(Agency(code="palm", name=PALM_COVE, kind=kind))
    refused = False

    try:
        with world.desk("silver").writing() as work:
            stand_down(work, "WM-0001", "Palm Cove cannot take anyone.")
    except Questioned:
        refused = True

    assert refused is questioned


def test_a_person_is_in_the_directory_by_a_post_and_a_name_is_refused(world: World) -> None:
    request = PostRequest(Post.SILVER, "OP1")

    with pytest.raises(Questioned, match="a person's name"), world.desk("cell").writing() as work:
        add_person(work, "Sarah Whitcombe", "force", request)
    with world.desk("cell").writing() as work:
        add_person(work, "Duty officer, Northern region", "force", request)
    with world.desk("cell").writing(looked_at=["Wolverley Hill"]) as work:
        add_person(work, "Silver, Wolverley Hill", "force", request)

    with world.database.read() as session:
        titles = set(session.exec(select(Person.title)))
    assert titles >= {"Duty officer, Northern region", "Silver, Wolverley Hill"}
    assert "Sarah Whitcombe" not in titles
